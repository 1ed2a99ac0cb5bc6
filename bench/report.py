"""A committed report against a bare durable one-row commit on the same database, in turns.

The aim is for the report as it is sent: the last page of the form through the journeys' entrance, read, checked,
asked of the policy, recorded (person, case, incident, log, outbox, reminders, delivery id), committed and answered.
Beside it stands how much of that is writing the records, which has no aim of its own.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.engine import make_url

from bench.council import REPORT, Measured, measured
from bench.figures import Figure, at_most, plain
from storage.records import Recipient
from storage.sqlite_file import settle

AIM = 3.0
WHO = "Priya Shah"


def run(name: str, database_url: str, rounds: int) -> list[Figure]:
    """The median of each, and how many times dearer a report is."""
    bare: list[float] = []
    records: list[float] = []
    whole: list[float] = []
    with measured(database_url) as council, bare_commit(council.civility.settings.url) as commit:
        for _ in range(rounds // 10 + 2):  # statements, keys and pages that only the first ones pay for
            commit()
            _records(council)
            council.report(WHO, council.last_page(WHO))
        for _ in range(rounds):
            sent = council.last_page(WHO)
            bare.append(timed(commit))
            records.append(timed(lambda: _records(council)))
            whole.append(timed(lambda sent=sent: council.report(WHO, sent)))  # type: ignore[misc]
    one, kept, click = (statistics.median(times) for times in (bare, records, whole))
    return [
        plain(f"{name}: a bare durable commit of one row, median", one * 1000, "ms"),
        plain(f"{name}: a committed report, median", click * 1000, "ms"),
        plain(f"{name}: of that, its records written and committed, median", kept * 1000, "ms"),
        at_most(f"{name}: a committed report against a bare commit", click / one, "times", AIM),
        plain(f"{name}: its records alone against a bare commit", kept / one, "times"),
    ]


def _records(council: Measured) -> None:
    """What a report of a threat leaves behind, written and committed."""
    who = council.staff[WHO]
    with council.civility.store.write(council.council_id) as uow:
        person = uow.people.add(
            name="Alex Marsden",
            contact="alex.marsden@example.com, 01632 960123",
            description="",
            identified=True,
            colleague_id=None,
        )
        case = uow.cases.open(person.id, urgent=True)
        uow.incidents.add(
            case_id=case.id,
            reporter_id=who,
            target_ids=(),
            channel="in_person_office",
            category="aggressive_or_abusive",
            examples=("A2",),
            actions_taken=(),
            happened_on=uow.now().date(),
            happened_at=None,
            warning="not_given",
            no_warning_reason="physical_threat",
            offence="unsure",
            injury="none",
            place="front desk",
            what_happened=str(REPORT["what_happened"]),
            warning_words="",
            no_warning_words="",
            offence_words="A threat of violence.",
            adjustments="",
            characteristic="",
        )
        uow.log.append(who, "incident.reported", "case", case.id)
        for recipient in (*list(council.staff.values())[:4], ""):
            to = Recipient("colleague", recipient) if recipient else Recipient("channel", "governance")
            uow.outbox.add(to, "case.card", {"case": case.id}, card_key=f"case:{case.id}")
        for kind in ("finding.awaited", "debrief"):
            uow.reminders.add(uow.now(), kind, case.id, dedup_key=f"{kind}:{case.id}")
        uow.deliveries.record(case.id, "report.received", {"case": case.id})
        uow.commit()


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@contextmanager
def bare_commit(url: str) -> Iterator[Callable[[], None]]:
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
