"""Tables of a case: its incidents, what is sensitive in them, its findings and the police part."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Index, UniqueConstraint, text

from storage.columns import Row, belongs_to, json, key, of_council, parts, sealed


class CounterRow(Row, table=True):
    """The last number given out, such as the references of a year."""

    __tablename__ = "counter"
    __table_args__ = parts(of_council())
    council_id: str = key()
    name: str = key()
    value: int


class CaseRow(Row, table=True):
    """All that concerns one matter with one person."""

    __tablename__ = "case_file"
    __table_args__ = parts(
        belongs_to("person", "person_id"),
        UniqueConstraint("council_id", "reference", name="uq_case_reference"),
        Index("ix_case_person", "council_id", "person_id"),
    )
    council_id: str = key()
    id: str = key()
    reference: str
    person_id: str
    version: int
    urgent: bool
    opened_at: datetime
    closed_at: datetime | None
    withdrawn_at: datetime | None
    key_id: str


class IncidentRow(Row, table=True):
    """One thing that happened. The story is sealed with the case's key; what is sensitive stands apart."""

    __tablename__ = "incident"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        Index("ix_incident_case", "council_id", "case_id"),
        Index("ix_incident_reporter", "council_id", "reporter_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    reporter_id: str
    target_ids: list[str] = json()
    channel: str
    category: str
    examples: list[str] = json()
    actions_taken: list[str] = json()
    happened_on: date
    happened_at: time | None
    warning: str
    no_warning_reason: str
    injury: str
    reported_at: datetime
    withdrawn_at: datetime | None
    place: bytes = sealed()
    what_happened: bytes = sealed()
    warning_words: bytes = sealed()
    no_warning_words: bytes = sealed()


class SensitiveRow(Row, table=True):
    """R42: the target's characteristic, health or adjustment needs, the alleged offence; one row a kind."""

    __tablename__ = "sensitive"
    __table_args__ = parts(belongs_to("incident", "incident_id"))
    council_id: str = key()
    incident_id: str = key()
    kind: str = key()
    sealed: bytes = sealed()


class FindingRow(Row, table=True):
    """What one investigator signed (R13). At most one stands in a seat."""

    __tablename__ = "finding"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        Index(
            "uq_finding_standing",
            "council_id",
            "case_id",
            "seat",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
        Index("ix_finding_case", "council_id", "case_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    colleague_id: str
    office: str
    seat: str
    kind: str
    signed_at: datetime
    agrees_with: str | None
    extreme_confirmed: bool
    replaced_at: datetime | None
    answers: bytes = sealed()


class PoliceRow(Row, table=True):
    """The answered police part (R8)."""

    __tablename__ = "police_record"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        Index("ix_police_case", "council_id", "case_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    referred: str
    recorded_by: str
    recorded_at: datetime
    words: bytes = sealed()
