"""Tables of what is to come and what must not be done twice: outbox, posted cards, reminders, deliveries, drafts;
and the messages of the local chat."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text

from storage.columns import Row, belongs_to, json, key, of_council, parts, sealed

WAITING = "sent_at IS NULL AND parked_at IS NULL"


class OutboxRow(Row, table=True):
    """What must reach chat. `visible_at` is due time, retry time and lease in one."""

    __tablename__ = "outbox"
    __table_args__ = parts(
        of_council(),
        Index(
            "uq_outbox_dedup",
            "council_id",
            "dedup_key",
            unique=True,
            sqlite_where=text("dedup_key IS NOT NULL"),
            postgresql_where=text("dedup_key IS NOT NULL"),
        ),
        Index("ix_outbox_due", "visible_at", sqlite_where=text(WAITING), postgresql_where=text(WAITING)),
        Index(
            "ix_outbox_card",
            "council_id",
            "card_key",
            "recipient_kind",
            "recipient_id",
            "id",
            sqlite_where=text(f"{WAITING} AND card_key <> ''"),
            postgresql_where=text(f"{WAITING} AND card_key <> ''"),
        ),
    )
    council_id: str = key()
    id: str = key()
    recipient_kind: str
    recipient_id: str
    view: str
    ids: dict[str, str] = json()
    card_key: str
    dedup_key: str | None
    attempts: int
    created_at: datetime
    visible_at: datetime
    sending_since: datetime | None
    sent_at: datetime | None
    dropped: bool
    parked_at: datetime | None
    platform: str
    channel: str
    message_id: str
    last_error: str


class PostedRow(Row, table=True):
    """Where a recipient's copy of a card stands; one a platform and channel (R48: several accounts)."""

    __tablename__ = "posted"
    __table_args__ = parts(of_council())
    council_id: str = key()
    card_key: str = key()
    recipient_kind: str = key()
    recipient_id: str = key()
    platform: str = key()
    channel: str = key()
    message_id: str
    view: str
    ids: dict[str, str] = json()


class ReminderRow(Row, table=True):
    """Something due at an instant; fired exactly once into the outbox."""

    __tablename__ = "reminder"
    __table_args__ = parts(
        of_council(),
        Index(
            "uq_reminder_dedup",
            "council_id",
            "dedup_key",
            unique=True,
            sqlite_where=text("dedup_key IS NOT NULL"),
            postgresql_where=text("dedup_key IS NOT NULL"),
        ),
        Index(
            "ix_reminder_due",
            "visible_at",
            "council_id",
            "case_id",
            "kind",
            sqlite_where=text("fired_at IS NULL"),
            postgresql_where=text("fired_at IS NULL"),
        ),
        Index(
            "ix_reminder_fired",
            "council_id",
            "fired_at",
            sqlite_where=text("fired_at IS NOT NULL"),
            postgresql_where=text("fired_at IS NOT NULL"),
        ),
    )
    council_id: str = key()
    id: str = key()
    due_at: datetime
    visible_at: datetime
    kind: str
    case_id: str
    ids: dict[str, str] = json()
    dedup_key: str | None
    fired_at: datetime | None
    last_error: str


class TaskRow(Row, table=True):
    """What a colleague must do by hand, such as opening again what was blocked; `about` is the record it is about."""

    __tablename__ = "task"
    __table_args__ = parts(belongs_to("case_file", "case_id"))
    council_id: str = key()
    id: str = key()
    kind: str
    case_id: str
    about: str
    asked_at: datetime
    due_on: date | None
    done_at: datetime | None
    done_by: str


class DeliveryRow(Row, table=True):
    """A click already committed (R19)."""

    __tablename__ = "delivery"
    __table_args__ = parts(of_council())
    council_id: str = key()
    id: str = key()
    at: datetime
    view: str
    ids: dict[str, str] = json()


class DraftRow(Row, table=True):
    """What a colleague typed into a form that is not finished."""

    __tablename__ = "draft"
    __table_args__ = parts(of_council(), Index("ix_draft_saved", "council_id", "saved_at"))
    council_id: str = key()
    nonce: str = key()
    colleague_id: str = key()
    form: str
    saved_at: datetime
    content: bytes = sealed()


class LocalMessageRow(Row, table=True):
    """A message of the local chat."""

    __tablename__ = "local_message"
    __table_args__ = parts(
        of_council(),
        UniqueConstraint("council_id", "outbox_id", name="uq_local_outbox"),
        Index("ix_local_channel", "council_id", "channel", "id"),
    )
    council_id: str = key()
    id: str = key()
    channel: str
    outbox_id: str | None
    posted_at: datetime
    changed_at: datetime
    changes: int
    card: bytes = sealed()
