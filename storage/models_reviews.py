"""Tables of reviews and of corrected notices."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index

from storage.columns import Row, belongs_to, json, key, parts, sealed


class ReviewRow(Row, table=True):
    """The council's look at one restriction; held once (R37)."""

    __tablename__ = "review"
    __table_args__ = parts(
        belongs_to("restriction", "restriction_id"),
        belongs_to("case_file", "case_id"),
        Index("ix_review_case", "council_id", "case_id"),
    )
    council_id: str = key()
    restriction_id: str = key()
    case_id: str
    why: str
    opened_by: str
    opened_at: datetime
    outcome: str
    held_by: str
    office: str
    held_at: datetime | None
    comments: bytes = sealed()
    reasons: bytes = sealed()


class CorrectionRow(Row, table=True):
    """What was put right in a notice that had been sent; both versions are kept (R32)."""

    __tablename__ = "correction"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        belongs_to("decision", "decision_id"),
        belongs_to("notice", "notice_id"),
        Index("ix_correction_case", "council_id", "case_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    decision_id: str
    notice_id: str
    changed: list[str] = json()
    made_by: str
    made_at: datetime
    before: bytes = sealed()
    after: bytes = sealed()
    words: bytes = sealed()
