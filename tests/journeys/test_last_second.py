"""A second before and a second after, where clocks change and on holidays: the look-up and the appeal (R26, R31)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from policy.calendars import LONDON
from tests.journeys.steps import decide, notify
from tests.town import Colleague, Town

NO, YES = "No restriction is in force", "A restriction is in force"


async def looked_up(town: Town, tom: Colleague, at: str) -> str:
    """What the look-up says at exactly this London time; the click itself takes a second."""
    town.clock.go(datetime.fromisoformat(at))
    town.clock.pass_by(seconds=-1)
    seen = await tom.types("/incident check marsden")
    assert town.clock.now == datetime.fromisoformat(at).replace(tzinfo=LONDON)
    return seen.title


@pytest.mark.parametrize(
    ("sent", "method", "starts", "ends_on", "over"),
    [
        # Summer time ends on the 25th, so that its last day has 25 hours.
        ("2026-10-14 11:00", "email", None, "2026-10-25", "2026-10-26 00:00:00"),
        ("2026-10-14 11:00", "email", None, "2026-12-25", "2026-12-26 00:00:00"),
        # Posted on the Friday before; it begins on the 28th, a last day of 23 hours.
        ("2026-10-23 11:00", "first-class", "2026-10-27", "2027-03-28", "2027-03-29 00:00:00"),
        # Posted on the Thursday before Easter: counted past Good Friday and Easter Monday; ends on a bank holiday.
        ("2027-03-25 11:00", "first-class", "2027-03-31", "2027-05-31", "2027-06-01 00:00:00"),
    ],
)
async def test_look_up_should_change_at_the_very_second_a_restriction_starts_and_ends(
    town: Town, sent: str, method: str, starts: str | None, ends_on: str, over: str
) -> None:
    await decide(town, ends_on=ends_on)
    town.clock.go(datetime.fromisoformat(sent))
    await notify(town, method=method)
    tom = await town.colleague("Tom")
    if starts is not None:
        eve = date.fromisoformat(starts) - timedelta(days=1)
        assert await looked_up(town, tom, f"{eve} 23:59:59") == NO
        assert await looked_up(town, tom, f"{starts} 00:00:00") == YES
    assert await looked_up(town, tom, f"{ends_on} 23:59:59") == YES
    assert await looked_up(town, tom, over) == NO
    assert {one[2]["found"] for one in town.log("check.looked_up")} == {"1"}


@pytest.mark.parametrize(
    ("sent", "day_14", "day_15", "closes"),
    [
        ("2026-10-14", "2026-10-28", "2026-10-29", "2026-10-28"),  # across the end of summer time
        ("2027-03-19", "2027-04-02", "2027-04-03", "2027-04-02"),  # across its beginning
        ("2027-03-12", "2027-03-26", "2027-03-27", "2027-03-30"),  # day 14 is Good Friday
        ("2026-12-11", "2026-12-25", "2026-12-26", "2026-12-29"),  # day 14 is Christmas Day
    ],
)
async def test_appeal_on_day_14_and_15_should_be_in_time_exactly_until_it_closes(
    town: Town, sent: str, day_14: str, day_15: str, closes: str
) -> None:
    await decide(town)
    town.clock.go(datetime.fromisoformat(f"{sent} 10:05"))
    await notify(town)
    dana = await town.colleague("Dana")
    for at, still in ((f"{closes} 23:59:58", True), (f"{closes} 23:59:59", False)):
        town.clock.go(datetime.fromisoformat(at))  # the click itself takes a second
        opened = await dana.types("/incident case INC-2026-0001")
        assert ("The person can appeal until 11.59pm" in opened.text) is still, at
    for day, clock in ((day_14, "23:59:59"), (day_15, "00:00:00")):
        in_time = day <= closes
        answers = {"received_on": day, "received_at": clock, "received_by": "letter", "text": "I disagree."}
        seen = await dana.fills(await dana.types("/incident appeal INC-2026-0001"), answers)
        assert ("It is in time." in seen.text) is in_time, day
        form = await dana.presses(next(b for b in seen.buttons if b.id == "appeal.withdraw"))
        await dana.fills(form, {"reasons": "By telephone."})
    assert [one["late_by_days"] for one in town.record()["appeals"]] == [0, 0 if day_15 <= closes else 1]
