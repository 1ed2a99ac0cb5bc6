"""R17: a conflict noticed late flags what was signed, and nothing else."""

from __future__ import annotations

import pytest

from policy.answers import Refusal
from policy.conflicts import (
    ConflictReason,
    FreshAnswer,
    Signed,
    check_conflict,
    check_fresh,
    flagged,
    lift_refusal,
)
from policy.offices import Office, Seat
from policy.seats import Parties, conflict

CHIEF = Signed("chief", Seat.OFFICER, Office.CHIEF_OFFICER)
CHAIR = Signed("chair", Seat.CHAIR, Office.CHAIR_FGP)
KNOWN = Refusal("conflict_target", "x")
R = ConflictReason


@pytest.mark.parametrize(
    ("parties", "fresh", "expected"),
    [
        (Parties(), (), ()),
        (Parties(reporters=frozenset({"chief"})), (), ()),
        (Parties(targets=frozenset({"chief"})), (), (CHIEF,)),
        (Parties(witnesses=frozenset({"chair"})), (), (CHAIR,)),
        (Parties(person="chair"), (), (CHAIR,)),
        (Parties(interested=frozenset({"chief", "chair"})), (), (CHIEF, CHAIR)),
        (Parties(interested=frozenset({"chief", "chair"})), (Seat.CHAIR,), (CHIEF,)),
        (Parties(interested=frozenset({"somebody"})), (), ()),
    ],
)
def test_flagged_should_name_the_seats_to_sign_afresh(
    parties: Parties, fresh: tuple[Seat, ...], expected: tuple[Signed, ...]
) -> None:
    assert flagged((CHAIR, CHIEF, CHIEF), parties, fresh) == expected


@pytest.mark.parametrize(
    ("reason", "words", "councillor", "already", "codes"),
    [
        (R.WITNESS, "", False, None, []),
        (R.TARGET, "", False, None, []),
        (R.INTEREST, "cousin", False, None, []),
        (R.INTEREST, " ", False, None, ["interest_missing"]),
        (R.PERSON, "", True, None, []),
        (R.PERSON, "", False, None, ["person_not_councillor"]),
        (R.WITNESS, "", False, KNOWN, ["conflict_known"]),
        (R.INTEREST, "", True, KNOWN, ["conflict_known", "interest_missing"]),
    ],
)
def test_check_conflict_should_name_what_is_wrong(
    reason: ConflictReason, words: str, councillor: bool, already: Refusal | None, codes: list[str]
) -> None:
    found = check_conflict(reason, words, colleague_is_councillor=councillor, already=already)
    assert [one.code for one in found] == codes


def test_an_interest_should_be_a_conflict_and_nobody_should_lift_their_own() -> None:
    refusal = conflict("chief", Parties(interested=frozenset({"chief"})))
    assert refusal is not None
    assert refusal.code == "conflict_interest"
    assert lift_refusal("chief", "chief") is not None
    assert lift_refusal("chair", "chief") is None


@pytest.mark.parametrize(
    ("answer", "words", "ok"), [("same", "", True), ("other", "", False), ("other", "x", True)]
)
def test_deciding_otherwise_should_need_a_reason(answer: str, words: str, ok: bool) -> None:
    assert (check_fresh(FreshAnswer(answer), words) == ()) == ok
