"""The dates of a case as a calendar file: the appeal's last day, a restriction's end, its review. References only.

A date keeps its UID for ever, so a calendar that has it moves it. SEQUENCE rises whenever the case changes and
whenever a date moves later, which is all a date does without a change of the case (R32).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from icalendar import Calendar, Event

from handlers.casefile import CaseFile, load
from handlers.desk import Desk, Refused
from handlers.files_served import NOT_YOURS, Served
from policy.access import Part
from policy.answers import Refusal
from policy.calendars import local_date

CALENDAR = "calendar"
NO_DATES = Refusal(
    "no_dates", "This case has no dates for a calendar yet: they come when the person was told."
)
ROOM = 10_000
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of a case. `uid` names the record it belongs to and what it is."""

    uid: str
    on: date
    words: str
    over: bool = False


def entries(file: CaseFile) -> tuple[Entry, ...]:
    """Every date that stands, and those that stand no more."""
    return tuple(_entries(file))


def _entries(file: CaseFile) -> Iterator[Entry]:
    for decision in file.decisions:
        close = file.appeal_close(decision)
        if close is not None:
            yield Entry(f"appeal-{decision.id}", close.on, "last day to appeal")
    for restriction in file.restrictions:
        if restriction.starts_at is None:
            continue
        over = restriction.ended_at is not None
        if restriction.ends_on is not None:
            yield Entry(f"end-{restriction.id}", restriction.ends_on, "last day of the restriction", over)
        elif restriction.review_on is not None:
            yield Entry(
                f"review-{restriction.id}", restriction.review_on, "the restriction is reviewed", over
            )


def calendar_of(file: CaseFile) -> bytes:
    """The file, as calendars read it."""
    made = Calendar()
    made.add("prodid", "-//Civility//the dates of a case//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for entry in entries(file):
        event = Event()
        event.add("uid", f"{entry.uid}@civility")
        event.add(
            "sequence", file.case.version * ROOM + max(0, (entry.on - local_date(file.case.opened_at)).days)
        )
        event.add("dtstamp", file.desk.now)
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + DAY)
        event.add("summary", f"{file.case.reference}: {entry.words}")
        event.add("status", "CANCELLED" if entry.over else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        event.add("class", "CONFIDENTIAL")
        made.add_component(event)
    return bytes(made.to_ical())


def serve_calendar(desk: Desk, case_id: str, colleague_id: str) -> Served:
    """The file for a colleague who may see the case now."""
    file = load(desk, case_id)
    if Part.STORY not in file.seen_by(colleague_id):
        raise Refused(NOT_YOURS, case_id)
    return Served(f"{file.case.reference}.ics", "text/calendar", calendar_of(file))
