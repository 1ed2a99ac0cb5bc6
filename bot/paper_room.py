"""The letters' part of the program: files made, fetched (`/files/…`) or shown in chat, GOV.UK Notify if set up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from aiohttp import web

from bot.files_door import FilesDoor
from bot.letters.maker import make
from bot.letters.notify_settings import NotifySettings
from bot.report.files import render
from handlers.desk import Desk
from scheduler.paper import Paper
from scheduler.platform import Platform, Run
from scheduler.postbox import Postbox
from scheduler.uploads import Uploader
from scheduler.worker import Worker
from storage.store import Store, UnitOfWork


class PaperRoom:
    """Everything about letters that touches the outside."""

    def __init__(
        self,
        notify: NotifySettings,
        store: Store,
        desk: Callable[[UnitOfWork], Desk],
        now: Callable[[], datetime],
        run: Run,
        platforms: Mapping[str, Platform],
    ) -> None:
        """`platforms`: every door that is open; some can show a file themselves."""
        self.uploader = Uploader(store, platforms, desk, now, run, render)
        self.paper = Paper(store, desk, now, run, make)
        self._doors = FilesDoor(store, desk, run, render).routes()
        self.postbox: Postbox | None = None
        if notify.channels:
            from bot.letters.govuk_notify import GovukNotify
            from bot.notify_door import NotifyDoor

            self.postbox = Postbox(store, desk, now, run, GovukNotify(notify))
            self._doors += NotifyDoor(store, self.postbox, run, notify.callback_token).routes()

    def routes(self) -> list[web.RouteDef]:
        """What the application serves."""
        return self._doors

    def wake(self) -> None:
        """Something was committed, or time has passed. Call it on the event loop's thread."""
        for one in self._workers:
            one.wake()

    def start(self) -> Callable[[], asyncio.Future[object]]:
        """Work until the returned function is called and awaited."""
        work = asyncio.gather(*(one.forever() for one in self._workers))

        async def stop() -> None:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work

        return lambda: asyncio.ensure_future(stop())

    async def work(self) -> None:
        """Do all that is due now."""
        for one in self._workers:
            await one.work()

    @property
    def _workers(self) -> tuple[Worker, ...]:
        return (self.paper, *((self.postbox,) if self.postbox else ()), self.uploader)
