"""Deciding on a proposal: one approval a colleague, on one version; or a rejection (policy 5; R13-R20)."""

from __future__ import annotations

from dataclasses import replace

from handlers.casefile import CaseFile, load
from handlers.chat import (
    Callout,
    Form,
    FormValues,
    LongText,
    OpenForm,
    Page,
    Response,
)
from handlers.claim import claim
from handlers.desk import Refused, Turn
from handlers.effect import take_effect
from handlers.forms import text
from handlers.investigate import other_finding, sign
from handlers.proposal_form import from_record, proposed
from handlers.proposals import (
    FIRST_A_FINDING,
    NO_PROPOSAL,
    OTHER_FINDING,
    YES,
    Seen,
    approver,
    confirm_first,
    expected_day,
    proposal_of,
    read_value,
    settled,
    still_current,
)
from handlers.reviewing import CONTINUATION
from policy.answers import Refusal
from policy.decisions import (
    Asked,
    ConfirmFirst,
    already_done,
)
from policy.findings import FindingKind
from policy.guards import outdated_refusal
from policy.offices import Office, Seat
from storage.records import Proposal


def approve(turn: Turn, value: str) -> Response:
    """The button "Approve version N": one signature on this version; with it the finding, if not signed yet."""
    seen = read_value(value)
    file = claim(turn, proposal_of(turn, seen.id).case_id)
    return _press(turn, file, seen, "proposal.approve")


def agree_approve(turn: Turn, value: str) -> Response:
    """ "Agree, and approve version N": two signatures in the record, each checked by its own rule (R13).

    `value` is "<finding>:<proposal>:<version>".
    """
    finding_id, _, rest = value.partition(":")
    file, _ = other_finding(turn, finding_id)
    return _press(turn, file, read_value(rest), "proposal.approve")


def _press(turn: Turn, file: CaseFile, seen: Seen, button: str) -> Response:
    proposal = still_current(turn, file, proposal_of(turn, seen.id), seen)
    before = next((a for a in file.current_approvals if a.colleague_id == turn.me.id), None)
    if before is not None:  # pressing twice counts once, and is no mistake
        done = already_done("approved", (Office(before.office),), before.at, turn.now)
        return settled(turn, file.case.id, done.sentence)
    answer = approver(turn, file, confirmed=seen.confirmed)
    if isinstance(answer, Refusal):
        raise Refused(answer, file.case.id)
    if isinstance(answer, ConfirmFirst):
        return confirm_first(answer, button, f"{seen.id}:{seen.version}:{YES}")
    draft = proposed(turn, from_record(proposal.content))
    turn.require(outdated_refusal(draft, expected_day(turn)), file.case.id)
    if proposal.kind != CONTINUATION:  # its findings were signed when it began
        _finding_too(turn, file, answer)
    record_approval(turn, load(turn, file.case.id), proposal, answer)
    return settled(turn, file.case.id)


def _finding_too(turn: Turn, file: CaseFile, asked: Asked) -> None:
    """An approval needs that colleague's finding, or signs it too (R15)."""
    own = file.finding_by(turn.me.id)
    if own is not None:
        turn.require(None if own.kind == FindingKind.RESTRICTION else OTHER_FINDING, file.case.id)
        return
    other = next(
        (
            f
            for f in file.by_seat.values()
            if f.kind == FindingKind.RESTRICTION and f.colleague_id != turn.me.id
        ),
        None,
    )
    if other is None:
        raise Refused(FIRST_A_FINDING, file.case.id)
    chair = file.by_seat.get(Seat.CHAIR)
    if asked.office is Office.MAYOR and chair is not None and chair.colleague_id != turn.me.id:
        asked = replace(asked, seat=Seat.MAYOR)  # beside the Chair's finding, not in its place
    sign(turn, file, asked, FindingKind.RESTRICTION, other.answers, other.id)


def record_approval(turn: Turn, file: CaseFile, proposal: Proposal, asked: Asked) -> None:
    """Record the approval, and decide when two findings and the approvals needed stand (R15)."""
    turn.uow.approvals.add(
        proposal.id, proposal.version, turn.me.id, asked.office.value, asked.seat.value, "approved"
    )
    turn.log(
        "proposal.approved",
        "proposal",
        proposal.id,
        case=file.case.id,
        version=str(proposal.version),
        office=asked.office.value,
    )
    take_effect(turn, load(turn, file.case.id))


def open_rejection(turn: Turn, value: str) -> Response:
    """The button "Reject": asks for the reason."""
    return OpenForm(rejection_form(turn, value, {}))


def rejection_form(turn: Turn, value: str, _: FormValues) -> Form:
    """Why not: the others read it. The Mayor, pressing early, reads first what it costs (R15)."""
    seen = read_value(value)
    file = load(turn, proposal_of(turn, seen.id).case_id)
    still_current(turn, file, proposal_of(turn, seen.id), seen)
    answer = approver(turn, file, confirmed=False)
    turn.require(answer if isinstance(answer, Refusal) else None, file.case.id)
    warned = (Callout(answer.sentence, "warning"),) if isinstance(answer, ConfirmFirst) else ()
    field = LongText(name="reason", label="Why do you reject it?", required=True, limit=1000)
    page = Page((field,), intro=warned)
    return Form(id="rejection", title="Reject the proposal", pages=(page,), submit="Reject", context=value)


def submit_rejection(turn: Turn, value: str, values: FormValues) -> Response:
    """One rejection ends this proposal; a new one can be drafted."""
    seen = read_value(value)
    file = claim(turn, proposal_of(turn, seen.id).case_id)
    proposal = still_current(turn, file, proposal_of(turn, seen.id), seen)
    answer = approver(turn, file, confirmed=True)
    if not isinstance(answer, Asked):
        raise Refused(answer if isinstance(answer, Refusal) else NO_PROPOSAL, file.case.id)
    added = turn.uow.approvals.add(
        proposal.id,
        proposal.version,
        turn.me.id,
        answer.office.value,
        answer.seat.value,
        "rejected",
        text(values, "reason"),
    )
    if not added or not turn.uow.proposals.settle(proposal.id, proposal.version, "rejected"):
        raise Refused(
            Refusal("answered", "You approved this version already. Propose a change instead."), file.case.id
        )
    turn.log("proposal.rejected", "proposal", proposal.id, case=file.case.id, version=str(proposal.version))
    return settled(turn, file.case.id)
