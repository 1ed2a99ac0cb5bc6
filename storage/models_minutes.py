"""The table of committees' minutes: what a committee resolved in a case where no officer can act (R17)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, text

from storage.columns import Row, belongs_to, json, key, parts, sealed

WAITING = text("state = 'waiting'")


class MinuteRow(Row, table=True):
    """One minute. `about` is the proposal or decision it speaks of, "" for a finding. At most one waits in a case."""

    __tablename__ = "committee_minute"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        Index(
            "uq_minute_waiting",
            "council_id",
            "case_id",
            unique=True,
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
        Index("ix_minute_case", "council_id", "case_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    resolution: str
    about: str
    version: int
    met_on: date
    present: list[str] = json()
    state: str
    recorded_by: str
    recorded_at: datetime
    settled_by: str
    settled_at: datetime | None
    words: bytes = sealed()
    end_words: bytes = sealed()
