"""Teams: the conversations the app is in, and the copies it has sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "conversation",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("workspace", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("conversation_id", AutoString(), nullable=False),
        sa.Column("service_url", AutoString(), nullable=False),
        sa.Column("admin", sa.Boolean(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.Column("left_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("council_id", "workspace", "kind", "name"),
        sa.ForeignKeyConstraint(["council_id"], ["council.council_id"]),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sent_copy",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("outbox_id", AutoString(), nullable=False),
        sa.Column("address", AutoString(), nullable=False),
        sa.Column("message_id", AutoString(), nullable=False),
        sa.Column("begun_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "outbox_id", "address"),
        sa.ForeignKeyConstraint(["council_id"], ["council.council_id"]),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sent_copy_begun", "sent_copy", ["council_id", "begun_at"])
