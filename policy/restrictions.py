"""Whether a restriction is in force: computed from its dates when asked, and from nothing else (R16, R26).

The other parts of the room: `catalogue.py` (what can be put in place), `guards.py` (what is refused),
`restriction_words.py` (what to say).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from policy.answers import Refusal
from policy.calendars import end_of_day, start_of_day
from policy.worded import Worded


class ForceReason(Worded):
    """Why a restriction is in force at a moment, or why not; `words` is a sentence for colleagues."""

    IN_FORCE = "in_force", "This restriction is in force."
    NOT_NOTIFIED = "not_notified", "The person has not been notified, so nothing is in force."
    NOT_STARTED = "not_started", "This restriction has not started yet."
    RAN_OUT = "ran_out", "This restriction ran out on its last day."
    ENDED = "ended", "This restriction was ended."
    PAUSED = "paused", "This restriction does not hold while an appeal against it is decided."
    LAPSED = "lapsed", "This interim restriction lapsed because no councillor confirmed it in time."


@dataclass(frozen=True, slots=True)
class RestrictionDates:
    """All that decides whether a restriction is in force. Instants are aware, days are London's.

    `starts_at` None: not notified. `ends_on` None: permanent. `ended_at`: quashed on appeal or ended by a
    review. `interim_lapses_on`: the last day of an interim restriction (R16), None for any other;
    `confirmed`: a councillor confirmed it on or before that day, so it no longer lapses. `pauses`: from an
    instant up to another (None: not known yet) it does not hold, because an appeal is being decided (R36).
    """

    starts_at: datetime | None
    ends_on: date | None = None
    ended_at: datetime | None = None
    interim_lapses_on: date | None = None
    confirmed: bool = False
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()


@dataclass(frozen=True, slots=True)
class InForce:
    """The answer at one moment; true when in force.

    `since` is the first instant and `until` the last second as known now, both aware UTC; `until` None means
    no end is known. When it is not in force, they say when it was or will be.
    """

    reason: ForceReason
    since: datetime | None
    until: datetime | None

    def __bool__(self) -> bool:
        """Whether the restriction is in force."""
        return self.reason is ForceReason.IN_FORCE


def starts_at(notified_on: date, sent_at: datetime) -> datetime:
    """The aware UTC instant a restriction starts (R26), given its notification day (R30).

    It starts with that day; a notice sent on the day itself starts it at the sending instant, never before.
    """
    return max(start_of_day(notified_on), sent_at.astimezone(UTC))


def in_force(dates: RestrictionDates, at: datetime) -> InForce:
    """Whether a restriction is in force at an aware instant, and why (R26).

    The last day counts whole, through the second 23:59:59 Europe/London. An ending is at once: at the very
    instant of `ended_at` it is over. Of several ends the first counts.
    """
    over_at, until, ending = _first_end(dates)
    if dates.starts_at is None:
        return InForce(ForceReason.NOT_NOTIFIED, None, until)
    since = dates.starts_at.astimezone(UTC)
    if over_at is not None and (at >= over_at or over_at <= since):
        return InForce(ending, since, until)
    if at < since:
        return InForce(ForceReason.NOT_STARTED, since, until)
    paused = any(begins <= at and (ends is None or at < ends) for begins, ends in dates.pauses)
    return InForce(ForceReason.PAUSED if paused else ForceReason.IN_FORCE, since, until)


def any_in_force(restrictions: Iterable[RestrictionDates], at: datetime) -> bool:
    """Whether any of the person's restrictions is in force at an aware instant."""
    return any(in_force(dates, at) for dates in restrictions)


def breach_counts(happened: datetime | date, dates: RestrictionDates) -> Refusal | None:
    """Why a contact cannot be held against the person as a breach, or None when it can (R26).

    `happened` is an aware instant, or a London day where the time is not known: then the restriction must
    have been in force from the first second of that day to the last.
    """
    for moment in _moments(happened, dates):
        answer = in_force(dates, moment)
        if not answer:
            sentence = f"{_NO_BREACH[answer.reason]} Log the contact; it is no breach."
            return Refusal(f"no_breach_{answer.reason.value}", sentence)
    return None


def _moments(happened: datetime | date, dates: RestrictionDates) -> tuple[datetime, ...]:
    """The moments at which it must have held: of a day its first and last second, and where a pause begins in it."""
    # A datetime is a date as well, so the narrower kind is asked for first.
    if isinstance(happened, datetime):
        return (happened,)
    first, last = start_of_day(happened), end_of_day(happened)
    return (first, last, *(begins for begins, _ in dates.pauses if first <= begins <= last))


def _first_end(dates: RestrictionDates) -> tuple[datetime | None, datetime | None, ForceReason]:
    """The first instant after the restriction, its last second, and what ends it."""
    ends: list[tuple[datetime, datetime, ForceReason]] = []
    if dates.ended_at is not None:
        ended_at = dates.ended_at.astimezone(UTC)
        ends.append((ended_at, ended_at, ForceReason.ENDED))
    if dates.interim_lapses_on is not None and not dates.confirmed:
        ends.append(_whole_day(dates.interim_lapses_on, ForceReason.LAPSED))
    if dates.ends_on is not None:
        ends.append(_whole_day(dates.ends_on, ForceReason.RAN_OUT))
    return min(ends, key=lambda end: end[0], default=(None, None, ForceReason.IN_FORCE))


def _whole_day(last_day: date, reason: ForceReason) -> tuple[datetime, datetime, ForceReason]:
    until = end_of_day(last_day)
    return until + timedelta(seconds=1), until, reason


_NO_BREACH = {
    ForceReason.NOT_NOTIFIED: "The person had not been told of the restriction.",
    ForceReason.NOT_STARTED: "The restriction had not started.",
    ForceReason.RAN_OUT: "The restriction had run out.",
    ForceReason.ENDED: "The restriction had been ended.",
    ForceReason.PAUSED: "The restriction was paused while an appeal was decided.",
    ForceReason.LAPSED: "The interim restriction had lapsed.",
}
