"""The key store: a small SQLite file of its own, outside the database, that holds the data keys.

One data key per person, per case and per council, each wrapped by the main key. Because the file is kept and
backed up apart from the database, and briefly, erasing a key erases what it sealed in every backup too (R45).
The same file holds the anchors of the log: the last line seen, so that a cut-off tail is found (R38).
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import uuid_utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import KeyProblem
from storage.mainkey import KEY_BYTES, MainKeys
from storage.sqlite_file import WAIT_SECONDS, settle

BATCH = 128
_CACHED = 20_000
_CANARY = b"civility"
_TABLES = """
CREATE TABLE IF NOT EXISTS data_key (id TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS anchor (council_id TEXT NOT NULL, day TEXT NOT NULL, seq INTEGER NOT NULL,
    hash TEXT NOT NULL, PRIMARY KEY (council_id, day)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last line of a council's log as it was seen on a day."""

    day: str
    seq: int
    hash: str


class KeyStore:
    """Data keys by id. Safe for several threads, and for several processes that share the file."""

    def __init__(self, path: Path, main: MainKeys, batch: int = BATCH) -> None:
        self.path = path
        self._main, self._batch = main, batch
        self._lock = threading.RLock()
        self._ahead: list[str] = []
        self._ciphers: dict[str, AESGCM | None] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self._db = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        self._settle_file()
        self._version = self._data_version()

    # --- keys ----------------------------------------------------------------------------------

    def take(self) -> str:
        """The id of a new key that nobody else is given; already durable, so a report waits for no disk here.

        Keys are made in batches. What is left of a batch when the process ends is never used.
        """
        with self._lock:
            if not self._ahead:
                self._make_ahead()
            return self._ahead.pop()

    def cipher(self, key_id: str) -> AESGCM | None:
        """The key ready for use, or None when it was forgotten."""
        with self._lock:
            try:
                return self._ciphers[key_id]
            except KeyError:
                secret = self._secret(key_id)
            if len(self._ciphers) >= _CACHED:
                self._ciphers.clear()
            found = self._ciphers[key_id] = AESGCM(secret) if secret is not None else None
            return found

    def holds(self, key_id: str) -> bool:
        """Whether this key is here and opens."""
        return self.cipher(key_id) is not None

    def derive(self, key_id: str, purpose: str) -> bytes:
        """A 32-byte secret for one purpose, made from a data key by HKDF; it survives a change of the main key."""
        with self._lock:
            secret = self._secret(key_id)
        if secret is None:
            raise KeyProblem(_NOT_HERE)
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(secret)

    def forget(self, key_id: str) -> None:
        """Erase a key for real: overwritten in the file, and the write-ahead log emptied (R45)."""
        with self._lock:
            self._ciphers[key_id] = None
            self._db.execute("DELETE FROM data_key WHERE id = ?", (key_id,))
            busy = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise KeyProblem("The key store was busy and the key could not be wiped from disk. Try again.")

    def rewrap(self) -> int:
        """Wrap every key under the current main key, so that the old one can be thrown away; returns how many."""
        with self._lock, self._writing():
            rows = self._db.execute("SELECT id, wrapped FROM data_key").fetchall()
            for key_id, wrapped in rows:
                secret = self._opened(key_id, wrapped)
                self._db.execute(
                    "UPDATE data_key SET wrapped = ? WHERE id = ?",
                    (self._main.wrap(secret, key_id.encode()), key_id),
                )
            self._db.execute("UPDATE mark SET value = ? WHERE name = 'canary'", (self._canary(),))
        with self._lock:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return len(rows)

    def refresh(self) -> None:
        """Drop what is remembered when another process changed the file: a key forgotten there is gone here."""
        with self._lock:
            version = self._data_version()
            if version != self._version:
                self._version = version
                self._ciphers.clear()

    def close(self) -> None:
        """Close the file; nothing is lost."""
        with self._lock:
            self._db.close()

    # --- anchors of the log --------------------------------------------------------------------

    def set_anchors(self, heads: Mapping[str, tuple[int, str]], day: date) -> None:
        """Remember each council's last log line. One anchor a day stays, so a later one hides no earlier one."""
        with self._lock, self._writing():
            self._db.executemany(
                "INSERT INTO anchor VALUES (?, ?, ?, ?) ON CONFLICT (council_id, day) DO UPDATE"
                " SET seq = excluded.seq, hash = excluded.hash WHERE excluded.seq > anchor.seq",
                [(council, day.isoformat(), seq, hash_) for council, (seq, hash_) in heads.items()],
            )

    def anchors(self, council_id: str) -> tuple[Anchor, ...]:
        """The anchors of a council's log, the earliest line first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT day, seq, hash FROM anchor WHERE council_id = ? ORDER BY seq", (council_id,)
            ).fetchall()
        return tuple(Anchor(*row) for row in rows)

    # --- parts ---------------------------------------------------------------------------------

    def _settle_file(self) -> None:
        settle(self._db)
        with self._writing():
            for statement in _TABLES.split(";"):
                self._db.execute(statement)
            row = self._db.execute("SELECT value FROM mark WHERE name = 'canary'").fetchone()
            if row is None:
                self._db.execute("INSERT INTO mark VALUES ('canary', ?)", (self._canary(),))
        if row is not None and self._main.unwrap(row[0], _CANARY) is None:
            self._db.close()
            raise KeyProblem(_WRONG_KEY)

    def _canary(self) -> bytes:
        return self._main.wrap(_CANARY, _CANARY)

    def _make_ahead(self) -> None:
        made: dict[str, bytes] = {
            str(uuid_utils.uuid7()): AESGCM.generate_key(KEY_BYTES * 8) for _ in range(self._batch)
        }
        with self._writing():
            self._db.executemany(
                "INSERT INTO data_key VALUES (?, ?)",
                [(key_id, self._main.wrap(secret, key_id.encode())) for key_id, secret in made.items()],
            )
        self._ciphers.update((key_id, AESGCM(secret)) for key_id, secret in made.items())
        self._ahead.extend(reversed(made))

    def _secret(self, key_id: str) -> bytes | None:
        row = self._db.execute("SELECT wrapped FROM data_key WHERE id = ?", (key_id,)).fetchone()
        return None if row is None else self._opened(key_id, row[0])

    def _opened(self, key_id: str, wrapped: bytes) -> bytes:
        secret = self._main.unwrap(wrapped, key_id.encode())
        if secret is None:
            raise KeyProblem(_WRONG_KEY)
        return secret

    def _data_version(self) -> Any:
        return self._db.execute("PRAGMA data_version").fetchone()[0]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


_WRONG_KEY = (
    "CIVILITY_KEY does not open the key store beside this database. Use the key it was made with, or put that "
    "key after a comma behind the new one."
)
_NOT_HERE = (
    "The key store does not hold this council's key. Put back the key store (the file ending in .keys) that "
    "belongs to this database."
)
