"""Who may hear an appeal."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.offices import COUNCILLOR_OFFICES, OFFICER_OFFICES, Office
from policy.reviewers import (
    NOBODY_ELSE,
    REVIEWER_OFFICES,
    Parties,
    SplitChange,
    Suggestion,
    pair_refusal,
    reviewer_refusal,
    split_change,
    suggested_reviewers,
)

REGISTER = {
    "clerk": frozenset({Office.CHIEF_OFFICER, Office.STAFF}),
    "ann": frozenset({Office.COUNCILLOR}),
    "chair": frozenset({Office.CHAIR_FGP, Office.COUNCILLOR}),
    "mayor": frozenset({Office.MAYOR, Office.COUNCILLOR}),
    "bob": frozenset({Office.MEMBER_FGP, Office.COUNCILLOR}),
}
PARTIES = Parties(investigated=frozenset({"clerk", "chair"}), approved=frozenset({"clerk", "chair"}))


@pytest.mark.parametrize("part", [field.name for field in fields(Parties)])
def test_reviewer_should_be_refused_for_every_part_in_the_case(part: str) -> None:
    refusal = reviewer_refusal("ann", REGISTER["ann"], Parties(**{part: frozenset({"ann"})}))
    assert refusal is not None
    assert refusal.code == "reviewer_took_part"
    assert "another councillor" in refusal.sentence


def test_reviewer_should_be_told_every_reason() -> None:
    refusal = reviewer_refusal("chair", REGISTER["chair"], PARTIES)
    assert refusal is not None
    assert "they investigated the case and they approved the decision" in refusal.sentence


@pytest.mark.parametrize("office", sorted(OFFICER_OFFICES))
def test_reviewer_should_be_refused_when_not_a_councillor(office: Office) -> None:
    refusal = reviewer_refusal("x", frozenset({office}), Parties())
    assert refusal is not None
    assert refusal.code == "reviewer_not_councillor"


@pytest.mark.parametrize("office", REVIEWER_OFFICES)
def test_reviewer_should_be_any_councillor_without_a_part(office: Office) -> None:
    assert reviewer_refusal("x", frozenset({office}), PARTIES) is None


def test_reviewers_should_come_from_every_office_a_councillor_holds() -> None:
    assert set(REVIEWER_OFFICES) == COUNCILLOR_OFFICES


def test_suggested_should_put_the_mayor_first_and_the_barred_last_with_reasons() -> None:
    suggestions = suggested_reviewers(REGISTER, PARTIES)
    assert [(s.colleague_id, s.office, s.barred is None) for s in suggestions] == [
        ("mayor", "mayor", True),
        ("bob", "member_fgp", True),
        ("ann", "councillor", True),
        ("chair", "chair_fgp", False),
    ]


@pytest.mark.parametrize(
    ("picks", "absent", "code"),
    [
        (("mayor", "ann"), (), None),
        (("ann", "mayor"), (), None),
        (("mayor", "chair"), (), "reviewer_took_part"),
        (("mayor", "clerk"), (), "reviewer_not_councillor"),
        (("mayor", "nobody"), (), "reviewer_not_councillor"),
        (("mayor", "mayor"), (), "two_reviewers"),
        (("mayor",), (), "two_reviewers"),
        (("mayor", "ann", "bob"), (), "two_reviewers"),
        (("ann", "bob"), (), "mayor_first"),
        (("ann", "bob"), ("mayor",), None),
    ],
)
def test_pair_should_be_the_mayor_and_another(
    picks: tuple[str, ...], absent: tuple[str, ...], code: str
) -> None:
    refusal = pair_refusal(picks, REGISTER, PARTIES, frozenset(absent))
    assert (refusal.code if refusal else None) == code


def test_pair_should_do_without_a_mayor_who_approved() -> None:
    assert pair_refusal(("ann", "bob"), REGISTER, Parties(approved=frozenset({"mayor"})), frozenset()) is None


people = st.frozensets(st.sampled_from(sorted(REGISTER)))


@given(st.builds(Parties, *[people] * 7), people)
def test_pair_should_never_hold_anybody_with_a_part_in_the_case(
    parties: Parties, absent: frozenset[str]
) -> None:
    took_part = frozenset().union(*(getattr(parties, field.name) for field in fields(Parties)))
    for first in REGISTER:
        for second in REGISTER:
            if pair_refusal((first, second), REGISTER, parties, absent) is None:
                assert first != second
                assert not took_part & {first, second}
                assert "clerk" not in {first, second}


# --- reviewers who can't agree ------------------------------------------------------------------------


RUTH, LEILA = Suggestion("ruth", Office.MAYOR), Suggestion("leila", Office.COUNCILLOR)
ZOE = Suggestion("zoe", Office.COUNCILLOR)


@pytest.mark.parametrize(
    ("reviewers", "others", "leave"),
    [
        ((RUTH, LEILA), ("ian", "owen"), {"ruth", "leila"}),
        ((LEILA, ZOE), ("ian", "owen", "ned"), {"leila", "zoe"}),
        ((RUTH, LEILA), ("ian",), {"leila"}),
        ((LEILA, RUTH), ("ian",), {"leila"}),
        ((LEILA, ZOE), ("ian",), {"zoe"}),
    ],
)
def test_split_should_let_both_go_and_one_only_by_a_rule_that_looks_at_no_answer(
    reviewers: tuple[Suggestion, ...], others: tuple[str, ...], leave: set[str]
) -> None:
    register = {one.colleague_id: frozenset({one.office}) for one in reviewers}
    register |= {one: frozenset({Office.COUNCILLOR}) for one in others}
    change = split_change(reviewers, register, Parties())
    assert isinstance(change, SplitChange)
    assert (set(change.leave), set(change.free), change.picks) == (leave, set(others), len(leave))


@pytest.mark.parametrize("barred", ["heard", "investigated", "approved", "reported"])
def test_split_should_stay_with_the_two_when_nobody_else_may_hear_it(barred: str) -> None:
    register = {one: frozenset({Office.COUNCILLOR}) for one in ("leila", "zoe", "ian")}
    parties = replace(Parties(), **{barred: frozenset({"ian"})})
    assert split_change((LEILA, ZOE), register, parties) is NOBODY_ELSE
