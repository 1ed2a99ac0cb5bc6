"""The first schema: every table, and the triggers that keep the log append-only.

Written out in full and apart from `storage.models`, which goes on changing; a test compares what both make.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

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

KINDS: dict[str, sa.types.TypeEngine[Any]] = {
    "text": AutoString(),
    "instant": UTCDateTime(),
    "clock": sa.DateTime(timezone=False),
    "date": sa.Date(),
    "time": sa.Time(),
    "flag": sa.Boolean(),
    "number": sa.Integer(),
    "bytes": sa.LargeBinary(),
    "json": sa.JSON(),
}


def table(name: str, key: str, columns: str, *constraints: sa.Constraint) -> None:
    """A table: its key and its columns ("name kind", "?" = may be NULL), the council's id before them all."""
    pairs = [column.split() for column in f"council_id text, {columns}".split(", ")]
    op.create_table(
        name,
        *(sa.Column(column, KINDS[kind.rstrip("?")], nullable=kind.endswith("?")) for column, kind in pairs),
        sa.PrimaryKeyConstraint("council_id", *key.split()),
        *constraints,
        sqlite_with_rowid=False,
    )


def council() -> sa.ForeignKeyConstraint:
    """The council exists."""
    return sa.ForeignKeyConstraint(["council_id"], ["council.council_id"])


def belongs(columns: str, to: str, key: str = "id") -> sa.ForeignKeyConstraint:
    """A reference to a row of the same council."""
    theirs = [f"{to}.{column}" for column in ("council_id", *key.split())]
    return sa.ForeignKeyConstraint(["council_id", *columns.split()], theirs)


