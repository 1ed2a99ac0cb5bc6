"""Monday's digest in the governance channel: what is open, whose turn it is, what ends this week (R40).

References and offices only (R41).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from handlers.case_views import what_next
from handlers.casefile import load
from handlers.chat import Block, Callout, Card, Table, Text
from handlers.desk import GOVERNANCE, Desk
from handlers.flags import flags
from handlers.minute_views import waiting as held_minute
from handlers.reviewing import review_waits
from handlers.tasks import KINDS, UNBLOCK
from policy.calendars import at_clock, local_date, say_day
from policy.setting_kinds import WEEKDAYS
from storage.to_do import Task

VIEW = "digest"
WEEK = timedelta(days=7)
MOST = 30
ENDS: Mapping[str, str] = {
    "appeal.closed": "The appeal period closes.",
    "interim.lapsed": "The interim restriction lapses unless a councillor confirms it.",
    "restriction.ended": "The restriction ends.",
    "review.overdue": "The restriction is due for review.",
}
"""Reminders of the morning after a last day, and what that day brings."""


def latest(desk: Desk) -> datetime:
    """The instant of the newest digest that was due by now."""
    settings = desk.settings
    back = (desk.today.weekday() - WEEKDAYS.index(settings.digest_weekday)) % 7
    day = desk.today - timedelta(days=back)
    due = at_clock(day, settings.digest_time)
    return due if due <= desk.now else at_clock(day - WEEK, settings.digest_time)


def following(desk: Desk) -> datetime:
    """The instant of the next digest."""
    return at_clock(local_date(latest(desk)) + WEEK, desk.settings.digest_time)


def send(desk: Desk, due: datetime) -> None:
    """Queue the digest of a week, once."""
    on = local_date(due).isoformat()
    desk.tell(GOVERNANCE, VIEW, {"on": on}, once=f"{VIEW}:{on}")


def digest_card(desk: Desk, ids: Mapping[str, str], _: str | None) -> Card:
    """How things stand as it is sent."""
    files = [load(desk, case_id) for case_id in _cases(desk)]
    waiting = [one for one in files if not one.over or review_waits(one)]
    body: list[Block] = []
    if waiting:
        rows = tuple((one.case.reference, what_next(one)) for one in waiting[:MOST])
        body.append(Table("Open cases", ("Reference", "What is next"), rows))
        if len(waiting) > MOST:
            body.append(Text(f"And {len(waiting) - MOST} more. Type /incident cases to see every open case."))
    else:
        body.append(Text("No case is open."))
    references = {one.case.id: one.case.reference for one in files}
    ending = _ending(desk, references)
    if ending:
        body.append(Table("What ends within a week", ("Last day", "Reference", "What"), ending))
    todo = [one for one in desk.uow.tasks.open() if one.case_id in references]
    if owed := _owed(todo, references):
        body.append(Table("What is still to be done", ("Last day", "Reference", "What"), owed))
    tasks = [references[one.case_id] for one in todo if one.kind == UNBLOCK]
    if tasks:
        words = "A restriction is over, and it is not recorded that everything was opened again: "
        body.append(Callout(f"{words}{', '.join(tasks)}. The Chief Officer does this.", "warning"))
    flagged = [one.case.reference for one in files if flags(one)]
    if flagged:
        words = "A decision was signed by somebody who takes no part, and needs a fresh signature: "
        body.append(
            Callout(f"{words}{', '.join(flagged[:MOST])}. It keeps its effect until then.", "warning")
        )
    minutes = [one.case.reference for one in waiting if not one.seats.officer and held_minute(one)]
    if minutes:
        words = "A committee’s minute waits for a second colleague to confirm it: "
        body.append(Callout(f"{words}{', '.join(minutes[:MOST])}.", "warning"))
    if parked := len(desk.uow.outbox.parked()):
        words = "One message" if parked == 1 else f"{parked} messages"
        body.append(Callout(f"{words} could not be delivered. Run: civility doctor", "warning"))
    return Card(f"The week from {say_day(date.fromisoformat(ids['on']))}", tuple(body))


def _cases(desk: Desk) -> tuple[str, ...]:
    """The newest cases, and older ones that are open still or in which something is to be done; the newest first."""
    found = {one.id for one in desk.uow.cases.current()} | {t.case_id for t in desk.uow.tasks.open()}
    return tuple(sorted(found, reverse=True))  # ids rise with time


def _owed(todo: Iterable[Task], references: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """The open tasks, the earliest last day first; what is to be opened again has words of its own."""
    tasks = sorted(
        (one for one in todo if one.kind != UNBLOCK), key=lambda one: one.due_on or local_date(one.asked_at)
    )
    return tuple(
        (say_day(one.due_on) if one.due_on else "", references[one.case_id], KINDS[one.kind].to_do)
        for one in tasks
    )[:MOST]


def _ending(desk: Desk, references: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    found = desk.uow.reminders.waiting(desk.now + WEEK + timedelta(days=1))
    return tuple(
        (say_day(local_date(one.due_at) - timedelta(days=1)), references[one.case_id], ENDS[one.kind])
        for one in found
        if one.kind in ENDS and one.case_id in references
    )[:MOST]
