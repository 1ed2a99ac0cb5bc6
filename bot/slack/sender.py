"""How the outbox reaches Slack: new messages, cards brought up to date, and looking before sending again.

A message carries its outbox id as metadata, so that after a crash it is found instead of posted twice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import uploads
from bot.slack.blocks import home_view, message
from bot.slack.calls import UNTIL_MENDED, GoneError, called
from bot.slack.workspaces import NotInstalled, Workspaces
from handlers.chat import Card
from scheduler.platform import TryLater

EVENT: Final = "civility_outbox"
RECENT = 100
BETWEEN_MESSAGES = timedelta(seconds=1)
"""Slack takes about one message a second in a channel."""

GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})


class SlackSender:
    """Fulfils `scheduler.sender.Platform`. An address is "workspace/channel", or "workspace/user"."""

    name = "slack"

    def __init__(self, workspaces: Workspaces, now: Callable[[], datetime]) -> None:
        self._workspaces, self._now = workspaces, now
        self._last: dict[str, datetime] = {}
        self._rooms: dict[str, str] = {}

    async def post(self, channel: str, card: Card, outbox_id: str) -> str:
        """Post a message; its timestamp, which is Slack's id of it. Posted before, it is found, not posted again."""
        client, room = await self._at(channel)
        found = await self._find(client, room, outbox_id)
        if found:
            return found
        self._keep_pace(room)
        metadata = {"event_type": EVENT, "event_payload": {"id": outbox_id}}
        answer = await called(
            client.chat_postMessage(
                channel=room, metadata=metadata, unfurl_links=False, unfurl_media=False, **message(card)
            )
        )
        return str(answer["ts"])

    async def update(self, channel: str, message_id: str, card: Card, outbox_id: str) -> str:
        """Show `card` in place; where the message is gone, post it anew. The id of the message that shows it."""
        client, room = await self._at(channel)
        self._keep_pace(room)
        try:
            await called(client.chat_update(channel=room, ts=message_id, **message(card)), gone=GONE)
        except GoneError:
            del self._last[room]  # nothing was shown, so nothing need be waited for
            return await self.post(channel, card, outbox_id)
        return message_id

    async def show_home(self, channel: str, card: Card) -> None:
        """Show the App Home of the user with this address anew."""
        workspace, _, user = channel.partition("/")
        client = await self._workspaces.client(workspace)
        await client.views_publish(user_id=user, view=home_view(card))

    async def upload(
        self, address: str, name: str, content: bytes, words: str, begun: Callable[[str], Awaitable[None]]
    ) -> str:
        """Show a file in a user's own conversation, as `scheduler.uploads.HasFiles` says."""
        client, room = await self._at(address)
        return await uploads.upload(client, room, name, content, words, begun)

    async def take_away(self, address: str, file_id: str) -> None:
        """Delete a file that was shown."""
        client, _ = await self._at(address)
        await uploads.take_away(client, file_id)

    def direct(self, workspace: str, external_id: str) -> str:
        """A user's own conversation with the app; it is opened when the first message goes there."""
        return f"{workspace}/{external_id}"

    def room(self, workspace: str, channel: str) -> str:
        """A channel of a workspace."""
        return f"{workspace}/{channel}"

    async def _at(self, address: str) -> tuple[AsyncWebClient, str]:
        """Whom to ask, and the channel there; a user's direct conversation is opened once."""
        workspace, _, channel = address.partition("/")
        try:
            client = await self._workspaces.client(workspace)
        except NotInstalled as gone:
            raise TryLater(
                "Civility is not installed in the Slack workspace any more.", UNTIL_MENDED
            ) from gone
        if not channel.startswith(("U", "W")):
            return client, channel
        known = self._rooms.get(address)
        if known is None:
            answer = await called(client.conversations_open(users=channel))
            known = self._rooms[address] = str(answer["channel"]["id"])
        return client, known

    async def _find(self, client: AsyncWebClient, room: str, outbox_id: str) -> str:
        """The timestamp of the message that carries this outbox id among the newest; "" when there is none."""
        answer = await called(
            client.conversations_history(channel=room, limit=RECENT, include_all_metadata=True)
        )
        for one in answer.get("messages") or ():
            metadata = one.get("metadata") or {}
            if metadata.get("event_type") == EVENT and metadata["event_payload"].get("id") == outbox_id:
                return str(one["ts"])
        return ""

    def _keep_pace(self, room: str) -> None:
        """At most one message a second in a channel: raises TryLater with what is left of it."""
        now = self._now()
        left = self._last.get(room, now - BETWEEN_MESSAGES) + BETWEEN_MESSAGES - now
        if left > timedelta():
            raise TryLater("Slack takes one message a second in a channel.", left)
        self._last[room] = now
