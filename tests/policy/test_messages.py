"""Reading a further message: eight questions and the routes they open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.calendars import Day
from policy.messages import (
    NONE_OF_THESE,
    NONE_OF_THESE_WORDS,
    ROUTES,
    Question,
    check_reading,
    filing_refusal,
    likely_same,
    open_routes,
    since_words,
)
from tests.policy.uk_calendar import UK, day

ALL_NO = dict.fromkeys(Question, False)


def test_there_should_be_eight_questions_each_with_words_and_an_action() -> None:
    assert len(Question) == 8
    assert list(ROUTES) == list(Question)
    assert all(route.question.endswith("?") and route.action.endswith(".") for route in ROUTES.values())
    assert "I have read" in NONE_OF_THESE_WORDS


def test_reading_should_pass_with_every_answer_or_with_none_of_these() -> None:
    assert check_reading(ALL_NO, none_of_these=False) == ()
    assert check_reading({**ALL_NO, Question.FOI: True}, none_of_these=False) == ()
    assert check_reading({}, none_of_these=True) == ()
    assert check_reading(ALL_NO, none_of_these=True) == ()


@pytest.mark.parametrize("left_out", list(Question))
def test_reading_should_name_each_question_left_open(left_out: Question) -> None:
    problems = check_reading({**ALL_NO, left_out: None}, none_of_these=False)
    assert [(problem.field, problem.code) for problem in problems] == [(left_out, "unanswered")]


def test_reading_should_ask_for_all_eight_when_nothing_is_said() -> None:
    assert [problem.field for problem in check_reading({}, none_of_these=False)] == list(Question)


@pytest.mark.parametrize("question", list(Question))
def test_none_of_these_should_contradict_any_yes(question: Question) -> None:
    problems = check_reading({question: True}, none_of_these=True)
    assert [(problem.field, problem.code) for problem in problems] == [(NONE_OF_THESE, "contradicts")]


@pytest.mark.parametrize(
    ("question", "due", "at_once"),
    [
        (Question.NEW_INFORMATION, None, False),
        (Question.DIFFERENT_ISSUE, None, False),
        (Question.FOI, "2026-03-31", False),  # St Patrick's Day is not counted
        (Question.DATA_PROTECTION, "2026-04-02", False),
        (Question.APPEAL_OR_REVIEW, None, False),
        (Question.ADJUSTMENT, None, False),
        (Question.SAFEGUARDING, None, True),
        (Question.OTHER_SERVICE, None, False),
    ],
)
def test_yes_should_open_its_route_with_its_date(question: Question, due: str | None, at_once: bool) -> None:
    (route,) = open_routes({**ALL_NO, question: True}, day("2026-03-02"), UK)
    assert (route.question, route.action, route.at_once) == (question, ROUTES[question].action, at_once)
    assert route.due == (Day(day(due)) if due else None)


@pytest.mark.parametrize(
    ("received", "foi", "data_protection"),
    [
        ("2026-03-03", "2026-04-01", "2026-04-07"),  # 3 April is Good Friday, 6 April Easter Monday
        ("2026-03-16", "2026-04-16", "2026-04-16"),  # over the clock change, St Patrick's Day and Easter
        ("2026-03-29", "2026-04-28", "2026-04-29"),  # the Sunday on which the clocks go forward
        ("2026-10-12", "2026-11-09", "2026-11-12"),  # over the clock change of 25 October
        ("2026-10-25", "2026-11-20", "2026-11-25"),  # the Sunday on which they go back
        ("2026-11-25", "2026-12-24", "2026-12-29"),  # St Andrew's Day; a month later is Christmas Day
        ("2026-11-30", "2026-12-30", "2026-12-30"),  # received on a holiday of one division
        ("2026-12-01", "2026-12-31", "2027-01-04"),  # New Year's Day is a Friday
        ("2026-12-02", "2027-01-05", "2027-01-04"),  # 4 January is a holiday in Scotland only
        ("2027-01-31", "2027-02-26", "2027-03-01"),  # there is no 31 February, and the 28th is a Sunday
    ],
)
def test_last_days_should_hold_over_clock_changes_easter_and_christmas(
    received: str, foi: str, data_protection: str
) -> None:
    answers = {Question.FOI: True, Question.DATA_PROTECTION: True}
    routes = {one.question: one.due for one in open_routes(answers, day(received), UK)}
    assert routes == {Question.FOI: Day(day(foi)), Question.DATA_PROTECTION: Day(day(data_protection))}


def test_last_days_should_be_those_the_council_set() -> None:
    (route,) = open_routes({Question.FOI: True}, day("2026-10-12"), UK, foi_working_days=10)
    assert route.due == Day(day("2026-10-26"))


@pytest.mark.parametrize(
    ("withdrawn", "closed", "restricted", "filed"),
    [
        (False, False, False, True),
        (False, False, True, True),
        (False, True, True, True),
        (False, True, False, False),
        (True, False, False, False),
        (True, False, True, False),
    ],
)
def test_message_should_be_filed_under_an_open_or_restricted_case(
    withdrawn: bool, closed: bool, restricted: bool, filed: bool
) -> None:
    refusal = filing_refusal(withdrawn=withdrawn, closed=closed, restricted=restricted)
    assert (refusal is None) is filed


@given(st.dictionaries(st.sampled_from(list(Question)), st.none() | st.booleans()))
def test_every_yes_should_open_one_route_and_safeguarding_comes_first(
    answers: dict[Question, bool | None],
) -> None:
    routes = open_routes(answers, day("2026-10-14"), UK)
    assert sorted(route.question for route in routes) == sorted(q for q, yes in answers.items() if yes)
    if answers.get(Question.SAFEGUARDING):
        assert routes[0].question is Question.SAFEGUARDING


# --- the same message, filed by two -----------------------------------------------------------------


LONG = "I ask you once more when the hedge by the allotments will be cut, as Mr Bell promised in May."
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("mine", "filed", "age", "same"),
    [
        (LONG, LONG, None, True),
        (LONG, f"  {LONG.upper()}\n\n", 30 * HOUR, True),
        (LONG, LONG.replace("once more", "again"), 30 * HOUR, True),
        (LONG, f"Dear council, {LONG} Yours, A. M.", 30 * HOUR, True),
        ("cut, as Mr Bell promised in May", LONG, 30 * HOUR, True),
        ("The hedge.", LONG, 30 * HOUR, False),
        ("My bins were not collected today.", LONG, 30 * HOUR, False),
        ("My bins were not collected today.", LONG, HOUR, True),
        ("My bins were not collected today.", LONG, HOUR + timedelta(seconds=1), False),
        ("My bins were not collected today.", LONG, None, False),
        ("", LONG, HOUR, False),
        ("?!", "?!", None, False),
    ],
)
def test_messages_should_be_likely_the_same_by_their_words_or_within_the_hour(
    mine: str, filed: str, age: timedelta | None, same: bool
) -> None:
    assert likely_same(mine, filed, age) is same


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (200, "3 minutes ago"),
        (3600, "1 hour ago"),
        (86_399, "23 hours ago"),
        (4 * 86_400, "4 days ago"),
    ],
)
def test_since_should_be_said_in_the_largest_unit(seconds: int, words: str) -> None:
    assert since_words(timedelta(seconds=seconds)) == words
