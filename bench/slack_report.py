"""The last page of a report in Slack: from the signed request to the answer, when everything is committed.

Against bare bolt and bare aiohttp, which answer the same request and keep nothing, and against a bare durable commit.
The pages before the last are sent beforehand, by a pretended Slack that checks every view.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import statistics
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bench.council import REPORT
from bench.figures import Figure, at_most, plain
from bench.report import AIM, bare_commit, timed
from bench.slack import AT_ONCE, OTHERS, PROGRAMS, connections, program
from bench.slack_servers import SECRET, TEAM, TOKEN

if TYPE_CHECKING:
    from tests.fakes.slack import FakeSlack

TURNS = 3
STAFF = 20


def run(reports: int) -> list[Figure]:
    """Half of all reports within, for each number of connections. `reports`: how many each program gets."""
    return asyncio.run(_run(reports))


async def _run(reports: int) -> list[Figure]:
    from tests.fakes.slack import FakeSlack

    slack = FakeSlack(lambda: datetime.now(UTC), tokens={TOKEN: TEAM}, workspaces={TEAM: "Bench"})
    await slack.start()
    figures: list[Figure] = []
    with ExitStack() as stack, tempfile.TemporaryDirectory(prefix="civility-bench-") as folder:
        commit = stack.enter_context(bare_commit(f"sqlite:///{Path(folder, 'bare.db').as_posix()}"))
        doors = {
            name: await asyncio.to_thread(stack.enter_context, program(name, f"{slack.url}/api/"))
            for name in PROGRAMS
        }
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            pages = await _last_pages(slack, doors["civility"], session, 20)
            await _sent(session, doors["civility"], 1, pages)  # what only the first ones pay for
            for at_once in AT_ONCE:
                each = max(reports // TURNS, at_once)
                times: dict[str, list[float]] = {name: [] for name in (*PROGRAMS, "commit")}
                for _ in range(TURNS):
                    pages = await _last_pages(slack, doors["civility"], session, each)
                    for name, door in doors.items():
                        times[name] += await _sent(session, door, at_once, pages)
                    times["commit"] += [timed(commit) for _ in range(each)]
                figures += _figures(at_once, {name: statistics.median(one) for name, one in times.items()})
    await slack.stop()
    return figures


def _figures(at_once: int, half: dict[str, float]) -> list[Figure]:
    many = f"Slack report, {connections(at_once)}"
    dearer = half["civility"] / half["commit"]
    against = f"{many}: against a bare commit"
    return [
        plain(f"{many}: p50", half["civility"] * 1000, "ms"),
        *(
            plain(f"{many}: against {words}", half["civility"] / half[name], "times")
            for name, words in OTHERS.items()
        ),
        at_most(against, dearer, "times", AIM) if at_once == 1 else plain(against, dearer, "times"),
    ]


async def _last_pages(slack: FakeSlack, door: str, session: aiohttp.ClientSession, count: int) -> list[bytes]:
    """As many reports, filled in by the council's staff up to the last page; what Slack then sends."""
    from tests.fakes.slack_user import SlackUser

    while len(slack.users) < STAFF:
        slack.add_user(f"Nora Staff {len(slack.users)}", team=TEAM)
    pages = []
    for _, user_id in zip(range(count), itertools.cycle(slack.users), strict=False):
        who = SlackUser(slack, user_id, "Nora", door, session, TEAM)
        await who.types("/incident")
        while who.view["submit"]["text"] == "Next":
            await who.sends(ANSWERS)
        pages.append(urlencode({"payload": json.dumps(who.page(ANSWERS))}).encode())
    return pages


ANSWERS = {name: value for name, value in REPORT.items() if isinstance(value, str | tuple)}


async def _sent(session: aiohttp.ClientSession, door: str, at_once: int, pages: list[bytes]) -> list[float]:
    times: list[float] = []
    waiting = iter(pages)

    async def one_after_another() -> None:
        for body in waiting:
            begun = time.perf_counter()
            await _send(session, door, body)
            times.append(time.perf_counter() - begun)

    await asyncio.gather(*(one_after_another() for _ in range(at_once)))
    return times


async def _send(session: aiohttp.ClientSession, door: str, body: bytes) -> None:
    stamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": str(SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)),
    }
    async with session.post(door, data=body, headers=headers) as answer:
        said = await answer.text()
        if answer.status != 200 or json.loads(said or "{}").get("response_action") != "update":
            raise RuntimeError(f"The report was not taken: {answer.status} {said[:300]}")
