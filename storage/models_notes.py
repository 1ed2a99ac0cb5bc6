"""Tables of what is written beside a case: notes to a report (R12), referrals (R10), conflicts of interest (R17)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index

from storage.columns import Row, belongs_to, key, parts, sealed


class NoteRow(Row, table=True):
    """What a reporter added to a report after the event; the report itself stays as it was."""

    __tablename__ = "note"
    __table_args__ = parts(
        belongs_to("incident", "incident_id"),
        belongs_to("case_file", "case_id"),
        Index("ix_note_case", "council_id", "case_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    incident_id: str
    author_id: str
    at: datetime
    words: bytes = sealed()


class ReferralRow(Row, table=True):
    """That the matter was referred to the Monitoring Officer: when, by whom."""

    __tablename__ = "referral"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        Index("ix_referral_case", "council_id", "case_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    referred_on: date
    how: str
    recorded_by: str
    recorded_at: datetime
    words: bytes = sealed()


class ConflictRow(Row, table=True):
    """That a colleague takes no part in a case, and why; lifted when it was recorded in error."""

    __tablename__ = "conflict"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        Index("ix_conflict_case", "council_id", "case_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    colleague_id: str
    reason: str
    recorded_by: str
    recorded_at: datetime
    lifted_by: str
    lifted_at: datetime | None
    words: bytes = sealed()


class FreshSignatureRow(Row, table=True):
    """A decision looked at afresh by somebody without a conflict, in the seat of one who had it."""

    __tablename__ = "fresh_signature"
    __table_args__ = parts(belongs_to("decision", "decision_id"))
    council_id: str = key()
    decision_id: str = key()
    seat: str = key()
    colleague_id: str
    office: str
    answer: str
    at: datetime
    words: bytes = sealed()
