"""Which time a committee's report covers: what people write for it, and the pieces it is made of (R39).

Time that was reported once is a piece for good. A later report takes such a piece whole, as it was published,
or does not touch it; what lies between is new. Hence no two reports differ by anything but whole pieces.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from policy.answers import Refusal
from policy.calendars import add_months, local_date, say_day, start_of_day

LONGEST_YEARS = 10
_DAY = timedelta(days=1)
_MONTHS = {name.lower(): n for n, name in enumerate(month_name) if name}


@dataclass(frozen=True, slots=True)
class Span:
    """Time from one aware instant on and before another."""

    since: datetime
    until: datetime

    @property
    def first(self) -> date:
        """The day in London on which it begins."""
        return local_date(self.since)

    @property
    def last(self) -> date:
        """The day in London on which it ends."""
        return local_date(self.until - timedelta(microseconds=1))

    def has(self, other: Span) -> bool:
        """Whether the other lies wholly inside."""
        return self.since <= other.since and other.until <= self.until

    def touches(self, other: Span) -> bool:
        """Whether they have any instant in common."""
        return self.since < other.until and other.since < self.until


def span_of(first: date, last: date, now: datetime) -> Span | Refusal:
    """The time of a report from `first` to `last`, both days included; never past this moment."""
    if last < first:
        return Refusal("period_backwards", "The last day is before the first day.")
    if start_of_day(first) >= now:
        return Refusal("period_ahead", "This period has not begun. Choose an earlier first day.")
    if last.year - first.year > LONGEST_YEARS:
        return Refusal("period_long", f"Choose a period of {LONGEST_YEARS} years at most.")
    return Span(start_of_day(first), min(start_of_day(last + _DAY), now))


def pieces(asked: Span, published: Sequence[Span]) -> tuple[tuple[Span, bool], ...] | Refusal:
    """The pieces of a report in their order, each with whether it was published before.

    Refused when the period has part of a published piece only: the difference between the two reports would
    tell of few people.
    """
    inside = sorted((one for one in published if one.touches(asked)), key=lambda one: one.since)
    cut = next((one for one in inside if not asked.has(one)), None)
    if cut is not None:
        return Refusal(
            "period_cut",
            f"{_say(cut)} was reported as one period. Two reports that overlap could be subtracted from each "
            "other, and the difference could be one person. Choose a period that has all of it, or none of it.",
        )
    found: list[tuple[Span, bool]] = []
    at = asked.since
    for one in inside:
        if at < one.since:
            found.append((Span(at, one.since), False))
        found.append((one, True))
        at = one.until
    if at < asked.until:
        found.append((Span(at, asked.until), False))
    return tuple(found)


def by_month(span: Span) -> Iterator[tuple[str, Span]]:
    """The months of a time in London, each with its label ("2026-10") and the part of it that is inside."""
    at = span.since
    while at < span.until:
        day = local_date(at)
        ends = min(start_of_day(add_months(day.replace(day=1), 1)), span.until)
        yield f"{day:%Y-%m}", Span(at, ends)
        at = ends


def following(published: Sequence[Span], created: datetime, today: date) -> tuple[date, date]:
    """The months a next report would be about: whole ones since the last report, a year of them at most.

    The last report's own period when nothing was left over; the month before when nothing was reported ever.
    """
    last = today.replace(day=1) - _DAY
    if not published:
        return max(min(local_date(created), last).replace(day=1), add_months(last.replace(day=1), -11)), last
    latest = max(published, key=lambda one: one.until)
    begins = local_date(_whole_days(published, latest.until))
    first = max(begins, add_months(last.replace(day=1), -11))
    return (first, last) if first <= last else (latest.first, latest.last)


def _whole_days(published: Sequence[Span], at: datetime) -> datetime:
    """The midnight at or before an end of a piece from which a period cuts no piece that is joined to it."""
    starts = {one.until: one.since for one in published}
    while at != start_of_day(local_date(at)) and at in starts:
        at = starts[at]
    return at


def parse_period(words: str) -> tuple[date, date] | Refusal:
    """The first and the last day in what was typed, such as "October 2026 to December 2026", "2026-10" or two days.

    A month means its first day where a period begins and its last where it ends.
    """
    found = [_days(one) for one in _WORDS.finditer(words)]
    rest = _WORDS.sub(" ", words).lower().replace("from", " ").replace("to", " ").replace("until", " ")
    known = [one for one in found if one is not None]
    if not known or len(known) != len(found) or len(known) > 2 or rest.strip(" -–,.;"):
        return Refusal(
            "period_unknown",
            "Write the period like this: October 2026 to December 2026. Or with days: 2026-10-01 2026-12-31.",
        )
    return known[0][0], known[-1][1]


_WORDS = re.compile(
    rf"(?P<iso>\b\d{{4}}-\d{{2}}-\d{{2}}\b)|(?P<month>\b\d{{4}}-\d{{2}}\b)"
    rf"|(?P<name>\b(?:{'|'.join(_MONTHS)}))\s+(?P<year>\d{{4}}\b)|(?P<whole>\b\d{{4}}\b)",
    re.IGNORECASE,
)


def _days(found: re.Match[str]) -> tuple[date, date] | None:
    """The first and last day that one expression stands for; None for a day that does not exist."""
    try:
        if found["iso"]:
            day = date.fromisoformat(found["iso"])
            return day, day
        if found["whole"]:
            return date(int(found["whole"]), 1, 1), date(int(found["whole"]), 12, 31)
        year, month = (
            map(int, found["month"].split("-"))
            if found["month"]
            else (int(found["year"]), _MONTHS[found["name"].lower()])
        )
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    except ValueError:
        return None


def say_month(label: str) -> str:
    """A month's label in words: "2026-10" is "October 2026"."""
    year, month = label.split("-")
    return f"{month_name[int(month)]} {year}"


def say_period(first: date, last: date) -> str:
    """A period in words, by whole months where it has them: "October 2026 to December 2026"."""
    if first.day == 1 and last == date(last.year, last.month, monthrange(last.year, last.month)[1]):
        begin, end = (f"{month_name[day.month]} {day.year}" for day in (first, last))
        return begin if begin == end else f"{begin} to {end}"
    return say_day(first) if first == last else f"{say_day(first)} to {say_day(last)}"


def _say(span: Span) -> str:
    return say_period(span.first, span.last)
