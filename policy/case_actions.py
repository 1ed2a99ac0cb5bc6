"""What may be done with a case at each stage; what is not in the table is refused (R8-R16, R35).

Who may do it is another question (`decisions.py`); a journey asks both.
"""

from __future__ import annotations

from collections.abc import Mapping

from policy.answers import Refusal
from policy.cases import Stage
from policy.worded import Worded


class Action(Worded):
    """What a colleague can do with a case; `words` completes "You cannot …"."""

    SIGN_FINDING = "sign_finding", "sign a finding"
    PROPOSE = "propose", "make a proposal"
    CHANGE_PROPOSAL = "change_proposal", "change the proposal"
    APPROVE = "approve", "approve the proposal"
    REJECT = "reject", "reject the proposal"
    IMPOSE_INTERIM = "impose_interim", "impose an interim restriction"
    RECORD_MINUTE = "record_minute", "record a committee's minute"
    SEND_NOTICE = "send_notice", "send a notice"
    RECORD_RETURN = "record_return", "record that a notice came back"
    RECORD_APPEAL = "record_appeal", "record an appeal"
    DECIDE_APPEAL = "decide_appeal", "decide an appeal"
    RECORD_POLICE = "record_police", "complete the police part"
    ADD_INCIDENT = "add_incident", "add an incident"
    ANNOTATE = "annotate", "add a note"
    WITHDRAW = "withdraw", "withdraw the report"
    CLOSE = "close", "close the case"


A = Action
_ANY_TIME = frozenset({A.RECORD_POLICE, A.ANNOTATE})
# An interim restriction is decided, told and appealed while the case itself is still open.
_UNDECIDED = _ANY_TIME | {
    A.SIGN_FINDING,
    A.IMPOSE_INTERIM,
    A.SEND_NOTICE,
    A.RECORD_RETURN,
    A.RECORD_APPEAL,
    A.DECIDE_APPEAL,
    A.ADD_INCIDENT,
}
# A corrected notice, a second channel, a harsher decision (a new proposal, R32), an appeal however late
# (R35).
_TOLD = _ANY_TIME | {A.SEND_NOTICE, A.RECORD_RETURN, A.RECORD_APPEAL, A.PROPOSE, A.ADD_INCIDENT}

ALLOWED: Mapping[Stage, frozenset[Action]] = {
    Stage.REPORTED: _UNDECIDED | {A.WITHDRAW},
    Stage.SECOND_FINDING: _UNDECIDED | {A.PROPOSE},
    Stage.SPLIT: _UNDECIDED | {A.CHANGE_PROPOSAL, A.REJECT},
    Stage.MORE_INFORMATION: _UNDECIDED,
    Stage.PROPOSAL_DUE: _UNDECIDED | {A.PROPOSE},
    Stage.PROPOSAL_WAITING: _UNDECIDED | {A.CHANGE_PROPOSAL, A.APPROVE, A.REJECT},
    Stage.STUCK: (_UNDECIDED - {A.IMPOSE_INTERIM}) | {A.RECORD_MINUTE, A.WITHDRAW},
    Stage.NO_COUNCILLOR: _UNDECIDED | {A.PROPOSE, A.CHANGE_PROPOSAL, A.APPROVE, A.REJECT, A.WITHDRAW},
    Stage.NOTICE_DUE: _TOLD - {A.RECORD_RETURN},
    Stage.APPEAL_OPEN: _TOLD | {A.CLOSE},
    # Another decision of the case may be appealed meanwhile: an interim one, and then the final one.
    Stage.APPEAL_UNDECIDED: (_TOLD - {A.PROPOSE}) | {A.DECIDE_APPEAL},
    Stage.APPEAL_DECIDED: _TOLD - {A.PROPOSE},
    Stage.APPEAL_CLOSED: _TOLD | {A.CLOSE},
    # The person may have been told of an interim restriction before; that can be appealed (R35).
    Stage.DECIDED: _ANY_TIME | {A.RECORD_APPEAL, A.ADD_INCIDENT, A.CLOSE},
    Stage.CLOSED: _ANY_TIME | {A.RECORD_RETURN, A.RECORD_APPEAL},
    Stage.WITHDRAWN: _ANY_TIME,
}


def action_refusal(stage: Stage, action: Action) -> Refusal | None:
    """Why this cannot be done at this stage, or None. The sentence says where the case stands."""
    if action in ALLOWED[stage]:
        return None
    stands = stage.words[0].lower() + stage.words[1:]
    return Refusal("not_at_this_stage", f"You cannot {action.words} now. The case stands here: {stands}.")
