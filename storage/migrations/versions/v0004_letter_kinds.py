"""Letters of several kinds: what a letter is, what it is about; and letters of a case that has no decision."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.engine import Connection
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = (
    "council_id, id, case_id, decision_id, version, state, method, expected_on, printed_close, prepared_by, "
    "prepared_at, address, text"
)


def upgrade() -> None:
    """Every letter there is tells of a decision."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _make_anew(connection)
        return
    for name, default in (("kind", "decision"), ("about", "")):
        op.add_column("notice", sa.Column(name, AutoString(), nullable=False, server_default=default))
        op.alter_column("notice", name, server_default=None)
    op.alter_column("notice", "decision_id", nullable=True)
    op.drop_constraint("uq_notice_version", "notice", type_="unique")
    op.create_unique_constraint(
        "uq_notice_version", "notice", ["council_id", "decision_id", "kind", "about", "version"]
    )


def _make_anew(connection: Connection) -> None:
    """SQLite can't loosen a column. The sendings point at the letters, so they are put back under the same name."""
    connection.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
    connection.execute(sa.text("CREATE TABLE notice_before AS SELECT * FROM notice"))
    op.drop_table("notice")
    op.create_table(
        "notice",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("decision_id", AutoString(), nullable=True),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("about", AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("method", AutoString(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("printed_close", sa.Date(), nullable=False),
        sa.Column("prepared_by", AutoString(), nullable=False),
        sa.Column("prepared_at", UTCDateTime(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["case_file.council_id", "case_file.id"]),
        sa.ForeignKeyConstraint(["council_id", "decision_id"], ["decision.council_id", "decision.id"]),
        sa.UniqueConstraint(
            "council_id", "decision_id", "kind", "about", "version", name="uq_notice_version"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_notice_case", "notice", ["council_id", "case_id"])
    connection.execute(
        sa.text(
            f"INSERT INTO notice ({BEFORE}, kind, about) "  # noqa: S608 - our own names
            f"SELECT {BEFORE}, 'decision', '' FROM notice_before"
        )
    )
    op.drop_table("notice_before")
