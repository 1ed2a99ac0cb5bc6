"""Tables of the append-only log and of its head (R38). No reference to other tables: it survives every erasure."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index

from storage.columns import Row, json, key, parts


class LogRow(Row, table=True):
    """One line. `hash` chains it to the line before."""

    __tablename__ = "log"
    __table_args__ = parts(
        Index("ix_log_subject", "council_id", "subject_id", "seq"),
    )
    council_id: str = key()
    seq: int = key()
    at: datetime
    actor_id: str
    action: str
    subject_kind: str
    subject_id: str
    detail: dict[str, str] = json()
    hash: str


class LogHeadRow(Row, table=True):
    """The last line of each council's log; it only moves forward."""

    __tablename__ = "log_head"
    __table_args__ = parts()
    council_id: str = key()
    seq: int
    hash: str
