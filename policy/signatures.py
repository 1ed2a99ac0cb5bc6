"""Which signatures count, and when they are enough for a proposal to take effect (R13, R15, R19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from policy.answers import Refusal
from policy.offices import Office, Seat, name_offices
from policy.seats import CHAINS, FINDING_SEATS


@dataclass(frozen=True, slots=True)
class SignedFinding:
    """A finding that stands in a seat: who signed it there and what was found (a `FindingKind` value)."""

    colleague_id: str
    seat: Seat
    kind: str


@dataclass(frozen=True, slots=True)
class Approval:
    """One colleague's signature, in one office and seat, on one version of a proposal. `at` is aware."""

    colleague_id: str
    office: Office
    seat: Seat
    version: int
    at: datetime


def standing(approvals: Iterable[Approval], version: int, needed: tuple[Seat, ...]) -> tuple[Seat, ...]:
    """The seats still missing on this version, in the order of `needed` (R15, R19).

    Signatures on another version count for nothing. The first in a seat counts; a colleague counts once, so
    nobody fills two seats.
    """
    filled = _filled(approvals, version, needed)
    return tuple(seat for seat in needed if seat not in filled)


def _filled(approvals: Iterable[Approval], version: int, needed: tuple[Seat, ...]) -> dict[Seat, Approval]:
    filled: dict[Seat, Approval] = {}
    signed: set[str] = set()
    for one in sorted(approvals, key=lambda approval: approval.at):
        if one.version != version or one.seat not in needed:
            continue
        if one.seat not in filled and one.colleague_id not in signed:
            filled[one.seat] = one
            signed.add(one.colleague_id)
    return filled


def effective(
    findings: Iterable[SignedFinding],
    approvals: Iterable[Approval],
    version: int,
    needed: tuple[Seat, ...],
    kind: str = "restriction",
) -> Refusal | None:
    """Why the proposal does not take effect yet, or None when it does (R13, R15).

    `findings` are those that stand now, one a seat. Both investigators must have found `kind`, every approval
    needed must stand on this version, and each approver must have signed a finding that stands.
    """
    by_seat = {one.seat: one for one in findings}
    unsigned = [seat for seat in FINDING_SEATS if seat not in by_seat]
    if unsigned:
        return Refusal("finding_missing", f"A finding is still awaited from {_name_seats(unsigned)}.")
    if len({one.kind for one in by_seat.values()}) > 1:
        return Refusal(
            "split",
            "The findings differ, so nothing can be approved yet. Talk it over; either of you can sign "
            "again.",
        )
    if by_seat[Seat.OFFICER].kind != kind:
        return Refusal(
            "finding_other", "Both findings say something else than this proposal. Sign again, or reject it."
        )
    if len({by_seat[seat].colleague_id for seat in FINDING_SEATS}) < len(FINDING_SEATS):
        return Refusal(
            "finding_one_name", "Both findings carry one name. A different colleague must sign the other."
        )
    filled = _filled(approvals, version, needed)
    missing = [seat for seat in needed if seat not in filled]
    if missing:
        return Refusal("approval_missing", f"An approval is still awaited from {_name_seats(missing)}.")
    signers = {one.colleague_id for one in by_seat.values()}
    for approval in filled.values():
        if approval.colleague_id not in signers:
            return Refusal(
                "approval_without_finding",
                f"The approval by {name_offices((approval.office,))} needs a finding by the same colleague. "
                "One press can sign both.",
            )
    return None


def _name_seats(seats: Iterable[Seat]) -> str:
    return name_offices(CHAINS[seat][0] for seat in seats)
