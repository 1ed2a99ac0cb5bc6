"""Every dated reminder of R40 across both clock changes, Christmas and Easter: once, at its instant, to its readers.

The dates are written by hand from the calendar of England and Wales. The clock goes from one waiting reminder to the
next: nothing may come a second before, and what came must be read in the room it is for.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from policy.calendars import LONDON
from tests.journeys.steps import PROPOSAL, agree, approve, notify, propose, report, sign
from tests.journeys.test_reminders import at, reminded, waiting
from tests.town import Answer, Town

CALM: dict[str, Answer] = {
    "examples": ["A1"],
    "offence": "no",
    "warning": "spoken",
    "warning_words": "Please stop.",
}


async def reported(town: Town, **changes: Answer) -> str:
    """Priya reports something of this morning; the reference."""
    await report(await town.colleague("Priya"), happened_on=today(town), **changes)
    return town.file().case.reference


async def decided(town: Town, **terms: Answer) -> None:
    """A threat at the desk this morning, two findings, a proposal, its approval."""
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    one = await reported(town)
    await sign(dana, one)
    await agree(margaret, one)
    await propose(dana, one, **terms)
    await approve(margaret, one)


async def temporary(town: Town, ends_on: str) -> None:
    await decided(town, ends_on=ends_on)
    await notify(town, town.file().case.reference)


async def permanent(town: Town, review_on: str) -> None:
    await decided(
        town, duration="permanent", ends_on="", review_on=review_on, why_permanent="It never stops."
    )
    await notify(town, town.file().case.reference)


async def untold(town: Town, _: str) -> None:
    await decided(town)


async def unsigned(town: Town, _: str) -> None:
    await reported(town, **CALM)


async def unapproved(town: Town, _: str) -> None:
    one = await reported(town)
    await sign(await town.colleague("Dana"), one)
    await agree(await town.colleague("Margaret"), one)
    await propose(await town.colleague("Dana"), one)


async def unconfirmed(town: Town, _: str) -> None:
    one = await reported(town)
    dana = await town.colleague("Dana")
    form = await dana.presses((await dana.latest(one)).button("interim.impose"))
    await dana.fills(form, {**PROPOSAL, "case_for": "A fist was raised and a threat was made."})
    await notify(town, one)


async def hurt(town: Town, _: str) -> None:
    await reported(town, **{**CALM, "injury": "physical"})


def today(town: Town) -> str:
    """The day in London, as a form takes it."""
    return town.clock.now.astimezone(LONDON).date().isoformat()


DEBRIEF = "A debrief is due"
CLOSING, CLOSED = "The appeal period closes", "The appeal period closed"
ENDING, ENDED = "The restriction ends by itself", "The restriction ended"
REVIEW, OVERDUE = "The restriction is due for review", "The review of the restriction was due"
FINDING_LATE, APPROVAL_LATE = "A finding is still awaited", "Version 1 of the proposal still waits"
UNSENT = "A decision was made"
CONFIRM, LAPSED = "The interim restriction lapses", "The interim restriction lapsed"
HURT = "A colleague was hurt on "

Start = Callable[[Town, str], Awaitable[None]]
Came = list[tuple[str, str]]

# What happens, when it begins, a date it is given, until when we watch, and what the chief officer reads then.
TABLE: dict[str, tuple[Start, str, str, str, Came]] = {
    "an end after the clocks go back": (
        temporary,
        "2026-10-14 10:00",
        "2026-11-11",
        "2026-11-14",
        [
            ("2026-10-15 09:40", DEBRIEF),
            ("2026-10-23 09:00", CLOSING),  # three days before is the Sunday of the change
            ("2026-10-29 09:00", CLOSED),
            ("2026-10-28 09:00", ENDING),
            ("2026-11-12 09:00", ENDED),
        ],
    ),
    "an end at Christmas": (
        temporary,
        "2026-12-11 10:00",
        "2026-12-28",  # Boxing Day's substitute: no rounding lengthens a restriction
        "2027-01-02",
        [
            ("2026-12-12 09:40", DEBRIEF),
            ("2026-12-14 09:00", ENDING),
            ("2026-12-24 09:00", CLOSING),
            ("2026-12-29 09:00", ENDED),
            ("2026-12-30 09:00", CLOSED),  # day 14 is Christmas Day; the next working day is the 29th
        ],
    ),
    "an end after Easter and the clocks going forward": (
        temporary,
        "2027-03-12 10:00",
        "2027-03-29",
        "2027-04-03",
        [
            ("2027-03-13 09:40", DEBRIEF),
            ("2027-03-15 09:00", ENDING),
            ("2027-03-25 09:00", CLOSING),  # day 14 is Good Friday; the close is Tuesday the 30th
            ("2027-03-30 09:00", ENDED),
            ("2027-03-31 09:00", CLOSED),
        ],
    ),
    "a review after the clocks go forward": (
        permanent,
        "2027-01-04 10:00",
        "2027-04-02",
        "2027-04-05",
        [
            ("2027-01-05 09:40", DEBRIEF),
            ("2027-01-15 09:00", CLOSING),
            ("2027-01-19 09:00", CLOSED),
            ("2027-03-03 09:00", REVIEW),
            ("2027-03-25 09:00", REVIEW),  # seven days before is Good Friday
            ("2027-04-03 09:00", OVERDUE),
            ("2027-04-04 09:00", OVERDUE),
        ],
    ),
    "a finding over the clocks going back": (
        unsigned,
        "2026-10-21 10:00",
        "",
        "2026-11-05",
        [("2026-10-28 09:00", FINDING_LATE), ("2026-11-04 09:00", FINDING_LATE)],
    ),
    "a finding over Christmas": (
        unsigned,
        "2026-12-23 10:00",
        "",
        "2027-01-10",
        [("2027-01-04 09:00", FINDING_LATE)],
    ),
    "a finding over Easter": (
        unsigned,
        "2027-03-24 10:00",
        "",
        "2027-04-09",
        [("2027-04-02 09:00", FINDING_LATE)],
    ),
    "an approval over Easter": (
        unapproved,
        "2027-03-24 10:00",
        "",
        "2027-04-05",
        [("2027-03-25 09:40", DEBRIEF), ("2027-04-02 09:00", APPROVAL_LATE)],
    ),
    "a notice over Christmas": (
        untold,
        "2026-12-23 10:00",
        "",
        "2027-01-02",
        [("2026-12-24 09:40", DEBRIEF), ("2026-12-29 09:00", UNSENT)],
    ),
    "an interim restriction over Easter": (
        unconfirmed,
        "2027-03-24 10:00",
        "",
        "2027-04-04",
        [
            ("2027-03-25 09:40", DEBRIEF),
            ("2027-04-01 09:00", CONFIRM),
            ("2027-04-02 09:00", FINDING_LATE),
            ("2027-04-02 09:00", CLOSING),  # it closes on Wednesday the 7th; three days before is a Sunday
            ("2027-04-03 09:00", LAPSED),
        ],
    ),
    "an injury over the clocks going back": (
        hurt,
        "2026-10-19 10:00",
        "2026-10-19",
        "2026-10-28",
        [("2026-10-23 09:00", HURT), ("2026-10-26 09:00", FINDING_LATE), ("2026-10-27 09:00", HURT)],
    ),
    "an injury over the clocks going forward": (
        hurt,
        "2027-03-24 10:00",
        "2027-03-24",
        "2027-04-02",
        [("2027-03-28 09:00", HURT), ("2027-04-01 09:00", HURT)],
    ),
}


@pytest.mark.parametrize("what", TABLE)
async def test_reminders_should_come_once_at_their_instant(town: Town, what: str) -> None:
    start, begins, given, until, expected = TABLE[what]
    town.clock.go(at(begins))
    await start(town, given)
    came: set[tuple[str, str]] = set()
    read = await reading(town)
    while due := [one.due_at for one in waiting(town).values() if one.due_at < at(f"{until} 00:00")]:
        town.clock.now = min(due) - timedelta(seconds=1)
        before = waiting(town)
        await town.tick()
        assert waiting(town) == before
        town.clock.pass_by(seconds=1)
        await town.tick()
        assert min(due) not in [one.due_at for one in waiting(town).values()]
        now, local = await reading(town), town.clock.now.astimezone(LONDON)
        for earlier, room in zip(read, now, strict=True):
            new = room[len(earlier) :]
            assert len(new) == len(set(new)), new
            came |= {(f"{local:%Y-%m-%d %H:%M}", words) for words in new}
        read = now
    assert sorted(when for when, _ in came) == sorted(when for when, _ in expected)
    for when, words in expected:
        assert [one for then, one in came if then == when and one.startswith(words)], (when, words, came)


async def reading(town: Town) -> tuple[list[str], list[str]]:
    """What the chief officer has been reminded of, and what the governance channel has."""
    return await reminded(town, "Dana"), await reminded(town, "governance")
