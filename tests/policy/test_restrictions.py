"""R16, R26: a restriction is in force by its dates alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.calendars import LONDON, end_of_day, local_date, start_of_day
from policy.restrictions import (
    ForceReason,
    RestrictionDates,
    any_in_force,
    breach_counts,
    in_force,
    starts_at,
)

START = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
instants = st.datetimes(
    START.replace(tzinfo=None) - 400 * DAY, START.replace(tzinfo=None) + 400 * DAY, timezones=st.just(UTC)
)
any_dates = st.builds(
    RestrictionDates,
    st.none() | instants,
    st.none() | days,
    st.none() | instants,
    st.none() | days,
    st.booleans(),
)


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("ends_on", "at", "expected"),
    [
        # British summer time, winter time, and the two days on which the clocks change.
        (date(2027, 4, 14), london(2027, 4, 14, 23, 59, 59), True),
        (date(2027, 4, 14), london(2027, 4, 15, 0, 0, 0), False),
        (date(2027, 1, 31), london(2027, 1, 31, 23, 59, 59), True),
        (date(2027, 1, 31), london(2027, 2, 1, 0, 0, 0), False),
        (date(2027, 3, 28), london(2027, 3, 28, 23, 59, 59), True),
        (date(2027, 3, 28), datetime(2027, 3, 28, 23, 0, 0, tzinfo=UTC), False),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC), True),
        (date(2026, 10, 25), datetime(2026, 10, 26, 0, 0, 0, tzinfo=UTC), False),
        (date(2027, 4, 14), datetime(2027, 4, 14, 22, 59, 59, 999999, tzinfo=UTC), True),
    ],
)
def test_in_force_should_last_through_the_last_second_in_london(
    ends_on: date, at: datetime, expected: bool
) -> None:
    answer = in_force(RestrictionDates(START, ends_on), at)
    assert bool(answer) is expected
    assert answer.reason is (ForceReason.IN_FORCE if expected else ForceReason.RAN_OUT)
    assert answer.since == START
    assert answer.until == end_of_day(ends_on)


def test_in_force_should_begin_at_the_very_instant_it_starts() -> None:
    dates = RestrictionDates(START)
    assert in_force(dates, START - timedelta(microseconds=1)).reason is ForceReason.NOT_STARTED
    answer = in_force(dates, START)
    assert answer
    assert answer.until is None


def test_in_force_should_be_false_while_the_person_is_not_notified() -> None:
    answer = in_force(RestrictionDates(None, date(2027, 4, 14)), START)
    assert not answer
    assert answer.reason is ForceReason.NOT_NOTIFIED


def test_in_force_should_end_at_once_when_quashed() -> None:
    quashed = START + 3 * DAY
    dates = RestrictionDates(START, date(2027, 4, 14), ended_at=quashed)
    assert in_force(dates, quashed - timedelta(seconds=1))
    after = in_force(dates, quashed)
    assert after.reason is ForceReason.ENDED
    assert after.until == quashed


def test_in_force_should_never_begin_when_it_was_ended_before_it_started() -> None:
    dates = RestrictionDates(START, ended_at=START - DAY)
    assert in_force(dates, START - 2 * DAY).reason is ForceReason.ENDED
    assert in_force(dates, START + DAY).reason is ForceReason.ENDED


PAUSED = RestrictionDates(
    START, date(2027, 4, 14), pauses=((START + DAY, START + 2 * DAY), (START + 5 * DAY, None))
)


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (START + DAY - timedelta(seconds=1), ForceReason.IN_FORCE),
        (START + DAY, ForceReason.PAUSED),
        (START + 2 * DAY - timedelta(microseconds=1), ForceReason.PAUSED),
        (START + 2 * DAY, ForceReason.IN_FORCE),
        (START + 5 * DAY, ForceReason.PAUSED),
        (START + 100 * DAY, ForceReason.PAUSED),
        (london(2027, 4, 15, 0, 0), ForceReason.RAN_OUT),
    ],
)
def test_pause_should_hold_from_its_first_instant_and_end_at_its_last(
    at: datetime, reason: ForceReason
) -> None:
    answer = in_force(PAUSED, at)
    assert answer.reason is reason
    assert bool(answer) is (reason is ForceReason.IN_FORCE)


@pytest.mark.parametrize("day", [local_date(START + DAY), local_date(START + 5 * DAY)])
def test_breach_should_not_count_on_a_day_in_which_a_pause_began(day: date) -> None:
    refusal = breach_counts(day, PAUSED)
    assert refusal is not None
    assert refusal.code == "no_breach_paused"
    assert breach_counts(START + DAY - timedelta(seconds=1), PAUSED) is None


@pytest.mark.parametrize("confirmed", [True, False])
def test_interim_should_lapse_unless_confirmed(confirmed: bool) -> None:
    dates = RestrictionDates(
        START, date(2027, 4, 14), interim_lapses_on=date(2026, 10, 21), confirmed=confirmed
    )
    assert in_force(dates, london(2026, 10, 21, 23, 59, 59))
    after = in_force(dates, london(2026, 10, 22, 0, 0))
    assert after.reason is (ForceReason.IN_FORCE if confirmed else ForceReason.LAPSED)


@pytest.mark.parametrize(
    ("dates", "reason"),
    [
        (RestrictionDates(START, date(2026, 10, 20), START + DAY, date(2026, 10, 19)), ForceReason.ENDED),
        (
            RestrictionDates(START, date(2026, 10, 20), START + 20 * DAY, date(2026, 10, 19)),
            ForceReason.LAPSED,
        ),
        (
            RestrictionDates(START, date(2026, 10, 18), START + 20 * DAY, date(2026, 10, 19)),
            ForceReason.RAN_OUT,
        ),
    ],
)
def test_in_force_should_give_the_first_of_several_ends(dates: RestrictionDates, reason: ForceReason) -> None:
    assert in_force(dates, START + 30 * DAY).reason is reason


def test_in_force_should_refuse_a_time_without_an_offset() -> None:
    with pytest.raises(TypeError):
        in_force(RestrictionDates(START), START.replace(tzinfo=None))


@given(any_dates, instants)
def test_in_force_should_agree_with_its_own_since_and_until(dates: RestrictionDates, at: datetime) -> None:
    answer = in_force(dates, at)
    if answer:
        assert answer.since is not None
        assert answer.since <= at
        assert answer.until is None or at < answer.until + timedelta(seconds=1)
    if dates.starts_at is None or at < dates.starts_at:
        assert not answer
    if dates.ends_on is not None and local_date(at) > dates.ends_on:
        assert not answer
    if dates.ended_at is not None and at >= dates.ended_at:
        assert not answer


@given(any_dates, instants, instants, instants)
def test_in_force_should_hold_over_one_unbroken_stretch(
    dates: RestrictionDates, one: datetime, two: datetime, three: datetime
) -> None:
    first, middle, last = sorted([one, two, three])
    if in_force(dates, first) and in_force(dates, last):
        assert in_force(dates, middle)


@pytest.mark.parametrize(
    ("notified_on", "sent_at", "expected"),
    [
        # Emailed on a working morning: at the sending instant.
        (date(2026, 10, 14), london(2026, 10, 14, 10, 0), london(2026, 10, 14, 10, 0)),
        # Emailed after 16.30, or posted: when the notification day begins.
        (date(2026, 10, 15), london(2026, 10, 14, 17, 0), london(2026, 10, 15, 0, 0)),
        (date(2026, 10, 16), london(2026, 10, 14, 17, 0), london(2026, 10, 16, 0, 0)),
        # Sent later than the day recorded: never before the sending.
        (date(2026, 10, 14), london(2026, 10, 15, 9, 0), london(2026, 10, 15, 9, 0)),
    ],
)
def test_starts_at_should_be_the_notification_day_and_never_before_sending(
    notified_on: date, sent_at: datetime, expected: datetime
) -> None:
    assert starts_at(notified_on, sent_at) == expected


@given(days, instants)
def test_starts_at_should_never_be_before_sending_or_the_notification_day(
    notified_on: date, sent_at: datetime
) -> None:
    start = starts_at(notified_on, sent_at)
    assert start in (sent_at, start_of_day(notified_on))
    assert start >= sent_at
    assert local_date(start) >= notified_on


@pytest.mark.parametrize(
    ("happened", "code"),
    [
        (START - timedelta(minutes=1), "no_breach_not_started"),
        (START, None),
        (date(2026, 10, 14), "no_breach_not_started"),
        (date(2026, 10, 15), None),
        (date(2027, 4, 14), None),
        (date(2027, 4, 15), "no_breach_ran_out"),
        (london(2027, 4, 14, 23, 59, 59), None),
        (london(2027, 4, 15, 0, 0), "no_breach_ran_out"),
    ],
)
def test_breach_should_count_only_while_the_restriction_was_in_force(
    happened: datetime | date, code: str | None
) -> None:
    refusal = breach_counts(happened, RestrictionDates(START, date(2027, 4, 14)))
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("dates", "code"),
    [
        (RestrictionDates(None), "no_breach_not_notified"),
        (RestrictionDates(START, ended_at=START + DAY), "no_breach_ended"),
        (RestrictionDates(START, interim_lapses_on=date(2026, 10, 15)), "no_breach_lapsed"),
    ],
)
def test_breach_should_not_count_when_the_restriction_is_void(dates: RestrictionDates, code: str) -> None:
    refusal = breach_counts(START + 2 * DAY, dates)
    assert refusal is not None
    assert refusal.code == code
    assert "no breach" in refusal.sentence


def test_any_in_force_should_find_one_among_several() -> None:
    over = RestrictionDates(START, ended_at=START + DAY)
    assert any_in_force([over, RestrictionDates(START)], START + 2 * DAY)
    assert not any_in_force([over], START + 2 * DAY)
    assert not any_in_force([], START)
