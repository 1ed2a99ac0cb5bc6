"""Serves one program of a comparison in this process: says its port, and ends when the standard input does."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.app import Civility
from bot.settings import Settings
from storage.mainkey import new_key_text


def serve(app: web.Application) -> None:
    """Serve any program."""
    asyncio.run(_serve(app))


def serve_civility(council: str, **given: Any) -> None:
    """Serve Civility with the council of this council.toml and these settings."""
    with tempfile.TemporaryDirectory(prefix="civility-bench-") as folder:
        file = Path(folder, "council.toml")
        file.write_text(council, encoding="utf-8")
        civility = Civility(
            Settings(civility_data=Path(folder), civility_config=file, civility_key=new_key_text(), **given)
        )
        try:
            serve(civility.application(civility.prepare()))
        finally:
            civility.close()


@asynccontextmanager
async def _served(app: web.Application) -> AsyncIterator[int]:
    """The program at a free port, which is the value."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def _serve(app: web.Application) -> None:
    async with _served(app) as port:
        print(port, flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
