"""What works through rows beside the clicks: woken by a commit or the clock, one at a time in a process."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod

log = logging.getLogger("civility.worker")


class Worker(ABC):
    """Several processes may have one each: rows are claimed, not shared."""

    idle: str
    """What is not done while it fails, for the log."""

    def __init__(self) -> None:
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
