"""Appeals: what was received, who hears it, what each colleague answered, and pauses of a restriction."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OPEN = sa.text("stage IN ('late', 'waiting_for_reviewers', 'with_reviewers', 'split')")


def upgrade() -> None:
    """Make the four tables and their indexes."""
    op.create_table(
        "appeal",
        *_words("council_id", "id", "case_id", "decision_id"),
        _instant("received_at"),
        *_words("received_by"),
        sa.Column("grounds", sa.JSON(), nullable=False),
        *_words("recorded_by"),
        _instant("recorded_at"),
        sa.Column("late_days", sa.Integer(), nullable=False),
        *_words("stage", "outcome"),
        _instant("decided_at", nullable=True),
        _instant("closed_at", nullable=True),
        *_sealed("text", "minute_ref", "terms"),
        sa.PrimaryKeyConstraint("council_id", "id"),
        _belongs("case_file", "case_id"),
        _belongs("decision", "decision_id"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_appeal_open",
        "appeal",
        ["council_id", "decision_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_appeal_case", "appeal", ["council_id", "case_id"])
    op.create_table(
        "appeal_answer",
        *_words("council_id", "id", "appeal_id", "colleague_id", "office", "about", "answer"),
        _instant("at"),
        *_sealed("reasons", "minute_ref", "terms"),
        sa.PrimaryKeyConstraint("council_id", "id"),
        _belongs("appeal", "appeal_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_appeal_answer_appeal", "appeal_answer", ["council_id", "appeal_id"])
    op.create_table(
        "appeal_reviewer",
        *_words("council_id", "id", "appeal_id", "colleague_id", "office", "assigned_by"),
        _instant("assigned_at"),
        _instant("released_at", nullable=True),
        *_words("released_why"),
        sa.PrimaryKeyConstraint("council_id", "id"),
        _belongs("appeal", "appeal_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_appeal_reviewer_appeal", "appeal_reviewer", ["council_id", "appeal_id"])
    op.create_table(
        "pause",
        *_words("council_id", "id", "restriction_id", "appeal_id"),
        _instant("starts_at"),
        _instant("ends_at", nullable=True),
        sa.PrimaryKeyConstraint("council_id", "id"),
        _belongs("restriction", "restriction_id"),
        _belongs("appeal", "appeal_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pause_restriction", "pause", ["council_id", "restriction_id"])
    op.create_index("ix_pause_appeal", "pause", ["council_id", "appeal_id"])


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, AutoString(), nullable=False) for name in names]


def _sealed(*names: str) -> list[sa.Column[bytes]]:
    return [sa.Column(name, sa.LargeBinary(), nullable=False) for name in names]


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, UTCDateTime(), nullable=nullable)


def _belongs(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["council_id", column], [f"{table}.council_id", f"{table}.id"])
