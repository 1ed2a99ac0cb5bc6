"""The messages of the local chat: posted once for each outbox row, changed in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from storage.models import LOCAL_MESSAGE
from storage.records import LocalMessage
from storage.unit import Repository, add_once, change, find, new_id, up_to

_POST = add_once(LOCAL_MESSAGE)
_GET = find(LOCAL_MESSAGE, "id")
_BY_OUTBOX = find(LOCAL_MESSAGE, "outbox_id")
_OF_CHANNEL = up_to(find(LOCAL_MESSAGE, "channel").order_by(LOCAL_MESSAGE.c.id.desc()))
_CHANGE = change(LOCAL_MESSAGE, "id").values(changes=LOCAL_MESSAGE.c.changes + 1)


class LocalRepo(Repository):
    """Cards as JSON in channels, sealed with the council's key."""

    def post(self, channel: str, card: Mapping[str, Any], outbox_id: str | None = None) -> LocalMessage:
        """Post a card; for an outbox id that was posted before, that message comes back and nothing is added."""
        now = self._unit.now()
        message = LocalMessage(new_id(), channel, dict(card), now, now, 0)
        posted = self._unit.put(
            _POST,
            {
                "id": message.id,
                "channel": channel,
                "outbox_id": outbox_id,
                "posted_at": now,
                "changed_at": now,
                "changes": 0,
                "card": self._sealed(message.id, card),
            },
        )
        before = self.find_by_outbox(outbox_id) if not posted and outbox_id else None
        return before or message

    def change(self, message_id: str, card: Mapping[str, Any]) -> LocalMessage | None:
        """Show another card in place; None when there is no such message."""
        values = {"card": self._sealed(message_id, card), "changed_at": self._unit.now()}
        self._unit.change(_CHANGE, values, id=message_id)
        return self.get(message_id)

    def of_channel(self, channel: str, limit: int = 100) -> tuple[LocalMessage, ...]:
        """A channel's newest messages, the oldest of them first."""
        rows = self._unit.rows(_OF_CHANNEL, channel=channel, limit=limit)
        return tuple(self._message(row) for row in reversed(rows))

    def get(self, message_id: str) -> LocalMessage | None:
        """One message."""
        row = self._unit.row(_GET, id=message_id)
        return None if row is None else self._message(row)

    def find_by_outbox(self, outbox_id: str) -> LocalMessage | None:
        """The message an outbox row became."""
        row = self._unit.row(_BY_OUTBOX, outbox_id=outbox_id)
        return None if row is None else self._message(row)

    def _sealed(self, message_id: str, card: Mapping[str, Any]) -> bytes:
        return self._unit.seal_json(self._unit.keys.key_id, "local_message.card", message_id, dict(card))

    def _message(self, row: Row[Any]) -> LocalMessage:
        card = self._unit.open_json("local_message.card", row.id, row.card) or {}
        return LocalMessage(row.id, row.channel, card, row.posted_at, row.changed_at, row.changes)
