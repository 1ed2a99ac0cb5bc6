"""The first schema: every table, and the triggers that keep the log append-only."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE TRIGGER log_no_update BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_no_delete BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_no_replace BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log WHERE council_id = NEW.council_id AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_head_forward BEFORE UPDATE ON log_head
WHEN NEW.council_id <> OLD.council_id OR NEW.seq <= OLD.seq
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_head_no_delete BEFORE DELETE ON log_head
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_head_no_replace BEFORE INSERT ON log_head
WHEN EXISTS (SELECT 1 FROM log_head WHERE council_id = NEW.council_id)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
)

POSTGRESQL = (
    """CREATE FUNCTION civility_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'the log is append-only'; END$$""",
    """CREATE TRIGGER log_append_only BEFORE UPDATE OR DELETE ON log
FOR EACH ROW EXECUTE FUNCTION civility_append_only()""",
    """CREATE TRIGGER log_no_truncate BEFORE TRUNCATE ON log
FOR EACH STATEMENT EXECUTE FUNCTION civility_append_only()""",
    """CREATE TRIGGER log_head_forward BEFORE UPDATE ON log_head FOR EACH ROW
WHEN (NEW.council_id <> OLD.council_id OR NEW.seq <= OLD.seq) EXECUTE FUNCTION civility_append_only()""",
    """CREATE TRIGGER log_head_no_delete BEFORE DELETE ON log_head
FOR EACH ROW EXECUTE FUNCTION civility_append_only()""",
    """CREATE TRIGGER log_head_no_truncate BEFORE TRUNCATE ON log_head
