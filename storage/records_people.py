"""Plain values about people: merges, markers, notes, referrals, conflicts. The others stand in `records.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Merge:
    """Two records said to be of one person (R46). state: proposed, merged, rejected, undone.

    `reasons` are the codes of what the two share; `evidence` is what the proposer wrote. `settled_by` confirmed
    or rejected it.
    """

    id: str
    kept_id: str
    merged_id: str
    state: str
    reasons: tuple[str, ...]
    proposed_by: str
    proposed_at: datetime
    settled_by: str
    settled_at: datetime | None
    undone_by: str
    undone_at: datetime | None
    evidence: str = ""

    def other(self, person_id: str) -> str:
        """The record on the other side."""
        return self.kept_id if person_id == self.merged_id else self.merged_id


@dataclass(frozen=True, slots=True)
class MarkerApproval:
    """One colleague's signature on a marker, in the office and seat of the time."""

    colleague_id: str
    office: str
    seat: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Marker:
    """A safety marker (R43). `words`: fact, advice, not_told_reason. `ended_at`: ended before its time, or rejected."""

    id: str
    person_id: str
    case_id: str
    risk: str
    tell_person: bool
    expires_on: date
    proposed_by: str
    proposed_at: datetime
    ended_by: str
    ended_at: datetime | None
    words: Mapping[str, str] = field(default_factory=dict)
    end_words: str = ""
    approvals: tuple[MarkerApproval, ...] = ()

    @property
    def approved_by(self) -> tuple[str, ...]:
        """Who signed it."""
        return tuple(one.colleague_id for one in self.approvals)


@dataclass(frozen=True, slots=True)
class Note:
    """What a reporter added to a report later (R12)."""

    id: str
    case_id: str
    incident_id: str
    author_id: str
    at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral to the Monitoring Officer (R10)."""

    id: str
    case_id: str
    referred_on: date
    how: str
    recorded_by: str
    recorded_at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """That a colleague takes no part in a case (R17). reason: target, witness, person, interest."""

    id: str
    case_id: str
    colleague_id: str
    reason: str
    recorded_by: str
    recorded_at: datetime
    lifted_by: str
    lifted_at: datetime | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class FreshSignature:
    """A decision signed afresh in one seat (R17). answer: same, other."""

    decision_id: str
    seat: str
    colleague_id: str
    office: str
    answer: str
    at: datetime
    words: str = ""
