"""Messages filed under a case, entries beside it, and the last day of a task."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = "council_id, id, kind, case_id, about, asked_at, done_at, done_by"


def upgrade() -> None:
    """Make two tables, and give a task its last day."""
    op.create_table(
        "message",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_at", sa.Time(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("read_by", AutoString(), nullable=False),
        sa.Column("read_at", UTCDateTime(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["case_file.council_id", "case_file.id"]),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_message_case", "message", ["council_id", "case_id"])
    op.create_table(
        "entry",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("about", AutoString(), nullable=False),
        sa.Column("code", AutoString(), nullable=False),
        sa.Column("recorded_by", AutoString(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["case_file.council_id", "case_file.id"]),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_case", "entry", ["council_id", "case_id"])
    if op.get_bind().dialect.name == "sqlite":
        _make_anew()
    else:
        op.add_column("task", sa.Column("due_on", sa.Date(), nullable=True))


def _make_anew() -> None:
    """SQLite would write the new column into the line of the last one; nothing points at a task, so copy the table."""
    op.execute("CREATE TABLE task_before AS SELECT * FROM task")
    op.drop_table("task")
    op.create_table(
        "task",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("about", AutoString(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("done_by", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["case_file.council_id", "case_file.id"]),
        sqlite_with_rowid=False,
    )
    op.execute(f"INSERT INTO task ({BEFORE}) SELECT {BEFORE} FROM task_before")  # noqa: S608 -- no words of anybody
    op.drop_table("task_before")
