"""Tables of what is filed under a case: later messages, and entries such as legal action or an injury's days."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Index

from storage.columns import Row, belongs_to, json, key, parts, sealed


class MessageRow(Row, table=True):
    """A further message of the person, and what its reader answered (R28)."""

    __tablename__ = "message"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        Index("ix_message_case", "council_id", "case_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    channel: str
    received_on: date
    received_at: time | None
    answers: list[str] = json()
    read_by: str
    read_at: datetime
    words: bytes = sealed()


class EntryRow(Row, table=True):
    """Something written down beside a case (R11, R14)."""

    __tablename__ = "entry"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        Index("ix_entry_case", "council_id", "case_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    kind: str
    about: str
    code: str
    recorded_by: str
    recorded_at: datetime
    words: bytes = sealed()