FOR EACH STATEMENT EXECUTE FUNCTION civility_append_only()""",
)


def upgrade() -> None:
    """Make everything."""
    op.create_table(
        "council",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("appeals_contact", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("key_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("council_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "log",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("actor_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("action", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("subject_kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("subject_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "seq"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_log_subject", "log", ["council_id", "subject_id", "seq"], unique=False)
    op.create_table(
        "log_head",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("council_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "colleague",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"],
            ["council.council_id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counter",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"],
            ["council.council_id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "delivery",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("view", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"],
            ["council.council_id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("nonce", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("colleague_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("saved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"],
            ["council.council_id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "nonce", "colleague_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_draft_saved", "draft", ["council_id", "saved_at"], unique=False)
    op.create_table(
        "key_to_forget",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("done_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id"],
            ["council.council_id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "key_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "local_message",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("outbox_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("posted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"],
            ["council.council_id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "outbox_id", name="uq_local_outbox"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_local_channel", "local_message", ["council_id", "channel", "id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recipient_kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recipient_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("view", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.Column("card_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("dedup_key", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("visible_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("sending_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("sent_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("parked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("platform", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("message_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("last_error", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"],
            ["council.council_id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_outbox_card",
        "outbox",
        ["council_id", "card_key", "recipient_kind", "recipient_id", "id"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL AND parked_at IS NULL AND card_key <> ''"),
        postgresql_where=sa.text("sent_at IS NULL AND parked_at IS NULL AND card_key <> ''"),
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["visible_at"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL AND parked_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND parked_at IS NULL"),
    )
    op.create_index(
        "uq_outbox_dedup",
        "outbox",
        ["council_id", "dedup_key"],
        unique=True,
        sqlite_where=sa.text("dedup_key IS NOT NULL"),
        postgresql_where=sa.text("dedup_key IS NOT NULL"),
    )
    op.create_table(
        "person",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=False),
        sa.Column("description", sa.LargeBinary(), nullable=False),
        sa.Column("tokens", sa.LargeBinary(), nullable=False),
        sa.Column("identified", sa.Boolean(), nullable=False),
        sa.Column("colleague_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("key_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("forgotten_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id"],
            ["council.council_id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "posted",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("card_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recipient_kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recipient_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("platform", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("message_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("view", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"],
            ["council.council_id"],
        ),
        sa.PrimaryKeyConstraint(
            "council_id", "card_key", "recipient_kind", "recipient_id", "platform", "channel"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reminder",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("visible_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.Column("dedup_key", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("fired_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("last_error", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"],
            ["council.council_id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_reminder_due",
        "reminder",
        ["visible_at", "council_id", "case_id", "kind"],
        unique=False,
        sqlite_where=sa.text("fired_at IS NULL"),
        postgresql_where=sa.text("fired_at IS NULL"),
    )
    op.create_index(
        "uq_reminder_dedup",
        "reminder",
        ["council_id", "dedup_key"],
        unique=True,
        sqlite_where=sa.text("dedup_key IS NOT NULL"),
        postgresql_where=sa.text("dedup_key IS NOT NULL"),
    )
    op.create_table(
        "setting",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("set_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("set_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"],
            ["council.council_id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "workspace",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("platform", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("workspace", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"],
            ["council.council_id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "platform", "workspace"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_workspace_found", "workspace", ["platform", "workspace"], unique=False)
    op.create_table(
        "absence",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("colleague_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "colleague_id"],
            ["colleague.council_id", "colleague.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case_file",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("withdrawn_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("key_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "person_id"],
            ["person.council_id", "person.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "reference", name="uq_case_reference"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_case_person", "case_file", ["council_id", "person_id"], unique=False)
    op.create_table(
        "holding",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("office", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("colleague_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "colleague_id"],
            ["colleague.council_id", "colleague.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "identity",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("platform", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("workspace", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("external_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("colleague_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "colleague_id"],
            ["colleague.council_id", "colleague.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "platform", "workspace", "external_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_identity_colleague", "identity", ["council_id", "colleague_id"], unique=False)
    op.create_table(
        "person_token",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "person_id"],
            ["person.council_id", "person.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "token", "person_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "decision",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("proposal_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("proposal_version", sa.Integer(), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("makers", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "case_id"],
            ["case_file.council_id", "case_file.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "proposal_id", name="uq_decision_proposal"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_decision_case", "decision", ["council_id", "case_id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("colleague_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("office", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("seat", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("signed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("agrees_with", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("extreme_confirmed", sa.Boolean(), nullable=False),
        sa.Column("replaced_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "case_id"],
            ["case_file.council_id", "case_file.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_finding_case", "finding", ["council_id", "case_id"], unique=False)
    op.create_index(
        "uq_finding_standing",
        "finding",
        ["council_id", "case_id", "seat"],
        unique=True,
        sqlite_where=sa.text("replaced_at IS NULL"),
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_table(
        "incident",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reporter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("target_ids", sa.JSON(), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("category", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("actions_taken", sa.JSON(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.Time(), nullable=True),
        sa.Column("warning", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("no_warning_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("injury", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reported_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("withdrawn_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("what_happened", sa.LargeBinary(), nullable=False),
        sa.Column("warning_words", sa.LargeBinary(), nullable=False),
        sa.Column("no_warning_words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "case_id"],
            ["case_file.council_id", "case_file.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_incident_case", "incident", ["council_id", "case_id"], unique=False)
    op.create_index("ix_incident_reporter", "incident", ["council_id", "reporter_id"], unique=False)
    op.create_table(
        "police_record",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("referred", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "case_id"],
            ["case_file.council_id", "case_file.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_police_case", "police_record", ["council_id", "case_id"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("settled_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id", "case_id"],
            ["case_file.council_id", "case_file.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_proposal_case", "proposal", ["council_id", "case_id"], unique=False)
    op.create_index(
        "uq_proposal_open",
        "proposal",
        ["council_id", "case_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "notice",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decision_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("method", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("printed_close", sa.Date(), nullable=False),
        sa.Column("prepared_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("prepared_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "case_id"],
            ["case_file.council_id", "case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["council_id", "decision_id"],
            ["decision.council_id", "decision.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sa.UniqueConstraint("council_id", "decision_id", "version", name="uq_notice_version"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_notice_case", "notice", ["council_id", "case_id"], unique=False)
    op.create_table(
        "proposal_version",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("proposal_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drafted_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("drafted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "proposal_id"],
            ["proposal.council_id", "proposal.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "proposal_id", "version"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "restriction",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decision_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("scope", sa.LargeBinary(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("starts_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("interim_lapses_on", sa.Date(), nullable=True),
        sa.Column("confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "case_id"],
            ["case_file.council_id", "case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["council_id", "decision_id"],
            ["decision.council_id", "decision.id"],
        ),
        sa.ForeignKeyConstraint(
            ["council_id", "person_id"],
            ["person.council_id", "person.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_restriction_case", "restriction", ["council_id", "case_id"], unique=False)
    op.create_index("ix_restriction_person", "restriction", ["council_id", "person_id"], unique=False)
    op.create_table(
        "sensitive",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("incident_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "incident_id"],
            ["incident.council_id", "incident.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "incident_id", "kind"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "approval",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("proposal_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("colleague_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("office", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("seat", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "proposal_id", "version"],
            ["proposal_version.council_id", "proposal_version.proposal_id", "proposal_version.version"],
        ),
        sa.PrimaryKeyConstraint("council_id", "proposal_id", "version", "colleague_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dispatch",
        sa.Column("council_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("notice_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("method", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sent_local", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("bounced_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id", "notice_id"],
            ["notice.council_id", "notice.id"],
        ),
        sa.PrimaryKeyConstraint("council_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_dispatch_notice", "dispatch", ["council_id", "notice_id"], unique=False)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(sa.text(statement))
