"""How the outbox reaches Teams: new messages, cards brought up to date, at the pace Teams allows.

Teams can't be asked whether a message arrived. So each copy is written down before it leaves and once more with its
id: one that was sent is never sent again, and one of which nothing is known (a crash, a lost answer) is sent once
more with a line that says so (docs/decisions/0022).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import aiohttp

from bot.teams.cards import message
from bot.teams.connector import Connector
from bot.teams.places import Places
from bot.teams.problems import BROKEN, NoToken, ServiceError
from bot.teams.requests import PLATFORM, Talk, without_thread
from handlers.chat import Card, Text
from scheduler.platform import Down, Run, TryLater, Unsendable
from storage.conversations import PERSONAL, ROOM, SentCopy
from storage.store import Store

RATES: Final = (
    (7, timedelta(seconds=1)),
    (8, timedelta(seconds=2)),
    (60, timedelta(seconds=30)),
    (1800, timedelta(hours=1)),
)
"""How many messages a conversation takes in how long (Microsoft's documentation)."""
BUSY: Final = frozenset({412, 429, 502, 504})
GONE: Final = 404
UNAUTHORISED: Final = 401
IN_TROUBLE: Final = 500
UNTIL_MENDED: Final = timedelta(minutes=10)
ONCE_MORE: Final = "This comes once more, because Teams did not say whether it arrived. It counts once."


class Pace:
    """How many messages a conversation still takes."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._sent: dict[str, deque[datetime]] = {}

    def keep(self, conversation: str) -> None:
        """Count one message. Raises TryLater with what is left to wait for it."""
        left = self.left(conversation)
        if left > timedelta():
            raise TryLater("Teams takes only so many messages in a conversation.", left)
        self.count(conversation)

    def count(self, conversation: str) -> None:
        """One message goes out now, whatever the pace."""
        self._sent.setdefault(conversation, deque(maxlen=RATES[-1][0])).append(self._now())

    def left(self, conversation: str) -> timedelta:
        """How long the next message has to wait."""
        sent, now = self._sent.get(conversation, ()), self._now()
        waits = [sent[-most] + within - now for most, within in RATES if len(sent) >= most]
        return max(waits, default=timedelta())


class TeamsSender:
    """Fulfils `scheduler.sender.Platform`. An address is "tenant/personal/user" or "tenant/room/channel"."""

    name = PLATFORM

    def __init__(
        self,
        connector: Connector,
        places: Places,
        store: Store,
        run: Run,
        pace: Pace,
        *,
        app_id: str,
        service_url: str,
    ) -> None:
        """`service_url`: where to begin a conversation while none is known yet."""
        self._connector, self._places, self._store, self._run = connector, places, store, run
        self._pace, self._app_id, self._service_url = pace, app_id, service_url

    async def post(self, channel: str, card: Card, outbox_id: str) -> str:
        """Post a message; its id. One that was sent before is not sent again."""
        known = await self._run(lambda: self._known(outbox_id, channel))
        if known is not None and known.message_id:
            return known.message_id
        if known is not None:
            card = replace(card, body=(Text(ONCE_MORE, small=True), *card.body))
        service, conversation = await self._at(channel)
        self._pace.keep(conversation)
        await self._run(lambda: self._keep(outbox_id, channel))
        try:
            message_id = await self._connector.send(service, conversation, message(card))
        except ServiceError as refused:
            if refused.status < IN_TROUBLE:  # it was certainly not taken
                await self._run(lambda: self._drop(outbox_id, channel))
            raise _said(refused) from refused
        except BROKEN as broken:
            if isinstance(broken, aiohttp.ClientConnectorError):  # nothing left this computer
                await self._run(lambda: self._drop(outbox_id, channel))
            raise _down(broken) from broken
        await self._run(lambda: self._keep(outbox_id, channel, message_id))
        return message_id

    async def update(self, channel: str, message_id: str, card: Card, outbox_id: str) -> str:
        """Show `card` in place; where the message is gone, post it anew. The id of the message that shows it."""
        service, conversation = await self._at(channel)
        self._pace.keep(conversation)
        try:
            await self._connector.update(service, conversation, message_id, message(card))
        except ServiceError as refused:
            if refused.status == GONE:
                return await self.post(channel, card, outbox_id)
            raise _said(refused) from refused
        except BROKEN as broken:
            raise _down(broken) from broken
        return message_id

    def direct(self, workspace: str, external_id: str) -> str:
        """A colleague's own conversation with the app; it is opened when the first message goes there."""
        return f"{workspace}/{PERSONAL}/{external_id}"

    def room(self, workspace: str, channel: str) -> str:
        """A channel of a team."""
        return f"{workspace}/{ROOM}/{without_thread(channel)}"

    async def _at(self, address: str) -> tuple[str, str]:
        """The service and the conversation of an address."""
        _, kind, name = address.split("/", 2)
        found = await (self._places.personal(name) if kind == PERSONAL else self._places.room(name))
        if found is not None:
            return found.service_url, found.conversation_id
        here = await self._places.here()
        service = here[0].service_url if here else self._service_url
        if kind == ROOM:  # chosen in council.toml, before anything was said there
            return service, name
        try:
            opened = await self._connector.open_personal(service, self._app_id, self._places.tenant, name)
        except ServiceError as refused:
            raise _said(refused) from refused
        except BROKEN as broken:
            raise _down(broken) from broken
        await self._places.seen(Talk(PERSONAL, name, opened, service))
        return service, opened

    # --- what was sent -------------------------------------------------------------------------

    def _known(self, outbox_id: str, address: str) -> SentCopy | None:
        with self._store.read(self._places.council_id) as uow:
            return uow.sent_copies.get(outbox_id, address)

    def _keep(self, outbox_id: str, address: str, message_id: str = "") -> None:
        with self._store.write(self._places.council_id) as uow:
            uow.sent_copies.keep(outbox_id, address, message_id)
            uow.commit()

    def _drop(self, outbox_id: str, address: str) -> None:
        with self._store.write(self._places.council_id) as uow:
            uow.sent_copies.drop(outbox_id, address)
            uow.commit()


def _said(refused: ServiceError) -> TryLater | Unsendable:
    """What a refusal means for the message."""
    after = timedelta(seconds=refused.after) if refused.after is not None else None
    if isinstance(refused, NoToken):
        return TryLater(f"Microsoft gives the app no token: {refused.code}.", after or UNTIL_MENDED)
    sentence = f"Teams says {refused.code or refused.status}."
    if refused.status == UNAUTHORISED:
        return TryLater(sentence, UNTIL_MENDED)
    if refused.status in BUSY:
        return TryLater(sentence, after)
    return Down(sentence, after) if refused.status >= IN_TROUBLE else Unsendable(sentence)


def _down(broken: Exception) -> Down:
    return Down(f"Teams was not reached: {type(broken).__name__}.")
