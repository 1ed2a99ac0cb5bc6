"""Delivers the outbox: claims rows, renders each view at that moment, hands the card to its platform.

No database session is open while a platform is called. A row is marked only after its platform took it, and a
platform is asked to find its own message before it posts again, so a crash in between shows nothing twice.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from handlers import views
from handlers.app_home import home_card
from handlers.chat import Card, ViewRef
from handlers.desk import Desk
from handlers.undelivered import tell_chief_officer
from scheduler.breaker import Breaker
from scheduler.platform import Down, HasHome, Observer, Platform, Run, TryLater, Unsendable
from scheduler.worker import Worker
from storage.records import Outgoing, Recipient
from storage.store import Store, UnitOfWork

log = logging.getLogger("civility.sender")

BATCH = 20
LEASE = timedelta(seconds=60)
GIVE_UP_AFTER = timedelta(days=2)
# After an outage everything is old; it still gets as many tries as it takes to reach the longest wait.
LEAST_TRIES = 10
PATIENCE = timedelta(seconds=15)
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=10)
SPREAD = 0.25
"""By how much of itself a wait may be longer."""

T = TypeVar("T")


UNREACHED = (Down, TimeoutError, OSError)
NO_ADDRESS = TryLater("The recipient has no account or channel here yet.", LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Where one copy goes: a platform's channel, and the message to bring up to date, if there is one."""

    platform: str
    channel: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed row, rendered. `card` None: it no longer applies, or it `failed` to render."""

    row: Outgoing
    card: Card | None = None
    to: tuple[Letterbox, ...] = ()
    failed: Exception | None = None


class Sender(Worker):
    """One process's delivery loop. Several may run on one PostgreSQL: rows are claimed, not shared."""

    idle = "delivery stopped"

    def __init__(
        self,
        store: Store,
        platforms: Mapping[str, Platform],
        desk: Callable[[UnitOfWork], Desk],
        now: Callable[[], datetime],
        run: Run,
        patience: timedelta = PATIENCE,
        chance: Callable[[], float] = random.random,
        observer: Observer | None = None,
    ) -> None:
        """`patience`: how long a platform may take over one message before it is tried again later.

        `chance` (0 to 1) spreads what is tried again, so that not everything comes back at one instant.
        """
        super().__init__(store, desk, now, run)
        self._platforms = platforms
        self._patience, self._chance = patience.total_seconds(), chance
        self.breaker = Breaker(now)
        self._observer = observer

    def up(self) -> dict[str, bool]:
        """Each platform, and whether it is tried; one that is down is left alone for a while."""
        return {name: self.breaker.left(name) is None for name in self._platforms}

    async def work(self) -> int:
        """Deliver all that is due now; the number of rows settled."""
        return await self.deliver()

    async def deliver(self) -> int:
        """Deliver all that is due now; the number of rows settled."""
        done = 0
        followed: dict[tuple[str, str], None] = {}
        async with self._one_at_a_time:
            while parcels := await self._run(self._claim):
                lanes: dict[tuple[str, ...], list[Parcel]] = {}
                for parcel in parcels:
                    lanes.setdefault(tuple(sorted({box.platform for box in parcel.to})), []).append(parcel)
                    row = parcel.row
                    if row.recipient.kind == "colleague" and row.card_key:
                        followed[row.council_id, row.recipient.id] = None
                # Each platform goes at its own pace; on one, messages go out in the order they were queued in.
                await asyncio.gather(*(self._send_all(lane) for lane in lanes.values()))
                done += len(parcels)
            for council_id, colleague_id in followed:
                await self._show_home(council_id, colleague_id)
        return done

    async def _send_all(self, parcels: list[Parcel]) -> None:
        for parcel in parcels:
            await self._send(parcel)

    async def _show_home(self, council_id: str, colleague_id: str) -> None:
        """What waits for a colleague has changed: show it on the page they may have open, once for all of it.

        Nothing is kept of a failure: opening the page shows how things stand anyway.
        """
        homes = {
            name: one
            for name, one in self._platforms.items()
            if isinstance(one, HasHome) and self.breaker.left(name) is None
        }
        if not homes:
            return

        def render() -> tuple[Card, list[tuple[str, str]]]:
            with self._store.read(council_id) as uow:
                desk = self._desk(uow)
                to = self._channels(desk, Recipient("colleague", colleague_id))
                return home_card(desk, colleague_id), to

        try:
            card, to = await self._run(render)
            for name, channel in to:
                if name in homes:
                    async with asyncio.timeout(self._patience):
                        await homes[name].show_home(channel, card)
        except Exception as failed:  # noqa: BLE001 - it must not hold up what is to be delivered
            log.warning("a colleague's page was not brought up to date: %s", type(failed).__name__)

    # --- one row -------------------------------------------------------------------------------

    def _claim(self) -> tuple[Parcel, ...]:
        rows = self._store.claim_outbox(BATCH, LEASE)
        by_council: dict[str, list[Outgoing]] = {}
        for row in rows:
            by_council.setdefault(row.council_id, []).append(row)
        rendered: dict[str, Parcel] = {}
        for waiting in by_council.values():
            while waiting:
                rendered |= self._render(waiting)
        return tuple(rendered[row.id] for row in rows)

    def _render(self, waiting: list[Outgoing]) -> dict[str, Parcel]:
        """One council's rows as their readers may see them now, up to the first that fails; taken off the list.

        One look at the records serves them all. What fails is that row's trouble only: the others go out.
        """
        done: dict[str, Parcel] = {}
        try:
            with self._store.read(waiting[0].council_id) as uow:
                desk = self._desk(uow)
                while waiting:
                    done[waiting[0].id] = self._parcel(desk, waiting[0])
                    del waiting[0]
        except Exception as failed:
            if not waiting:
                raise
            row = waiting.pop(0)
            log.exception("view %s of outbox row %s could not be rendered", row.view, row.id)
            # The kind of error only: its words may quote what somebody typed, and they are kept.
            done[row.id] = Parcel(row, failed=TryLater(f"view {row.view}: {type(failed).__name__}"))
        return done

    def _parcel(self, desk: Desk, row: Outgoing) -> Parcel:
        to = self._letterboxes(desk, row)
        reader = row.recipient.id if row.recipient.kind == "colleague" else None
        card = views.show(desk, ViewRef(row.view, row.ids), reader)
        if card is None and any(box.message_id for box in to):
            card = views.gone()
        if card is not None and not to:
            return Parcel(row, failed=NO_ADDRESS)
        return Parcel(row, card, to)

    def _letterboxes(self, desk: Desk, row: Outgoing) -> tuple[Letterbox, ...]:
        posted = {
            (p.platform, p.channel): p.message_id
            for p in (desk.uow.posted.find(row.recipient, row.card_key) if row.card_key else ())
        }
        return tuple(
            Letterbox(platform, channel, posted.get((platform, channel), ""))
            for platform, channel in self._channels(desk, row.recipient)
        )

    def _channels(self, desk: Desk, to: Recipient) -> list[tuple[str, str]]:
        if to.kind == "channel":
            known = desk.council.channels.get(to.id, {})
            return [
                (name, platform.room(desk.uow.council.workspace(name), known[name]))
                for name, platform in self._platforms.items()
                if known.get(name)
            ]
        return [
            (i.platform, self._platforms[i.platform].direct(i.workspace, i.external_id))
            for i in desk.uow.colleagues.identities(to.id)
            if i.platform in self._platforms
        ]

    async def _send(self, parcel: Parcel) -> None:
        row = parcel.row
        if self._now() >= row.visible_at:
            return  # our claim ran out while it waited its turn: it may be another sender's by now
        try:
            if parcel.failed is not None:
                await self._again(row, parcel.failed)
            elif parcel.card is None:
                await self._run(lambda: self._store.mark_dropped(row.council_id, row.id))
            else:
                await self._send_copies(row, parcel.card, parcel.to)
        except Exception as failed:  # noqa: BLE001 - one row that can't be marked must not hold up the others
            await self._again(row, failed)

    async def _send_copies(self, row: Outgoing, card: Card, to: tuple[Letterbox, ...]) -> None:
        """Every platform gets its turn before anything is marked, because a mark settles the row.

        When one is to be tried again, those that took it are asked again with the same outbox id.
        """
        taken: list[tuple[Letterbox, str]] = []
        failures: list[Exception] = []
        for box in to:
            try:
                taken.append((box, await self._deliver(box, card, row.id)))
                if self._observer:
                    self._observer.delivered(box.platform, self._now() - row.created_at)
            except Exception as failed:  # noqa: BLE001 - whatever a platform does, the row must stay in the outbox
                failures.append(failed)
                if self._observer:
                    self._observer.failed(box.platform, _kind(failed))
        passing = next((one for one in failures if not isinstance(one, Unsendable)), None)
        if passing is not None and not self._gives_up(row):
            await self._again(row, passing)
            return
        if taken:
            copies = [(box.platform, box.channel, message_id) for box, message_id in taken]
            await self._run(partial(self._store.mark_sent, row.council_id, row.id, *copies))
        if failures:
            await self._park(row, failures[0])

    async def _deliver(self, box: Letterbox, card: Card, outbox_id: str) -> str:
        platform = self._platforms[box.platform]
        rest = self.breaker.left(box.platform)
        if rest is not None:
            raise TryLater(f"{box.platform} is down and left alone for a while.", rest)
        try:
            async with asyncio.timeout(self._patience):
                if not box.message_id:
                    message_id = await platform.post(box.channel, card, outbox_id)
                else:
                    message_id = await platform.update(box.channel, box.message_id, card, outbox_id)
        except UNREACHED:
            self.breaker.failed(box.platform)
            raise
        except Exception:
            self.breaker.answered(box.platform)
            raise
        self.breaker.answered(box.platform)
        return message_id

    async def _again(self, row: Outgoing, failed: Exception) -> None:
        """Later, with a longer wait each time; parked after two days, so that nothing waits unseen."""
        if self._gives_up(row):
            await self._park(row, failed)
            return
        wait = min(FIRST_WAIT * 2 ** min(row.attempts - 1, 10), LONGEST_WAIT)
        if isinstance(failed, TryLater) and failed.after is not None:
            wait = failed.after
        when = self._now() + wait * (1 + SPREAD * self._chance())
        await self._run(lambda: self._store.retry_at(row.council_id, row.id, when, _words(failed)))

    async def _park(self, row: Outgoing, failed: Exception) -> None:
        log.warning("outbox row %s parked after %d tries: %s", row.id, row.attempts, _words(failed))
        await self._run(lambda: self._store.park(row.council_id, row.id, _words(failed)))
        await self._run(lambda: self._tell(row))

    def _tell(self, row: Outgoing) -> None:
        with self._store.write(row.council_id) as uow:
            tell_chief_officer(self._desk(uow), row)
            uow.commit()

    def _gives_up(self, row: Outgoing) -> bool:
        return self._now() - row.created_at > GIVE_UP_AFTER and row.attempts >= LEAST_TRIES


def _kind(failed: Exception) -> str:
    if isinstance(failed, UNREACHED):
        return "down"
    return "never" if isinstance(failed, Unsendable) else "later"


def _words(failed: Exception) -> str:
    """The reason for `civility doctor`."""
    if isinstance(failed, (TryLater, Unsendable)):
        return str(failed)
    return f"{type(failed).__name__}: {failed}".removesuffix(": ")
