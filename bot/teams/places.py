"""The conversations Civility may speak in, kept in the records: from installations, and from the first message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.teams.requests import PLATFORM, Talk
from policy.offices import Office
from scheduler.platform import Run
from storage.conversations import PERSONAL, ROOM, Conversation
from storage.records import Recipient
from storage.store import Store, UnitOfWork


class Places:
    """This tenant's conversations. Everything said twice is kept once: Teams repeats itself (PLATFORMS)."""

    def __init__(self, store: Store, run: Run, now: Callable[[], datetime], tenant: str) -> None:
        self._store, self._run, self._now, self.tenant = store, run, now, tenant
        self._kept: dict[tuple[str, str], Talk] = {}
        self._set_up = False

    async def seen(self, talk: Talk) -> bool:
        """Civility may speak here; whether that was not known."""
        if not talk.name or self._kept.get((talk.kind, talk.name)) == talk:
            return False
        new = await self._run(lambda: self._keep(talk))
        self._kept[talk.kind, talk.name] = talk
        return new

    async def left(self, talk: Talk) -> None:
        """The app was removed from here."""
        self._kept.pop((talk.kind, talk.name), None)

        def leave() -> None:
            with self._store.write(self.council_id) as uow:
                if uow.conversations.left(self.tenant, talk.kind, talk.name):
                    self._log(uow, "conversation.left", talk)
                    uow.commit()

        await self._run(leave)

    async def personal(self, user: str) -> Conversation | None:
        """A colleague's own conversation, while the app is installed for them."""
        return await self._find(PERSONAL, user)

    async def room(self, name: str) -> Conversation | None:
        """A channel or group chat, while the app is in it."""
        return await self._find(ROOM, name)

    async def here(self) -> tuple[Conversation, ...]:
        """Every conversation the app is in, the last heard of first."""

        def read() -> tuple[Conversation, ...]:
            with self._store.read(self.council_id) as uow:
                return uow.conversations.all()

        found = [one for one in await self._run(read) if one.workspace == self.tenant and one.left_at is None]
        return tuple(sorted(found, key=lambda one: one.seen_at, reverse=True))

    async def may_set_up(self, user: str) -> bool:
        """Whether this colleague proved to look after Civility, as long as nobody was named."""
        if self._set_up:
            return False
        self._set_up = not await self._run(self.still_to_set_up)
        found = None if self._set_up else await self._find(PERSONAL, user)
        return found is not None and found.admin

    def still_to_set_up(self) -> bool:
        """Whether no chief officer was ever named; nobody needs the right to name one afterwards."""
        with self._store.read(self.council_id) as uow:
            return not any(one.office is Office.CHIEF_OFFICER for one in uow.offices.register().holdings)

    async def let_set_up(self, talk: Talk) -> None:
        """This colleague proved to look after Civility: they may name the first chief officer (R18)."""

        def keep() -> None:
            with self._store.write(self.council_id) as uow:
                uow.conversations.save(self._conversation(talk, admin=True))
                self._log(uow, "setup.allowed", talk)
                uow.commit()

        await self._run(keep)

    @property
    def council_id(self) -> str:
        """The council this tenant speaks for."""
        found = self._store.council_for(PLATFORM, self.tenant)
        if found is None:
            raise LookupError("This tenant speaks for no council.")
        return found

    # --- parts ---------------------------------------------------------------------------------

    def _keep(self, talk: Talk) -> bool:
        with self._store.write(self.council_id) as uow:
            known = uow.conversations.get(self.tenant, talk.kind, talk.name)
            if (
                known
                and known.left_at is None
                and (known.conversation_id, known.service_url)
                == (
                    talk.conversation_id,
                    talk.service_url,
                )
            ):
                return False
            uow.conversations.save(self._conversation(talk, admin=bool(known and known.admin)))
            self._log(uow, "conversation.joined", talk)
            self._take_up(uow, talk)
            uow.commit()
        return known is None or known.left_at is not None

    def _take_up(self, uow: UnitOfWork, talk: Talk) -> None:
        """What could not be sent here while the app was missing is sent now; what no longer applies is dropped then."""
        if talk.personal:
            who = uow.colleagues.by_identity(PLATFORM, self.tenant, talk.name)
            readers = [Recipient("colleague", who.id)] if who else []
        else:
            channels = uow.council.get().channels
            readers = [
                Recipient("channel", kind) for kind, at in channels.items() if at.get(PLATFORM) == talk.name
            ]
        taken = sum(uow.outbox.take_up(one) for one in readers)
        if taken:
            self._log(uow, "outbox.taken_up", talk, rows=str(taken))

    def _conversation(self, talk: Talk, *, admin: bool) -> Conversation:
        return Conversation(
            workspace=self.tenant,
            kind=talk.kind,
            name=talk.name,
            conversation_id=talk.conversation_id,
            service_url=talk.service_url,
            admin=admin,
            seen_at=self._now(),
        )

    async def _find(self, kind: str, name: str) -> Conversation | None:
        def read() -> Conversation | None:
            with self._store.read(self.council_id) as uow:
                return uow.conversations.get(self.tenant, kind, name)

        found = await self._run(read)
        return found if found and found.left_at is None else None

    def _log(self, uow: UnitOfWork, action: str, talk: Talk, **more: str) -> None:
        uow.log.append("", action, "council", self.council_id, platform=PLATFORM, kind=talk.kind, **more)
