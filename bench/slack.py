"""`/incident` in Slack, from signed request to acknowledgement, against bare bolt and bare aiohttp, in turns."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from bench.figures import Figure, at_most, plain
from bench.slack_servers import SECRET, TEAM

AIM = 1.5
AT_ONCE = (1, 16, 64)
PROGRAMS = ("civility", "bolt", "bare")
OTHERS = {"bolt": "bare slack-bolt", "bare": "bare aiohttp"}
TURNS = 5
_number = itertools.count()


def run(commands: int) -> list[Figure]:
    """Half of all commands within, for each number of connections. `commands`: how many each program gets."""
    return asyncio.run(_run(commands))


async def _run(commands: int) -> list[Figure]:
    figures: list[Figure] = []
    async with _slack() as api, aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        with ExitStack() as stack:
            doors = {
                name: await asyncio.to_thread(stack.enter_context, program(name, api)) for name in PROGRAMS
            }
            for door in doors.values():
                await _commands(session, door, 1, 20)
            for at_once in AT_ONCE:
                times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
                for _ in range(TURNS):
                    for name, door in doors.items():
                        times[name] += await _commands(
                            session, door, at_once, max(commands // TURNS, at_once)
                        )
                figures += _figures(at_once, {name: statistics.median(one) for name, one in times.items()})
    return figures


def _figures(at_once: int, half: dict[str, float]) -> list[Figure]:
    many = connections(at_once)
    found = [plain(f"Slack /incident, {many}: p50", half["civility"] * 1000, "ms")]
    for name, words in OTHERS.items():
        ratio, what = half["civility"] / half[name], f"Slack /incident, {many}: against {words}"
        judged = name == "bolt" and at_once == 1
        found.append(at_most(what, ratio, "times", AIM) if judged else plain(what, ratio, "times"))
    return found


def connections(at_once: int) -> str:
    """As many connections, in words."""
    return "1 connection" if at_once == 1 else f"{at_once} connections"


async def _commands(session: aiohttp.ClientSession, door: str, at_once: int, commands: int) -> list[float]:
    times: list[float] = []

    async def one_after_another() -> None:
        for _ in range(commands // at_once):
            begun = time.perf_counter()
            await _command(session, door)
            times.append(time.perf_counter() - begun)

    await asyncio.gather(*(one_after_another() for _ in range(at_once)))
    return times


async def _command(session: aiohttp.ClientSession, door: str) -> None:
    body = urlencode(
        {
            "command": "/incident",
            "text": "",
            "team_id": TEAM,
            "user_id": "U0BENCH",
            "channel_id": "D0BENCH",
            "trigger_id": f"{next(_number)}.1",
            "response_url": "https://slack.example/",
        }
    ).encode()
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": str(signature),
    }
    async with session.post(door, data=body, headers=headers) as answer:
        if answer.status != 200 or await answer.read():
            raise RuntimeError(f"The command was not taken: {answer.status} {await answer.text()}")


@asynccontextmanager
async def _slack() -> AsyncIterator[str]:
    """What the programs call: it says yes to everything."""
    user = {"id": "U0BENCH", "team_id": TEAM, "profile": {"real_name": "Dana Okoro"}}
    yes = {
        "ok": True,
        "team_id": TEAM,
        "team": "Bench",
        "bot_id": "B0",
        "user_id": "U0",
        "user": user,
        "messages": [],
    }

    async def method(request: web.Request) -> web.Response:
        await request.read()
        if request.path.endswith("auth.test"):
            return web.json_response({**yes, "user": "civility"})
        return web.json_response(yes)

    app = web.Application(client_max_size=1024 * 1024)
    app.router.add_route("*", "/api/{method}", method)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()


@contextmanager
def program(name: str, api: str) -> Iterator[str]:
    """One of the programs, in a process of its own; the address of its door."""
    command = [sys.executable, "-m", "bench.slack_servers", name, api]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        if not said.isdigit():
            _, trouble = process.communicate()
            raise RuntimeError(f"{name} did not start: {said} {trouble}")
        try:
            yield f"http://127.0.0.1:{said}/slack/events"
        finally:
            process.communicate("")
