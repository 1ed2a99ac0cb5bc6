"""`/api/messages`: reads, authenticates, hands on and answers once; botbuilder answers most of this with 500.

Teams sends an activity again when it heard nothing for 15 seconds. The same activity is answered by the one turn
that is under way, or was lately; later ones are answered from the record (the delivery id, R19).
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final, Protocol

from aiohttp import web

from bot.teams.edge import Answered, Edge
from bot.teams.problems import NotUnderstood, Unbelieved
from bot.teams.tokens import UnreachableKeysError

log = logging.getLogger("civility.teams")

LARGEST: Final = 1024 * 1024
REMEMBERED: Final = 500
_TEXTS: Final = ("type", "id", "serviceUrl", "channelId", "name", "text")


class Believes(Protocol):
    """Whoever decides what is believed."""

    async def check(self, headers: Mapping[str, str], activity: Mapping[str, Any]) -> Mapping[str, Any]:
        """The claims of whoever sent this activity. Raises Unbelieved."""


class Entrance:
    """The HTTP part of the Teams door."""

    def __init__(self, guard: Believes, edge: Edge) -> None:
        self._guard, self._edge = guard, edge
        self._turns: OrderedDict[tuple[str, ...], asyncio.Task[Answered]] = OrderedDict()

    async def handle(self, request: web.Request) -> web.Response:
        """Whatever Teams sends."""
        try:
            activity = await _read(request)
            claims = await self._guard.check(request.headers, activity)
            answered = await self._once(activity, claims)
        except Unbelieved as why:
            log.warning("a request was not believed: %s", why)
            return web.Response(status=401, text="This was not sent by Teams for this app.\n")
        except NotUnderstood:
            return web.Response(status=400, text="This is nothing Civility understands.\n")
        except UnreachableKeysError:
            return web.Response(status=503, text="Not ready yet.\n", headers={"Retry-After": "60"})
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413, text="Too large.\n")
        if answered.body is None:
            return web.Response(status=answered.status)
        return web.json_response(answered.body, status=answered.status)

    async def _once(self, activity: dict[str, Any], claims: Mapping[str, Any]) -> Answered:
        """One turn for an activity, however often it comes. A turn goes on when who asked hangs up."""
        key = (activity["conversation"]["id"], activity["from"]["id"], str(activity.get("id") or ""))
        if not key[-1]:
            return await self._edge.process(activity, claims)
        turn = self._turns.get(key)
        if turn is None or (turn.done() and (turn.cancelled() or turn.exception() is not None)):
            turn = self._turns[key] = asyncio.create_task(self._edge.process(activity, claims))
            while len(self._turns) > REMEMBERED and next(iter(self._turns.values())).done():
                self._turns.popitem(last=False)
        return await asyncio.shield(turn)


async def _read(request: web.Request) -> dict[str, Any]:
    """The activity of a request. Raises NotUnderstood for anything else."""
    if request.content_type != "application/json":
        raise NotUnderstood
    if (request.content_length or 0) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, request.content_length or 0)
    try:
        body = json.loads((await request.read()).decode(), parse_constant=_refused)
    except (ValueError, RecursionError) as bad:
        raise NotUnderstood from bad
    if not isinstance(body, dict) or not _whole(body):
        raise NotUnderstood
    return body


def _refused(_: str) -> None:
    raise ValueError


def _whole(body: Mapping[str, Any]) -> bool:
    """Whether everything Civility reads of every activity is there, and of the kind it should be."""
    if not all(isinstance(body.get(name), str | None) for name in _TEXTS):
        return False
    who, where, to = body.get("from"), body.get("conversation"), body.get("recipient")
    if not all(isinstance(one, Mapping) and isinstance(one.get("id"), str) for one in (who, where, to)):
        return False
    if not isinstance(body.get("channelData", {}), Mapping) or not isinstance(body.get("entities", []), list):
        return False
    if body.get("type") == "invoke" and not (body.get("name") and isinstance(body.get("value"), Mapping)):
        return False
    return bool(body.get("type")) and bool(body.get("serviceUrl"))
