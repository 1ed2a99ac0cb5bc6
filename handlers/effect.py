"""When signatures take effect: one decision, one restriction; and what a decision brings to an end (R13-R16, R26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.casefile import CaseFile, load
from handlers.chat import ViewRef
from handlers.desk import Refused, Turn
from handlers.makers import MINUTE, decided_words
from handlers.proposal_form import from_record, proposed
from handlers.readings import signature
from handlers.reviewing import CONTINUATION, REVIEW_OF, REVIEW_PAUSED, continuation, review_of, standing_of
from handlers.tasks import UNBLOCK, add_task
from handlers.tell import morning, tell_decision
from policy.catalogue import Measure
from policy.decisions import Seat, SignedFinding, effective
from policy.decisions import standing as missing_seats
from storage.records import Decision, Proposal

Makers = Sequence[Mapping[str, str]]

OVERTAKEN = "overtaken"
"""The state of a proposal in a case that was decided otherwise."""


def decided_already(turn: Turn, file: CaseFile, decision: Decision) -> Refused:
    """ "Already decided by the Chief Officer and the Chair of F&GP at 10:02", beside the case (R19)."""
    done = decided_words(decision, turn.now)
    return Refused(done, file.case.id, ViewRef("case.open", {"case": file.case.id}))


def take_effect(turn: Turn, file: CaseFile) -> None:
    """Decide the open proposal if two findings and the approvals needed stand, whichever came last (R15)."""
    proposal = file.open_proposal
    if proposal is None:
        return
    if proposal.kind == CONTINUATION:
        _continue(turn, file, proposal)
        return
    waiting = effective(
        (SignedFinding(f.colleague_id, Seat(f.seat), f.kind) for f in file.by_seat.values()),
        map(signature, file.current_approvals),
        proposal.version,
        turn.settings.approvals_needed,
    )
    if waiting is None and turn.uow.proposals.settle(proposal.id, proposal.version, "approved"):
        enact(turn, file, proposal, "restriction", None)


def enact_resolved(turn: Turn, file: CaseFile, makers: Makers) -> None:
    """Decide the open proposal as a committee resolved; `makers` recorded and confirmed its minute (R17)."""
    proposal = file.open_proposal
    if proposal is None:
        return
    if proposal.kind == CONTINUATION:
        _continue(turn, file, proposal, makers)
    elif turn.uow.proposals.settle(proposal.id, proposal.version, "approved"):
        enact(turn, file, proposal, "restriction", None, makers)


def _continue(turn: Turn, file: CaseFile, proposal: Proposal, makers: Makers = ()) -> None:
    """A restriction goes on after its review once both seats signed, or a committee resolved it (R17, R37).

    Its findings were signed long ago. Ended meanwhile, there is nothing to continue.
    """
    restriction = next((r for r in file.restrictions if r.id == proposal.content.get(REVIEW_OF)), None)
    review = review_of(file, restriction) if restriction else None
    standing = standing_of(file, restriction) if restriction else None
    if restriction is None or review is None or standing is None:
        overtake(turn, file, proposal)
        return
    if not makers and missing_seats(
        map(signature, file.current_approvals), proposal.version, turn.settings.approvals_needed
    ):
        return
    turn.require(REVIEW_PAUSED if standing.paused else None, file.case.id)
    signers = makers or _makers(turn, file, proposal)
    reasons = str(proposal.content.get("case_for", ""))
    held = turn.uow.reviews.hold(
        review, "continue", reasons, signers[-1]["colleague_id"], signers[-1]["office"]
    )
    if held and turn.uow.proposals.settle(proposal.id, proposal.version, "approved"):
        turn.log("review.held", "restriction", restriction.id, case=file.case.id, outcome="continue")
        enact(turn, file, proposal, CONTINUATION, None, makers)


def overtake(turn: Turn, file: CaseFile, proposal: Proposal) -> None:
    """What a proposal was about was settled otherwise: nobody is asked to sign it any more."""
    if turn.uow.proposals.settle(proposal.id, proposal.version, OVERTAKEN):
        turn.log("proposal.overtaken", "proposal", proposal.id, case=file.case.id)


def overtake_continuation(turn: Turn, file: CaseFile, restriction_id: str) -> None:
    """A restriction ended or has other terms now: to continue it as it was is not asked for any more (R36, R37)."""
    waiting = continuation(file)
    if waiting is not None and waiting.content.get(REVIEW_OF) == restriction_id:
        overtake(turn, file, waiting)


def decide_by_findings(turn: Turn, file: CaseFile, kind: str) -> Decision:
    """What two findings decide by themselves; a proposal still open is overtaken, and what held until now ends."""
    makers = [
        maker(turn, f.colleague_id, f.office, f.seat, f.answers.get(MINUTE, ""))
        for f in file.by_seat.values()
    ]
    decision = turn.uow.decisions.add(
        case_id=file.case.id, kind=kind, proposal_id=None, proposal_version=None, makers=tuple(makers)
    )
    turn.log("decision.made", "decision", decision.id, case=file.case.id, kind=kind)
    proposal = file.open_proposal
    if proposal is not None:
        overtake(turn, file, proposal)
    for earlier in file.restrictions:
        remade = earlier.decision_id in file.sent_back
        if (earlier.interim_lapses_on is not None or remade) and earlier.ended_at is None:
            turn.uow.restrictions.end(earlier.id, turn.now)
            turn.log("restriction.ended", "restriction", earlier.id, case=file.case.id)
            if earlier.starts_at is not None:
                officers = (one.colleague_id for one in file.seats.officer)
                add_task(turn, UNBLOCK, file.case.id, earlier.id, officers)
    turn.uow.reminders.drop(file.case.id, "interim.unconfirmed")
    return decision


def enact(
    turn: Turn, file: CaseFile, proposal: Proposal, kind: str, lapses: date | None, makers: Makers = ()
) -> None:
    """One decision, one restriction: not in force until the person is notified (R26).

    `makers`: who answers for a committee's minute; else who approved this version.
    """
    decision = turn.uow.decisions.add(
        case_id=file.case.id,
        kind=kind,
        proposal_id=proposal.id,
        proposal_version=proposal.version,
        makers=tuple(makers) or _makers(turn, file, proposal),
    )
    draft = proposed(turn, from_record(proposal.content))
    turn.uow.restrictions.add(
        case_id=file.case.id,
        person_id=file.person.id,
        decision_id=decision.id,
        measures=tuple(m.value for m in Measure if m in draft.measures),
        scope=draft.scope.value if draft.scope else "",
        ends_on=draft.ends_on,
        review_on=draft.review_on,
        interim_lapses_on=lapses,
        content=dict(proposal.content),
    )
    turn.log("decision.made", "decision", decision.id, case=file.case.id, kind=kind)
    if kind != "interim":
        _overtake_untold(turn, file)
    due = morning(turn.calendar.add_working_days(turn.today, turn.settings.notice_not_sent_working_days))
    turn.uow.reminders.add(
        due,
        "notice.unsent",
        file.case.id,
        ids={"decision": decision.id},
        dedup_key=f"unsent:{decision.id}",
    )
    tell_decision(load(turn, file.case.id), decision)


def _overtake_untold(turn: Turn, file: CaseFile) -> None:
    """A decision the person was never told of gives way to the new one at once: it is not sent any more (R32)."""
    for earlier in file.restrictions:
        if earlier.starts_at is None and earlier.ended_at is None and earlier.interim_lapses_on is None:
            turn.uow.restrictions.end(earlier.id, turn.now)
            turn.log("restriction.ended", "restriction", earlier.id, case=file.case.id)


def _makers(turn: Turn, file: CaseFile, proposal: Proposal) -> tuple[Mapping[str, str], ...]:
    """Who approved this version and takes part (R17)."""
    return tuple(
        maker(turn, a.colleague_id, a.office, a.seat)
        for a in turn.uow.approvals.of(proposal.id)
        if a.version == proposal.version and a.answer == "approved" and file.free(a.colleague_id)
    )


def maker(turn: Turn, colleague_id: str, office: str, seat: str, minute: str = "") -> Mapping[str, str]:
    """One name beside a decision, with the office of the time (R20); a committee's with its minute (R17)."""
    one = {"colleague_id": colleague_id, "name": turn.name(colleague_id), "office": office, "seat": seat}
    return {**one, MINUTE: minute} if minute else one
