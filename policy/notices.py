"""Notices: the day one counts as received, when the appeal closes, and what a correction may do (R30 to R32).

What a notice says is next door, in `notice_words.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from policy.answers import Refusal
from policy.calendars import LONDON, Calendar, Day, end_of_day, local_date, london_time, say_until
from policy.catalogue import Measure, Scope

APPEAL_DAYS = 14
SAME_DAY_BEFORE = time(16, 30)
FIRST_CLASS_DAYS = 2
SECOND_CLASS_WORKING_DAYS = 4
# A time of day in working hours, for a notice that is still to be sent.
_EXPECTED_AT = time(10)


class Method(StrEnum):
    """How a notice goes to the person. Second class stands for every economy post."""

    EMAIL = "email"
    HAND = "hand"
    FIRST_CLASS = "first-class"
    SECOND_CLASS = "second-class"


METHOD_WORDS: dict[Method, str] = {
    Method.EMAIL: "By email",
    Method.HAND: "By hand",
    Method.FIRST_CLASS: "First class post",
    Method.SECOND_CLASS: "Second class or economy post",
}


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One copy of a notice that left the council.

    `sent` is an aware instant, or a London wall-clock time without an offset. For a letter it is
    when it was posted; for one delivered by hand, when it was handed over. `returned`: it bounced or
    came back.
    """

    method: Method
    sent: datetime
    returned: bool = False


@dataclass(frozen=True, slots=True)
class AppealClose:
    """The last day to appeal, and its last second as aware UTC."""

    on: date
    at: datetime
    provisional: bool = False

    @property
    def words(self) -> str:
        """As printed: "11.59pm on Tuesday 24 November 2026"."""
        return say_until(self.on)


@dataclass(frozen=True, slots=True)
class Dates:
    """What `civility dates` prints. Both instants are on the London clock, with its offset."""

    method: Method
    sent: datetime
    notified_on: date
    appeal_closes_at: datetime
    provisional: bool


def notification_day(method: Method, sent_local: datetime, calendar: Calendar) -> Day:
    """The day the person counts as notified by one dispatch (R30): day 0 of the appeal.

    `sent_local` is a London wall-clock time; an aware instant is put on the London clock first.
    """
    sent = london_time(sent_local)
    day = sent.date()
    if method is Method.SECOND_CLASS:
        return calendar.day(calendar.add_working_days(day, SECOND_CLASS_WORKING_DAYS))
    if method is Method.FIRST_CLASS:
        by_working_days = calendar.add_working_days(day, FIRST_CLASS_DAYS)
        by_days = calendar.next_working_day(day + timedelta(days=FIRST_CLASS_DAYS))
        return calendar.day(max(by_working_days, by_days))
    if sent.time() < SAME_DAY_BEFORE:
        return calendar.day(calendar.next_working_day(day))
    return calendar.day(calendar.next_working_day(day + timedelta(days=1)))


def notified_on(dispatches: Iterable[Dispatch], calendar: Calendar) -> Day | None:
    """The day the person counts as notified, or None while no copy reached them (R30).

    Of two channels the later counts. One that bounced or came back counts for nothing: the other
    still does, and with no good one left the clock is void.
    """
    days = [notification_day(d.method, d.sent, calendar) for d in dispatches if not d.returned]
    return max(days, key=lambda day: day.value, default=None)


def appeal_closes(
    notified: date, calendar: Calendar, printed: date | None = None, days: int = APPEAL_DAYS
) -> AppealClose:
    """When the appeal closes (R31): the end of day 14, or of the next working day.

    `printed` is the latest date any version of the notice promised; it is kept when it is later
    than the computed one (R32).
    """
    computed = calendar.person_deadline(notified + timedelta(days=days))
    on = computed.value if printed is None else max(computed.value, printed)
    return AppealClose(on, end_of_day(on), computed.provisional)


