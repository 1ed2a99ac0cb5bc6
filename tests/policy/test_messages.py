"""Reading a further message: eight questions and the routes they open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.calendars import Day
from policy.messages import NONE_OF_THESE, NONE_OF_THESE_WORDS, ROUTES, Question, check_reading, open_routes
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


@given(st.dictionaries(st.sampled_from(list(Question)), st.none() | st.booleans()))
def test_every_yes_should_open_one_route_and_safeguarding_comes_first(
    answers: dict[Question, bool | None],
) -> None:
    routes = open_routes(answers, day("2026-10-14"), UK)
    assert sorted(route.question for route in routes) == sorted(q for q, yes in answers.items() if yes)
    if answers.get(Question.SAFEGUARDING):
        assert routes[0].question is Question.SAFEGUARDING
