"""What the tests of the storage room stand on: a clock, a store with two councils, and threads that start together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, MetaData, create_engine, select, text

from storage.keystore import KeyStore
from storage.mainkey import MainKeys
from storage.models import METADATA
from storage.store import Store

T = TypeVar("T")

START = datetime(2026, 10, 14, 9, 0, 0, 123456, tzinfo=UTC)
MAIN_KEY = "c3RvcmFnZS10ZXN0cy1tYWluLWtleS0zMi1ieXRlcyE="
WAIT = 20.0
"""Seconds until a thread that should have come by now is a failed test."""


class Clock:
    """The time of a test; it moves when the test says so."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **much: float) -> datetime:
        """Let time pass: `days=1`, `minutes=5`; returns the new instant."""
        self.now += timedelta(**much)
        return self.now


@dataclass
class House:
    """A migrated database with two councils, and its key store."""

    url: str
    folder: Path
    clock: Clock
    stores: list[Store] = field(default_factory=list)
    keystores: list[KeyStore] = field(default_factory=list)
    council: str = ""
    other: str = ""

    @property
    def store(self) -> Store:
        """The first store."""
        return self.stores[0]

    @property
    def keys(self) -> KeyStore:
        """The first key store."""
        return self.keystores[0]

    @property
    def is_sqlite(self) -> bool:
        """Which kind of database this is."""
        return self.url.startswith("sqlite")

    def open(self, main_key: str = MAIN_KEY, keys: str = "civility.keys") -> Store:
        """One more store on the same files, as another process would have it."""
        keystore = KeyStore(self.folder / keys, MainKeys.from_text(main_key), batch=4)
        self.keystores.append(keystore)
        self.stores.append(Store(self.url, keystore, self.clock))
        return self.stores[-1]

    def raw(self) -> Engine:
        """An engine of an intruder: straight to the tables, without the store. Dispose it."""
        return create_engine(self.url)

    def close(self) -> None:
        """Close everything that was opened."""
        for store in self.stores:
            store.dispose()
        for keystore in self.keystores:
            keystore.close()


def together(*calls: Callable[[], T]) -> list[T]:
    """Run calls at the same moment, each in a thread; their answers in order. The first error is raised."""
    barrier = threading.Barrier(len(calls), timeout=WAIT)

    def one(call: Callable[[], T]) -> T:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(WAIT) for future in [pool.submit(one, call) for call in calls]]


def meet(barrier: threading.Barrier) -> None:
    """Wait for the other threads, for `WAIT` seconds at most."""
    barrier.wait(WAIT)


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """What somebody can do who owns the database: switch the triggers off, and on again afterwards."""
    if connection.dialect.name == "postgresql":
        for verb in ("DISABLE", "ENABLE"):
            for table in ("log", "log_head"):
                connection.execute(text(f"ALTER TABLE {table} {verb} TRIGGER USER"))
            if verb == "DISABLE":
                yield
        return
    triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in triggers:
        connection.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, sql in triggers:
        connection.execute(text(sql))


def everything(engine: Engine, metadata: MetaData = METADATA) -> dict[str, Sequence[tuple[object, ...]]]:
    """Every row of every table as the database holds it, by table."""
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
        }
