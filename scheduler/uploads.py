"""Shows files in colleagues' own conversations and takes them away again: beside the clicks, each once.

The platform names a file before anybody sees it, and the name is written down first: what a crash left half done is
taken away before it is shown anew. No database session is open while a platform is called.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar, runtime_checkable

from handlers import uploads
from handlers.desk import Desk, Refused
from handlers.files_served import Served
from handlers.pages import Page
from scheduler.platform import Platform, Run, TryLater, Unsendable
from scheduler.worker import Worker
from storage.records_files import Upload
from storage.store import Store, UnitOfWork

log = logging.getLogger("civility.uploads")

BATCH = 10
LEASE = timedelta(minutes=2)
PATIENCE = timedelta(seconds=60)
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)

T = TypeVar("T")


@runtime_checkable
class HasFiles(Protocol):
    """A platform where a colleague's own conversation can hold a file."""

    def direct(self, workspace: str, external_id: str, /) -> str:
        """The platform's address of one account's own conversation."""

    async def upload(
        self, address: str, name: str, content: bytes, words: str, begun: Callable[[str], Awaitable[None]], /
    ) -> str:
        """Show a file with these words above it; the platform's id of it, which `begun` is told before it is seen."""

    async def take_away(self, address: str, file_id: str, /) -> None:
        """Delete a file; one that is gone already is no error."""


class Uploader(Worker):
    """One process's share of it. Several may run: rows are claimed, not shared."""

    idle = "no files are sent"

    def __init__(
        self,
        store: Store,
        platforms: Mapping[str, Platform],
        desk: Callable[[UnitOfWork], Desk],
        now: Callable[[], datetime],
        run: Run,
        render: Callable[[Page, str], bytes],
    ) -> None:
        """`render` makes a page into a file of a kind."""
        super().__init__(store, desk, now, run)
        self._platforms, self._render = platforms, render

    async def work(self) -> int:
        """Show and take away everything that is due; how many rows were looked at."""
        done = 0
        async with self._one_at_a_time:
            while claimed := await self._run(lambda: self._store.claim_uploads(BATCH, LEASE)):
                for council_id, upload_id in claimed:
                    await self._one(council_id, upload_id)
                done += len(claimed)
        return done

    async def _one(self, council_id: str, upload_id: str) -> None:
        upload = await self._run(lambda: self._get(council_id, upload_id))
        if upload is None:
            return
        try:
            platform = self._door(upload.platform)
            work = self._show if upload.state == "wanted" else self._take_away
            await asyncio.wait_for(work(council_id, upload, platform), PATIENCE.total_seconds())
        except Refused as no:
            await self._kept(council_id, partial(uploads.refused, upload=upload, refusal=no))
        except Exception as failed:  # noqa: BLE001 - whatever a platform does, somebody is told in the end
            await self._again(council_id, upload, failed)

    def _door(self, name: str) -> HasFiles:
        found: object = self._platforms.get(name)
        if not isinstance(found, HasFiles):
            raise TryLater("This door is not open.")
        return found

    async def _show(self, council_id: str, upload: Upload, platform: HasFiles) -> None:
        address = platform.direct(upload.workspace, upload.account)
        if upload.file_id:
            await platform.take_away(address, upload.file_id)
        served, words = await self._run(lambda: self._served(council_id, upload))
        page, kind = served.page, served.name.rpartition(".")[2]
        content = served.content if page is None else await self._run(lambda: self._render(page, kind))

        async def begun(file_id: str) -> None:
            await self._kept(council_id, lambda desk: desk.uow.uploads.begun(upload.id, file_id))

        file_id = await platform.upload(address, served.name, content, words, begun)
        await self._kept(council_id, lambda desk: uploads.shown(desk, upload, file_id))

    async def _take_away(self, council_id: str, upload: Upload, platform: HasFiles) -> None:
        why = await self._kept(council_id, lambda desk: uploads.may_stay(desk, upload))
        if not why:
            return
        await platform.take_away(platform.direct(upload.workspace, upload.account), upload.file_id)
        await self._kept(council_id, lambda desk: uploads.removed(desk, upload, why))

    async def _again(self, council_id: str, upload: Upload, failed: Exception) -> None:
        why = str(failed) if isinstance(failed, TryLater | Unsendable) else type(failed).__name__
        log.warning(
            "file %s is not %s: %s", upload.id, "sent" if upload.state == "wanted" else "removed", why
        )
        never = isinstance(failed, Unsendable) and upload.state == "wanted"
        if never or uploads.too_late(upload, self._now()):
            await self._kept(council_id, lambda desk: uploads.given_up(desk, upload, why))
            return
        wait = min(FIRST_WAIT * 2 ** min(upload.attempts - 1, 10), LONGEST_WAIT)
        if isinstance(failed, TryLater) and failed.after is not None:
            wait = min(failed.after, LONGEST_WAIT)
        later = self._now() + wait
        await self._kept(council_id, lambda desk: desk.uow.uploads.put_off(upload.id, later, why))

    # --- the records ---------------------------------------------------------------------------

    def _get(self, council_id: str, upload_id: str) -> Upload | None:
        with self._store.read(council_id) as uow:
            return uow.uploads.get(upload_id)

    def _served(self, council_id: str, upload: Upload) -> tuple[Served, str]:
        with self._store.read(council_id) as uow:
            desk = self._desk(uow)
            return uploads.served(desk, upload), uploads.said_with(desk)

    async def _kept(self, council_id: str, change: Callable[[Desk], T]) -> T:
        return await self._run(partial(self._keep, council_id, change))

    def _keep(self, council_id: str, change: Callable[[Desk], T]) -> T:
        with self._store.write(council_id) as uow:
            answer = change(self._desk(uow))
            uow.commit()
            return answer
