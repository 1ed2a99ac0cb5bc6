"""How the outbox reaches the local chat: a message is kept first, then the open pages are told."""

from __future__ import annotations

from bot.local.book import LocalBook
from bot.local.cards import to_json
from bot.local.streams import Streams
from handlers.chat import Card


class LocalSender:
    """Posts cards and brings them up to date. Share one `Streams` between this and the door."""

    def __init__(self, book: LocalBook, streams: Streams) -> None:
        self._book, self._streams = book, streams

    async def post(self, channel: str, card: Card, outbox_id: str) -> str:
        """Post a card; the same `outbox_id` twice (after a crash) is one message. Gives the message's id."""
        message = await self._book.post(channel, to_json(card), outbox_id)
        self._streams.tell(message.channel, message.id)
        return message.id

    async def update(self, channel: str, message_id: str, card: Card, outbox_id: str) -> str:
        """Bring a card up to date in place; if its message is gone, post it anew. Gives the message's id."""
        message = await self._book.change(message_id, to_json(card))
        if message is None:
            return await self.post(channel, card, outbox_id)
        self._streams.tell(message.channel, message.id)
        return message.id
