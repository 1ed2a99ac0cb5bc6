"""What may be recorded about the people of a case, where it stands and who the person is: one table (R9-R12, R17).

Who may do it is another question (`decisions.case_work_refusal`, `cases.withdraw_refusal`, `access.may_see`); a journey
asks both. What a deed needs beside (a name, a reason, two colleagues) is checked with its form.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from policy.answers import Refusal
from policy.cases import FINDING_SIGNED, councillor_lock
from policy.conflicts import KNOWN
from policy.worded import Worded


class Deed(Worded):
    """What a colleague can record about the people of a case; `words` completes "You want to …"."""

    WITHDRAW = "withdraw", "withdraw the report"
    ADD_NOTE = "add_note", "add a note to the report"
    SAY_WHO = "say_who", "say who the person is"
    PROPOSE_MERGE = "propose_merge", "say that two records are of one person"
    RECORD_CONFLICT = "record_conflict", "record a conflict of interest"
    RECORD_REFERRAL = "record_referral", "record a referral to the Monitoring Officer"
    PROPOSE_MARKER = "propose_marker", "propose a safety marker"


class CaseState(StrEnum):
    """As much of a case's stage as these deeds depend on."""

    REPORTED = "reported"
    FOUND = "found"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class PersonState(StrEnum):
    """What is known of who the person is."""

    UNKNOWN = "unknown"
    IDENTIFIED = "identified"
    COUNCILLOR = "councillor"


def case_state(*, any_finding: bool, decided: bool, closed: bool, withdrawn: bool) -> CaseState:
    """Where a case stands, for these deeds."""
    if withdrawn:
        return CaseState.WITHDRAWN
    if closed:
        return CaseState.CLOSED
    if decided:
        return CaseState.DECIDED
    return CaseState.FOUND if any_finding else CaseState.REPORTED


def person_state(*, identified: bool, councillor: bool) -> PersonState:
    """What is known of the person; that it is a councillor says who it is."""
    if councillor:
        return PersonState.COUNCILLOR
    return PersonState.IDENTIFIED if identified else PersonState.UNKNOWN


PERSON_WITHDRAWN = Refusal(
    "case_withdrawn", "This report was withdrawn, so nothing more is recorded about the person."
)
NOTHING_TO_DECIDE = Refusal(
    "case_withdrawn", "This report was withdrawn, so nobody decides anything in it any more."
)
MARKER_WITHDRAWN = Refusal("case_withdrawn", "This report was withdrawn, so no marker can come of it.")
MARKER_UNKNOWN = Refusal(
    "marker_unknown", "Nobody is identified yet, so nobody would find a marker. Say first who it is."
)
NO_COUNCILLOR = Refusal(
    "person_not_councillor",
    "The person is not recorded as a councillor of this council. Correct who the person is first.",
)
LOCKED = councillor_lock(True) or NO_COUNCILLOR

# What a state of the case rules out; whatever is not here is possible there.
BY_CASE: Mapping[tuple[Deed, CaseState], Refusal] = {
    (Deed.WITHDRAW, CaseState.FOUND): FINDING_SIGNED,
    (Deed.WITHDRAW, CaseState.DECIDED): FINDING_SIGNED,
    (Deed.WITHDRAW, CaseState.CLOSED): FINDING_SIGNED,
    (Deed.SAY_WHO, CaseState.WITHDRAWN): PERSON_WITHDRAWN,
    (Deed.PROPOSE_MERGE, CaseState.WITHDRAWN): PERSON_WITHDRAWN,
    (Deed.RECORD_REFERRAL, CaseState.WITHDRAWN): PERSON_WITHDRAWN,
    (Deed.RECORD_CONFLICT, CaseState.WITHDRAWN): NOTHING_TO_DECIDE,
    (Deed.PROPOSE_MARKER, CaseState.WITHDRAWN): MARKER_WITHDRAWN,
}
# What the person being so rules out, whatever the case.
BY_PERSON: Mapping[tuple[Deed, PersonState], Refusal] = {
    (Deed.RECORD_REFERRAL, PersonState.UNKNOWN): NO_COUNCILLOR,
    (Deed.RECORD_REFERRAL, PersonState.IDENTIFIED): NO_COUNCILLOR,
    (Deed.PROPOSE_MARKER, PersonState.UNKNOWN): MARKER_UNKNOWN,
    (Deed.PROPOSE_MARKER, PersonState.COUNCILLOR): LOCKED,
}


def deed_refusal(deed: Deed, case: CaseState, person: PersonState) -> Refusal | None:
    """Why this cannot be recorded now, or None."""
    return BY_CASE.get((deed, case)) or BY_PERSON.get((deed, person))


# --- a merge of two records, and a conflict of interest -----------------------------------------------


class MergeStage(StrEnum):
    """Where a merge stands; the values are those of its record."""

    PROPOSED = "proposed"
    MERGED = "merged"
    REJECTED = "rejected"
    UNDONE = "undone"


class MergeAct(StrEnum):
    """What a colleague can do with one."""

    CONFIRM = "confirm"
    REJECT = "reject"
    UNDO = "undo"


MERGE_MOVES: Mapping[tuple[MergeStage, MergeAct], MergeStage] = {
    (MergeStage.PROPOSED, MergeAct.CONFIRM): MergeStage.MERGED,
    (MergeStage.PROPOSED, MergeAct.REJECT): MergeStage.REJECTED,
    (MergeStage.MERGED, MergeAct.UNDO): MergeStage.UNDONE,
    # Pressing twice counts once, and is no mistake.
    (MergeStage.UNDONE, MergeAct.UNDO): MergeStage.UNDONE,
}
_MERGE_WORDS: Mapping[MergeStage, Refusal] = {
    MergeStage.PROPOSED: Refusal(
        "merge_proposed", "This merge was not confirmed, so there is nothing to undo."
    ),
    MergeStage.MERGED: Refusal("already_done", "This merge was confirmed already. It can be undone."),
    MergeStage.REJECTED: Refusal(
        "already_done", "This merge was rejected already. Propose it again with what is new."
    ),
    MergeStage.UNDONE: Refusal("already_done", "This merge was undone. Propose it again with what is new."),
}


def merge_move(stage: MergeStage, act: MergeAct) -> MergeStage | Refusal:
    """Where a merge stands after an act, or why it cannot be done (R46)."""
    return MERGE_MOVES.get((stage, act)) or _MERGE_WORDS[stage]


class ConflictStage(StrEnum):
    """Where a conflict of interest of one colleague in one case stands."""

    NONE = "none"
    STANDS = "stands"
    LIFTED = "lifted"


class ConflictAct(StrEnum):
    """What can be done about it."""

    RECORD = "record"
    LIFT = "lift"


CONFLICT_MOVES: Mapping[tuple[ConflictStage, ConflictAct], ConflictStage] = {
    (ConflictStage.NONE, ConflictAct.RECORD): ConflictStage.STANDS,
    (ConflictStage.LIFTED, ConflictAct.RECORD): ConflictStage.STANDS,
    (ConflictStage.STANDS, ConflictAct.LIFT): ConflictStage.LIFTED,
}
NO_CONFLICT = Refusal("no_conflict", "There is no such conflict, or it was lifted already.")


def conflict_move(stage: ConflictStage, act: ConflictAct) -> ConflictStage | Refusal:
    """Where it stands after an act, or why it cannot be done (R17)."""
    following = CONFLICT_MOVES.get((stage, act))
    if following is not None:
        return following
    return KNOWN if act is ConflictAct.RECORD else NO_CONFLICT
