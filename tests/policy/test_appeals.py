"""Appeals: lateness, two names against the person and one for, verdicts and stages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.appeals import (
    EFFECTS,
    GROUND_WORDS,
    OUTCOME_WORDS,
    RECEIVED_WORDS,
    Agreement,
    AppealOutcome,
    Ground,
    LateAnswer,
    LateVote,
    Received,
    Verdict,
    agreement,
    check_appeal,
    check_verdict,
    late_answer,
    late_by_days,
    late_vote_refusal,
    late_words,
    outcomes_open,
    unblock_tasks,
)
from policy.catalogue import Measure, Scope
from policy.notices import Terms, appeal_closes
from tests.policy.uk_calendar import UK, day, london

CLOSE = appeal_closes(day("2026-11-10"), UK)  # 24 November
TERMS = Terms(frozenset({Measure.C1, Measure.C7}), day("2027-04-14"), Scope.ONE_SERVICE)
MILDER = replace(TERMS, measures=frozenset({Measure.C1}))


@pytest.mark.parametrize(
    ("received", "days", "words"),
    [
        ("2026-11-24T23:59:59", 0, "in time"),
        ("2026-11-25T00:00:00", 1, "late by 1 day"),
        ("2026-11-26T10:00:00", 2, "late by 2 days"),
        ("2026-11-09T10:00:00", 0, "in time"),
    ],
)
def test_late_should_count_days_from_receipt(received: str, days: int, words: str) -> None:
    assert late_by_days(london(received), CLOSE) == days
    assert late_words(days) == words


def test_late_should_be_impossible_while_no_notice_has_arrived() -> None:
    assert late_by_days(london("2030-01-01T10:00"), None) == 0


@pytest.mark.parametrize(
    ("received", "text", "codes"),
    [
        ("2026-11-12T10:00", "It was not me", []),
        ("2026-11-09T08:00", "It was not me", []),  # on the day of the decision
        ("2026-11-08T10:00", "It was not me", ["before_decision"]),
        ("2026-11-20T10:00", "It was not me", ["in_future"]),
        ("2026-11-12T10:00", "  ", ["blank"]),
        ("2026-11-20T10:00", "", ["in_future", "blank"]),
    ],
)
def test_check_appeal_should_report_each_problem(received: str, text: str, codes: list[str]) -> None:
    problems = check_appeal(london(received), london("2026-11-09T09:00"), london("2026-11-15T09:00"), text)
    assert [problem.code for problem in problems] == codes


YES_A, NO_A, NO_B = LateVote("a", True, "fair"), LateVote("a", False, "late"), LateVote("b", False, "late")


@pytest.mark.parametrize(
    ("votes", "answer"),
    [
        ([], LateAnswer.WAITING),
        ([YES_A], LateAnswer.ACCEPTED),
        ([NO_A], LateAnswer.WAITING),
        ([NO_A, NO_A], LateAnswer.WAITING),
        ([NO_A, NO_B], LateAnswer.REFUSED),
        ([NO_B, YES_A], LateAnswer.ACCEPTED),
        ([NO_A, YES_A], LateAnswer.ACCEPTED),
        ([NO_A, NO_B, YES_A], LateAnswer.REFUSED),
    ],
)
def test_late_should_take_one_name_to_accept_and_two_to_refuse(
    votes: list[LateVote], answer: LateAnswer
) -> None:
    assert late_answer(votes) is answer


@pytest.mark.parametrize(
    ("votes", "vote", "code"),
    [
        ([], YES_A, None),
        ([NO_A], NO_B, None),
        ([NO_A], YES_A, None),
        ([NO_A], NO_A, "second_name_needed"),
        ([], replace(NO_A, reasons=" "), "reasons_needed"),
        ([], replace(YES_A, reasons=""), "reasons_needed"),
        ([YES_A], NO_B, "late_already_answered"),
        ([NO_A, NO_B], LateVote("c", True, "fair"), "late_already_answered"),
    ],
)
def test_late_vote_should_be_refused_when_it_cannot_count(
    votes: list[LateVote], vote: LateVote, code: str | None
) -> None:
    refusal = late_vote_refusal(votes, vote)
    assert (refusal.code if refusal else None) == code


@given(st.lists(st.builds(LateVote, st.sampled_from("abc"), st.booleans(), st.just("r"))))
def test_late_refusal_should_always_carry_two_names_and_no_acceptance_before_it(
    votes: list[LateVote],
) -> None:
    answer = late_answer(votes)
    if answer is LateAnswer.REFUSED:
        assert len({vote.colleague_id for vote in votes if not vote.accept}) >= 2
    if answer is LateAnswer.WAITING:
        assert not any(vote.accept for vote in votes)
        assert len({vote.colleague_id for vote in votes}) < 2


O = AppealOutcome  # noqa: E741 - short in the tables below


@pytest.mark.parametrize(
    ("verdict", "decision", "codes"),
    [
        (Verdict("a", O.STANDS, "clear evidence"), TERMS, []),
        (Verdict("a", O.STANDS, " "), TERMS, ["blank"]),
        (Verdict("a", O.QUASHED, "not them"), None, []),
        (Verdict("a", O.QUASHED, "not them", MILDER), TERMS, ["terms_without_change"]),
        (Verdict("a", O.SENT_BACK, "no answer on adjustments"), TERMS, []),
        (Verdict("a", O.VARIED, "too long", MILDER), TERMS, []),
        (Verdict("a", O.VARIED, "too long"), TERMS, ["terms_missing"]),
        (Verdict("a", O.VARIED, "too long", TERMS), TERMS, ["unchanged"]),
        (Verdict("a", O.VARIED, "too short", replace(TERMS, ends_on=None)), TERMS, ["harsher"]),
        (Verdict("a", O.VARIED, "a warning", MILDER), None, ["nothing_to_vary"]),
        (Verdict("a", O.VARIED, ""), TERMS, ["blank", "terms_missing"]),
    ],
)
def test_check_verdict_should_ask_for_reasons_and_never_allow_harsher(
    verdict: Verdict, decision: Terms | None, codes: list[str]
) -> None:
    assert [problem.code for problem in check_verdict(verdict, decision)] == codes


A, B = Verdict("a", O.STANDS, "r"), Verdict("b", O.STANDS, "other words")
PAIR = frozenset({"a", "b"})


@pytest.mark.parametrize(
    ("verdicts", "reviewers", "result"),
    [
        ([], PAIR, Agreement.WAITING),
        ([A], PAIR, Agreement.WAITING),
        ([A, A], PAIR, Agreement.WAITING),
        ([A, replace(B, reviewer_id="stranger")], PAIR, Agreement.WAITING),
        ([A, B], PAIR, Agreement.AGREED),
        ([A, replace(B, outcome=O.QUASHED)], PAIR, Agreement.SPLIT),
        ([A, replace(B, outcome=O.QUASHED), B], PAIR, Agreement.AGREED),
        (
            [replace(A, outcome=O.VARIED, terms=MILDER), replace(B, outcome=O.VARIED, terms=MILDER)],
            PAIR,
            Agreement.AGREED,
        ),
        (
            [
                replace(A, outcome=O.VARIED, terms=MILDER),
                replace(B, outcome=O.VARIED, terms=replace(MILDER, ends_on=day("2026-12-01"))),
            ],
            PAIR,
            Agreement.SPLIT,
        ),
        ([A], frozenset({"a"}), Agreement.WAITING),  # one reviewer is never enough
        ([A, B], frozenset({"a", "b", "c"}), Agreement.WAITING),
    ],
)
def test_agreement_should_need_the_same_outcome_from_both(
    verdicts: list[Verdict], reviewers: frozenset[str], result: Agreement
) -> None:
    assert agreement(verdicts, reviewers) is result


def test_effects_should_end_a_restriction_only_when_quashed() -> None:
    assert set(EFFECTS) == set(AppealOutcome)
    assert [outcome for outcome, effects in EFFECTS.items() if effects.ends_restriction] == [O.QUASHED]
    assert [outcome for outcome, effects in EFFECTS.items() if effects.new_notice] == [O.VARIED]
    assert [outcome for outcome, effects in EFFECTS.items() if effects.new_decision] == [O.SENT_BACK]


@pytest.mark.parametrize(
    ("measures", "words"),
    [
        (set(), []),
        ({Measure.C1}, ["Tell colleagues"]),
        ({Measure.C3}, ["social media", "Tell colleagues"]),
        ({Measure.C10, Measure.C4}, ["email addresses and telephone numbers", "Tell colleagues"]),
        ({Measure.C8, Measure.C11}, ["handled all contact", "filed or refused", "Tell colleagues"]),
    ],
)
def test_unblock_tasks_should_follow_the_measures(measures: set[Measure], words: list[str]) -> None:
    tasks = unblock_tasks(frozenset(measures))
    assert len(tasks) == len(words)
    assert all(word in task for word, task in zip(words, tasks, strict=True))


def test_words_should_cover_every_value_and_never_say_upheld() -> None:
    assert set(GROUND_WORDS) == set(Ground)
    assert set(OUTCOME_WORDS) == set(AppealOutcome)
    assert set(RECEIVED_WORDS) == set(Received)
    said = " ".join([*GROUND_WORDS.values(), *OUTCOME_WORDS.values(), *RECEIVED_WORDS.values()])
    assert "upheld" not in said.casefold()


def test_lateness_should_grow_by_one_each_day() -> None:
    at = london("2026-11-20T12:00")
    assert [late_by_days(at + timedelta(days=n), CLOSE) for n in range(8)] == [0, 0, 0, 0, 0, 1, 2, 3]


@pytest.mark.parametrize(
    ("limits", "stands", "closed"),
    [
        (True, True, set()),
        (False, True, {AppealOutcome.VARIED}),
        (True, False, {AppealOutcome.SENT_BACK}),
        (False, False, {AppealOutcome.VARIED, AppealOutcome.SENT_BACK}),
    ],
)
def test_only_what_can_follow_should_be_open_to_the_reviewers(
    *, limits: bool, stands: bool, closed: set[AppealOutcome]
) -> None:
    assert set(outcomes_open(limits=limits, stands=stands)) == set(AppealOutcome) - closed
