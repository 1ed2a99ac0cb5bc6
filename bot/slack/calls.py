"""Calling Slack's Web API: what it refuses becomes what the sender understands."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from scheduler.platform import Down, TryLater, Unsendable

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


class GoneError(Exception):
    """The message or file is not there any more."""


async def called(
    call: Coroutine[Any, Any, AsyncSlackResponse],
    *,
    gone: frozenset[str] = frozenset(),
    never: frozenset[str] = NEVER,
) -> AsyncSlackResponse:
    """Slack's answer; what it refuses becomes Unsendable (`never`), GoneError (`gone`) or TryLater."""
    try:
        return await call
    except SlackApiError as refused:
        error, after = _said(refused)
        if error in gone:
            raise GoneError from refused
        if error in never:
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
