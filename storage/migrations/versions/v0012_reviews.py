"""Reviews of restrictions, corrected notices, and the address a notice was sent to again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SENDINGS = "council_id, id, notice_id, method, sent_local, recorded_by, recorded_at, bounced_at"


def upgrade() -> None:
    """Make the two tables; a sending gets an address of its own."""
    op.create_table(
        "review",
        *_words("council_id", "restriction_id", "case_id", "why", "opened_by"),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        *_words("outcome", "held_by", "office"),
        sa.Column("held_at", UTCDateTime(), nullable=True),
        *_sealed("comments", "reasons"),
        sa.PrimaryKeyConstraint("council_id", "restriction_id"),
        _belongs("restriction", "restriction_id"),
        _belongs("case_file", "case_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_review_case", "review", ["council_id", "case_id"])
    op.create_table(
        "correction",
        *_words("council_id", "id", "case_id", "decision_id", "notice_id"),
        sa.Column("changed", sa.JSON(), nullable=False),
        *_words("made_by"),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        *_sealed("before", "after", "words"),
        sa.PrimaryKeyConstraint("council_id", "id"),
        _belongs("case_file", "case_id"),
        _belongs("decision", "decision_id"),
        _belongs("notice", "notice_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_correction_case", "correction", ["council_id", "case_id"])
    _address_of_a_sending()


def _address_of_a_sending() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.add_column("dispatch", sa.Column("address", sa.LargeBinary(), nullable=False, server_default=""))
        op.alter_column("dispatch", "address", server_default=None)
        return
    # SQLite adds no column that needs a value without keeping a default for it. Nothing points at a sending.
    op.drop_index("ix_dispatch_notice", "dispatch")
    op.rename_table("dispatch", "dispatch_before")
    op.create_table(
        "dispatch",
        *_words("council_id", "id", "notice_id", "method"),
        sa.Column("sent_local", sa.DateTime(), nullable=False),
        *_words("recorded_by"),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("bounced_at", UTCDateTime(), nullable=True),
        *_sealed("address"),
        sa.PrimaryKeyConstraint("council_id", "id"),
        _belongs("notice", "notice_id"),
        sqlite_with_rowid=False,
    )
    connection.execute(
        sa.text(f"INSERT INTO dispatch ({SENDINGS}, address) SELECT {SENDINGS}, x'' FROM dispatch_before")  # noqa: S608
    )
    op.drop_table("dispatch_before")
    op.create_index("ix_dispatch_notice", "dispatch", ["council_id", "notice_id"])


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, AutoString(), nullable=False) for name in names]


def _sealed(*names: str) -> list[sa.Column[bytes]]:
    return [sa.Column(name, sa.LargeBinary(), nullable=False) for name in names]


def _belongs(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["council_id", column], [f"{table}.council_id", f"{table}.id"])
