"""The dates of a case as a calendar file: references only, one UID for ever, a higher SEQUENCE when a date moves."""

from __future__ import annotations

from datetime import date

from icalendar import Calendar, Event

from tests.journeys.steps import decide, notify
from tests.letters.test_files import download, links
from tests.town import Town

CASE = "/incident case INC-2026-0001"


async def dates(town: Town, name: str = "Dana") -> dict[str, Event]:
    """The events of the file that a colleague downloads, by their UID."""
    who = await town.colleague(name)
    card = await who.presses((await who.types(CASE)).button("calendar.download"))
    answer = await download(who, links(card)[0])
    assert answer.content_type == "text/calendar"
    text = await answer.read()
    for personal in (b"Marsden", b"alex", b"threat", b"writing", b"Dana"):
        assert personal not in text
    found = Calendar.from_ical(text)
    return {str(one["uid"]): one for one in found.walk("VEVENT")}  # type: ignore[misc]


def sequences(events: dict[str, Event]) -> dict[str, int]:
    """The SEQUENCE of each."""
    return {uid: int(str(one["sequence"])) for uid, one in events.items()}


async def test_dates_should_keep_their_uid_and_rise_when_they_move(town: Town) -> None:
    await decide(town)
    await notify(town)
    first = await dates(town)
    said = {str(one["summary"]): one.decoded("dtstart") for one in first.values()}
    assert said == {
        "INC-2026-0001: last day to appeal": date(2026, 10, 28),
        "INC-2026-0001: last day of the restriction": said["INC-2026-0001: last day of the restriction"],
    }
    before = sequences(first)
    assert sequences(await dates(town)) == before
    # It comes back and goes again a week later: the same dates of the calendar move.
    dana = await town.colleague("Dana")
    await dana.presses((await dana.types(CASE)).button("notice.bounced"))
    town.clock.pass_by(days=7)
    await notify(town)
    moved = await dates(town)
    assert moved.keys() == first.keys()
    assert all(now > before[uid] for uid, now in sequences(moved).items())
    assert date(2026, 11, 4) in [one.decoded("dtstart") for one in moved.values()]


async def test_dates_should_be_for_those_who_see_the_case(town: Town) -> None:
    await decide(town)
    dana, tom = await town.colleague("Dana"), await town.colleague("Tom")
    assert "calendar.download" not in [b.id for b in (await dana.types(CASE)).buttons]
    early = await dana.presses("calendar.download", town.file().case.id)
    assert "no dates for a calendar yet" in early.text
    await notify(town)
    refused = await tom.presses("calendar.download", town.file().case.id)
    assert refused.kind == "refuse"
    assert "no longer see this case" in refused.text
