"""Files: the documents made of letters, links that work once, and letters handed to GOV.UK Notify."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WANTED = sa.text("state = 'wanted'")
UNSETTLED = sa.text("state IN ('queued', 'accepted')")
KINDS = {"text": AutoString, "instant": UTCDateTime, "number": sa.Integer, "bytes": sa.LargeBinary}


def upgrade() -> None:
    """Make the tables and their indexes."""
    _table(
        "document",
        "id text, case_id text, notice_id text, format text, state text, attempts number, visible_at instant, "
        "made_at instant?, sha256 text, size number, last_error text, content bytes",
        _belongs("case_id", "case_file"),
        _belongs("notice_id", "notice"),
        sa.UniqueConstraint("council_id", "notice_id", "format", name="uq_document_format"),
    )
    op.create_index(
        "ix_document_due", "document", ["visible_at"], sqlite_where=WANTED, postgresql_where=WANTED
    )
    _table(
        "file_link",
        "id text, what text, about text, colleague_id text, expires_at instant, used_at instant?",
        sa.ForeignKeyConstraint(["council_id"], ["council.council_id"]),
    )
    op.create_index("ix_file_link_expires", "file_link", ["council_id", "expires_at"])
    _table(
        "posting",
        "id text, case_id text, notice_id text, channel text, state text, status text, external_id text, "
        "attempts number, resent number, visible_at instant, asked_by text, asked_at instant, accepted_at instant?, "
        "settled_at instant?, last_error text",
        _belongs("case_id", "case_file"),
        _belongs("notice_id", "notice"),
    )
    op.create_index("ix_posting_notice", "posting", ["council_id", "notice_id"])
    op.create_index(
        "ix_posting_due", "posting", ["visible_at"], sqlite_where=UNSETTLED, postgresql_where=UNSETTLED
    )


def _table(name: str, columns: str, *more: sa.Constraint) -> None:
    pairs = [one.split() for one in f"council_id text, {columns}".split(", ")]
    op.create_table(
        name,
        *(
            sa.Column(column, KINDS[kind.rstrip("?")](), nullable=kind.endswith("?"))
            for column, kind in pairs
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        *more,
        sqlite_with_rowid=False,
    )


def _belongs(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["council_id", column], [f"{table}.council_id", f"{table}.id"])
