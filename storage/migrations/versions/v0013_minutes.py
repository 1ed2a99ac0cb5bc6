"""Committees' minutes, for cases in which no officer can act (R17)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "committee_minute",
        *_words("council_id", "id", "case_id", "resolution", "about"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("present", sa.JSON(), nullable=False),
        *_words("state", "recorded_by"),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        *_words("settled_by"),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("end_words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["case_file.council_id", "case_file.id"]),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_minute_case", "committee_minute", ["council_id", "case_id"])
    op.create_index(
        "uq_minute_waiting",
        "committee_minute",
        ["council_id", "case_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, AutoString(), nullable=False) for name in names]
