"""Conversations of the Teams door, and the copies it has sent there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam

from storage.conversations import Conversation, SentCopy
from storage.models import CONVERSATION, SENT_COPY
from storage.unit import Repository, add_or_replace, find, remove, where

_ONE = find(CONVERSATION, "workspace", "kind", "name")
_ALL = find(CONVERSATION).order_by(CONVERSATION.c.workspace, CONVERSATION.c.kind, CONVERSATION.c.name)
_SAVE = add_or_replace(CONVERSATION)
_COPY = find(SENT_COPY, "outbox_id", "address")
_KEEP = add_or_replace(SENT_COPY)
_DROP = remove(SENT_COPY, "outbox_id", "address")
_OLD = SENT_COPY.delete().where(where(SENT_COPY), SENT_COPY.c.begun_at < bindparam("at_before"))
_FIELDS = ("workspace", "kind", "name", "conversation_id", "service_url", "admin", "seen_at", "left_at")


class ConversationRepo(Repository):
    """Where the app may speak."""

    def get(self, workspace: str, kind: str, name: str) -> Conversation | None:
        """One conversation, whether the app is still in it or not."""
        row = self._unit.row(_ONE, workspace=workspace, kind=kind, name=name)
        return Conversation(*(getattr(row, field) for field in _FIELDS)) if row else None

    def all(self) -> tuple[Conversation, ...]:
        """Every conversation, left ones too."""
        return tuple(
            Conversation(*(getattr(row, field) for field in _FIELDS)) for row in self._unit.rows(_ALL)
        )

    def save(self, given: Conversation) -> None:
        """Keep a conversation; what was known of it gives way."""
        self._unit.put(_SAVE, {field: getattr(given, field) for field in _FIELDS})

    def left(self, workspace: str, kind: str, name: str) -> bool:
        """The app was removed from it; whether it was in it."""
        known = self.get(workspace, kind, name)
        if known is None or known.left_at is not None:
            return False
        self.save(replace(known, left_at=self._unit.now()))
        return True


class SentCopyRepo(Repository):
    """What was sent, by outbox row and address."""

    def get(self, outbox_id: str, address: str) -> SentCopy | None:
        """What is known of a copy; None when it was never begun."""
        row = self._unit.row(_COPY, outbox_id=outbox_id, address=address)
        return SentCopy(row.message_id, row.begun_at) if row else None

    def keep(self, outbox_id: str, address: str, message_id: str = "") -> None:
        """It is about to be sent; with a `message_id`, it was."""
        self._unit.put(
            _KEEP,
            {
                "outbox_id": outbox_id,
                "address": address,
                "message_id": message_id,
                "begun_at": self._unit.now(),
            },
        )

    def drop(self, outbox_id: str, address: str) -> None:
        """It was certainly not taken."""
        self._unit.change(_DROP, {}, outbox_id=outbox_id, address=address)

    def purge(self, before: datetime) -> int:
        """Forget copies begun before an instant; returns how many."""
        return self._unit.change(_OLD, {}, before=before)
