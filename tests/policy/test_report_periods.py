"""The time a report covers: what people write for it, and that no report cuts through another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.answers import Refusal
from policy.calendars import start_of_day
from policy.report_periods import Span, by_month, following, parse_period, pieces, say_period, span_of
from tests.policy.uk_calendar import day

NOW = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)


def span(first: str, last: str) -> Span:
    found = span_of(day(first), day(last), NOW)
    assert isinstance(found, Span)
    return found


OCTOBER, NOVEMBER = span("2026-10-01", "2026-10-31"), span("2026-11-01", "2026-11-30")
QUARTER = span("2026-10-01", "2026-12-31")


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("October 2026 to December 2026", "2026-10-01", "2026-12-31"),
        ("from october 2026 until december 2026", "2026-10-01", "2026-12-31"),
        ("February 2028", "2028-02-01", "2028-02-29"),
        ("2026-10 2026-12", "2026-10-01", "2026-12-31"),
        ("2026-10-05 – 2026-12-07", "2026-10-05", "2026-12-07"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_period_should_be_read_as_people_write_it(words: str, first: str, last: str) -> None:
    assert parse_period(words) == (day(first), day(last))


@pytest.mark.parametrize(
    "words", ["soon", "2026-02-30", "2026-13", "2026 2027 2028", "last 2026", "October", "0000"]
)
def test_period_should_be_asked_for_again_when_it_is_not_understood(words: str) -> None:
    found = parse_period(words)
    assert isinstance(found, Refusal)
    assert "October 2026 to December 2026" in found.sentence


def test_span_should_take_in_both_days_by_the_clocks_of_london() -> None:
    summer = span("2026-07-01", "2026-07-31")
    assert summer.since == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert summer.until == datetime(2026, 7, 31, 23, tzinfo=UTC)
    assert (summer.first, summer.last) == (day("2026-07-01"), day("2026-07-31"))


def test_span_should_end_now_when_the_period_is_not_over() -> None:
    running = span("2027-01-01", "2027-03-31")
    assert running.until == NOW
    assert running.last == day("2027-01-04")


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2026-12-31", "2026-10-01", "period_backwards"),
        ("2027-01-05", "2027-01-31", "period_ahead"),
        ("2001-01-01", "2026-12-31", "period_long"),
    ],
)
def test_span_should_refuse_what_is_no_period(first: str, last: str, code: str) -> None:
    found = span_of(day(first), day(last), NOW)
    assert isinstance(found, Refusal)
    assert found.code == code


def test_months_of_a_time_should_meet_at_midnight_in_london() -> None:
    now = datetime(2026, 12, 24, 9, tzinfo=UTC)
    whole = span_of(day("2026-09-14"), day("2026-11-02"), now)
    assert isinstance(whole, Span)
    parts = list(by_month(whole))
    assert [label for label, _ in parts] == ["2026-09", "2026-10", "2026-11"]
    assert [(one.first, one.last) for _, one in parts] == [
        (day("2026-09-14"), day("2026-09-30")),
        (day("2026-10-01"), day("2026-10-31")),  # the clocks go back on the 25th
        (day("2026-11-01"), day("2026-11-02")),
    ]
    assert (parts[0][1].since, parts[-1][1].until) == (whole.since, whole.until)
    assert all(one.until == two.since for (_, one), (_, two) in pairwise(parts))


def test_pieces_should_be_one_when_nothing_was_reported() -> None:
    assert pieces(QUARTER, ()) == ((QUARTER, False),)
    assert pieces(QUARTER, [QUARTER]) == ((QUARTER, True),)


def test_pieces_should_keep_what_was_reported_whole_and_count_what_lies_between() -> None:
    assert pieces(QUARTER, [NOVEMBER]) == (
        (OCTOBER, False),
        (NOVEMBER, True),
        (span("2026-12-01", "2026-12-31"), False),
    )


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-11-01", "2026-12-31"), ("2026-09-01", "2026-11-30"), ("2026-11-01", "2026-11-30")],
)
def test_pieces_should_refuse_to_cut_through_a_report(first: str, last: str) -> None:
    found = pieces(span(first, last), [QUARTER])
    assert isinstance(found, Refusal)
    assert "October 2026 to December 2026" in found.sentence


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(days, days), max_size=8))
def test_published_pieces_should_never_overlap_whatever_is_asked(asked: list[tuple[date, date]]) -> None:
    published: list[Span] = []
    for one in asked:
        whole = span(min(one).isoformat(), max(one).isoformat())
        found = pieces(whole, published)
        if isinstance(found, Refusal):
            continue
        assert found[0][0].since == whole.since
        assert found[-1][0].until == whole.until
        assert all(a.until == b.since for (a, _), (b, _) in pairwise(found))
        published += [piece for piece, before in found if not before]
    for n, one_piece in enumerate(published):
        assert not any(one_piece.touches(other) for other in published[n + 1 :])


def test_next_report_should_be_the_whole_months_since_the_last_one() -> None:
    created, today = start_of_day(day("2026-05-20")), day("2027-01-04")
    assert following((), created, today) == (day("2026-05-01"), day("2026-12-31"))
    assert following((OCTOBER,), created, today) == (day("2026-11-01"), day("2026-12-31"))
    assert following((OCTOBER,), created, day("2026-11-02")) == (OCTOBER.first, OCTOBER.last)
    assert following((), created, day("2029-03-01")) == (day("2028-03-01"), day("2029-02-28"))
    assert following((), start_of_day(today), today) == (day("2026-12-01"), day("2026-12-31"))


def test_next_report_should_cut_no_piece_that_was_made_in_the_middle_of_a_day() -> None:
    running = Span(start_of_day(day("2026-12-01")), datetime(2026, 12, 9, 11, tzinfo=UTC))
    more = Span(running.until, running.until + timedelta(hours=2))
    first, last = following((running, more), running.since, day("2027-01-04"))
    assert (first, last) == (day("2026-12-01"), day("2026-12-31"))
    assert not isinstance(pieces(span(first.isoformat(), last.isoformat()), (running, more)), Refusal)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-10-01", "2026-12-31", "October 2026 to December 2026"),
        ("2026-02-01", "2026-02-28", "February 2026"),
        ("2026-10-01", "2026-10-02", "Thursday 1 October 2026 to Friday 2 October 2026"),
        ("2026-10-02", "2026-10-02", "Friday 2 October 2026"),
    ],
)
def test_period_should_be_said_by_whole_months_where_it_has_them(first: str, last: str, words: str) -> None:
    assert say_period(day(first), day(last)) == words
