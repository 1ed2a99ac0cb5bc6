"""Tables of appeals: what was received, who hears it, what each colleague answered, and pauses of a restriction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text

from storage.columns import Row, belongs_to, json, key, parts, sealed

_OPEN = text("stage IN ('late', 'waiting_for_reviewers', 'with_reviewers', 'split')")


class AppealRow(Row, table=True):
    """The person's challenge to one decision; at most one is open on a decision (R35).

    `received_at` is when it reached the council, `recorded_at` when it was typed in. `late_days` is as flagged then.
    """

    __tablename__ = "appeal"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        belongs_to("decision", "decision_id"),
        Index(
            "uq_appeal_open",
            "council_id",
            "decision_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_appeal_case", "council_id", "case_id"),
    )
    council_id: str = key()
    id: str = key()
    case_id: str
    decision_id: str
    received_at: datetime
    received_by: str
    grounds: list[str] = json()
    recorded_by: str
    recorded_at: datetime
    late_days: int
    stage: str
    outcome: str
    decided_at: datetime | None
    closed_at: datetime | None
    text: bytes = sealed()
    minute_ref: bytes = sealed()
    terms: bytes = sealed()


class AppealAnswerRow(Row, table=True):
    """One colleague's answer in an appeal, kept for ever: on its being late, on a pause, or on its outcome."""

    __tablename__ = "appeal_answer"
    __table_args__ = parts(
        belongs_to("appeal", "appeal_id"), Index("ix_appeal_answer_appeal", "council_id", "appeal_id")
    )
    council_id: str = key()
    id: str = key()
    appeal_id: str
    colleague_id: str
    office: str
    about: str
    answer: str
    at: datetime
    reasons: bytes = sealed()
    minute_ref: bytes = sealed()
    terms: bytes = sealed()


class AppealReviewerRow(Row, table=True):
    """A councillor picked to hear an appeal, in the office of the time; released when another took the place."""

    __tablename__ = "appeal_reviewer"
    __table_args__ = parts(
        belongs_to("appeal", "appeal_id"), Index("ix_appeal_reviewer_appeal", "council_id", "appeal_id")
    )
    council_id: str = key()
    id: str = key()
    appeal_id: str
    colleague_id: str
    office: str
    assigned_by: str
    assigned_at: datetime
    released_at: datetime | None
    released_why: str


class PauseRow(Row, table=True):
    """A time in which a restriction does not hold because an appeal against it is being decided (R26, R36)."""

    __tablename__ = "pause"
    __table_args__ = parts(
        belongs_to("restriction", "restriction_id"),
        belongs_to("appeal", "appeal_id"),
        Index("ix_pause_restriction", "council_id", "restriction_id"),
        Index("ix_pause_appeal", "council_id", "appeal_id"),
    )
    council_id: str = key()
    id: str = key()
    restriction_id: str
    appeal_id: str
    starts_at: datetime
    ends_at: datetime | None
    lifted_at: datetime | None