def expected_day(method: Method, expected_on: date, calendar: Calendar) -> Day:
    """The day the person will count as notified if it leaves within working hours on the day expected (R30)."""
    return notification_day(method, datetime.combine(expected_on, _EXPECTED_AT), calendar)


def expected_close(
    method: Method, expected_on: date, calendar: Calendar, days: int = APPEAL_DAYS
) -> AppealClose:
    """The date to print: as if the notice left within working hours on the day expected (R29)."""
    return appeal_closes(expected_day(method, expected_on, calendar).value, calendar, days=days)


def dates(method: Method, sent_local: datetime, calendar: Calendar, days: int = APPEAL_DAYS) -> Dates:
    """Everything that follows from one dispatch, computed as for a real notice."""
    notified = notification_day(method, sent_local, calendar)
    close = appeal_closes(notified.value, calendar, days=days)
    return Dates(
        method,
        london_time(sent_local),
        notified.value,
        close.at.astimezone(LONDON),
        notified.provisional or close.provisional,
    )


def open_for_appeal(at: datetime, close: AppealClose) -> bool:
    """Whether an appeal that reached the council at an aware instant is in time (R31).

    The whole last second counts: the day ends when the London date changes.
    """
    return local_date(at) <= close.on


# --- corrections ------------------------------------------------------------------------------------

_PART_OF_C11 = frozenset({Measure.C1, Measure.C2, Measure.C4, Measure.C5, Measure.C7, Measure.C8, Measure.C9})
# A measure that may stand in the place of another without being harsher. What is not in this table
# cannot be compared by a machine, so it counts as harsher.
_MILDER_THAN: dict[Measure, frozenset[Measure]] = {
    Measure.C2: frozenset({Measure.C8}),
    Measure.C8: frozenset({Measure.C2}),
    Measure.C11: _PART_OF_C11,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a decision does, as far as two can be compared: measures (C1 to C12), end, scope, review.

    `ends_on` None means permanent. The free words of a measure are not here: a colleague compares those.
    """

    measures: frozenset[Measure]
    ends_on: date | None
    scope: Scope
    review_on: date | None = None


def harsher_because(old: Terms, new: Terms) -> tuple[str, ...]:
    """Every way in which `new` burdens the person more than `old`; empty when it does not."""
    reasons: list[str] = []
    # Only a measure that goes makes room for a milder one; beside it, the milder one is one more.
    gone = old.measures - new.measures
    milder = frozenset[Measure]().union(*(_MILDER_THAN.get(code, frozenset()) for code in gone))
    added = new.measures - old.measures - milder
    reasons.extend(f"it adds “{measure.words}”" for measure in Measure if measure in added)
    if old.ends_on is not None and new.ends_on is None:
        reasons.append("it takes away the end date")
    elif old.ends_on is not None and new.ends_on is not None and new.ends_on > old.ends_on:
        reasons.append("it lasts longer")
    elif old.ends_on is None and new.ends_on is None and _later(old.review_on, new.review_on):
        reasons.append("it is reviewed later")
    if new.scope.breadth > old.scope.breadth:
        reasons.append("it covers more of the council")
    return tuple(reasons)


def _later(old: date | None, new: date | None) -> bool:
    return old is not None and (new is None or new > old)


def correction_refusal(old: Terms, new: Terms) -> Refusal | None:
    """A corrected notice may never be harsher: that is a new decision, with new approvals (R32)."""
    if reasons := harsher_because(old, new):
        return Refusal(
            "harsher_is_new_decision",
            f"This is harsher than the notice it corrects: {join_reasons(reasons)}. "
            "Make a new proposal instead; it needs its own approvals.",
        )
    return None


def join_reasons(reasons: Sequence[str]) -> str:
    """Reasons in one sentence: "a, b and c"."""
    if len(reasons) < 2:
        return "".join(reasons)
    return f"{', '.join(reasons[:-1])} and {reasons[-1]}"
