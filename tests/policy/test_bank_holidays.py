"""The bundled bank holidays against a second library that computes them (R33)."""

from __future__ import annotations

from datetime import date

import holidays

from bot.holidays import published_calendar

MONDAY_TO_FRIDAY = 5


def test_bundled_days_should_be_those_of_another_library() -> None:
    ours = published_calendar()
    years = range(min(ours.england).year + 1, ours.known_until.year + 1)
    assert len(years) >= 5
    theirs = holidays.country_holidays("GB", subdiv="ENG", years=years)
    computed = {day for day in theirs if day.weekday() < MONDAY_TO_FRIDAY}
    assert {day for day in ours.england if day.year in years} == computed


def test_data_should_reach_beyond_this_release() -> None:
    assert published_calendar().known_until >= date(2027, 12, 31)
