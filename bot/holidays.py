"""Bank holidays as GOV.UK publishes them, from the data bundled with `govuk-bank-holidays`: no network."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from govuk_bank_holidays.bank_holidays import BankHolidays

from policy.calendars import Calendar


@lru_cache(maxsize=1)
def published_calendar() -> Calendar:
    """The calendar of England and Wales, and the union of all UK divisions for freedom of information (R33)."""
    source = BankHolidays(use_cached_holidays=True)
    england = _days(source, BankHolidays.ENGLAND_AND_WALES)
    divisions = (BankHolidays.ENGLAND_AND_WALES, BankHolidays.SCOTLAND, BankHolidays.NORTHERN_IRELAND)
    union = frozenset(day for division in divisions for day in _days(source, division))
    return Calendar(england=england, union=union, known_until=date(max(england).year, 12, 31))


def _days(source: BankHolidays, division: str) -> frozenset[date]:
    return frozenset(holiday["date"] for holiday in source.get_holidays(division=division))
