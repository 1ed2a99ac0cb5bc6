"""Makes the files of letters: beside the clicks, each once, its bytes kept with their hash.

How a file is made is `bot/letters`' part, handed in. No database session is open while one is made.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from handlers.desk import Desk
from scheduler.platform import Run
from scheduler.worker import Worker
from storage.records import Notice
from storage.records_files import Document
from storage.store import Store, UnitOfWork

log = logging.getLogger("civility.paper")

BATCH = 5
LEASE = timedelta(minutes=2)
MOST_TRIES = 3
WAIT = timedelta(minutes=1)


class Unprintable(Exception):
    """This letter can't be made into this file, ever; the text says why in plain words."""


class Maker(Protocol):
    """What `bot/letters` fulfils."""

    def __call__(self, notice: Notice, name: str, kind: str) -> bytes:
        """The bytes of a letter to a person of this name; kind: pdf, docx, notify. Raises Unprintable."""


class Paper(Worker):
    """One process's maker of files. Several may run: documents are claimed, not shared."""

    idle = "no files are made"

    def __init__(
        self,
        store: Store,
        desk: Callable[[UnitOfWork], Desk],
        now: Callable[[], datetime],
        run: Run,
        make: Maker,
    ) -> None:
        super().__init__(store, desk, now, run)
        self._make = make

    async def work(self) -> int:
        """Make every file that is wanted now; how many."""
        done = 0
        async with self._one_at_a_time:
            while claimed := await self._run(lambda: self._store.claim_documents(BATCH, LEASE)):
                for council_id, document_id in claimed:
                    await self._run(partial(self.make, council_id, document_id))
                done += len(claimed)
        return done

    def make(self, council_id: str, document_id: str) -> None:
        """Make one file. What fails is its own trouble only: it is tried again, then set aside."""
        with self._store.read(council_id) as uow:
            found = uow.documents.get(document_id)
            notice = uow.notices.get(found.notice_id) if found else None
            case = uow.cases.get(notice.case_id) if notice else None
            person = uow.people.get(case.person_id) if case else None
        if found is None or notice is None or person is None:
            return
        try:
            if not notice.text:
                raise Unprintable("The words of this letter were erased.")
            content = self._make(notice, person.name, found.format)
        except Unprintable as never:
            self._settle(council_id, found, str(never), last=True)
        except Exception as failed:
            log.exception("the %s of letter %s could not be made", found.format, notice.id)
            # The kind of error only: its words may quote the letter.
            self._settle(council_id, found, type(failed).__name__, last=found.attempts >= MOST_TRIES)
        else:
            with self._store.write(council_id) as uow:
                if uow.documents.keep(document_id, notice.case_id, content):
                    made = uow.documents.get(document_id)
                    uow.log.append(
                        "", "file.made", "notice", notice.id, case=notice.case_id, file=found.format,
                        sha256=made.sha256 if made else "",
                    )  # fmt: skip
                uow.commit()

    def _settle(self, council_id: str, document: Document, error: str, *, last: bool) -> None:
        with self._store.write(council_id) as uow:
            if last:
                uow.documents.fail(document.id, error)
                uow.log.append("", "file.failed", "notice", document.notice_id, file=document.format)
            else:
                uow.documents.put_off(document.id, self._now() + WAIT * document.attempts, error)
            uow.commit()
