"""The platforms the outbox can reach, as `scheduler.sender` wants them."""

from __future__ import annotations

from bot.local.channels import direct
from bot.local.sender import LocalSender
from handlers.chat import Card


class LocalPlatform:
    """The local chat."""

    name = "local"

    def __init__(self, sender: LocalSender) -> None:
        self._sender = sender

    async def post(self, channel: str, card: Card, outbox_id: str) -> str:
        """Post a new message, once for each `outbox_id`; its id."""
        return await self._sender.post(channel, card, outbox_id)

    async def update(self, channel: str, message_id: str, card: Card, outbox_id: str) -> str:
        """Show `card` in place; the id of the message that shows it."""
        return await self._sender.update(channel, message_id, card, outbox_id)

    def direct(self, _: str, external_id: str) -> str:
        """A colleague's own room."""
        return direct(external_id)

    def room(self, _: str, channel: str) -> str:
        """A room of everybody's."""
        return channel
