"""Files shown for a while in a colleague's own conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('wanted', 'shown')")
WORDS = ("council_id", "id", "what", "about", "colleague_id", "platform", "workspace", "account", "state")


def upgrade() -> None:
    """Make the table and its index."""
    op.create_table(
        "upload",
        *(sa.Column(one, AutoString(), nullable=False) for one in WORDS),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("visible_at", UTCDateTime(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("file_id", AutoString(), nullable=False),
        sa.Column("last_error", AutoString(), nullable=False),
        sa.Column("open_key", AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.ForeignKeyConstraint(["council_id"], ["council.council_id"]),
        sa.UniqueConstraint("council_id", "open_key", name="uq_upload_open"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_upload_due", "upload", ["visible_at"], sqlite_where=OPEN, postgresql_where=OPEN)
