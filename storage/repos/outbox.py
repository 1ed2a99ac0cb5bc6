"""The outbox: what must reach chat, and where its cards stand (ARCHITECTURE: written with the change it tells of)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, text

from storage.models import OUTBOX, POSTED
from storage.models_queue import WAITING
from storage.records import Outgoing, Posted, Recipient
from storage.unit import Repository, add_once, add_or_replace, change, find, new_id, where

_ADD = add_once(OUTBOX)
_WAITING = find(OUTBOX).where(text(WAITING)).order_by(OUTBOX.c.id)
_PARKED = find(OUTBOX).where(OUTBOX.c.parked_at.is_not(None)).order_by(OUTBOX.c.id)
_SET_ASIDE = (
    find(OUTBOX, "recipient_kind", "recipient_id")
    .where(OUTBOX.c.parked_at.is_not(None), OUTBOX.c.sent_at.is_(None))
    .order_by(OUTBOX.c.id.desc())
)
_TAKE_UP = change(OUTBOX, "id").where(OUTBOX.c.parked_at.is_not(None))
_NOT_BEGUN = (
    change(OUTBOX, "card_key")
    .where(text(WAITING), OUTBOX.c.attempts == 0)
    .returning(OUTBOX.c.recipient_kind, OUTBOX.c.recipient_id)
)
_ON_ITS_WAY = select(OUTBOX.c.recipient_kind, OUTBOX.c.recipient_id).where(
    where(OUTBOX, "card_key"), text(WAITING), OUTBOX.c.attempts > 0
)
_COPIES = find(POSTED, "card_key").order_by(POSTED.c.recipient_kind, POSTED.c.recipient_id)
_COPY = find(POSTED, "card_key", "recipient_kind", "recipient_id").order_by(POSTED.c.platform)
POST = add_or_replace(POSTED)


def as_outgoing(row: Row[Any]) -> Outgoing:
    """An outbox row as a plain value."""
    return Outgoing(
        id=row.id,
        council_id=row.council_id,
        recipient=Recipient(row.recipient_kind, row.recipient_id),
        view=row.view,
        ids=row.ids,
        card_key=row.card_key,
        attempts=row.attempts,
        created_at=row.created_at,
        visible_at=row.visible_at,
        last_error=row.last_error,
        sending_since=row.sending_since,
    )


class OutboxRepo(Repository):
    """Rows to be sent. The view is rendered just before sending, so a row holds ids and no words."""

    def add(
        self,
        recipient: Recipient,
        view: str,
        ids: Mapping[str, str],
        card_key: str = "",
        visible_at: datetime | None = None,
        dedup_key: str | None = None,
    ) -> None:
        """Queue a view for somebody; with a `dedup_key` that was ever used before, nothing happens."""
        now = self._unit.now()
        self._unit.queued = True
        self._unit.put(
            _ADD,
            {
                "id": new_id(),
                "recipient_kind": recipient.kind,
                "recipient_id": recipient.id,
                "view": view,
                "ids": dict(ids),
                "card_key": card_key,
                "dedup_key": dedup_key,
                "attempts": 0,
                "created_at": now,
                "visible_at": visible_at or now,
                "sending_since": None,
                "sent_at": None,
                "dropped": False,
                "parked_at": None,
                "platform": "",
                "channel": "",
                "message_id": "",
                "last_error": "",
            },
        )

    def refresh(self, card_key: str, view: str, ids: Mapping[str, str]) -> None:
        """Bring every copy of a card up to date, in place.

        A row not begun yet keeps its place and shows the new view. Whoever has a copy, or has one on its way
        (rendered perhaps a moment before this change), gets one row more.
        """
        waiting = self._unit.change_returning(_NOT_BEGUN, {"view": view, "ids": dict(ids)}, card_key=card_key)
        served = {(row.recipient_kind, row.recipient_id) for row in waiting}
        for statement in (_ON_ITS_WAY, _COPIES):
            for row in self._unit.rows(statement, card_key=card_key):
                recipient = (row.recipient_kind, row.recipient_id)
                if recipient not in served:
                    served.add(recipient)
                    self.add(Recipient(*recipient), view, ids, card_key=card_key)

    def take_up(self, recipient: Recipient) -> int:
        """What was set aside for somebody and reached them nowhere is sent now, the oldest first; returns how many.

        Of one card the newest row is enough: it shows how things stand when it is sent.
        """
        now, cards, taken = self._unit.now(), set[str](), 0
        for row in self._unit.rows(_SET_ASIDE, recipient_kind=recipient.kind, recipient_id=recipient.id):
            values: dict[str, object] = {"parked_at": None, "sending_since": None}
            if row.card_key in cards:
                values |= {"sent_at": now, "dropped": True}
            else:
                values |= {"visible_at": now, "attempts": 0, "last_error": ""}
                taken += 1
            cards |= {row.card_key} if row.card_key else set()
            self._unit.change(_TAKE_UP, values, id=row.id)
        self._unit.queued = self._unit.queued or taken > 0
        return taken

    def waiting(self) -> tuple[Outgoing, ...]:
        """Rows not sent, not dropped and not parked, the oldest first."""
        return tuple(as_outgoing(row) for row in self._unit.rows(_WAITING))

    def parked(self) -> tuple[Outgoing, ...]:
        """Rows nobody will try again by themselves, the oldest first."""
        return tuple(as_outgoing(row) for row in self._unit.rows(_PARKED))


class PostedRepo(Repository):
    """Where cards stand on the platforms."""

    def record(self, posted: Posted) -> None:
        """Remember a copy; the same place again replaces what was known of it."""
        self._unit.put(
            POST,
            {
                "card_key": posted.card_key,
                "recipient_kind": posted.recipient.kind,
                "recipient_id": posted.recipient.id,
                "platform": posted.platform,
                "channel": posted.channel,
                "message_id": posted.message_id,
                "view": posted.view,
                "ids": dict(posted.ids),
            },
        )

    def find(self, recipient: Recipient, card_key: str) -> tuple[Posted, ...]:
        """A recipient's copies of a card: one a platform and channel."""
        rows = self._unit.rows(
            _COPY, card_key=card_key, recipient_kind=recipient.kind, recipient_id=recipient.id
        )
        return tuple(_posted(row) for row in rows)

    def of(self, card_key: str) -> tuple[Posted, ...]:
        """Every copy of a card."""
        return tuple(_posted(row) for row in self._unit.rows(_COPIES, card_key=card_key))


def _posted(row: Row[Any]) -> Posted:
    recipient = Recipient(row.recipient_kind, row.recipient_id)
    return Posted(recipient, row.card_key, row.platform, row.channel, row.message_id, row.view, row.ids)
