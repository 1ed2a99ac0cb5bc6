"""Civility in Microsoft's own playground on this computer, with no tenant at all.

The playground opens a dialog from a message extension, but not from a button of a card. So such a button sends a
message here, and what the dialog would show stands in the conversation. Only with TEAMS_PLAYGROUND=1, and only on
loopback: in Teams itself nothing that may name a person is posted (R41).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from bot.teams.connector import Connector
from bot.teams.door import TeamsDoor
from bot.teams.problems import ServiceError
from bot.teams.requests import part

Json = dict[str, Any]


class PlaygroundDoor(TeamsDoor):
    """The door, with dialogs in the conversation."""

    async def message(self, activity: Mapping[str, Any]) -> None:
        """A typed command, or a button or a page of a form that stands in the conversation."""
        value = part(activity, "value")
        shown = await self._submitted({**activity, "value": {"data": value}}) if value else None
        if shown is None:
            await super().message(activity)
            return
        user, talk = self._where(activity)
        await self._say(activity, talk, user, shown["task"]["value"]["card"]["content"])

    async def invoked(self, activity: Mapping[str, Any]) -> Json | None:
        """What waits for its answer."""
        answer = await super().invoked(activity)
        return without_dialogs(answer) if answer else answer


class PlaygroundConnector(Connector):
    """The calls, with cards whose buttons open no dialog."""

    async def send(
        self, service: str, conversation: str, activity: Json, *, reply_to: str = "", only: bool = False
    ) -> str:
        """Post a message; its id."""
        shown = without_dialogs(activity)
        return await super().send(service, conversation, shown, reply_to=reply_to, only=only)

    async def update(self, service: str, conversation: str, message_id: str, activity: Json) -> None:
        """Show something else in the place of a message."""
        await super().update(service, conversation, message_id, without_dialogs(activity))

    async def member(self, service: str, conversation: str, user: str) -> Json:
        """Somebody of a conversation: the playground looks for its own ids only, so all of them are asked for."""
        url = f"{service.rstrip('/')}/v3/conversations/{quote(conversation, safe='')}/members"
        async with self._session.get(url) as answer:
            members = await answer.json() if answer.ok else []
        for one in members:
            if user in {str(one.get(name)).lower() for name in ("aadObjectId", "objectId", "id")}:
                return dict(one)
        raise ServiceError(404, "MemberNotFoundInConversation")


def without_dialogs(made: Json) -> Json:
    """The same without the marks by which a button opens a dialog."""
    return {name: _plain(value) for name, value in made.items()}


def _plain(made: Any) -> Any:
    if isinstance(made, list):
        return [_plain(one) for one in made]
    if not isinstance(made, dict):
        return made
    opens = isinstance(made.get("msteams"), dict) and made["msteams"].get("type") == "task/fetch"
    return {name: _plain(value) for name, value in made.items() if not (opens and name == "msteams")}
