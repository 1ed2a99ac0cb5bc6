"""Hands letters to GOV.UK Notify and asks what became of them: beside the clicks, each once.

Notify knows a letter by the id of its row, which says nothing about anybody. Before a row is handed over a second time
(a crash came between handing over and writing it down) Notify is asked whether it has it already.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from handlers.desk import Desk
from handlers.posting import no_longer, outcome, stopped
from scheduler.platform import Run, TryLater, Unsendable
from scheduler.worker import Worker
from storage.records import Notice
from storage.records_files import Posting
from storage.store import Store, UnitOfWork

log = logging.getLogger("civility.notify")

BATCH = 10
LEASE = timedelta(minutes=3)
LOOK: dict[str, timedelta] = {"email": timedelta(minutes=10), "letter": timedelta(hours=6)}
"""How often Notify is asked about a letter it has; a callback is quicker."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
MOST_TRIES = 30
"""About a day of tries; then somebody is told."""
PAPER_WAIT = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a letter stands at Notify: its own word, and when it came to that (aware UTC), if it says."""

    status: str
    at: datetime | None = None


class PostOffice(Protocol):
    """What `bot/letters` fulfils: Notify's own calls. Blocking; each raises TryLater or Unsendable."""

    def find(self, reference: str) -> str:
        """Notify's id of what it has under this reference, "" for nothing."""

    def email(self, reference: str, address: str, text: str) -> str:
        """Hand over an e-mail of this marked text; Notify's id."""

    def letter(self, reference: str, pdf: bytes, method: str) -> str:
        """Hand over a letter to print and post; Notify's id."""

    def standing(self, external_id: str) -> Standing:
        """How it stands."""


class Postbox(Worker):
    """One process's way to Notify. Several may run: rows are claimed, not shared."""

    idle = "nothing goes to Notify"

    def __init__(
        self,
        store: Store,
        desk: Callable[[UnitOfWork], Desk],
        now: Callable[[], datetime],
        run: Run,
        office: PostOffice,
    ) -> None:
        super().__init__(store, desk, now, run)
        self._office = office

    async def work(self) -> None:
        """Hand over and ask about everything that is due now."""
        async with self._one_at_a_time:
            while claimed := await self._run(lambda: self._store.claim_postings(BATCH, LEASE)):
                for council_id, posting_id in claimed:
                    # Calls to Notify wait in threads of their own: clicks must not wait behind them.
                    await asyncio.to_thread(self._one, council_id, posting_id)

    def told(self, council_id: str, posting_id: str, external_id: str, standing: Standing) -> bool:
        """A callback: believed only for what Notify has under this id. False when it is none of ours."""
        with self._store.write(council_id) as uow:
            posting = uow.postings.get(posting_id)
            if posting is None or not posting.external_id or posting.external_id != external_id:
                return False
            outcome(self._desk(uow), posting, standing.status, standing.at)
            uow.commit()
        return True

    # --- one letter ----------------------------------------------------------------------------

    def _one(self, council_id: str, posting_id: str) -> None:
        with self._store.read(council_id) as uow:
            posting = uow.postings.get(posting_id)
            notice = uow.notices.get(posting.notice_id) if posting else None
        if posting is None or notice is None:
            return
        try:
            if posting.state == "queued":
                self._hand_over(council_id, posting, notice)
            else:
                found = self._office.standing(posting.external_id)
                look_at = self._now() + LOOK[posting.channel]
                self._write(
                    council_id, lambda uow: uow.postings.look_again(posting.id, found.status, look_at)
                )
                self.told(council_id, posting.id, posting.external_id, found)
        except Unsendable as never:
            self._stop(council_id, posting, str(never))
        except Exception as failed:  # noqa: BLE001 - whatever happens, the row stays and somebody is told in the end
            self._again(council_id, posting, failed)

    def _hand_over(self, council_id: str, posting: Posting, notice: Notice) -> None:
        if notice.state != "ready" or not notice.text:
            self._stop(council_id, posting, "The letter no longer counts, so it was not sent.")
            return
        pdf = b""
        if posting.channel == "letter":
            found = self._paper(council_id, notice.id)
            if found is None:
                later = self._now() + PAPER_WAIT
                self._write(council_id, lambda uow: uow.postings.look_again(posting.id, "", later))
                return
            pdf = found
        reference = reference_of(posting)
        known = self._office.find(reference) if posting.attempts > 1 else ""
        if known:
            external_id = known
        elif why := self._no_longer(council_id, notice):
            self._stop(council_id, posting, why)
            return
        elif posting.channel == "email":
            external_id = self._office.email(reference, notice.address, notice.text)
        else:
            external_id = self._office.letter(reference, pdf, notice.method)
        look_at = self._now() + LOOK[posting.channel]
        self._write(council_id, partial(_accepted, posting=posting, external_id=external_id, look_at=look_at))

    def _no_longer(self, council_id: str, notice: Notice) -> str:
        with self._store.read(council_id) as uow:
            return no_longer(self._desk(uow), notice)

    def _paper(self, council_id: str, notice_id: str) -> bytes | None:
        """The PDF that Notify prints; None while it is being made. Raises Unsendable when it can't be."""
        with self._store.read(council_id) as uow:
            one = next((d for d in uow.documents.of_notice(notice_id) if d.format == "notify"), None)
        if one is not None and one.state == "failed":
            raise Unsendable(f"The letter could not be made: {one.last_error}")
        return one.content if one is not None and one.content else None

    def _again(self, council_id: str, posting: Posting, failed: Exception) -> None:
        why = str(failed) if isinstance(failed, TryLater) else type(failed).__name__
        if posting.state == "queued" and posting.attempts >= MOST_TRIES:
            self._stop(council_id, posting, f"GOV.UK Notify was not reached for a day. {why}")
            return
        wait = min(FIRST_WAIT * 2 ** min(posting.attempts - 1, 10), LONGEST_WAIT)
        if isinstance(failed, TryLater) and failed.after is not None:
            wait = failed.after
        log.warning("posting %s waits: %s", posting.id, why)
        later = self._now() + wait
        self._write(council_id, lambda uow: uow.postings.look_again(posting.id, posting.status, later, why))

    def _stop(self, council_id: str, posting: Posting, why: str) -> None:
        with self._store.write(council_id) as uow:
            stopped(self._desk(uow), posting, why)
            uow.commit()

    def _write(self, council_id: str, change: Callable[[UnitOfWork], object]) -> None:
        with self._store.write(council_id) as uow:
            change(uow)
            uow.commit()


def reference_of(posting: Posting) -> str:
    """What Notify knows this sending by: the row's id, and from the second on its number. Nothing personal."""
    return f"{posting.id}.{posting.resent}" if posting.resent else posting.id


def posting_of(reference: str) -> str:
    """The row of a reference that Notify gives back; "" for what never was one."""
    row = reference.partition(".")[0]
    return row if row.isascii() and row.replace("-", "").isalnum() else ""


def _accepted(uow: UnitOfWork, posting: Posting, external_id: str, look_at: datetime) -> None:
    uow.postings.accepted(posting.id, external_id, look_at)
    uow.log.append(
        "", "posting.accepted", "posting", posting.id, case=posting.case_id, channel=posting.channel
    )
