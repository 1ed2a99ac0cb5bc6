"""What a confirmed minute of a committee brings about: its finding, its approval, its answer to a flag (R17)."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.casefile import NOTIFIABLE, CaseFile, load
from handlers.desk import Refused, Turn
from handlers.effect import decide_by_findings, enact_resolved, maker
from handlers.flags import flags
from handlers.make_again import make_again
from handlers.makers import MINUTE
from handlers.proposals import locked
from handlers.tell import remind_signatures, tell_case, tell_decision
from policy.committee import NOTHING_TO_RESOLVE, Resolved
from policy.conflicts import FreshAnswer
from policy.findings import FindingKind, is_final
from policy.offices import Office, Seat
from policy.seats import FINDING_SEATS
from storage.minuted import Minute


def carry_out(turn: Turn, file: CaseFile, minute: Minute) -> None:
    """Put into effect what was resolved; this colleague confirmed it just now."""
    match minute.resolution:
        case Resolved.APPROVE:
            _approve(turn, file, minute)
        case Resolved.REJECT:
            _reject(turn, file)
        case Resolved.STANDS:
            _afresh(turn, file, minute, FreshAnswer.SAME)
        case Resolved.AGAIN:
            _afresh(turn, file, minute, FreshAnswer.OTHER)
        case finding:
            _find(turn, file, minute, FindingKind(finding), minute.words)
            _decide(turn, load(turn, file.case.id))
    after = load(turn, file.case.id)
    if after.final_decision is None and not after.over:
        remind_signatures(after, "approval.awaited" if after.open_proposal else "finding.awaited")
    tell_case(after)


def _find(turn: Turn, file: CaseFile, minute: Minute, kind: FindingKind, words: Mapping[str, str]) -> None:
    """The committee's finding stands in both seats: two colleagues answer for the record of it."""
    answers = {name: said for name, said in words.items() if name != "reference"}
    answers[MINUTE] = minute.reference
    for seat, colleague_id in zip(FINDING_SEATS, (minute.recorded_by, turn.me.id), strict=True):
        office = _office(turn, colleague_id)
        signed = turn.uow.findings.sign(
            case_id=file.case.id,
            colleague_id=colleague_id,
            office=office,
            seat=seat.value,
            kind=kind.value,
            answers=answers,
            extreme_confirmed=seat is Seat.OFFICER and file.extreme(kind),
        )
        turn.log(
            "finding.resolved", "finding", signed.id, case=file.case.id, kind=kind.value, minute=minute.id
        )


def _decide(turn: Turn, file: CaseFile) -> None:
    officer, chair = file.kind_in(Seat.OFFICER), file.kind_in(Seat.CHAIR)
    if officer is None or not is_final(officer, chair) or officer is FindingKind.RESTRICTION:
        return
    decision = decide_by_findings(turn, file, officer.value)
    if decision.kind in NOTIFIABLE:
        tell_decision(load(turn, file.case.id), decision)


def _approve(turn: Turn, file: CaseFile, minute: Minute) -> None:
    """Every approval the proposal needs; with it the finding, unless the committee found it before."""
    turn.require(locked(file), file.case.id)
    if file.final_decision is None and not _found(file):
        # The finding it was drafted on keeps its answers; the reasons are the committee's.
        drafted = next((one for one in file.by_seat.values() if one.kind == FindingKind.RESTRICTION), None)
        words = {**(drafted.answers if drafted else {}), **minute.words}
        _find(turn, file, minute, FindingKind.RESTRICTION, words)
        file = load(turn, file.case.id)
    makers = [
        maker(turn, one, _office(turn, one), seat.value, minute.reference)
        for seat, one in zip(FINDING_SEATS, (minute.recorded_by, turn.me.id), strict=True)
    ]
    enact_resolved(turn, file, makers)


def _found(file: CaseFile) -> bool:
    """Whether the committee itself found earlier that a restriction is the answer."""
    kinds = [one.kind for one in file.by_seat.values() if one.answers.get(MINUTE)]
    return kinds == [FindingKind.RESTRICTION.value] * len(FINDING_SEATS)


def _reject(turn: Turn, file: CaseFile) -> None:
    proposal = file.open_proposal
    if proposal is None or not turn.uow.proposals.settle(proposal.id, proposal.version, "rejected"):
        raise Refused(NOTHING_TO_RESOLVE, file.case.id)
    turn.log("proposal.rejected", "proposal", proposal.id, case=file.case.id, version=str(proposal.version))


def _afresh(turn: Turn, file: CaseFile, minute: Minute, answer: FreshAnswer) -> None:
    """The committee signs in each flagged seat that nobody else can fill."""
    decision_id = ""
    for one in flags(file):
        if file.seats.of(one.signed.seat):
            continue
        decision_id, seat = one.decision.id, one.signed.seat.value
        office, reasons = _office(turn, turn.me.id), minute.words.get("reasons", "")
        turn.uow.conflicts.sign_afresh(
            decision_id, file.case.id, seat, turn.me.id, office, answer.value, reasons
        )
        turn.log(
            "decision.signed_afresh",
            "decision",
            decision_id,
            case=file.case.id,
            seat=seat,
            answer=answer.value,
            minute=minute.id,
        )
    if decision_id and answer is FreshAnswer.OTHER:
        make_again(turn, file, f"{decision_id}:minute", decision=decision_id)


def _office(turn: Turn, colleague_id: str) -> str:
    """An office of this moment, for the record; a recorder who has left since keeps their own."""
    held = turn.offices(colleague_id)
    return next((one for one in Office if one in held), Office.COUNCILLOR).value
