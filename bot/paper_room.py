"""Where files of letters are made and fetched: the maker, the address `/files/…`, wired into the program."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from aiohttp import web

from bot.files_door import FilesDoor
from bot.letters.maker import make
from bot.report.files import render
from handlers.desk import Desk
from scheduler.paper import Paper
from scheduler.platform import Run
from storage.store import Store, UnitOfWork


class PaperRoom:
    """Everything about letters that touches the outside."""

    def __init__(
        self,
        store: Store,
        desk: Callable[[UnitOfWork], Desk],
        now: Callable[[], datetime],
        run: Run,
    ) -> None:
        self.paper = Paper(store, desk, now, run, make)
        self._files = FilesDoor(store, desk, run, render)

    def routes(self) -> list[web.RouteDef]:
        """What the application serves."""
        return self._files.routes()

    def wake(self) -> None:
        """Something was committed, or time has passed. Call it on the event loop's thread."""
        self.paper.wake()

    def start(self) -> Callable[[], asyncio.Future[object]]:
        """Work until the returned function is called and awaited."""
        work = asyncio.gather(self.paper.forever())

        async def stop() -> None:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work

        return lambda: asyncio.ensure_future(stop())

    async def work(self) -> None:
        """Do all that is due now."""
        await self.paper.work()
