"""Waiting reminders: what a tick and a start cost beside few and many of them, and how fast due ones go out.

The baseline in the same run is APScheduler's own SQLAlchemy job store on a SQLite file.
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uuid_utils
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.engine import make_url

from bench.council import Measured, measured
from bench.figures import Figure, plain
from bench.report import timed
from bot.app import Civility
from handlers.chat import Card
from scheduler.reminders import fire_due
from scheduler.sender import Sender
from storage.records import Recipient

AHEAD = timedelta(days=300)
DUE = 500
FEW, JOBS = 1_000, 10_000


class Nowhere:
    """A platform that takes everything at once."""

    name = "local"

    async def post(self, _: str, __: Card, outbox_id: str) -> str:
        """Take it."""
        return outbox_id

    async def update(self, _: str, message_id: str, __: Card, ___: str) -> str:
        """Take it."""
        return message_id

    def direct(self, _: str, external_id: str) -> str:
        """An account."""
        return external_id

    def room(self, _: str, channel: str) -> str:
        """A channel."""
        return channel


def run(many: int, ticks: int) -> list[Figure]:
    """Ticks and starts with few and with `many` reminders waiting; then what is due goes out."""
    figures: list[Figure] = []
    for waiting in (FEW, many):
        with measured() as council:
            _fill(council, waiting)
            figures += [
                plain(
                    f"{waiting:,} reminders waiting: a tick, median",
                    _tick(council.civility, ticks) * 1000,
                    "ms",
                ),
                plain(
                    f"{waiting:,} reminders waiting: opening the records",
                    _start(council.civility) * 1000,
                    "ms",
                ),
            ]
            if waiting == many:
                figures += _due(council)
    for jobs in (FEW, min(many, JOBS)):
        words = f"APScheduler's job store, {jobs:,} jobs waiting: a tick"
        figures.append(plain(words, _job_store(jobs, ticks) * 1000, "ms"))
    return figures


def _fill(council: Measured, waiting: int) -> None:
    """So many reminders of the days ahead, as rows."""
    url = make_url(council.civility.settings.url)
    now = datetime.now(UTC)
    rows = (_row(council.council_id, now + AHEAD * ((n + 1) / waiting)) for n in range(waiting))
    names = "council_id, id, due_at, visible_at, kind, case_id, ids, dedup_key, fired_at, last_error"
    with sqlite3.connect(str(url.database)) as connection:
        connection.executemany(f"INSERT INTO reminder ({names}) VALUES (?,?,?,?,?,?,?,?,?,?)", rows)


def _row(council_id: str, due: datetime) -> tuple[object, ...]:
    at = due.replace(tzinfo=None).isoformat(" ")
    return (council_id, str(uuid_utils.uuid7()), at, at, "finding.awaited", "", "{}", None, None, "")


def _tick(civility: Civility, ticks: int) -> float:
    """Seconds in which a tick sees that nothing is due."""
    return statistics.median(timed(lambda: fire_due(civility.store, civility.desk)) for _ in range(ticks))


def _start(civility: Civility) -> float:
    """Seconds in which another process has opened the records and looked once."""
    begun = time.perf_counter()
    again = Civility(civility.settings, now=civility.now)
    again.prepare()
    fire_due(again.store, again.desk)
    taken = time.perf_counter() - begun
    again.close()
    return taken


def _due(council: Measured) -> list[Figure]:
    """Due reminders fired, and messages delivered, a second."""
    civility = council.civility
    council.report("Priya Shah", council.last_page("Priya Shah"))
    with civility.store.write(council.council_id) as uow:
        case = uow.cases.all(1)[0]
        for _ in range(DUE):
            uow.reminders.add(
                uow.now(), "debrief", case.id, {"incident": uow.incidents.of_case(case.id)[0].id}
            )
        uow.commit()
    fired = timed(lambda: fire_due(civility.store, civility.desk))
    with civility.store.write(council.council_id) as uow:
        for _ in range(DUE):
            uow.outbox.add(Recipient("channel", "governance"), "case.opened", {"case": case.id})
        uow.commit()
    begun = time.perf_counter()
    sent = asyncio.run(_deliver(civility))
    took = time.perf_counter() - begun
    return [
        plain("due reminders claimed and fired", DUE / fired, "a second"),
        plain("messages rendered, delivered and marked", sent / took, "a second"),
    ]


async def _deliver(civility: Civility) -> int:
    return await Sender(
        civility.store, {"local": Nowhere()}, civility.desk, civility.now, civility.run
    ).deliver()


def _job_store(jobs: int, ticks: int) -> float:
    """Seconds in which APScheduler's own store sees that nothing is due."""
    with tempfile.TemporaryDirectory(prefix="civility-bench-") as folder:
        store = SQLAlchemyJobStore(url=f"sqlite:///{Path(folder, 'jobs.db').as_posix()}")
        clock = BackgroundScheduler(jobstores={"default": store}, timezone="UTC")
        clock.start(paused=True)
        now = datetime.now(UTC)
        for n in range(jobs):
            clock.add_job(print, "date", run_date=now + AHEAD * (n + 1) / jobs)
        times = [timed(lambda: (store.get_due_jobs(now), store.get_next_run_time())) for _ in range(ticks)]
        clock.shutdown(wait=False)
    return statistics.median(times)
