"""Reviews: their dates, and what each outcome takes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.calendars import Day
from policy.reviews import (
    DEFAULT_OUTCOME,
    REVIEW_OUTCOME_WORDS,
    ReviewOutcome,
    ReviewStage,
    approval_refusal,
    approvals_needed,
    check_review,
    check_review_on,
    continue_refusal,
    needs_new_notice,
    overdue_days,
    overdue_words,
    review_by,
    review_dates,
    review_stage,
)
from tests.policy.uk_calendar import UK, day

END, CONTINUE = ReviewOutcome.END, ReviewOutcome.CONTINUE


@pytest.mark.parametrize(
    ("notified", "last", "latest"),
    [
        ("2026-10-14", None, "2027-04-14"),
        ("2026-08-31", None, "2027-02-26"),  # 28 February is a Sunday: back to Friday
        ("2026-06-25", None, "2026-12-24"),  # Christmas Day: back to Thursday
        ("2026-10-14", "2027-04-14", "2028-04-13"),  # a year later is Good Friday
        ("2026-10-14", "2027-02-26", "2028-02-25"),  # a Saturday
    ],
)
def test_review_should_be_within_6_months_then_12_rolled_back(
    notified: str, last: str | None, latest: str
) -> None:
    assert review_by(day(notified), day(last) if last else None, UK) == Day(day(latest))


LATEST = Day(day("2027-04-14"))
TODAY = day("2026-10-14")


@pytest.mark.parametrize(
    ("review_on", "code"),
    [
        ("2027-04-14", None),
        ("2026-10-15", None),
        ("2027-04-15", "review_too_late"),
        ("2026-10-14", "review_past"),
        (None, "review_missing"),
    ],
)
def test_check_review_on_should_keep_it_between_tomorrow_and_the_latest(
    review_on: str | None, code: str
) -> None:
    problems = check_review_on(day(review_on) if review_on else None, LATEST, TODAY)
    assert [problem.code for problem in problems] == ([code] if code else [])


def test_review_dates_should_roll_back_to_working_days() -> None:
    dates = review_dates(day("2027-04-12"), UK)  # 14 days before is Easter Monday
    assert dates.invite_by.value == day("2027-03-25")
    assert [reminder.value for reminder in dates.reminders] == [day("2027-03-12"), day("2027-04-05")]


@given(st.dates(date(2024, 3, 1), date(2028, 10, 31)))
def test_invitation_should_leave_the_person_at_least_14_days(review_on: date) -> None:
    dates = review_dates(review_on, UK)
    assert review_on - dates.invite_by.value >= timedelta(days=14)
    assert all(UK.is_working_day(one.value) for one in (dates.invite_by, *dates.reminders))


@pytest.mark.parametrize(
    ("today", "invited", "held", "stage"),
    [
        ("2027-01-14", None, None, "ahead"),
        ("2027-03-23", None, None, "ahead"),
        ("2027-03-24", None, None, "invite"),
        ("2027-03-31", "2027-03-30", None, "invited"),
        ("2027-04-14", "2027-03-30", None, "due"),
        ("2027-04-15", "2027-03-30", None, "overdue"),
        ("2027-04-15", None, None, "overdue"),
        ("2027-04-15", "2027-03-30", "2027-04-14", "held"),
    ],
)
def test_review_stage_should_be_computed_from_dates(
    today: str, invited: str | None, held: str | None, stage: str
) -> None:
    dates = review_dates(day("2027-04-14"), UK)
    result = review_stage(dates, day(today), day(invited) if invited else None, day(held) if held else None)
    assert result is ReviewStage(stage)


@pytest.mark.parametrize(
    ("today", "held", "days", "words"),
    [
        ("2027-04-14", None, 0, "not overdue"),
        ("2027-04-15", None, 1, "overdue by 1 day"),
        ("2027-04-17", None, 3, "overdue by 3 days"),
        ("2027-04-17", "2027-04-16", 0, "not overdue"),
    ],
)
def test_overdue_should_count_days(today: str, held: str | None, days: int, words: str) -> None:
    assert overdue_days(day("2027-04-14"), day(today), day(held) if held else None) == days
    assert overdue_words(days) == words


@pytest.mark.parametrize(
    ("outcome", "reasons", "ends_on", "review_on", "codes"),
    [
        (END, "", None, None, []),
        (CONTINUE, "still daily", None, "2027-04-14", []),
        (CONTINUE, "still daily", "2027-04-14", None, []),
        (CONTINUE, "", None, "2027-04-14", ["blank"]),
        (CONTINUE, "still daily", None, None, ["review_missing"]),
        (CONTINUE, "still daily", None, "2027-04-15", ["review_too_late"]),
        (CONTINUE, "still daily", "2026-10-14", None, ["end_past"]),
        (CONTINUE, "still daily", "2027-04-15", None, ["end_too_late"]),
        (CONTINUE, " ", "2026-10-14", None, ["blank", "end_past"]),
    ],
)
def test_check_review_should_ask_nothing_to_end_and_much_to_continue(
    outcome: ReviewOutcome, reasons: str, ends_on: str | None, review_on: str | None, codes: list[str]
) -> None:
    ends, review = (day(text) if text else None for text in (ends_on, review_on))
    problems = check_review(outcome, reasons, ends, review, LATEST, TODAY)
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(
    ("invited", "today", "code"),
    [
        (None, "2027-04-14", "review_not_invited"),
        ("2027-04-01", "2027-04-14", "review_too_soon"),
        ("2027-03-31", "2027-04-14", None),
    ],
)
def test_continue_should_wait_until_the_person_could_comment(
    invited: str | None, today: str, code: str
) -> None:
    refusal = continue_refusal(day(invited) if invited else None, day(today))
    assert (refusal.code if refusal else None) == code


def test_outcomes_should_end_by_default_with_one_name_and_continue_with_two() -> None:
    assert DEFAULT_OUTCOME is END
    assert [approvals_needed(outcome) for outcome in (END, CONTINUE)] == [1, 2]
    assert approval_refusal(END, frozenset({"a"})) is None
    assert approval_refusal(CONTINUE, frozenset({"a", "b"})) is None
    one_missing, two_missing = (
        approval_refusal(CONTINUE, names) for names in (frozenset({"a"}), frozenset[str]())
    )
    assert one_missing is not None
    assert one_missing.sentence.startswith("One more colleague")
    assert two_missing is not None
    assert two_missing.sentence.startswith("2 colleagues")
    assert [needs_new_notice(outcome) for outcome in (END, CONTINUE)] == [False, True]
    assert set(REVIEW_OUTCOME_WORDS) == set(ReviewOutcome)
