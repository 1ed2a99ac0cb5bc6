"""People: merges of records, safety markers, notes to a report, referrals, conflicts, signatures given afresh."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MERGED = sa.text("state = 'merged'")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "person_merge",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("kept_id", AutoString(), nullable=False),
        sa.Column("merged_id", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("proposed_by", AutoString(), nullable=False),
        sa.Column("proposed_at", UTCDateTime(), nullable=False),
        sa.Column("settled_by", AutoString(), nullable=False),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.Column("undone_by", AutoString(), nullable=False),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
        sa.Column("evidence", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.ForeignKeyConstraint(["council_id", "kept_id"], ["person.council_id", "person.id"]),
        sa.ForeignKeyConstraint(["council_id", "merged_id"], ["person.council_id", "person.id"]),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_merge_kept", "person_merge", ["council_id", "kept_id"])
    op.create_index("ix_merge_merged", "person_merge", ["council_id", "merged_id"])
    op.create_index(
        "uq_merge_standing",
        "person_merge",
        ["council_id", "merged_id"],
        unique=True,
        sqlite_where=MERGED,
        postgresql_where=MERGED,
    )
    op.create_table(
        "marker",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("risk", AutoString(), nullable=False),
        sa.Column("tell_person", sa.Boolean(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", AutoString(), nullable=False),
        sa.Column("proposed_at", UTCDateTime(), nullable=False),
        sa.Column("ended_by", AutoString(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("end_words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["case_file.council_id", "case_file.id"]),
        sa.ForeignKeyConstraint(["council_id", "person_id"], ["person.council_id", "person.id"]),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_marker_case", "marker", ["council_id", "case_id"])
    op.create_index("ix_marker_person", "marker", ["council_id", "person_id"])
    op.create_table(
        "marker_approval",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("marker_id", AutoString(), nullable=False),
        sa.Column("colleague_id", AutoString(), nullable=False),
        sa.Column("office", AutoString(), nullable=False),
        sa.Column("seat", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "marker_id", "colleague_id"),
        sa.ForeignKeyConstraint(["council_id", "marker_id"], ["marker.council_id", "marker.id"]),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "note",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("incident_id", AutoString(), nullable=False),
        sa.Column("author_id", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["case_file.council_id", "case_file.id"]),
        sa.ForeignKeyConstraint(["council_id", "incident_id"], ["incident.council_id", "incident.id"]),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_note_case", "note", ["council_id", "case_id"])
    op.create_table(
        "referral",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("how", AutoString(), nullable=False),
        sa.Column("recorded_by", AutoString(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["case_file.council_id", "case_file.id"]),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_referral_case", "referral", ["council_id", "case_id"])
    op.create_table(
        "conflict",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("case_id", AutoString(), nullable=False),
        sa.Column("colleague_id", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("recorded_by", AutoString(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("lifted_by", AutoString(), nullable=False),
        sa.Column("lifted_at", UTCDateTime(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.ForeignKeyConstraint(["council_id", "case_id"], ["case_file.council_id", "case_file.id"]),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_conflict_case", "conflict", ["council_id", "case_id"])
    op.create_table(
        "fresh_signature",
        sa.Column("council_id", AutoString(), nullable=False),
        sa.Column("decision_id", AutoString(), nullable=False),
        sa.Column("seat", AutoString(), nullable=False),
        sa.Column("colleague_id", AutoString(), nullable=False),
        sa.Column("office", AutoString(), nullable=False),
        sa.Column("answer", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "decision_id", "seat"),
        sa.ForeignKeyConstraint(["council_id", "decision_id"], ["decision.council_id", "decision.id"]),
        sqlite_with_rowid=False,
    )
