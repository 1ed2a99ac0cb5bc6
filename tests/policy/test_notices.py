"""The day the clock starts, the day the appeal closes, and what a correction may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.calendars import LONDON, Day
from policy.catalogue import Measure, Scope
from policy.notices import (
    METHOD_WORDS,
    AppealClose,
    Dispatch,
    Method,
    Terms,
    appeal_closes,
    correction_refusal,
    dates,
    expected_close,
    harsher_because,
    join_reasons,
    notification_day,
    notified_on,
    open_for_appeal,
)
from tests.policy.uk_calendar import KNOWN_UNTIL, UK, day, london

E, H, F, S = Method.EMAIL, Method.HAND, Method.FIRST_CLASS, Method.SECOND_CLASS
known_days = st.dates(date(2024, 1, 1), date(2028, 10, 31))


@pytest.mark.parametrize(
    ("method", "sent", "expected"),
    [
        (E, "2026-10-14T10:00", "2026-10-14"),
        (H, "2026-10-14T10:00", "2026-10-14"),
        (E, "2026-10-16T16:29:59", "2026-10-16"),  # a Friday, the last second that counts
        (E, "2026-10-16T16:29:59.999999", "2026-10-16"),
        (E, "2026-10-16T16:30:00", "2026-10-19"),
        (H, "2026-10-16T16:30:00", "2026-10-19"),
        (E, "2026-10-14T16:30:00", "2026-10-15"),
        (E, "2026-10-17T09:00", "2026-10-19"),  # a Saturday
        (E, "2026-10-18T23:59:59", "2026-10-19"),
        (E, "2026-04-02T16:30", "2026-04-07"),  # the eve of Good Friday
        (E, "2026-12-25T10:00", "2026-12-29"),
        (E, "2026-03-29T01:30", "2026-03-30"),  # a time that does not exist
        (E, "2026-10-25T01:30", "2026-10-26"),  # a time that comes twice
        (F, "2026-10-12T09:00", "2026-10-14"),
        (F, "2026-10-12T20:00", "2026-10-14"),  # the hour of posting does not matter
        (F, "2026-10-15T09:00", "2026-10-19"),
        (F, "2026-10-16T09:00", "2026-10-20"),
        (F, "2026-10-17T09:00", "2026-10-20"),  # posted on a Saturday
        (F, "2026-12-23T09:00", "2026-12-29"),
        (F, "2026-04-01T09:00", "2026-04-07"),
        (S, "2026-10-12T09:00", "2026-10-16"),
        (S, "2026-10-17T09:00", "2026-10-22"),
        (S, "2026-04-02T09:00", "2026-04-10"),
        (S, "2026-12-23T09:00", "2026-12-31"),
    ],
)
def test_notification_day_should_follow_the_table(method: Method, sent: str, expected: str) -> None:
    assert notification_day(method, datetime.fromisoformat(sent), UK) == Day(day(expected))


def test_notification_day_should_read_an_instant_on_the_london_clock() -> None:
    # 15:45 UTC in summer is 16:45 in London, too late for the same day; in winter it is in time.
    assert notification_day(E, datetime(2026, 7, 15, 15, 45, tzinfo=UTC), UK).value == day("2026-07-16")
    assert notification_day(E, datetime(2026, 1, 14, 15, 45, tzinfo=UTC), UK).value == day("2026-01-14")


@given(st.sampled_from(list(Method)), known_days, st.times())
def test_notification_day_should_be_a_working_day_never_before_sending(
    method: Method, when: date, at: time
) -> None:
    notified = notification_day(method, datetime.combine(when, at), UK).value
    assert notified >= when
    assert UK.is_working_day(notified)


@given(known_days, st.times())
def test_slower_channels_should_never_notify_earlier(when: date, at: time) -> None:
    sent = datetime.combine(when, at)
    assert notification_day(E, sent, UK) == notification_day(H, sent, UK)
    assert notification_day(F, sent, UK).value < notification_day(S, sent, UK).value


def test_notification_should_be_provisional_past_the_published_holidays() -> None:
    assert notification_day(F, london("2028-12-22T09:00"), UK) == Day(day("2028-12-28"), provisional=True)
    assert not notification_day(E, london("2028-12-22T09:00"), UK).provisional


EMAIL = Dispatch(E, london("2026-10-14T10:00"))
POST = Dispatch(F, london("2026-10-14T10:00"))


def test_notified_on_should_be_the_later_of_two_channels() -> None:
    assert notified_on([EMAIL, POST], UK) == Day(day("2026-10-16"))
    assert notified_on([POST, EMAIL], UK) == Day(day("2026-10-16"))


def test_notified_on_should_leave_out_what_came_back() -> None:
    assert notified_on([EMAIL, replace(POST, returned=True)], UK) == Day(day("2026-10-14"))
    assert notified_on([replace(EMAIL, returned=True), POST], UK) == Day(day("2026-10-16"))


def test_notified_on_should_be_none_when_nothing_arrived() -> None:
    assert notified_on([], UK) is None
    assert notified_on([replace(EMAIL, returned=True)], UK) is None


@pytest.mark.parametrize(
    ("notified", "closes", "at"),
    [
        ("2026-11-10", "2026-11-24", "2026-11-24T23:59:59+00:00"),
        ("2026-10-14", "2026-10-28", "2026-10-28T23:59:59+00:00"),  # across the October change
        ("2026-03-18", "2026-04-01", "2026-04-01T22:59:59+00:00"),  # across the March change
        ("2026-03-20", "2026-04-07", "2026-04-07T22:59:59+00:00"),  # day 14 is Good Friday
        ("2026-12-11", "2026-12-29", "2026-12-29T23:59:59+00:00"),  # day 14 is Christmas Day
        ("2026-07-14", "2026-07-28", "2026-07-28T22:59:59+00:00"),
        ("2026-04-20", "2026-05-05", "2026-05-05T22:59:59+00:00"),  # the early May bank holiday
    ],
)
def test_appeal_should_close_at_the_end_of_day_14_or_the_next_working_day(
    notified: str, closes: str, at: str
) -> None:
    assert appeal_closes(day(notified), UK) == AppealClose(day(closes), datetime.fromisoformat(at))


def test_appeal_should_keep_a_printed_date_only_when_it_is_later() -> None:
    notified = day("2026-11-10")
    assert appeal_closes(notified, UK, printed=day("2026-11-20")).on == day("2026-11-24")
    assert appeal_closes(notified, UK, printed=day("2026-11-28")).on == day("2026-11-28")  # as promised
    assert (
        appeal_closes(notified, UK, printed=day("2026-11-28")).words == "11.59pm on Saturday 28 November 2026"
    )


def test_appeal_should_be_provisional_past_the_published_holidays() -> None:
    assert appeal_closes(KNOWN_UNTIL - timedelta(days=13), UK).provisional
    assert not appeal_closes(day("2028-12-08"), UK).provisional


@given(known_days, st.none() | known_days)
def test_appeal_should_never_close_before_day_14_nor_before_what_was_printed(
    notified: date, printed: date | None
) -> None:
    close = appeal_closes(notified, UK, printed)
    assert close.on >= notified + timedelta(days=14)
    assert printed is None or close.on >= printed
    assert close.at.astimezone(LONDON).isoformat()[:19] == f"{close.on}T23:59:59"


def test_expected_close_should_take_it_as_sent_within_working_hours() -> None:
    assert expected_close(E, day("2026-11-10"), UK).words == "11.59pm on Tuesday 24 November 2026"
    assert expected_close(F, day("2026-11-10"), UK).on == day("2026-11-26")
    assert expected_close(E, day("2026-11-14"), UK).on == day("2026-11-30")  # a Saturday


def test_dates_should_carry_the_london_offset() -> None:
    winter = dates(E, datetime.fromisoformat("2026-10-14T10:00"), UK)
    assert winter.sent.isoformat() == "2026-10-14T10:00:00+01:00"
    assert (winter.notified_on, winter.provisional) == (day("2026-10-14"), False)
    assert winter.appeal_closes_at.isoformat() == "2026-10-28T23:59:59+00:00"
    summer = dates(S, datetime.fromisoformat("2026-06-01T10:00"), UK)
    assert summer.notified_on == day("2026-06-05")
    assert summer.appeal_closes_at.isoformat() == "2026-06-19T23:59:59+01:00"
    assert dates(E, datetime.fromisoformat("2028-12-20T10:00"), UK).provisional


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-24T00:00:00", True),
        ("2026-11-24T23:59:59", True),
        ("2026-11-24T23:59:59.999999", True),
        ("2026-11-25T00:00:00", False),
    ],
)
def test_appeal_should_be_open_until_the_last_second(at: str, is_open: bool) -> None:
    assert open_for_appeal(london(at), appeal_closes(day("2026-11-10"), UK)) is is_open


def test_appeal_in_summer_should_close_at_london_midnight_not_utc() -> None:
    close = appeal_closes(day("2026-07-14"), UK)
    assert open_for_appeal(datetime(2026, 7, 28, 22, 59, 59, tzinfo=UTC), close)
    assert not open_for_appeal(datetime(2026, 7, 28, 23, 0, 0, tzinfo=UTC), close)


def test_every_method_should_have_words() -> None:
    assert set(METHOD_WORDS) == set(Method)
    assert [str(method) for method in Method] == ["email", "hand", "first-class", "second-class"]


# --- corrections ------------------------------------------------------------------------------------

OLD = Terms(frozenset({Measure.C1, Measure.C7}), day("2027-04-14"), Scope.ONE_SERVICE)
ADDS_C3, ADDS_C10 = "it adds “Removed from social media and blocked”", "it adds “Emails or numbers blocked”"
FOREVER = Terms(frozenset({Measure.C1}), None, Scope.ONE_SERVICE, review_on=day("2027-04-14"))


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        (OLD, OLD, ()),
        (OLD, replace(OLD, measures=frozenset({Measure.C1})), ()),
        (OLD, replace(OLD, ends_on=day("2027-04-13")), ()),
        (OLD, replace(OLD, scope=Scope.ONE_ISSUE), ()),
        (
            OLD,
            replace(OLD, measures=OLD.measures | {Measure.C10, Measure.C3}),
            (ADDS_C3, ADDS_C10),
        ),
        (OLD, replace(OLD, measures=frozenset({Measure.C1, Measure.C3})), (ADDS_C3,)),  # not comparable
        (OLD, replace(OLD, ends_on=day("2027-04-15")), ("it lasts longer",)),
        (OLD, replace(OLD, ends_on=None), ("it takes away the end date",)),
        (OLD, replace(OLD, scope=Scope.WHOLE_COUNCIL), ("it covers more of the council",)),
        (FOREVER, replace(FOREVER, ends_on=day("2030-01-01")), ()),
        (FOREVER, replace(FOREVER, review_on=day("2027-04-15")), ("it is reviewed later",)),
        (FOREVER, replace(FOREVER, review_on=None), ("it is reviewed later",)),
        (FOREVER, replace(FOREVER, review_on=day("2027-01-15")), ()),
        (replace(OLD, measures=frozenset({Measure.C11})), OLD, ()),  # refused altogether, now in writing
        (
            replace(OLD, measures=frozenset({Measure.C11})),
            replace(OLD, measures=frozenset({Measure.C11, Measure.C1})),
            ("it adds “In writing only”",),
        ),
        (replace(OLD, measures=frozenset({Measure.C2})), replace(OLD, measures=frozenset({Measure.C8})), ()),
        (
            replace(OLD, measures=frozenset({Measure.C2})),
            replace(OLD, measures=frozenset({Measure.C2, Measure.C8})),
            ("it adds “A nominated employee or councillor handles all contact”",),
        ),
    ],
)
def test_harsher_because_should_name_every_new_burden(
    old: Terms, new: Terms, reasons: tuple[str, ...]
) -> None:
    assert harsher_because(old, new) == reasons


def test_correction_should_be_refused_when_harsher_and_say_what_to_do() -> None:
    refusal = correction_refusal(OLD, replace(OLD, ends_on=None, scope=Scope.WHOLE_COUNCIL))
    assert refusal is not None
    assert refusal.code == "harsher_is_new_decision"
    assert "it takes away the end date and it covers more of the council" in refusal.sentence
    assert "new proposal" in refusal.sentence
    assert correction_refusal(OLD, OLD) is None


terms = st.builds(
    Terms,
    st.frozensets(st.sampled_from(list(Measure))),
    st.none() | known_days,
    st.sampled_from(list(Scope)),
    known_days,
)


@given(terms, st.data())
def test_taking_away_should_never_be_harsher(old: Terms, data: st.DataObject) -> None:
    kept = data.draw(st.frozensets(st.sampled_from(sorted(old.measures)))) if old.measures else old.measures
    assert harsher_because(old, replace(old, measures=kept)) == ()


@given(terms, terms)
def test_two_terms_should_not_be_harsher_than_each_other_in_length_or_breadth(one: Terms, two: Terms) -> None:
    there = {reason for reason in harsher_because(one, two) if not reason.startswith("it adds")}
    back = {reason for reason in harsher_because(two, one) if not reason.startswith("it adds")}
    assert not there & back


@pytest.mark.parametrize(
    ("reasons", "words"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_reasons_should_join_into_one_sentence(reasons: tuple[str, ...], words: str) -> None:
    assert join_reasons(reasons) == words
