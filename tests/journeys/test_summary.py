"""The committee's report from chat: who may ask, drafts, what is made once, and the offer on the first working day."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers import summary
from scheduler.standing import Standing
from tests.journeys.steps import decide, report
from tests.town import Town


def standing(town: Town) -> None:
    """The look that the program takes each minute."""
    Standing(town.civility.store, town.civility.desk, town.clock).look()


async def test_summary_should_show_the_chief_officer_a_draft_without_anybody_in_it(town: Town) -> None:
    await decide(town)
    dana = await town.colleague("Dana")
    seen = await dana.types("/incident summary October 2026")
    assert seen.kind == "reply"
    assert "Thursday 1 October 2026 to Wednesday 14 October 2026" in seen.title  # it is not over
    assert "Cases opened" in seen.text
    assert "fewer than 5" in seen.text
    assert "A draft, for you" in seen.text
    for private in ("Marsden", "INC-2026", "fist", "Priya", "Dana", "01632"):
        assert private not in seen.text


async def test_summary_should_ask_for_a_period_in_a_form_and_say_what_is_wrong_with_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await report(await town.colleague("Priya"))
    dana = await town.colleague("Dana")
    form = await dana.types("/incident summary")
    assert form.kind == "form"
    wrong = await dana.fills(form, {"first": "2026-10-31", "last": "2026-10-01"}, strict=False)
    assert "before the first day" in wrong.errors["last"]
    ahead = await dana.fills(form, {"first": "2027-01-01", "last": "2027-01-31"}, strict=False)
    assert "has not begun" in ahead.errors["first"]
    with monkeypatch.context() as small:
        small.setattr(summary, "MOST_IN_CHAT", 0)
        large = await dana.fills(form, {"first": "2026-10-01", "last": "2026-10-31"}, strict=False)
        assert "too many incidents to count while you wait" in large.errors["last"]
    shown = await dana.fills(form, {"first": "2026-10-01", "last": "2026-10-31"})
    assert "to Wednesday 14 October 2026" in shown.title


async def test_summary_should_refuse_words_it_does_not_understand(town: Town) -> None:
    dana = await town.colleague("Dana")
    assert "October 2026 to December 2026" in (await dana.types("/incident summary soon")).text


async def test_summary_should_be_for_the_committee_and_its_officers_only(town: Town) -> None:
    await report(await town.colleague("Priya"))
    priya = await town.colleague("Priya")
    assert "is for the Chief Officer" in (await priya.types("/incident summary October 2026")).text
    margaret = await town.colleague("Margaret")
    assert "Cases opened" in (await margaret.types("/incident summary October 2026")).text
    forged = await priya.presses("summary.make", "2026-10-01:2026-10-31")
    assert "is for the Chief Officer" in forged.text
    with town.civility.store.read(town.council_id) as uow:
        assert uow.reports.published() == ()


async def test_a_report_should_be_made_once_and_stay_as_it_was(town: Town) -> None:
    await report(await town.colleague("Priya"))
    dana = await town.colleague("Dana")
    town.clock.go(datetime(2026, 11, 2, 10, 0))  # noqa: DTZ001 - a clock on the wall
    draft = await dana.types("/incident summary October 2026")
    button = draft.button("summary.make")
    made = await dana.presses(button)
    assert "as it was made for the committee" in made.text
    again = await dana.presses(button)  # the old card, pressed once more
    assert "as it was made for the committee" in again.text
    with town.civility.store.read(town.council_id) as uow:
        (kept,) = uow.reports.published()
        assert kept.made_by == dana.id
        assert [one.action for one in uow.log.lines(kept.id)] == ["report.published"]
    cut = await dana.types("/incident summary 2026-10-10 2026-11-01")
    assert "was reported as one period" in cut.text
    more = await dana.types("/incident summary October 2026 to November 2026")
    assert "adds up earlier ones" in more.text


async def test_the_draft_should_be_offered_on_the_first_working_day_once_and_without_a_number(
    town: Town,
) -> None:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"))
    town.clock.go(datetime(2026, 11, 2, 8, 59))  # noqa: DTZ001 - 1 November 2026 is a Sunday
    standing(town)
    assert not [one for one in await dana.room() if one.title == "Report for the committee"]
    town.clock.go(datetime(2026, 11, 2, 9, 1))  # noqa: DTZ001
    standing(town)
    standing(town)
    (offer,) = [one for one in await dana.room() if one.title == "Report for the committee"]
    assert "October 2026" in offer.text
    assert "INC-" not in offer.text
    assert "fewer" not in offer.text
    seen = await dana.presses(offer.button("summary.look"))
    assert "report for October 2026" in seen.title
    margaret = await town.colleague("Margaret")
    assert not [one for one in await margaret.room() if one.title == "Report for the committee"]
