"""The Bot Connector: what Civility asks of Teams, by one pooled session with time-outs.

Not botbuilder's client: that never sends again, drops what its models do not know (targeted messages), and spends
most of a turn's time in one list (PLATFORMS, measured).
"""

from __future__ import annotations

from typing import Any, Final, Protocol
from urllib.parse import quote

import aiohttp

from bot.teams.problems import ServiceError, after_of, code_of

Json = dict[str, Any]
GOOD: Final = range(200, 300)
UNAUTHORISED: Final = 401


class Tokens(Protocol):
    """Whoever gives the app's own token."""

    async def token(self) -> str:
        """A token that is good now."""

    def forget(self) -> None:
        """It was not taken."""


class NoTokens:
    """Microsoft's own playground on this computer asks for none."""

    async def token(self) -> str:
        """Nothing."""
        return ""

    def forget(self) -> None:
        """Nothing to forget."""


class Connector:
    """The REST calls. Each raises ServiceError for a refusal, or what aiohttp raises when nobody answers."""

    def __init__(self, session: aiohttp.ClientSession, tokens: Tokens) -> None:
        self._session, self._tokens = session, tokens

    async def send(
        self, service: str, conversation: str, activity: Json, *, reply_to: str = "", only: bool = False
    ) -> str:
        """Post a message; its id. `reply_to`: into that message's thread. `only`: shown to its recipient alone."""
        path = f"v3/conversations/{_part(conversation)}/activities"
        path += f"/{_part(reply_to)}" if reply_to else ""
        path += "?isTargetedActivity=true" if only else ""
        return str((await self._call("POST", service, path, activity)).get("id") or "")

    async def update(self, service: str, conversation: str, message_id: str, activity: Json) -> None:
        """Show something else in the place of a message."""
        path = f"v3/conversations/{_part(conversation)}/activities/{_part(message_id)}"
        await self._call("PUT", service, path, {**activity, "id": message_id})

    async def open_personal(self, service: str, app_id: str, tenant: str, user: str) -> str:
        """The id of a colleague's own conversation with the app; it must be installed for them."""
        body = {
            "isGroup": False,
            "bot": {"id": f"28:{app_id}"},
            "members": [{"id": user}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        return str((await self._call("POST", service, "v3/conversations", body)).get("id") or "")

    async def member(self, service: str, conversation: str, user: str) -> Json:
        """Somebody of a conversation as Teams' roster has them; `user` is Teams' own id or an Entra object id."""
        return await self._call(
            "GET", service, f"v3/conversations/{_part(conversation)}/members/{_part(user)}"
        )

    async def reaches(self, service: str, conversation: str) -> None:
        """Ask for something that only who is in the conversation is told."""
        path = f"v3/conversations/{_part(conversation)}/pagedmembers?pageSize=50"
        await self._call("GET", service, path)

    async def _call(self, method: str, service: str, path: str, body: Json | None = None) -> Json:
        token = await self._tokens.token()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = f"{service.rstrip('/')}/{path}"
        async with self._session.request(method, url, json=body, headers=headers) as answer:
            found = await _json(answer)
            if answer.status not in GOOD:
                if answer.status == UNAUTHORISED:
                    self._tokens.forget()
                raise ServiceError(answer.status, code_of(found), after_of(answer.headers))
            return found if isinstance(found, dict) else {}


async def _json(answer: aiohttp.ClientResponse) -> object:
    try:
        return await answer.json(content_type=None)
    except ValueError:
        return None


def _part(given: str) -> str:
    return quote(given, safe="")
