"""`/notify/callback`: GOV.UK Notify tells what became of a letter. Believed only with the token agreed on.

A word about a letter we don't know, one heard before, or under another id changes nothing.
"""

from __future__ import annotations

import hmac
import json
import logging
from typing import Any

from aiohttp import web

from bot.letters.govuk_notify import moment_of
from scheduler.platform import Run
from scheduler.postbox import Postbox, Standing, posting_of
from storage.store import Store

log = logging.getLogger("civility.notify")

ADDRESS = "/notify/callback"
MOST = 64 * 1024
RETURNED = "returned-letter"


class NotifyDoor:
    """The one address."""

    def __init__(self, store: Store, postbox: Postbox, run: Run, token: str) -> None:
        self._store, self._postbox, self._run, self._token = store, postbox, run, token

    def routes(self) -> list[web.RouteDef]:
        """What the application serves; nothing without a token."""
        return [web.post(ADDRESS, self._heard)] if self._token else []

    async def _heard(self, request: web.Request) -> web.Response:
        given = request.headers.get("Authorization", "").encode()
        if not hmac.compare_digest(given, f"Bearer {self._token}".encode()):
            log.warning("a callback without the right token was refused")
            return web.Response(status=403)
        if (request.content_length or 0) > MOST:
            return web.Response(status=413)
        try:
            said = json.loads(await request.text())
        except ValueError:
            return web.Response(status=400)
        if not isinstance(said, dict):
            return web.Response(status=400)
        ours = await self._run(lambda: self._told(said))
        if not ours:
            log.warning("a callback about a letter that is not ours, or not under this id, was left alone")
        return web.Response(status=204)

    def _told(self, said: dict[str, Any]) -> bool:
        posting_id, external_id = posting_of(str(said.get("reference") or "")), said.get("id")
        status = str(said.get("status") or "")
        if external_id is None and "notification_id" in said:  # Notify's callback for letters that came back
            external_id, status = said["notification_id"], RETURNED
        council_id = self._store.posting_council(posting_id) if posting_id else None
        if council_id is None:
            return False
        return self._postbox.told(
            council_id, posting_id, str(external_id or ""), Standing(status, moment_of(said))
        )
