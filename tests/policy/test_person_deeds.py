"""What may be recorded about the people of a case: every deed in every state, and the exact sentence that refuses."""

from __future__ import annotations

import pytest

from policy.answers import Refusal
from policy.person_deeds import (
    CaseState,
    ConflictAct,
    ConflictStage,
    Deed,
    MergeAct,
    MergeStage,
    PersonState,
    case_state,
    conflict_move,
    deed_refusal,
    merge_move,
    person_state,
)

SIGNED = "A finding is signed, so the report can no longer be withdrawn. You can add a note to it."
NO_PERSON = "This report was withdrawn, so nothing more is recorded about the person."
NO_DECISION = "This report was withdrawn, so nobody decides anything in it any more."
NO_MARKER = "This report was withdrawn, so no marker can come of it."
NOBODY = "Nobody is identified yet, so nobody would find a marker. Say first who it is."
NOT_ONE = "The person is not recorded as a councillor of this council. Correct who the person is first."
LOCKED = (
    "The person is a councillor of this council, so warnings, restrictions and markers are closed. Refer the matter to "
    "the Monitoring Officer. Support for staff and the police stay open."
)
YES = ""
PERSONS = (PersonState.UNKNOWN, PersonState.IDENTIFIED, PersonState.COUNCILLOR)
Answers = tuple[str, str, str]
ALWAYS: dict[str, Answers] = {one.value: (YES, YES, YES) for one in CaseState}
# For each deed and state of the case: what is answered for a person unknown, identified, a councillor.
TABLE: dict[Deed, dict[str, Answers]] = {
    Deed.WITHDRAW: {
        **dict.fromkeys(("found", "decided", "closed"), (SIGNED, SIGNED, SIGNED)),
        **dict.fromkeys(("reported", "withdrawn"), (YES, YES, YES)),
    },
    Deed.ADD_NOTE: ALWAYS,
    Deed.SAY_WHO: {**ALWAYS, "withdrawn": (NO_PERSON, NO_PERSON, NO_PERSON)},
    Deed.PROPOSE_MERGE: {**ALWAYS, "withdrawn": (NO_PERSON, NO_PERSON, NO_PERSON)},
    Deed.RECORD_CONFLICT: {**ALWAYS, "withdrawn": (NO_DECISION, NO_DECISION, NO_DECISION)},
    Deed.RECORD_REFERRAL: {
        **{one.value: (NOT_ONE, NOT_ONE, YES) for one in CaseState},
        "withdrawn": (NO_PERSON, NO_PERSON, NO_PERSON),
    },
    Deed.PROPOSE_MARKER: {
        **{one.value: (NOBODY, YES, LOCKED) for one in CaseState},
        "withdrawn": (NO_MARKER, NO_MARKER, NO_MARKER),
    },
}


def said(found: Refusal | str | None) -> str:
    """The sentence of a refusal; "" when it is allowed."""
    return found.sentence if isinstance(found, Refusal) else YES


@pytest.mark.parametrize("deed", list(Deed))
def test_deed_should_be_possible_exactly_where_the_table_says(deed: Deed) -> None:
    for case in CaseState:
        found = tuple(said(deed_refusal(deed, case, person)) for person in PERSONS)
        assert found == TABLE[deed][case], case


def test_state_should_be_the_furthest_the_case_has_come() -> None:
    facts = dict.fromkeys(("any_finding", "decided", "closed", "withdrawn"), False)
    expected = [CaseState.REPORTED, CaseState.FOUND, CaseState.DECIDED, CaseState.CLOSED, CaseState.WITHDRAWN]
    assert case_state(**facts) is expected[0]
    for name, state in zip(tuple(facts), expected[1:], strict=True):
        facts[name] = True
        assert case_state(**facts) is state


@pytest.mark.parametrize(
    ("identified", "councillor", "state"),
    [
        (False, False, "unknown"),
        (True, False, "identified"),
        (True, True, "councillor"),
        (False, True, "councillor"),
    ],
)
def test_person_should_be_as_known_as_recorded(identified: bool, councillor: bool, state: str) -> None:
    assert person_state(identified=identified, councillor=councillor) == state


CONFIRMED = "This merge was confirmed already. It can be undone."
REJECTED = "This merge was rejected already. Propose it again with what is new."
UNDONE = "This merge was undone. Propose it again with what is new."
UNCONFIRMED = "This merge was not confirmed, so there is nothing to undo."
#                        confirm    reject      undo
MERGES = {
    MergeStage.PROPOSED: ("merged", "rejected", UNCONFIRMED),
    MergeStage.MERGED: (CONFIRMED, CONFIRMED, "undone"),
    MergeStage.REJECTED: (REJECTED, REJECTED, REJECTED),
    MergeStage.UNDONE: (UNDONE, UNDONE, "undone"),
}


@pytest.mark.parametrize("stage", list(MergeStage))
def test_merge_should_make_exactly_the_legal_moves(stage: MergeStage) -> None:
    found = [merge_move(stage, act) for act in MergeAct]
    assert tuple(said(one) or str(one) for one in found) == MERGES[stage]


KNOWN = "This colleague takes no part in the case already."
GONE = "There is no such conflict, or it was lifted already."
#                        record    lift
CONFLICTS = {
    ConflictStage.NONE: ("stands", GONE),
    ConflictStage.STANDS: (KNOWN, "lifted"),
    ConflictStage.LIFTED: ("stands", GONE),
}


@pytest.mark.parametrize("stage", list(ConflictStage))
def test_conflict_should_make_exactly_the_legal_moves(stage: ConflictStage) -> None:
    found = [conflict_move(stage, act) for act in ConflictAct]
    assert tuple(said(one) or str(one) for one in found) == CONFLICTS[stage]
