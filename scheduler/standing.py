"""Looks each minute whether a council's digest or review of the log is due; the records know what was sent."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from handlers.desk import Desk
from handlers.standing import send_due
from storage.store import Store, UnitOfWork

log = logging.getLogger("civility.clock")

AGAIN = timedelta(hours=1)
"""A setting may have changed meanwhile, or the council has chosen its channel."""


class Standing:
    """One process's look. Several may look at once: each message is queued once, ever."""

    def __init__(self, store: Store, desk: Callable[[UnitOfWork], Desk], now: Callable[[], datetime]) -> None:
        self._store, self._desk, self._now = store, desk, now
        self._next: dict[str, datetime] = {}

    def look(self) -> int:
        """Queue what is due; the number of councils looked at."""
        looked = 0
        for council in self._store.councils():
            now = self._now()
            if now < self._next.get(council.id, now):
                continue
            self._next[council.id] = now + AGAIN
            try:
                with self._store.write(council.id) as uow:
                    following = send_due(self._desk(uow))
                    uow.commit()
            except Exception:
                log.exception(
                    "what comes round for council %s was not sent; it is tried in an hour", council.id
                )
                continue
            self._next[council.id] = min(following, now + AGAIN)
            looked += 1
        return looked
