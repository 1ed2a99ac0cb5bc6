"""A committed report against a bare durable one-row commit on the same database, in turns."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.engine import make_url

from bench.council import measured
from bench.figures import Figure, at_most, plain
from storage.sqlite_file import settle

AIM = 3.0
WHO = "Priya Shah"


def run(name: str, database_url: str, rounds: int) -> list[Figure]:
    """The median of each, and how many times dearer a report is."""
    bare: list[float] = []
    whole: list[float] = []
    with measured(database_url) as council, _bare_commit(council.civility.settings.url) as commit:
        for _ in range(rounds // 10 + 2):  # statements, keys and pages that only the first ones pay for
            commit()
            council.report(WHO, council.last_page(WHO))
        for _ in range(rounds):
            sent = council.last_page(WHO)
            bare.append(_timed(commit))
            whole.append(_timed(lambda sent=sent: council.report(WHO, sent)))  # type: ignore[misc]
    one, report = statistics.median(bare), statistics.median(whole)
    return [
        plain(f"{name}: a bare durable commit of one row, median", one * 1000, "ms"),
        plain(f"{name}: a committed report, median", report * 1000, "ms"),
        at_most(f"{name}: a report against a bare commit", report / one, "times", AIM),
    ]


def _timed(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@contextmanager
def _bare_commit(url: str) -> Iterator[Callable[[], None]]:
    """A function that commits one row durably with nothing but the driver, set up as the records are."""
    make = "CREATE TABLE IF NOT EXISTS bench_row (id BIGINT PRIMARY KEY, words TEXT NOT NULL)"
    numbers = iter(range(10**9))
    if make_url(url).get_backend_name() == "sqlite":
        connection = sqlite3.connect(str(make_url(url).database), timeout=30)
        settle(connection)
        connection.execute(make)

        def commit() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO bench_row VALUES (?, ?)", (next(numbers), "one row"))
            connection.execute("COMMIT")

        try:
            yield commit
        finally:
            connection.close()
        return
    with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(False)) as server:
        server.execute(make)
        server.commit()

        def commit_there() -> None:
            server.execute("INSERT INTO bench_row VALUES (%s, %s)", (next(numbers), "one row"))
            server.commit()

        yield commit_there
