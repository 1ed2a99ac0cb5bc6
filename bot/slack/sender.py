"""How the outbox reaches Slack: new messages, cards brought up to date, and looking before sending again.

A message carries its outbox id as metadata, so that after a crash it is found instead of posted twice.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.blocks import home_view, message
from bot.slack.workspaces import NotInstalled, Workspaces
from handlers.chat import Card
from scheduler.platform import Down, TryLater, Unsendable

EVENT: Final = "civility_outbox"
RECENT = 100
BETWEEN_MESSAGES = timedelta(seconds=1)
"""Slack takes about one message a second in a channel."""

NEVER = frozenset(
    {
        "cannot_dm_bot",
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "restricted_action",
        "user_disabled",
        "user_not_found",
    }
)
"""Slack's answers that no second try will change: somebody has to do something in Slack first."""

APP = frozenset(
    {"account_inactive", "invalid_auth", "missing_scope", "not_authed", "token_expired", "token_revoked"}
)
"""The app itself is not let in. Everything waits until that is mended: one message is no worse than the next."""
UNTIL_MENDED = timedelta(minutes=10)
IN_TROUBLE = 500

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
        answer = await _called(
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
            await _called(client.chat_update(channel=room, ts=message_id, **message(card)), gone=GONE)
        except _GoneError:
            del self._last[room]  # nothing was shown, so nothing need be waited for
            return await self.post(channel, card, outbox_id)
        return message_id

    async def show_home(self, channel: str, card: Card) -> None:
        """Show the App Home of the user with this address anew."""
        workspace, _, user = channel.partition("/")
        client = await self._workspaces.client(workspace)
        await client.views_publish(user_id=user, view=home_view(card))

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
            answer = await _called(client.conversations_open(users=channel))
            known = self._rooms[address] = str(answer["channel"]["id"])
        return client, known

    async def _find(self, client: AsyncWebClient, room: str, outbox_id: str) -> str:
        """The timestamp of the message that carries this outbox id among the newest; "" when there is none."""
        answer = await _called(
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


class _GoneError(Exception):
    """The message to bring up to date is not there any more."""


async def _called(
    call: Coroutine[Any, Any, AsyncSlackResponse], *, gone: frozenset[str] = frozenset()
) -> AsyncSlackResponse:
    """Slack's answer; what it refuses becomes Unsendable or TryLater."""
    try:
        return await call
    except SlackApiError as refused:
        error, after = _said(refused)
        if error in gone:
            raise _GoneError from refused
        if error in NEVER:
            raise Unsendable(f"Slack says {error}.") from refused
        if getattr(refused.response, "status_code", 200) >= IN_TROUBLE:
            raise Down(f"Slack says {error}.", after) from refused
        raise TryLater(f"Slack says {error}.", UNTIL_MENDED if error in APP else after) from refused
    except (TimeoutError, aiohttp.ClientError, OSError) as broken:
        raise Down(f"Slack was not reached: {type(broken).__name__}.") from broken


def _said(refused: SlackApiError) -> tuple[str, timedelta | None]:
    """Slack's word for what went wrong, and how long it asks to wait. In trouble it may answer with no JSON at all."""
    response = refused.response
    data = getattr(response, "data", response)
    error = data.get("error") if isinstance(data, dict) else None
    seconds = str((getattr(response, "headers", None) or {}).get("Retry-After", ""))
    wait = timedelta(seconds=int(seconds)) if seconds.isdigit() else None
    return str(error or f"status {getattr(response, 'status_code', 'unknown')}"), wait
