"""The app's own token, by which the Bot Connector believes it: asked for once an hour, beside the event loop.

botbuilder asks for one each turn, in the event loop (PLATFORMS, measured).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import aiohttp

from bot.teams.problems import NoToken, after_of, code_of

SCOPE: Final = "https://api.botframework.com/.default"
RENEW_BEFORE: Final = timedelta(minutes=5)


class Entra:
    """Microsoft Entra, where the app proves who it is with its own secret."""

    def __init__(
        self,
        login_url: str,
        tenant: str,
        app_id: str,
        secret: str,
        session: aiohttp.ClientSession,
        now: Callable[[], datetime],
    ) -> None:
        self._url = f"{login_url.rstrip('/')}/{tenant}/oauth2/v2.0/token"
        self._form = {
            "grant_type": "client_credentials",
            "client_id": app_id,
            "client_secret": secret,
            "scope": SCOPE,
        }
        self._session, self._now = session, now
        self._token, self._good_until = "", now()
        self._lock = asyncio.Lock()

    async def token(self) -> str:
        """A token that is good for some minutes yet. Raises NoToken when Entra refuses, or what aiohttp raises."""
        if self._now() >= self._good_until:
            async with self._lock:  # one request at a time: the others wait for it and take its token
                if self._now() >= self._good_until:
                    await self._ask()
        return self._token

    def forget(self) -> None:
        """The Bot Connector did not take the token: ask for another the next time."""
        self._good_until = self._now()

    async def _ask(self) -> None:
        async with self._session.post(self._url, data=self._form) as answer:
            try:
                body = await answer.json(content_type=None)
            except ValueError:
                body = None
            if not answer.ok or not isinstance(body, dict) or not body.get("access_token"):
                raise NoToken(answer.status, code_of(body) or "no_token", after_of(answer.headers))
        seconds = str(body.get("expires_in"))
        lasts = timedelta(seconds=int(seconds)) if seconds.isdigit() else timedelta(hours=1)
        self._token = str(body["access_token"])
        self._good_until = self._now() + max(lasts - RENEW_BEFORE, lasts / 2)
