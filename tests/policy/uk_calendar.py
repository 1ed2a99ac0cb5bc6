"""The published bank holidays as a Calendar, and short ways to write London times, for the tests."""

from __future__ import annotations

from datetime import date, datetime

from govuk_bank_holidays.bank_holidays import BankHolidays

from policy.calendars import LONDON, Calendar

PUBLISHED = BankHolidays(use_cached_holidays=True)
KNOWN_UNTIL = date(2028, 12, 26)


def _days(*divisions: str) -> frozenset[date]:
    days: set[date] = set()
    for division in divisions:
        published = PUBLISHED.get_holidays(division=division)
        days.update(holiday["date"] for holiday in published)
    return frozenset(days)


UK = Calendar(
    england=_days(BankHolidays.ENGLAND_AND_WALES),
    union=_days(BankHolidays.ENGLAND_AND_WALES, BankHolidays.SCOTLAND, BankHolidays.NORTHERN_IRELAND),
    known_until=KNOWN_UNTIL,
)


def london(text: str) -> datetime:
    """ "2026-10-14T10:00" on the London clock."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def day(text: str) -> date:
    return date.fromisoformat(text)
