"""Tasks: what a colleague must do by hand; and an index by which the reminders of an outage are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FIRED = sa.text("fired_at IS NOT NULL")


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "task",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("about", AutoString(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("done_by", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["case_file.council_id", "case_file.id"]),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_reminder_fired",
        "reminder",
        ["council_id", "fired_at"],
        sqlite_where=FIRED,
        postgresql_where=FIRED,
    )
