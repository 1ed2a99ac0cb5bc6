"""One `run` at a time on a SQLite database; other commands work beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another `civility run` has these records open."""


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold `path` while running. Raises AlreadyRunning when another process does.

    The lock is SQLite's own on an empty file: it works on every system and ends with the process, however it ends.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    holding = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        holding.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as busy:
        holding.close()
        raise AlreadyRunning(
            f"Civility is already running on the records in {path.parent}. Open its page, or stop it first. "
            "To start another one beside it, set CIVILITY_DATA to another folder and PORT to another number."
        ) from busy
    try:
        yield
    finally:
        holding.close()
