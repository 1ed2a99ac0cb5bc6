"""Tables of what is known of people beside their record: merges of records (R46) and safety markers (R43)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, text

from storage.columns import Row, belongs_to, json, key, parts, sealed

MERGED = text("state = 'merged'")


class PersonMergeRow(Row, table=True):
    """Two records said to be of one person. While merged, `merged_id` points to `kept_id`; no word moves.

    A record points to one other at most: that is what makes two confirmations at one instant count once.
    """

    __tablename__ = "person_merge"
    __table_args__ = parts(
        belongs_to("person", "kept_id"),
        belongs_to("person", "merged_id"),
        Index(
            "uq_merge_standing",
            "council_id",
            "merged_id",
            unique=True,
            sqlite_where=MERGED,
            postgresql_where=MERGED,
        ),
        Index("ix_merge_kept", "council_id", "kept_id"),
        Index("ix_merge_merged", "council_id", "merged_id"),
    )
    council_id: str = key()
    id: str = key()
    kept_id: str
    merged_id: str
    state: str
    reasons: list[str] = json()
    proposed_by: str
    proposed_at: datetime
    settled_by: str
    settled_at: datetime | None
    undone_by: str
    undone_at: datetime | None
    evidence: bytes = sealed()


class MarkerRow(Row, table=True):
    """A safety marker about a person. Whether it shows is computed from its approvals and dates."""

    __tablename__ = "marker"
    __table_args__ = parts(
        belongs_to("person", "person_id"),
        belongs_to("case_file", "case_id"),
        Index("ix_marker_person", "council_id", "person_id"),
        Index("ix_marker_case", "council_id", "case_id"),
    )
    council_id: str = key()
    id: str = key()
    person_id: str
    case_id: str
    risk: str
    tell_person: bool
    expires_on: date
    proposed_by: str
    proposed_at: datetime
    ended_by: str
    ended_at: datetime | None
    words: bytes = sealed()
    end_words: bytes = sealed()


class MarkerApprovalRow(Row, table=True):
    """One colleague's signature on a marker; the key makes a second press count once."""

    __tablename__ = "marker_approval"
    __table_args__ = parts(belongs_to("marker", "marker_id"))
    council_id: str = key()
    marker_id: str = key()
    colleague_id: str = key()
    office: str
    seat: str
    at: datetime
