"""What the tests of the scheduler stand on: a council's records, a steerable view and a platform of our own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.app import Civility
from bot.sample import sample_council
from bot.seed import seed
from bot.settings import Settings
from handlers.chat import Card
from handlers.desk import Desk
from policy.calendars import local_date
from scheduler.platform import Platform
from scheduler.sender import PATIENCE, Sender
from storage.mainkey import new_key_text
from storage.records import Identity, Outgoing, Recipient
from tests.town import Clock, first_name

CARD = "words"


class Words:
    """A view whose card says `now[about]`: nothing there and it no longer applies, an exception and it fails."""

    def __init__(self) -> None:
        self.now: dict[str, str | Exception] = {}

    def view(self, _desk: Desk, ids: Mapping[str, str], _reader: str | None) -> Card | None:
        """The card as it reads at this moment."""
        said = self.now.get(ids["about"])
        if isinstance(said, Exception):
            raise said
        return None if said is None else Card(said)


class Wall:
    """A platform that keeps messages by channel, takes an outbox id once, and fails when told to.

    `fails` holds what the next calls raise, None for a call that goes well.
    """

    def __init__(self, name: str = "local") -> None:
        self.name = name
        self.fails: list[Exception | None] = []
        self.calls: list[tuple[str, str]] = []
        self._channels: dict[str, dict[str, str]] = {}
        self._taken: dict[str, tuple[str, str]] = {}

    def shown(self, channel: str) -> list[str]:
        """The titles in a channel, oldest first."""
        return list(self._channels.get(channel, {}).values())

    def wipe(self, channel: str) -> None:
        """Somebody deletes every message of a channel."""
        self._channels[channel] = {}

    async def post(self, channel: str, card: Card, outbox_id: str) -> str:
        """Keep a new message, once for each outbox id."""
        await self._called("post", channel)
        if outbox_id not in self._taken:
            messages = self._channels.setdefault(channel, {})
            self._taken[outbox_id] = (channel, f"{self.name}-{len(self._taken) + 1}")
            messages[self._taken[outbox_id][1]] = card.title
        return self._taken[outbox_id][1]

    async def update(self, channel: str, message_id: str, card: Card, outbox_id: str) -> str:
        """Bring a message up to date; one that is gone is posted anew."""
        await self._called("update", channel)
        messages = self._channels.setdefault(channel, {})
        if message_id not in messages:
            return await self.post(channel, card, outbox_id)
        messages[message_id] = card.title
        return message_id

    def direct(self, _: str, external_id: str) -> str:
        """The private channel of an account."""
        return f"to {external_id}"

    def room(self, _: str, channel: str) -> str:
        """A channel as it is."""
        return channel

    async def _called(self, what: str, channel: str) -> None:
        self.calls.append((what, channel))
        await asyncio.sleep(0)  # another sender may come in between, as on a network
        failed = self.fails.pop(0) if self.fails else None
        if failed is not None:
            raise failed


@dataclass
class PostOffice:
    """The sample council with a wall, and what is to be posted."""

    civility: Civility
    clock: Clock
    council_id: str
    words: Words
    people: dict[str, str]
    wall: Wall = field(default_factory=Wall)

    def sender(self, *others: Platform, patience: timedelta = PATIENCE) -> Sender:
        """One process's sender, to our wall and to other platforms."""
        platforms = {one.name: one for one in (self.wall, *others)}
        one = self.civility
        return Sender(one.store, platforms, one.desk, self.clock, one.run, patience, chance=lambda: 0.0)

    def queue(self, about: str, to: str = "Dana", card_key: str = "", says: str = "") -> None:
        """Queue a message about something for a colleague (by first name) or for the governance channel."""
        self.words.now.setdefault(about, says or about)
        kind, id = ("colleague", self.people[to]) if to in self.people else ("channel", to)
        with self.civility.store.write(self.council_id) as uow:
            uow.outbox.add(Recipient(kind, id), CARD, {"about": about}, card_key=card_key)
            uow.commit()

    def refresh(self, card_key: str, about: str) -> None:
        """Something changed: bring every copy of the card up to date."""
        with self.civility.store.write(self.council_id) as uow:
            uow.outbox.refresh(card_key, CARD, {"about": about})
            uow.commit()

    def link(self, name: str, platform: str) -> None:
        """Give a colleague an account on one platform more."""
        with self.civility.store.write(self.council_id) as uow:
            uow.colleagues.link(Identity(platform, "workspace", f"{name}'s", self.people[name]))
            uow.commit()

    def stranger(self, name: str) -> None:
        """A colleague in the register who has no account yet."""
        with self.civility.store.write(self.council_id) as uow:
            self.people[name] = uow.colleagues.add(name).id
            uow.commit()

    def shown(self, to: str = "Dana") -> list[str]:
        """What a colleague or a channel has on the wall."""
        return self.wall.shown(f"to {self.people[to]}" if to in self.people else to)

    @property
    def waiting(self) -> tuple[Outgoing, ...]:
        """What is still to be sent."""
        with self.civility.store.read(self.council_id) as uow:
            return uow.outbox.waiting()

    @property
    def parked(self) -> tuple[Outgoing, ...]:
        """What was set aside."""
        with self.civility.store.read(self.council_id) as uow:
            return uow.outbox.parked()


@contextmanager
def open_post_office(database_url: str, folder: Path, words: Words) -> Iterator[PostOffice]:
    """The sample council on this database."""
    clock = Clock()
    settings = Settings(database_url=database_url, civility_data=folder, civility_key=new_key_text())
    civility = Civility(settings, now=clock)
    try:
        civility.store.migrate()
        council_id = seed(civility.store, sample_council(local_date(clock())), "local", clock)
        with civility.store.read(council_id) as uow:
            people = {first_name(one.name): one.id for one in uow.colleagues.all()}
        yield PostOffice(civility, clock, council_id, words, people)
    finally:
        civility.close()
