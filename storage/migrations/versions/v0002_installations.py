"""Installations: the tokens of the workspaces that installed the app themselves, sealed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "installation",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("platform", AutoString(), nullable=False),
        sa.Column("workspace", AutoString(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("bot_id", AutoString(), nullable=False),
        sa.Column("bot_user_id", AutoString(), nullable=False),
        sa.Column("installed_by", AutoString(), nullable=False),
        sa.Column("installed_at", UTCDateTime(), nullable=False),
        sa.Column("removed_at", UTCDateTime(), nullable=True),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("refresh_token", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=True),
        sa.Column("refreshing_until", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("council_id", "platform", "workspace"),
        sa.ForeignKeyConstraint(["council_id"], ["council.council_id"]),
        sqlite_with_rowid=False,
    )
