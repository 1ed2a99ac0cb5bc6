"""The program as a process: from start to ready, what it holds in memory, and many colleagues at once."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil

from bench.council import measured
from bench.figures import Figure, at_most, plain
from handlers.chat import Command

AIM_START = 2.0
PEOPLE_AT_ONCE = 20
NOT_OURS = ("DATABASE_URL", "CIVILITY_KEY", "CIVILITY_CONFIG", "PYTHONDONTWRITEBYTECODE")


def run(clicks: int, starts: int) -> list[Figure]:
    """Cold start on nothing, start again on records, idle memory, and look-ups by twenty colleagues at once.

    The first start of an installation is a figure of its own: Python compiles every module in it, once.
    """
    cold: list[float] = []
    again: list[float] = []
    memory: list[float] = []
    with tempfile.TemporaryDirectory(prefix="civility-bench-") as folder:
        with _started(folder, "first") as (first, _):
            pass
        for n in range(starts):
            with _started(folder, f"records-{n}") as (taken, _):
                cold.append(taken)
            with _started(folder, f"records-{n}") as (taken, process):
                again.append(taken)
                memory.append(psutil.Process(process.pid).memory_info().rss / 1024 / 1024)
    return [
        at_most("first start after installing, modules not compiled", first, "s", AIM_START),
        at_most("cold start on an empty folder, modules compiled", statistics.median(cold), "s", AIM_START),
        at_most("start again with records, modules compiled", statistics.median(again), "s", AIM_START),
        plain("idle memory", statistics.median(memory), "MiB"),
        plain(
            f"look-ups of one's reports, {PEOPLE_AT_ONCE} colleagues at once",
            _clicks_a_second(clicks),
            "a second",
        ),
    ]


@contextmanager
def _started(folder: str, records: str) -> Iterator[tuple[float, subprocess.Popen[str]]]:
    """Start `civility run` on the records in a sub-folder; the seconds until /readyz says so."""
    environment = {
        **{name: value for name, value in os.environ.items() if name not in NOT_OURS},
        "PYTHONPYCACHEPREFIX": str(Path(folder, "compiled")),
        "CIVILITY_DATA": str(Path(folder, records)),
        "PORT": "0",
    }
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
        cwd=Path(__file__).parent.parent,
    )
    try:
        yield _ready(process, begun), process
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout:
            process.stdout.close()


def _ready(process: subprocess.Popen[str], begun: float) -> float:
    for line in process.stdout or ():
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found:
            with urllib.request.urlopen(found[0] + "/readyz", timeout=10) as answer:
                if answer.status == 200:
                    return time.perf_counter() - begun
    raise RuntimeError("Civility did not start.")


def _clicks_a_second(clicks: int) -> float:
    with measured() as council, ThreadPoolExecutor(PEOPLE_AT_ONCE) as people:
        names = tuple(council.staff)
        begun = time.perf_counter()
        for _ in people.map(lambda n: council.ask(names[n % len(names)], Command("mine")), range(clicks)):
            pass
        return clicks / (time.perf_counter() - begun)
