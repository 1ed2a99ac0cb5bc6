"""On PostgreSQL: hearing at once that another process has queued something, instead of looking every few seconds."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

import psycopg
from sqlalchemy.engine import URL

log = logging.getLogger("civility.storage")

CHANNEL = "civility_outbox"
NOTIFY = f"NOTIFY {CHANNEL}"
LOOK_UP = 0.2
"""Seconds after which the listener looks whether it is to end."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0


class Listener:
    """A thread with a connection of its own. What it missed while it was away the next tick finds."""

    def __init__(self, url: URL, heard: Callable[[], object]) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._heard, self._ended, self.listening = heard, threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="listen", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End it and wait for its end."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        wait = FIRST_WAIT
        while not self._ended.is_set():
            try:
                with psycopg.connect(self._address, autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self.listening.set()
                    wait = FIRST_WAIT
                    self._tell()  # what was queued before
                    self._listen(connection)
            except psycopg.Error as broken:
                self.listening.clear()
                log.warning(
                    "PostgreSQL can't be listened to (%s); looking every few seconds", type(broken).__name__
                )
                self._ended.wait(wait)
                wait = min(wait * 2, LONGEST_WAIT)

    def _listen(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        while not self._ended.is_set():
            for _ in connection.notifies(timeout=LOOK_UP, stop_after=1):
                self._tell()

    def _tell(self) -> None:
        with suppress(RuntimeError):  # the program is ending: its loop is closed
            self._heard()
