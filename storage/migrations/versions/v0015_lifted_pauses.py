"""When both reviewers of an appeal lifted a pause before its outcome."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column more; no pause was lifted so far."""
    op.add_column("pause", sa.Column("lifted_at", UTCDateTime(), nullable=True))
