"""Tables of the Teams door: where it may speak, and what it has sent, because Teams can't be asked for a message."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index

from storage.columns import Row, key, of_council, parts


class ConversationRow(Row, table=True):
    """A conversation the app is in. kind "personal": `name` is the colleague's Entra object id; "room": its own id.

    `admin`: this colleague proved to look after Civility. `left_at`: the app was removed from it.
    """

    __tablename__ = "conversation"
    __table_args__ = parts(of_council())
    council_id: str = key()
    workspace: str = key()
    kind: str = key()
    name: str = key()
    conversation_id: str
    service_url: str
    admin: bool
    seen_at: datetime
    left_at: datetime | None


class SentCopyRow(Row, table=True):
    """A message on its way (`message_id` "") or sent, by the outbox row and the address it went to."""

    __tablename__ = "sent_copy"
    __table_args__ = parts(of_council(), Index("ix_sent_copy_begun", "council_id", "begun_at"))
    council_id: str = key()
    outbox_id: str = key()
    address: str = key()
    message_id: str
    begun_at: datetime
