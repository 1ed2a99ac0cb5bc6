"""Days and deadlines: Europe/London, bank holidays, and which way a deadline rounds (R31, R33).

All arithmetic is on local dates. Fourteen London days across the March clock change are 335 hours,
so nothing here ever adds hours. Instants are aware UTC; days are dates in Europe/London.
"""

from __future__ import annotations

import calendar as _months
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

FOI_WORKING_DAYS = 20
SUBJECT_ACCESS_MONTHS = 1
INTERIM_WORKING_DAYS = 5

_ONE_DAY = timedelta(days=1)
_LAST_SECOND = time(23, 59, 59)
# Written out because strftime follows the computer's language, and a printed promise must not.
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Day:
    """A computed day; `provisional` when it lies past the published bank holidays (R33)."""

    value: date
    provisional: bool = False

    @property
    def ends_at(self) -> datetime:
        """The last second of the day, 23:59:59 Europe/London, as aware UTC."""
        return end_of_day(self.value)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The council's working days.

    `england` holds the bank holidays of England and Wales and `union` those of every UK division
    (for freedom of information). `known_until` is the last day the published data covers: any day
    after it is provisional. `extra` holds days proclaimed later and added by an administrator;
    they count in both sets.
    """

    england: frozenset[date]
    union: frozenset[date]
    known_until: date
    extra: frozenset[date] = frozenset()

    def is_working_day(self, day: date, *, everywhere: bool = False) -> bool:
        """Monday to Friday and no bank holiday; `everywhere` counts those of the whole UK."""
        if day.weekday() >= 5 or day in self.england or day in self.extra:
            return False
        return not (everywhere and day in self.union)

    def next_working_day(self, on_or_after: date) -> date:
        """The first working day on or after the day given."""
        day = on_or_after
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def previous_working_day(self, on_or_before: date) -> date:
        """The last working day on or before the day given."""
        day = on_or_before
        while not self.is_working_day(day):
            day -= _ONE_DAY
        return day

    def add_working_days(self, day: date, n: int, *, everywhere: bool = False) -> date:
        """The n-th working day after `day`, which is itself never counted.

        A negative n counts back; 0 gives the day as it is, working or not.
        """
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        left = abs(n)
        while left:
            day += step
            if self.is_working_day(day, everywhere=everywhere):
                left -= 1
        return day

    def is_provisional(self, day: date) -> bool:
        """Whether the day lies past the published bank holidays and may still move."""
        return day > self.known_until

    def day(self, value: date) -> Day:
        """The day with its provisional mark."""
        return Day(value, self.is_provisional(value))

    def person_deadline(self, day: date) -> Day:
        """A deadline for the person: never on a day the council is shut, so it rolls forward (R33)."""
        return self.day(self.next_working_day(day))

    def council_duty(self, day: date) -> Day:
        """A day by which the council must have acted: rolls back, so it is never late (R33)."""
        return self.day(self.previous_working_day(day))

    def foi_due(self, received: date, working_days: int = FOI_WORKING_DAYS) -> Day:
        """Last day to answer a freedom-of-information request received that day.

        The twentieth working day after receipt; a bank holiday anywhere in the UK is not one
        (Freedom of Information Act 2000, section 10).
        """
        return self.day(self.add_working_days(received, working_days, everywhere=True))

    def subject_access_due(self, received: date, months: int = SUBJECT_ACCESS_MONTHS) -> Day:
        """Last day to answer a subject-access request: one calendar month, rolled forward (R33)."""
        return self.day(self.next_working_day(add_months(received, months)))


def interim_lapses(imposed_on: date, calendar: Calendar, working_days: int = INTERIM_WORKING_DAYS) -> Day:
    """Last day of an interim restriction nobody confirmed (R16); it lapses at that day's `ends_at`.

    The day it was imposed is not counted.
    """
    return calendar.day(calendar.add_working_days(imposed_on, working_days))


def add_months(day: date, n: int) -> date:
    """The same day n calendar months later (earlier if negative); 31 January + 1 is 28 February."""
    years, month = divmod(day.month - 1 + n, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, _months.monthrange(year, month)[1]))


def local_date(instant: datetime) -> date:
    """The day it is in Europe/London at an aware instant. ValueError when it carries no offset."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset: local times have no place here")
    return instant.astimezone(LONDON).date()


def london_time(moment: datetime) -> datetime:
    """The moment on a London clock; one without an offset is already a London wall-clock time."""
    return moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment.astimezone(LONDON)


def start_of_day(day: date) -> datetime:
    """Midnight Europe/London at the start of the day, as aware UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def at_clock(day: date, clock: time) -> datetime:
    """A time on the clocks of London on a day, as aware UTC. Adding hours instead would go wrong at a clock change."""
    return datetime.combine(day, clock, LONDON).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """23:59:59 Europe/London on the day, as aware UTC (R26, R31)."""
    return datetime.combine(day, _LAST_SECOND, LONDON).astimezone(UTC)


def after_quiet(now: datetime, quiet_from: time, quiet_until: time) -> datetime | None:
    """When the quiet hours that it is in end, as aware UTC; None outside them. The same time twice: none (R40)."""
    local = london_time(now)
    clock = local.time()
    if quiet_from == quiet_until:
        return None
    over_midnight = quiet_from > quiet_until
    quiet = clock >= quiet_from or clock < quiet_until if over_midnight else quiet_from <= clock < quiet_until
    if not quiet:
        return None
    tomorrow = over_midnight and clock >= quiet_from
    return at_clock(local.date() + _ONE_DAY if tomorrow else local.date(), quiet_until)


def say_clock(moment: datetime) -> str:
    """A time on the clocks of London in words: "9am", "4.30pm"."""
    local = london_time(moment)
    minutes = f".{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def say_moment(moment: datetime) -> str:
    """A day and a time on the clocks of London in words: "Tuesday 24 November 2026 at 9am"."""
    return f"{say_day(london_time(moment).date())} at {say_clock(moment)}"


def say_day(day: date) -> str:
    """A day in words: "Tuesday 24 November 2026"."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def say_until(day: date) -> str:
    """The last moment of a deadline in words: "11.59pm on Tuesday 24 November 2026" (R29)."""
    return f"11.59pm on {say_day(day)}"
