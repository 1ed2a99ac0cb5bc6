"""The words of a notice: nothing blank, nothing loaded, every open route named."""

from __future__ import annotations

import pytest

from policy.calendars import Day
from policy.notice_words import (
    ROUTES_ALWAYS_OPEN,
    NoticeParts,
    appeal_words,
    check_parts,
    interim_limit_words,
    loaded_words,
    time_limit_words,
    warning_limit_words,
)
from policy.notices import appeal_closes
from tests.policy.uk_calendar import UK, day

GOOD = NoticeParts(
    "You shouted at our colleague.", "You may write to us only.", "No time limit; reviewed in May."
)


def test_parts_should_pass_when_all_three_say_something() -> None:
    assert check_parts(GOOD) == ()


@pytest.mark.parametrize("blank", ["", "  \n", "-", "…", "\u200b\u2060", "n/a", "N/A.", "TBC", "none"])
@pytest.mark.parametrize("part", ["why", "action", "time_limit"])
def test_parts_should_refuse_what_says_nothing(part: str, blank: str) -> None:
    parts = {"why": GOOD.why, "action": GOOD.action, "time_limit": GOOD.time_limit, part: blank}
    assert [problem.field for problem in check_parts(NoticeParts(**parts))] == [part]


def test_parts_should_report_every_blank_at_once() -> None:
    assert [problem.field for problem in check_parts(NoticeParts("", "", ""))] == [
        "why",
        "action",
        "time_limit",
    ]


def test_time_limit_should_be_in_words_with_or_without_an_end() -> None:
    ends, review = day("2027-05-24"), day("2027-05-24")
    assert time_limit_words(ends, None) == "This lasts until 11.59pm on Monday 24 May 2027."
    assert (
        time_limit_words(None, review) == "There is no time limit; it will be reviewed by Monday 24 May 2027."
    )
    assert check_parts(NoticeParts(GOOD.why, GOOD.action, time_limit_words(None, review))) == ()


def test_time_limit_should_need_an_end_or_a_review() -> None:
    with pytest.raises(ValueError, match="review date"):
        time_limit_words(None, None)


def test_warning_and_appeal_should_print_their_date() -> None:
    assert "counts until Thursday 14 October 2027" in warning_limit_words(day("2027-10-14"))
    close = appeal_closes(Day(day("2026-11-10")).value, UK)
    assert "by 11.59pm on Tuesday 24 November 2026" in appeal_words(close)


@pytest.mark.parametrize(
    "route",
    ["999", "at risk", "Freedom of Information", "own personal information", "complain about how we use it",
     "appeal", "public meetings", "Member of Parliament", "Monitoring Officer"],
)  # fmt: skip
def test_routes_should_name_everything_no_restriction_closes(route: str) -> None:
    assert any(route in sentence for sentence in ROUTES_ALWAYS_OPEN)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The offender rang again.", "offender"),
        ("Repeat OFFENDERS will be banned.", "offenders"),
        ("You are a vexatious person.", "vexatious person"),
        ("You are vexatious.", "you are vexatious"),
        ("You have been very vexatious!", "you have been very vexatious"),
        ("You were vexatious in your letters.", "you were vexatious"),
        ("He is a nuisance.", "he is a nuisance"),
        ("You are such a public nuisance.", "you are such a public nuisance"),
        ("As a nuisance caller you", "nuisance caller"),
        ("a known trouble-maker", "trouble-maker"),
        ("a troublemaker", "troublemaker"),
        ("time waster", "time waster"),
        ("a serial complainer", "serial complainer"),
        ("The perpetrator left.", "perpetrator"),
        ("They are bullies.", "bullies"),
        ("You were hysterical.", "hysterical"),
    ],
)
def test_loaded_words_should_find_names_for_the_person(text: str, word: str) -> None:
    problems = loaded_words(text)
    assert len(problems) == 1
    assert f"“{word}”" in problems[0].sentence
    assert (problems[0].field, problems[0].code) == ("why", "loaded_words")


@pytest.mark.parametrize(
    "text",
    [
        "You sent 40 emails in a week about the same issue.",
        "Your vexatious contact on 3 May took a colleague two days.",
        "You were sending vexatious emails.",
        "You complained about a noise nuisance.",
        "The noise was a nuisance.",
        "You called our colleague “a troublemaker” and “a liar”.",
        'You shouted "you nutter" at the counter.',
        "You asked about pest control and the offensive sign.",
        "You made a made-up claim.",
    ],
)
def test_loaded_words_should_leave_behaviour_and_quotations_alone(text: str) -> None:
    assert loaded_words(text) == ()


def test_loaded_words_should_report_each_word_once_at_its_field() -> None:
    problems = loaded_words("The offender. The OFFENDER. A culprit.", field="action")
    assert [problem.field for problem in problems] == ["action", "action"]


def test_unconfirmed_interim_limit_should_say_both_of_its_ends() -> None:
    lapses = day("2026-10-21")
    ending = interim_limit_words(lapses, day("2027-04-15"), None)
    assert "it ends at 11.59pm on Wednesday 21 October 2026, unless a councillor confirms it" in ending
    assert "If it is confirmed: this lasts until 11.59pm on Thursday 15 April 2027." in ending
    lasting = interim_limit_words(lapses, None, day("2027-04-15"))
    assert "there is no time limit; it will be reviewed by Thursday 15 April 2027." in lasting
