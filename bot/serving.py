"""Serves the program until it is stopped: its log, its address, its one process."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from contextlib import nullcontext, suppress

from aiohttp import web

from bot.app import Civility
from bot.local.guard import check_bind
from bot.running import only_one


class CannotServe(Exception):
    """The program can't serve as it is set up; the text says what to change."""


def serve(
    civility: Civility, prepare: Callable[[], str], say: Callable[[str], None], *, allow_remote: bool = False
) -> None:
    """Prepare the records and serve until interrupted. `prepare` gives the id of the council to show."""
    settings = civility.settings
    refusal = check_bind(settings.host, allow_remote) if settings.local else None
    if refusal is not None:
        raise CannotServe(refusal.sentence)
    _log()
    alone = only_one(settings.running_file) if settings.embedded else nullcontext()
    with alone:
        app = civility.application(prepare())
        asyncio.run(_serve(app, settings.host, settings.port, say))


async def _serve(app: web.Application, host: str, port: int, say: Callable[[str], None]) -> None:
    stopped = _stop_signal()
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        try:
            site = web.TCPSite(runner, host, port)
            await site.start()
        except OSError as taken:
            raise CannotServe(
                f"Civility can't listen on {host}, port {port}: {taken.strerror or taken}. Is another program using "
                "it? Set PORT to another number."
            ) from taken
        bound = runner.addresses[0][1]
        say(f"Civility is ready: http://{_shown(host)}:{bound}  (stop it with Ctrl+C)")
        await stopped.wait()
    finally:
        await runner.cleanup()


def _stop_signal() -> asyncio.Event:
    """Set by an interrupt or a request to end. On Windows asyncio raises the interrupt by itself."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(one, stopped.set)
    return stopped


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _log() -> None:
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for noisy in ("apscheduler", "alembic", "aiohttp"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
