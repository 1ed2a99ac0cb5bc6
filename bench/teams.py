"""A message in Teams, from its arrival to the reply at the Bot Connector, against a stock botbuilder bot, in turns."""

from __future__ import annotations

import asyncio
import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from bench.figures import Figure, at_least, plain
from bench.teams_servers import APP, DANA, TENANT

AIM = 8.0
AT_ONCE = 8
PROGRAMS = ("civility", "stock")
TURNS = 3
ISSUER = "https://api.botframework.com"
BOT = {"id": f"28:{APP}", "name": "Civility"}


def run(messages: int) -> list[Figure]:
    """Round trips a second of both. `messages`: how many each program gets."""
    return asyncio.run(_run(messages))


@dataclass
class Tenant:
    """What the programs call: keys, tokens, a roster, and conversations that take every reply."""

    url: str = ""
    waiting: dict[str, asyncio.Future[None]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def token(self) -> str:
        """What Teams sends with every message."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": APP,
            "nbf": now - 60,
            "exp": now + 3600,
            "serviceurl": f"{self.url}/uk/",
        }
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "bench"})

    async def openid(self, _: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def keys(self, _: web.Request) -> web.Response:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return web.json_response({"keys": [{**public, "kid": "bench", "endorsements": ["msteams"]}]})

    async def entra(self, _: web.Request) -> web.Response:
        return web.json_response({"access_token": "token", "expires_in": 3599})

    async def member(self, _: web.Request) -> web.Response:
        return web.json_response(
            {
                "id": "29:dana",
                "aadObjectId": DANA,
                "name": "Dana Okoro",
                "tenantId": TENANT,
                "userRole": "user",
            }
        )

    async def reply(self, request: web.Request) -> web.Response:
        await request.read()
        waiting = self.waiting.pop(request.match_info["id"], None)
        if waiting is not None:
            waiting.set_result(None)
        return web.json_response({"id": "1"}, status=201)


async def _run(messages: int) -> list[Figure]:
    async with (
        _tenant() as tenant,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session,
    ):
        with ExitStack() as stack:
            doors = {
                name: await asyncio.to_thread(stack.enter_context, _program(name, tenant.url))
                for name in PROGRAMS
            }
            rates: dict[str, list[float]] = {name: [] for name in PROGRAMS}
            for door in doors.values():
                await _round_trips(session, tenant, door, AT_ONCE)
            for _ in range(TURNS):
                for name, door in doors.items():
                    rates[name].append(
                        await _round_trips(session, tenant, door, max(messages // TURNS, AT_ONCE))
                    )
    half = {name: statistics.median(one) for name, one in rates.items()}
    what = f"Teams message to reply, {AT_ONCE} connections"
    return [
        plain(f"{what}: tokens checked", half["civility"], "a second"),
        plain(f"{what}: stock botbuilder, no checks", half["stock"], "a second"),
        at_least(f"{what}: against stock", half["civility"] / half["stock"], "times", AIM),
    ]


async def _round_trips(session: aiohttp.ClientSession, tenant: Tenant, door: str, messages: int) -> float:
    """Messages answered a second."""
    headers = {"Authorization": f"Bearer {tenant.token()}"}

    async def one_after_another(number: int) -> None:
        for _ in range(messages // AT_ONCE):
            id = f"{number}-{next(tenant.numbers)}"
            arrived = tenant.waiting[id] = asyncio.get_running_loop().create_future()
            async with session.post(door, json=_message(tenant, id), headers=headers) as answer:
                if answer.status not in (200, 201, 202):
                    raise RuntimeError(f"The message was not taken: {answer.status} {await answer.text()}")
            await asyncio.wait_for(arrived, 30)

    begun = time.perf_counter()
    await asyncio.gather(*(one_after_another(number) for number in range(AT_ONCE)))
    return messages // AT_ONCE * AT_ONCE / (time.perf_counter() - begun)


def _message(tenant: Tenant, id: str) -> dict[str, Any]:
    return {
        "type": "message",
        "id": id,
        "timestamp": datetime.now(UTC).isoformat(),
        "channelId": "msteams",
        "serviceUrl": f"{tenant.url}/uk/",
        "from": {"id": "29:dana", "aadObjectId": DANA, "name": "Dana"},
        "recipient": BOT,
        "conversation": {"id": "a:dana", "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "text": "report",
    }


@asynccontextmanager
async def _tenant() -> AsyncIterator[Tenant]:
    tenant, app = Tenant(), web.Application(client_max_size=1024 * 1024)
    app.add_routes(
        [
            web.get("/openid", tenant.openid),
            web.get("/keys", tenant.keys),
            web.post("/{tenant}/oauth2/v2.0/token", tenant.entra),
            web.get("/uk/v3/conversations/{talk}/members/{user}", tenant.member),
            web.post("/uk/v3/conversations/{talk}/activities/{id}", tenant.reply),
        ]
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    tenant.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield tenant
    finally:
        await runner.cleanup()


@contextmanager
def _program(name: str, url: str) -> Iterator[str]:
    """One of the programs, in a process of its own; the address of its door."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.teams_servers", name, url]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=None, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        if not said.isdigit():
            process.communicate()
            raise RuntimeError(f"{name} did not start: {said}")
        try:
            yield f"http://127.0.0.1:{said}/api/messages"
        finally:
            process.communicate("")
