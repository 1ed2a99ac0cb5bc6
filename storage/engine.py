"""The connection to the database: SQLite (one writer, readers beside it) or PostgreSQL (a pool).

On SQLite every writing transaction begins with BEGIN IMMEDIATE under one lock of this process, so that writers
queue instead of failing; a reading one begins plainly, sees one snapshot and waits for nobody.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

from storage.errors import StorageError
from storage.sqlite_file import WAIT_SECONDS, settle

_compact = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
POOL = 10


class Database:
    """Where the records are. `url` is a SQLAlchemy URL or plainly `postgresql://…`, `sqlite:///file.db`."""

    def __init__(self, url: str, pool: int = POOL) -> None:
        self.url = read_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._turn = threading.Lock()
        self._mine = threading.local()
        self._kept: Connection | None = None
        if self.is_sqlite:
            Path(str(self.url.database)).parent.mkdir(parents=True, exist_ok=True)
            self.writer = _sqlite(self.url, "BEGIN IMMEDIATE")
            self.reader = _sqlite(self.url, "BEGIN", read_only=True)
        else:
            self.writer = create_engine(
                self.url, pool_size=pool, max_overflow=pool, pool_pre_ping=True, json_serializer=_compact
            )
            self.reader = self.writer.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection for one writing unit; what is not committed is rolled back.

        A second one in the same thread is refused: it would wait for the first for ever.
        """
        if getattr(self._mine, "writes", False):
            raise StorageError(
                "A unit of work is already open in this thread; finish it before opening another."
            )
        self._mine.writes = True
        try:
            with self._own_writer() if self.is_sqlite else self.writer.connect() as connection:
                yield connection
        finally:
            self._mine.writes = False

    @contextmanager
    def _own_writer(self) -> Iterator[Connection]:
        with self._turn:
            connection = self._writer_connection()
            try:
                yield connection
            finally:
                if connection.in_transaction():
                    connection.rollback()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one snapshot and changes nothing."""
        with self.reader.connect() as connection:
            yield connection

    def checkpoint(self) -> None:
        """On SQLite, empty the write-ahead log, so that what was erased is not left in it either."""
        if self.is_sqlite:
            raw = self.writer.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            finally:
                raw.close()

    def learn(self) -> None:
        """On SQLite, tell the planner how the tables are filled, in every connection from now on.

        Without it SQLite takes a council's rows for few and reads all of them to find those of one case.
        """
        if not self.is_sqlite:
            return
        with self.writing() as connection:
            connection.exec_driver_sql("PRAGMA analysis_limit = 400")
            connection.exec_driver_sql("ANALYZE")
            if connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat4'").first():
                connection.exec_driver_sql("DELETE FROM sqlite_stat4")  # samples would outlive an erasure
            connection.commit()
        self.dispose()  # a connection reads what is known when it opens

    def dispose(self) -> None:
        """Close every connection."""
        with self._turn:
            if self._kept is not None:
                self._kept.close()
                self._kept = None
        self.writer.dispose()
        self.reader.dispose()

    def _writer_connection(self) -> Connection:
        # Kept open between units: taking it from the pool would cost a tenth of a report.
        if self._kept is None or self._kept.closed or self._kept.invalidated:
            self._kept = self.writer.connect()
        return self._kept


def read_url(text: str) -> URL:
    """A database's URL, read. Raises StorageError for one that is not SQLite's or PostgreSQL's."""
    url = make_url(text)
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise StorageError("The records need a SQLite file, such as sqlite:///data/civility.db.")
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StorageError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _sqlite(url: URL, begin: str, *, read_only: bool = False) -> Engine:
    engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS}, json_serializer=_compact)

    @event.listens_for(engine, "connect")
    def _settle(connection: Any, _record: object) -> None:
        settle(connection, read_only=read_only)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.connection.driver_connection.execute(begin)  # type: ignore[union-attr]

    return engine
