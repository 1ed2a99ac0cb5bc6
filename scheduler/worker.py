"""What works through rows beside the clicks: woken by a commit or the clock, one at a time in a process."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime

from handlers.desk import Desk
from scheduler.platform import Run
from storage.store import Store, UnitOfWork

log = logging.getLogger("civility.worker")


class Worker(ABC):
    """Several processes may have one each: rows are claimed, not shared."""

    idle: str
    """What is not done while it fails, for the log."""

    def __init__(
        self, store: Store, desk: Callable[[UnitOfWork], Desk], now: Callable[[], datetime], run: Run
    ) -> None:
        """`run` works beside the event loop, as a click does; `now` is aware UTC."""
        self._store, self._desk, self._now, self._run = store, desk, now, run
        self._wake = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()

    def wake(self) -> None:
        """New work was committed, or time has passed. Call it on the event loop's thread."""
        self._wake.set()

    async def forever(self) -> None:
        """Work whenever woken. A failure of the loop itself is logged and the loop goes on."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self.work()
            except asyncio.CancelledError:
                raise
            except Exception:
                log.exception("%s; it goes on at the next tick", self.idle)

    @abstractmethod
    async def work(self) -> object:
        """Do everything that is due now."""
