"""Tables of proposals, approvals, decisions, restrictions and notices."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, DateTime, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.columns import Row, belongs_to, json, key, parts, sealed


class ProposalRow(Row, table=True):
    """A decision put to the offices that may make it. At most one is open in a case."""

    __tablename__ = "proposal"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        Index(
            "uq_proposal_open",
            "council_id",
            "case_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_proposal_case", "council_id", "case_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    version: int
    state: str
    kind: str
    settled_at: datetime | None


class ProposalVersionRow(Row, table=True):
    """What one version of a proposal said, and who wrote it."""

    __tablename__ = "proposal_version"
    __table_args__ = parts(belongs_to("proposal", "proposal_id"))
    council_id: str = key()
    proposal_id: str = key()
    version: int = key()
    drafted_by: str
    drafted_at: datetime
    content: bytes = sealed()


class ApprovalRow(Row, table=True):
    """One colleague's answer to one version; the key makes a second press count once (R19)."""

    __tablename__ = "approval"
    __table_args__ = parts(
        ForeignKeyConstraint(
            ["council_id", "proposal_id", "version"],
            ["proposal_version.council_id", "proposal_version.proposal_id", "proposal_version.version"],
        ),
    )
    council_id: str = key()
    proposal_id: str = key()
    version: int = key()
    colleague_id: str = key()
    office: str
    seat: str
    answer: str
    at: datetime
    reason: bytes = sealed()


class DecisionRow(Row, table=True):
    """What was decided, with the makers' names and offices of the time (R20)."""

    __tablename__ = "decision"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        UniqueConstraint("council_id", "proposal_id", name="uq_decision_proposal"),
        Index("ix_decision_case", "council_id", "case_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    kind: str
    proposal_id: str | None
    proposal_version: int | None
    decided_at: datetime
    makers: bytes = sealed()


class RestrictionRow(Row, table=True):
    """A limit on contact. Its dates say whether it is in force (R26)."""

    __tablename__ = "restriction"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        belongs_to("person", "person_id"),
        belongs_to("decision", "decision_id"),
        Index("ix_restriction_case", "council_id", "case_id"),
        Index("ix_restriction_person", "council_id", "person_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    person_id: str
    decision_id: str
    measures: list[str] = json()
    scope: bytes = sealed()
    ends_on: date | None
    review_on: date | None
    starts_at: datetime | None
    ended_at: datetime | None
    interim_lapses_on: date | None
    confirmed_at: datetime | None
    content: bytes = sealed()


class NoticeRow(Row, table=True):
    """A letter or e-mail to the person. `about` is the id of what it is about beside the decision, "" if nothing.

    One that tells of no decision (of a marker) has none.
    """

    __tablename__ = "notice"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        belongs_to("decision", "decision_id"),
        UniqueConstraint("council_id", "decision_id", "kind", "about", "version", name="uq_notice_version"),
        Index("ix_notice_case", "council_id", "case_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    decision_id: str | None
    kind: str
    about: str
    version: int
    state: str
    method: str
    expected_on: date
    printed_close: date
    prepared_by: str
    prepared_at: datetime
    address: bytes = sealed()
    text: bytes = sealed()


class DispatchRow(Row, table=True):
    """One sending of a notice. `sent_local` is wall-clock time in Europe/London, hence without a zone."""

    __tablename__ = "dispatch"
    __table_args__ = parts(
        belongs_to("notice", "notice_id"),
        Index("ix_dispatch_notice", "council_id", "notice_id"),
    )
    council_id: str = key()
    id: str = key()
    notice_id: str
    method: str
    sent_local: datetime = Field(sa_column=Column(DateTime(timezone=False), nullable=False))
    recorded_by: str
    recorded_at: datetime
    bounced_at: datetime | None
    address: bytes = sealed()