def index(name: str, of: str, columns: str, *, unique: bool = False, only: str = "") -> None:
    """An index, perhaps over some of the rows only."""
    where = sa.text(only) if only else None
    op.create_index(name, of, columns.split(), unique=unique, sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    """Make everything."""
    tables()
    indexes()
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(sa.text(statement))


def tables() -> None:
    """In the order in which they refer to each other."""
    table(
        "council",
        "",
        "name text, address text, appeals_contact text, channels json, key_id text, created_at instant",
    )
    table(
        "log",
        "seq",
        (
            "seq number, at instant, actor_id text, action text, subject_kind text, subject_id text, "
            "detail json, hash text"
        ),
    )
    table("log_head", "", "seq number, hash text")
    table("colleague", "id", "id text, name bytes, guest flag", council())
    table("counter", "name", "name text, value number", council())
    table("delivery", "id", "id text, at instant, view text, ids json", council())
    table(
        "draft",
        "nonce colleague_id",
        "nonce text, colleague_id text, form text, saved_at instant, content bytes",
        council(),
    )
    table("key_to_forget", "key_id", "key_id text, asked_at instant, done_at instant?", council())
    table(
        "local_message",
        "id",
        (
            "id text, channel text, outbox_id text?, posted_at instant, changed_at instant, changes number, "
            "card bytes"
        ),
        council(),
        sa.UniqueConstraint("council_id", "outbox_id", name="uq_local_outbox"),
    )
    table(
        "outbox",
        "id",
        (
            "id text, recipient_kind text, recipient_id text, view text, ids json, card_key text, "
            "dedup_key text?, attempts number, created_at instant, visible_at instant, "
            "sending_since instant?, sent_at instant?, dropped flag, parked_at instant?, platform text, "
            "channel text, message_id text, last_error text"
        ),
        council(),
    )
    table(
        "person",
        "id",
        (
            "id text, name bytes, contact bytes, description bytes, tokens bytes, identified flag, "
            "colleague_id text?, key_id text, added_at instant, forgotten_at instant?"
        ),
        council(),
    )
    table(
        "posted",
        "card_key recipient_kind recipient_id platform channel",
        (
            "card_key text, recipient_kind text, recipient_id text, platform text, channel text, "
            "message_id text, view text, ids json"
        ),
        council(),
    )
    table(
        "reminder",
        "id",
        (
            "id text, due_at instant, visible_at instant, kind text, case_id text, ids json, "
            "dedup_key text?, fired_at instant?, last_error text"
        ),
        council(),
    )
    table("setting", "name", "name text, value bytes, set_by text, set_at instant", council())
    table("workspace", "platform workspace", "platform text, workspace text", council())
    table(
        "absence",
        "id",
        "id text, colleague_id text, starts date, ends date?, recorded_by text, recorded_at instant",
        belongs("colleague_id", "colleague"),
    )
    table(
        "case_file",
        "id",
        (
            "id text, reference text, person_id text, version number, urgent flag, opened_at instant, "
            "closed_at instant?, withdrawn_at instant?, key_id text"
        ),
        belongs("person_id", "person"),
        sa.UniqueConstraint("council_id", "reference", name="uq_case_reference"),
    )
    table(
        "holding",
        "id",
        (
            "id text, office text, colleague_id text, starts date, ends date?, recorded_by text, "
            "recorded_at instant"
        ),
        belongs("colleague_id", "colleague"),
    )
    table(
        "identity",
        "platform workspace external_id",
        "platform text, workspace text, external_id text, colleague_id text",
        belongs("colleague_id", "colleague"),
    )
    table("person_token", "token person_id", "token bytes, person_id text", belongs("person_id", "person"))
    table(
        "decision",
        "id",
        (
            "id text, case_id text, kind text, proposal_id text?, proposal_version number?, "
            "decided_at instant, makers bytes"
        ),
        belongs("case_id", "case_file"),
        sa.UniqueConstraint("council_id", "proposal_id", name="uq_decision_proposal"),
    )
    table(
        "finding",
        "id",
        (
            "id text, case_id text, colleague_id text, office text, seat text, kind text, "
            "signed_at instant, agrees_with text?, extreme_confirmed flag, replaced_at instant?, "
            "answers bytes"
        ),
        belongs("case_id", "case_file"),
    )
    table(
        "incident",
        "id",
        (
            "id text, case_id text, reporter_id text, target_ids json, channel text, category text, "
            "examples json, actions_taken json, happened_on date, happened_at time?, warning text, "
            "no_warning_reason text, injury text, reported_at instant, withdrawn_at instant?, place bytes, "
            "what_happened bytes, warning_words bytes, no_warning_words bytes"
        ),
        belongs("case_id", "case_file"),
    )
    table(
        "police_record",
        "id",
        "id text, case_id text, referred text, recorded_by text, recorded_at instant, words bytes",
        belongs("case_id", "case_file"),
    )
    table(
        "proposal",
        "id",
        "id text, case_id text, version number, state text, kind text, settled_at instant?",
        belongs("case_id", "case_file"),
    )
    table(
        "notice",
        "id",
        (
            "id text, case_id text, decision_id text, version number, state text, method text, "
            "expected_on date, printed_close date, prepared_by text, prepared_at instant, address bytes, "
            "text bytes"
        ),
        belongs("case_id", "case_file"),
        belongs("decision_id", "decision"),
        sa.UniqueConstraint("council_id", "decision_id", "version", name="uq_notice_version"),
    )
    table(
        "proposal_version",
        "proposal_id version",
        "proposal_id text, version number, drafted_by text, drafted_at instant, content bytes",
        belongs("proposal_id", "proposal"),
    )
    table(
        "restriction",
        "id",
        (
            "id text, case_id text, person_id text, decision_id text, measures json, scope bytes, "
            "ends_on date?, review_on date?, starts_at instant?, ended_at instant?, "
            "interim_lapses_on date?, confirmed_at instant?, content bytes"
        ),
        belongs("case_id", "case_file"),
        belongs("decision_id", "decision"),
        belongs("person_id", "person"),
    )
    table(
        "sensitive",
        "incident_id kind",
        "incident_id text, kind text, sealed bytes",
        belongs("incident_id", "incident"),
    )
    table(
        "approval",
        "proposal_id version colleague_id",
        (
            "proposal_id text, version number, colleague_id text, office text, seat text, answer text, "
            "at instant, reason bytes"
        ),
        belongs("proposal_id version", "proposal_version", "proposal_id version"),
    )
    table(
        "dispatch",
        "id",
        (
            "id text, notice_id text, method text, sent_local clock, recorded_by text, recorded_at instant, "
            "bounced_at instant?"
        ),
        belongs("notice_id", "notice"),
    )


def indexes() -> None:
    """Beside the keys."""
    index("ix_log_subject", "log", "council_id subject_id seq")
    index("ix_draft_saved", "draft", "council_id saved_at")
    index("ix_local_channel", "local_message", "council_id channel id")
    index(
        "ix_outbox_card",
        "outbox",
        "council_id card_key recipient_kind recipient_id id",
        only="sent_at IS NULL AND parked_at IS NULL AND card_key <> ''",
    )
    index("ix_outbox_due", "outbox", "visible_at", only="sent_at IS NULL AND parked_at IS NULL")
    index("uq_outbox_dedup", "outbox", "council_id dedup_key", unique=True, only="dedup_key IS NOT NULL")
    index("ix_reminder_due", "reminder", "visible_at council_id case_id kind", only="fired_at IS NULL")
    index("uq_reminder_dedup", "reminder", "council_id dedup_key", unique=True, only="dedup_key IS NOT NULL")
    index("ix_workspace_found", "workspace", "platform workspace")
    index("ix_case_person", "case_file", "council_id person_id")
    index("ix_identity_colleague", "identity", "council_id colleague_id")
    index("ix_decision_case", "decision", "council_id case_id")
    index("ix_finding_case", "finding", "council_id case_id")
    index(
        "uq_finding_standing", "finding", "council_id case_id seat", unique=True, only="replaced_at IS NULL"
    )
    index("ix_incident_case", "incident", "council_id case_id")
    index("ix_incident_reporter", "incident", "council_id reporter_id")
    index("ix_police_case", "police_record", "council_id case_id")
    index("ix_proposal_case", "proposal", "council_id case_id")
    index("uq_proposal_open", "proposal", "council_id case_id", unique=True, only="state = 'open'")
    index("ix_notice_case", "notice", "council_id case_id")
    index("ix_restriction_case", "restriction", "council_id case_id")
    index("ix_restriction_person", "restriction", "council_id person_id")
    index("ix_dispatch_notice", "dispatch", "council_id notice_id")
