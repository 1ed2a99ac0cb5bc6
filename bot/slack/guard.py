"""In front of bolt: what Slack did not sign, or can't have sent, is refused before anything is read.

Bolt's own check answers a malformed timestamp with 500 and a traceback, and knows no clock but the computer's
(measured); the signature is still checked by Slack's own library.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from aiohttp import web
from slack_sdk.signature import Clock, SignatureVerifier

LARGEST = 1024 * 1024
_TIMESTAMP = re.compile(r"\d{1,11}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_TYPES = frozenset({"application/json", "application/x-www-form-urlencoded"})


class Guard:
    """Believes what was signed with the app's secret within the last five minutes."""

    def __init__(self, signing_secret: str, now: Callable[[], datetime]) -> None:
        """Without a secret (Socket Mode) nothing that comes by HTTP is believed."""
        self._verifier = SignatureVerifier(signing_secret, clock=_Clock(now)) if signing_secret else None

    async def refusal(self, request: web.Request) -> web.Response | None:
        """The answer to a request that is not Slack's, or None."""
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if self._verifier is None or not _TIMESTAMP.fullmatch(stamp) or not _SIGNATURE.fullmatch(signature):
            return _not_slack()
        if (request.content_length or 0) > LARGEST:
            return web.Response(status=413, text="Too large.\n")
        body = await request.read()
        try:
            body.decode()
        except UnicodeDecodeError:
            return web.Response(status=400, text="Send UTF-8.\n")
        if not self._verifier.is_valid(body, stamp, signature):
            return _not_slack()
        if request.content_type not in _TYPES:
            return web.Response(status=400, text="Send what Slack sends.\n")
        return None


class _Clock(Clock):
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def now(self) -> float:
        return self._now().timestamp()


def _not_slack() -> web.Response:
    return web.Response(status=401, text="This was not signed by Slack.\n")
