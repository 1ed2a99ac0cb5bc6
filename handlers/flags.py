"""Decisions under which a colleague signed who takes no part, as is known now (R17).

The decision keeps its effect until it is signed afresh or made again: the person and the staff rely on it, and two
names stood under it on the day. What is flagged is computed from the records: a conflict that is lifted flags nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.casefile import CaseFile
from handlers.makers import minute_ref
from policy.answers import Refusal
from policy.committee import MinuteState
from policy.conflicts import Signed, flagged
from policy.decisions import Asked, Seat
from policy.offices import Office
from policy.seats import pick
from storage.records import Decision

NOT_FLAGGED = Refusal("not_flagged", "This decision needs no fresh signature, or it was given already.")
SIGNED_OTHER = Refusal(
    "signed_other_seat", "You signed this decision in the other office. Another colleague signs here."
)


@dataclass(frozen=True, slots=True)
class Flag:
    """A decision, and a signature under it that somebody without a conflict must give afresh."""

    decision: Decision
    signed: Signed


def flags(file: CaseFile) -> tuple[Flag, ...]:
    """The signatures to be given afresh now: of the final decision, or of an interim one while it is the only one."""
    decision = file.final_decision or file.decision
    if decision is None or decision.id in file.sent_back | file.quashed:
        return ()
    signed = [_maker(one) for one in decision.makers]
    signed += [
        Signed(a.colleague_id, Seat(a.seat), Office(a.office))
        for a in file.approvals
        if a.proposal_id == decision.proposal_id and a.answer == "confirmed"
    ]
    if decision.kind != "interim":
        signed += [
            Signed(f.colleague_id, Seat(f.seat), Office(f.office))
            for f in file.findings
            if f.replaced_at is None and f.seat in set(Seat)
        ]
    if minute_ref(
        decision
    ):  # those who resolved it sit in the Chair's seat, which a councillor can sign afresh
        signed += [
            Signed(who, Seat.CHAIR, Office.COUNCILLOR)
            for one in file.minutes
            if one.state == MinuteState.CONFIRMED
            for who in one.present
        ]
    done = {Seat(one.seat) for one in file.fresh if one.decision_id == decision.id}
    return tuple(Flag(decision, one) for one in flagged(signed, file.parties, done))


def fresh_seat(file: CaseFile, decision_id: str, me: str) -> Asked | Refusal:
    """In which seat this colleague may sign a flagged decision afresh, or why not."""
    own = [one for one in flags(file) if one.decision.id == decision_id]
    if not own:
        return NOT_FLAGGED
    answer = pick(me, file.parties, file.seats, (one.signed.seat for one in own))
    if isinstance(answer, Asked) and any(m["colleague_id"] == me for m in own[0].decision.makers):
        return SIGNED_OTHER
    return answer


def _maker(maker: Mapping[str, str]) -> Signed:
    return Signed(maker["colleague_id"], Seat(maker["seat"]), Office(maker["office"]))
