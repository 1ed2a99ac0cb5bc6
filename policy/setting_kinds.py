"""What a setting may be: each check reads a value as TOML or JSON writes it, or says what to write instead.

A check raises ValueError with one plain sentence; `settings.py` puts the setting's name and reason beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from enum import StrEnum

from policy.offices import Seat

Check = Callable[[object], object]
Plain = int | str | list[int] | list[str]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class DeputyActs(StrEnum):
    """When the Deputy Chief Officer may sign (R15, R17)."""

    STAND_IN = "stand_in"
    ALWAYS = "always"


def whole(low: int, high: int) -> Check:
    """A whole number from `low` to `high`, both allowed."""
    what = f"Write {low}." if low == high else f"Write a whole number from {low} to {high}."

    def check(raw: object) -> int:
        if not isinstance(raw, int) or isinstance(raw, bool) or not low <= raw <= high:
            raise ValueError(what)
        return raw

    return check


def clock_time(earliest: time, latest: time) -> Check:
    """A time of day on the London clock: text like "16:30", or a TOML time."""
    what = f'Write a time from {earliest:%H:%M} to {latest:%H:%M}, such as "{latest:%H:%M}".'

    def check(raw: object) -> time:
        try:
            given = time.fromisoformat(raw) if isinstance(raw, str) else raw
        except ValueError:
            raise ValueError(what) from None
        if not isinstance(given, time) or given.tzinfo is not None or not earliest <= given <= latest:
            raise ValueError(what)
        return given

    return check


def weekday(raw: object) -> str:
    """A day of the week in English, in any case."""
    if isinstance(raw, str) and (day := raw.strip().lower()) in WEEKDAYS:
        return day
    raise ValueError('Write a day of the week, such as "monday".')


def reminder_days(raw: object) -> tuple[int, ...]:
    """Numbers of days before something is due: one to five of them, each once; returned largest first."""
    if isinstance(raw, list | tuple) and 1 <= len(raw) <= 5:
        days = [one for one in raw if isinstance(one, int) and not isinstance(one, bool) and 1 <= one <= 90]
        if len(set(days)) == len(raw):
            return tuple(sorted(days, reverse=True))
    raise ValueError("Write one to five different numbers of days from 1 to 90, such as [30, 7].")


def days(raw: object) -> tuple[date, ...]:
    """Days as "2027-06-04", each once; returned in their order."""
    if isinstance(raw, list | tuple):
        try:
            return tuple(sorted({date.fromisoformat(str(one)) for one in raw}))
        except ValueError:
            pass
    raise ValueError('Write a list of days, such as ["2027-06-04"].')


def deputy(raw: object) -> DeputyActs:
    """`stand_in` or `always`."""
    if isinstance(raw, str) and raw in set(DeputyActs):
        return DeputyActs(raw)
    raise ValueError('Write "stand_in" or "always".')


def approvals(raw: object) -> tuple[Seat, ...]:
    """The seats that approve a restriction: `officer` and at least one of `chair` and `mayor` (R15).

    What burdens the person needs two names, and one of them an officer's: a council may delegate to an
    officer or a committee (Local Government Act 1972, section 101), not to a single councillor.
    """
    if not isinstance(raw, list | tuple) or not all(isinstance(s, str) and s in set(Seat) for s in raw):
        raise ValueError('Write a list of "officer", "chair" and "mayor".')
    seats = tuple(Seat(one) for one in raw)
    if len(set(seats)) != len(seats):
        raise ValueError("Name each seat once: one colleague cannot sign in two places.")
    if Seat.OFFICER not in seats:
        who = "one councillor decide alone" if len(seats) == 1 else "councillors decide without an officer"
        raise ValueError(f'This would let {who}, which the law does not allow. Add "officer".')
    if len(seats) < 2:
        raise ValueError('A restriction needs two approvals. Add "chair" or "mayor".')
    return tuple(seat for seat in Seat if seat in seats)


def plain(value: object) -> Plain:
    """A typed value as TOML and JSON write it: a time as "16:30", a choice as its text."""
    if isinstance(value, time):
        return value.isoformat(timespec="auto" if value.second or value.microsecond else "minutes")
    if isinstance(value, tuple):
        return [
            one.value if isinstance(one, StrEnum) else one.isoformat() if isinstance(one, date) else one
            for one in value
        ]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, int | str):
        return value
    raise TypeError(f"a setting cannot be {type(value).__name__}")
