"""A bank holiday proclaimed late moves open deadlines later and names the letters it concerns (R33)."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.proclaimed import proclaim
from tests.journeys.steps import bury, decide, notify
from tests.journeys.test_reminders import NAMES, at, fires_at, quietly, reminded
from tests.town import Town

CLOSES = date(2026, 10, 28)


def proclaimed(town: Town, day: date) -> tuple[tuple[str, str, str], ...]:
    """What an administrator reads."""
    with town.civility.store.write(town.council_id) as uow:
        moved = proclaim(town.civility.desk(uow), day, "")
        uow.commit()
    return moved


async def test_appeal_should_close_a_day_later_with_its_reminders(town: Town) -> None:
    await decide(town)
    await notify(town)
    assert proclaimed(town, CLOSES) == (
        ("INC-2026-0001", "Wednesday 28 October 2026", "11.59pm on Thursday 29 October 2026"),
    )
    assert town.record()["decisions"][0]["appeal_closes_at"].startswith("2026-10-29T23:59:59")
    with town.civility.store.read(town.council_id) as uow:
        kinds = [one.kind for one in uow.reminders.waiting()]
    assert [kinds.count(one) for one in ("appeal.closing", "appeal.closed", "restriction.ended")] == [1, 1, 1]
    dana = await town.colleague("Dana")
    (said,) = [one for one in await dana.room("governance") if one.title == "A new bank holiday"]
    assert "INC-2026-0001 Wednesday 28 October 2026 11.59pm on Thursday 29 October 2026" in said.text
    assert not [word for word in NAMES if word in said.text.partition("A new bank holiday")[2]]
    await quietly(town, at("2026-10-29 12:00"))
    await fires_at(town, at("2026-10-30 09:00"))
    assert (
        "The appeal period closed at 11.59pm on Thursday 29 October 2026."
        in (await reminded(town, "Dana"))[-1]
    )
    assert not [one for one in await reminded(town, "Dana") if "28 October" in one and "closed" in one]


async def test_appeal_in_an_old_case_should_close_later_too(town: Town) -> None:
    await decide(town)
    await notify(town)
    bury(town)
    assert [reference for reference, _, _ in proclaimed(town, CLOSES)] == ["INC-2026-0001"]


async def test_day_that_moves_nothing_should_list_nothing(town: Town) -> None:
    await decide(town)
    await notify(town)
    assert proclaimed(town, date(2026, 10, 27)) == ()
    assert proclaimed(town, date(2027, 6, 4)) == ()
    assert town.record()["decisions"][0]["appeal_closes_at"].startswith("2026-10-28T23:59:59")


async def test_appeal_that_is_closed_should_stay_closed(town: Town) -> None:
    await decide(town)
    await notify(town)
    town.clock.go(at("2026-10-29 10:00"))
    with pytest.raises(ValueError, match="Give a day from today on"):
        proclaimed(town, CLOSES)
    assert town.record()["decisions"][0]["appeal_closes_at"].startswith("2026-10-28T23:59:59")
