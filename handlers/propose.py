"""Drafting a restriction: the form, its versions, and the submitter's own approval (policy 5; R15, R19, R21)."""

from __future__ import annotations

from handlers.casefile import CaseFile, load
from handlers.chat import (
    Form,
    FormValues,
    OpenForm,
    Response,
)
from handlers.claim import claim
from handlers.decide import record_approval
from handlers.desk import Refused, Turn
from handlers.effect import decided_already
from handlers.harsher import AFTER, kept
from handlers.interim import impose, may_impose
from handlers.proposal_form import proposal_form
from handlers.proposals import (
    FIRST_A_FINDING,
    OPEN_ALREADY,
    approver,
    check_content,
    content_of,
    locked,
    prefill,
    proposal_of,
    read_value,
    settled,
    stale_press,
    still_current,
)
from handlers.reviewing import CONTINUATION
from handlers.superseding import REPLACEABLE, new_decision_refusal, present_restriction
from handlers.tell import remind_signatures
from policy.answers import Refusal
from policy.decisions import (
    Asked,
    case_work_refusal,
)
from policy.findings import FindingKind

NOT_THIS_ONE = Refusal(
    "continuation_not_changed", "This goes on after a review. Press “Change it and ask again” on the case."
)


def open_draft(turn: Turn, value: str) -> Response:
    """The button "Propose a restriction". `value`: "<case>", or "<case>:<token>" with what a correction said (R32)."""
    return OpenForm(build_proposal(turn, f"new:{value}", {}))


def open_change(turn: Turn, value: str) -> Response:
    """The button "Change": the form with the present version's answers."""
    seen = read_value(value)
    return OpenForm(build_proposal(turn, f"change:{seen.id}:{seen.version}", {}))


def open_interim(turn: Turn, case_id: str) -> Response:
    """The button "Impose now": the chief officer alone, in an extreme case (R16)."""
    return OpenForm(build_proposal(turn, f"interim:{case_id}", {}))


def build_proposal(turn: Turn, context: str, typed: FormValues) -> Form:
    """The form for a context: "new:<case>", "new:<case>:<token>", "change:<proposal>:<version>" or "interim:<case>"."""
    what, _, rest = context.partition(":")
    if what == "change":
        seen = read_value(rest)
        proposal = proposal_of(turn, seen.id)
        file = load(turn, proposal.case_id)
        if file.final_decision and file.open_proposal is None:  # a change of what was decided comes too late
            raise decided_already(turn, file, file.final_decision)
        may_draft(turn, file)
        turn.require(NOT_THIS_ONE if proposal.kind == CONTINUATION else None, file.case.id)
        still_current(turn, file, proposal, seen)
        return proposal_form(
            turn, context, typed, prefill(turn, file, proposal.content), submit=_label(turn, file)
        )
    case_id, _, token = rest.partition(":")
    file = load(turn, case_id)
    if what == "interim":
        may_impose(turn, file)
        return proposal_form(turn, context, typed, prefill(turn, file, {}), submit="Impose now")
    may_draft(turn, file)
    turn.require(OPEN_ALREADY if file.open_proposal else None, file.case.id)
    now = present_restriction(file)  # a new decision in its place starts from what it says (R32)
    said = {**(now.content if now else {}), **kept(turn, token, AFTER)}
    return proposal_form(turn, context, typed, prefill(turn, file, said), submit=_label(turn, file))


def submit_proposal(turn: Turn, context: str, values: FormValues) -> Response:
    """Save a draft or its next version. Submitting is the submitter's own approval where they may approve (R15)."""
    what, _, rest = context.partition(":")
    if what == "interim":
        return impose(turn, rest, values)
    if what == "change":
        seen = read_value(rest)
        file = claim(turn, proposal_of(turn, seen.id).case_id)
        proposal = still_current(turn, file, proposal_of(turn, seen.id), seen)
        may_draft(turn, file)
        turn.require(NOT_THIS_ONE if proposal.kind == CONTINUATION else None, file.case.id)
        check_content(turn, file, values)
        saved = turn.uow.proposals.change(proposal.id, seen.version, content_of(values), turn.me.id)
    else:
        file = claim(turn, rest.partition(":")[0])
        may_draft(turn, file)
        turn.require(OPEN_ALREADY if file.open_proposal else None, file.case.id)
        check_content(turn, file, values)
        saved = turn.uow.proposals.draft(file.case.id, "restriction", content_of(values), turn.me.id)
    if saved is None:
        raise stale_press(file, 0, 1)
    turn.log("proposal.drafted", "proposal", saved.id, case=file.case.id, version=str(saved.version))
    file = load(turn, file.case.id)
    answer = approver(turn, file, confirmed=False)
    own = file.finding_by(turn.me.id)
    if isinstance(answer, Asked) and own and own.kind == FindingKind.RESTRICTION and own.seat == answer.seat:
        record_approval(turn, file, saved, answer)
    remind_signatures(load(turn, file.case.id), "approval.awaited")
    return settled(turn, file.case.id)


def may_draft(turn: Turn, file: CaseFile) -> None:
    """Stop unless this colleague may draft or change a proposal in this case now."""
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), file.case.id)
    turn.require(locked(file), file.case.id)
    if file.final_decision and file.final_decision.kind not in REPLACEABLE:
        raise decided_already(turn, file, file.final_decision)
    turn.require(new_decision_refusal(file), file.case.id)
    if not any(f.kind == FindingKind.RESTRICTION for f in file.by_seat.values()):
        raise Refused(FIRST_A_FINDING, file.case.id)


def _label(turn: Turn, file: CaseFile) -> str:
    own = file.finding_by(turn.me.id)
    may = isinstance(approver(turn, file, confirmed=False), Asked)
    return "Propose and approve" if may and own and own.kind == FindingKind.RESTRICTION else "Propose"
