"""Days and deadlines: tables for the awkward dates, properties for the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st

from policy.calendars import (
    Day,
    add_months,
    end_of_day,
    interim_lapses,
    local_date,
    london_time,
    say_day,
    say_until,
    start_of_day,
)
from tests.policy.uk_calendar import KNOWN_UNTIL, PUBLISHED, UK, day, london

known_days = st.dates(date(2024, 1, 1), date(2028, 10, 31))


@given(known_days)
def test_working_day_should_agree_with_the_published_list(when: date) -> None:
    england = BankHolidays.ENGLAND_AND_WALES
    published = PUBLISHED.is_work_day(when, division=england)
    assert UK.is_working_day(when) == published


def test_a_northern_irish_holiday_should_count_only_where_the_whole_union_does() -> None:
    assert UK.is_working_day(day("2026-03-17"))
    assert not UK.is_working_day(day("2026-03-17"), everywhere=True)


def test_a_proclaimed_day_should_count_in_both_sets() -> None:
    proclaimed = replace(UK, extra=frozenset({day("2026-10-14")}))
    assert not proclaimed.is_working_day(day("2026-10-14"))
    assert not proclaimed.is_working_day(day("2026-10-14"), everywhere=True)
    assert proclaimed.foi_due(day("2026-10-05")).value == UK.foi_due(day("2026-10-05")).value + timedelta(
        days=1
    )


@pytest.mark.parametrize(
    ("start", "forward", "back"),
    [
        ("2026-10-14", "2026-10-14", "2026-10-14"),  # a Wednesday
        ("2026-10-17", "2026-10-19", "2026-10-16"),  # a Saturday
        ("2026-04-03", "2026-04-07", "2026-04-02"),  # Good Friday to Easter Monday
        ("2026-12-26", "2026-12-29", "2026-12-24"),  # Boxing Day on a Saturday, its substitute on Monday
        ("2027-12-25", "2027-12-29", "2027-12-24"),  # both substitutes
        ("2026-01-01", "2026-01-02", "2025-12-31"),
    ],
)
def test_deadlines_should_roll_forward_for_the_person_and_back_for_the_council(
    start: str, forward: str, back: str
) -> None:
    assert UK.person_deadline(day(start)) == Day(day(forward))
    assert UK.council_duty(day(start)) == Day(day(back))


@given(known_days)
def test_rolling_should_reach_the_nearest_working_day(when: date) -> None:
    after, before = UK.next_working_day(when), UK.previous_working_day(when)
    assert before <= when <= after
    assert UK.is_working_day(after)
    assert UK.is_working_day(before)
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(UK.is_working_day(other) for other in between if other != when)


@given(known_days, st.integers(-30, 30).filter(bool))
def test_add_working_days_should_count_that_many_working_days(when: date, n: int) -> None:
    end = UK.add_working_days(when, n)
    step = 1 if n > 0 else -1
    passed = [when + timedelta(days=step * i) for i in range(1, abs((end - when).days) + 1)]
    assert sum(UK.is_working_day(other) for other in passed) == abs(n)
    assert UK.is_working_day(end)


def test_add_no_working_days_should_give_the_day_itself() -> None:
    assert UK.add_working_days(day("2026-10-17"), 0) == day("2026-10-17")


@pytest.mark.parametrize(
    ("imposed", "last"),
    [
        ("2026-10-12", "2026-10-19"),  # Monday
        ("2026-10-17", "2026-10-23"),  # Saturday: Monday is the first
        ("2026-12-18", "2026-12-29"),  # over Christmas
        ("2026-03-31", "2026-04-09"),  # over Easter
        ("2026-10-23", "2026-10-30"),  # over the October clock change
    ],
)
def test_interim_should_lapse_at_the_end_of_the_fifth_working_day(imposed: str, last: str) -> None:
    assert interim_lapses(day(imposed), UK) == Day(day(last))
    assert interim_lapses(day(imposed), UK).ends_at == london(f"{last}T23:59:59").astimezone(UTC)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-02", "2026-03-31"),  # St Patrick's Day is not counted
        ("2026-07-20", "2026-08-18"),  # nor is the Scottish summer holiday
        ("2026-12-10", "2027-01-13"),  # Christmas, and 4 January in Scotland
        ("2026-10-17", "2026-11-13"),  # received on a Saturday
    ],
)
def test_foi_should_be_due_on_the_twentieth_working_day_anywhere(received: str, due: str) -> None:
    assert UK.foi_due(day(received)) == Day(day(due))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-10-14", "2026-11-16"),  # the 14th is a Saturday
        ("2026-01-31", "2026-03-02"),  # 28 February is a Saturday
        ("2028-01-31", "2028-02-29"),  # a leap year
        ("2026-03-06", "2026-04-07"),  # Easter Monday
        ("2026-11-25", "2026-12-29"),  # Christmas
        ("2026-05-04", "2026-06-04"),  # received on a bank holiday: the day still counts
    ],
)
def test_subject_access_should_be_due_after_one_month(received: str, due: str) -> None:
    assert UK.subject_access_due(day(received)) == Day(day(due))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-10-14", 0, "2026-10-14"),
    ],
)
def test_add_months_should_stop_at_the_end_of_a_shorter_month(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(-240, 240))
def test_add_months_should_land_in_the_month_counted(when: date, n: int) -> None:
    end = add_months(when, n)
    assert (end.year * 12 + end.month) - (when.year * 12 + when.month) == n
    assert end.day == when.day or (end.day < when.day and (end + timedelta(days=1)).day == 1)


def test_provisional_should_begin_after_the_published_data() -> None:
    assert not UK.is_provisional(KNOWN_UNTIL)
    assert UK.is_provisional(KNOWN_UNTIL + timedelta(days=1))
    assert UK.day(day("2028-12-27")) == Day(day("2028-12-27"), provisional=True)
    assert UK.person_deadline(day("2028-12-25")).provisional  # rolls over the end of the data
    assert not UK.council_duty(day("2028-12-25")).provisional
    assert UK.foi_due(day("2028-12-01")).provisional


@pytest.mark.parametrize(
    ("when", "starts", "ends"),
    [
        ("2026-01-15", "2026-01-15T00:00:00", "2026-01-15T23:59:59"),
        ("2026-07-15", "2026-07-14T23:00:00", "2026-07-15T22:59:59"),
        ("2026-03-29", "2026-03-29T00:00:00", "2026-03-29T22:59:59"),  # 23 hours
        ("2026-10-25", "2026-10-24T23:00:00", "2026-10-25T23:59:59"),  # 25 hours
    ],
)
def test_a_day_should_start_and_end_on_the_london_clock(when: str, starts: str, ends: str) -> None:
    assert start_of_day(day(when)) == datetime.fromisoformat(starts).replace(tzinfo=UTC)
    assert end_of_day(day(when)) == datetime.fromisoformat(ends).replace(tzinfo=UTC)
    assert start_of_day(day(when)).tzinfo is UTC
    assert end_of_day(day(when)).tzinfo is UTC


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_one_day_should_end_a_second_before_the_next_begins(when: date) -> None:
    assert start_of_day(when + timedelta(days=1)) - end_of_day(when) == timedelta(seconds=1)
    assert local_date(start_of_day(when)) == local_date(end_of_day(when)) == when


def test_local_date_should_refuse_a_time_without_offset() -> None:
    with pytest.raises(ValueError, match="offset"):
        local_date(datetime(2026, 10, 14, 10))  # noqa: DTZ001 - the refusal is what is tested


def test_local_date_should_be_the_london_day_not_the_utc_day() -> None:
    assert local_date(datetime(2026, 7, 14, 23, 30, tzinfo=UTC)) == day("2026-07-15")
    assert local_date(datetime(2026, 1, 14, 23, 30, tzinfo=UTC)) == day("2026-01-14")


def test_london_time_should_take_a_wall_clock_time_and_convert_an_instant() -> None:
    assert london_time(datetime(2026, 7, 14, 10)) == london("2026-07-14T10:00")  # noqa: DTZ001
    assert london_time(datetime(2026, 7, 14, 9, tzinfo=UTC)).isoformat() == "2026-07-14T10:00:00+01:00"


def test_days_should_be_said_in_plain_words() -> None:
    assert say_day(day("2026-11-24")) == "Tuesday 24 November 2026"
    assert say_until(day("2026-11-24")) == "11.59pm on Tuesday 24 November 2026"
    assert say_day(day("2027-02-01")) == "Monday 1 February 2027"
