"""How a SQLite file is opened here: write-ahead log, durable commits, deleted content overwritten."""

from __future__ import annotations

import sqlite3
import time

WAIT_SECONDS = 30.0
_PAUSE = 0.01


def settle(connection: sqlite3.Connection, *, read_only: bool = False) -> None:
    """Set a fresh connection up: WAL, synchronous FULL (decisions are recorded here), foreign keys, secure_delete.

    Switching a new file to WAL needs it alone and ignores the busy time-out, so that is tried again for a while:
    six processes may start on the same new file.
    """
    connection.isolation_level = None
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
    for pragma in (
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "cache_size = -16000",
        "wal_autocheckpoint = 4000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
