"""An entry of the register of colleagues that proved to be another colleague's second account."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("colleague", sa.Column("same_as", AutoString(), nullable=True))
