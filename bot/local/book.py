"""What the local chat looks up and keeps: the colleagues it can act as, and its messages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from datetime import date
from typing import Any, Protocol, TypeVar

from bot.local.channels import LocalColleague, by_office
from storage.records import LocalMessage
from storage.store import Store

_T = TypeVar("_T")


class LocalBook(Protocol):
    """The local chat's memory. Everything is asked afresh each time: an office may have changed hands."""

    async def colleagues(self) -> tuple[LocalColleague, ...]:
        """Everybody the page can act as, with the offices held today, in the order of the switch."""

    async def messages(self, channel: str, limit: int) -> tuple[LocalMessage, ...]:
        """The newest messages of a channel, oldest first."""

    async def message(self, message_id: str) -> LocalMessage | None:
        """One message, or None."""

    async def post(self, channel: str, card: Mapping[str, Any], outbox_id: str) -> LocalMessage:
        """Keep a new message; the same `outbox_id` again gives the message already kept."""

    async def change(self, message_id: str, card: Mapping[str, Any]) -> LocalMessage | None:
        """Give a message a new card; None if there is no such message."""


class StoreBook:
    """The book of one council in the store. The store is synchronous, so each look-up runs in an executor."""

    def __init__(
        self,
        store: Store,
        council_id: str,
        *,
        today: Callable[[], date],
        reading: Executor | None = None,
        writing: Executor | None = None,
    ) -> None:
        """`today` is the London day on which offices are asked; an executor of None is the loop's own."""
        self._store, self._council_id, self._today = store, council_id, today
        self._reading, self._writing = reading, writing

    async def colleagues(self) -> tuple[LocalColleague, ...]:
        """Every colleague of the council, the most senior office first."""

        def look() -> tuple[LocalColleague, ...]:
            today = self._today()
            with self._store.read(self._council_id) as uow:
                register = uow.offices.register()
                everybody = uow.colleagues.all()
            return by_office(
                LocalColleague(one.id, one.name, register.offices_of(one.id, today)) for one in everybody
            )

        return await self._run(self._reading, look)

    async def messages(self, channel: str, limit: int) -> tuple[LocalMessage, ...]:
        """The newest messages of a channel, oldest first."""

        def look() -> tuple[LocalMessage, ...]:
            with self._store.read(self._council_id) as uow:
                return uow.local.of_channel(channel, limit)

        return await self._run(self._reading, look)

    async def message(self, message_id: str) -> LocalMessage | None:
        """One message, or None."""

        def look() -> LocalMessage | None:
            with self._store.read(self._council_id) as uow:
                return uow.local.get(message_id)

        return await self._run(self._reading, look)

    async def post(self, channel: str, card: Mapping[str, Any], outbox_id: str) -> LocalMessage:
        """Keep a new message, durably; the same `outbox_id` again gives the message already kept."""

        def keep() -> LocalMessage:
            with self._store.write(self._council_id) as uow:
                message = uow.local.post(channel, card, outbox_id)
                uow.commit()
                return message

        return await self._run(self._writing, keep)

    async def change(self, message_id: str, card: Mapping[str, Any]) -> LocalMessage | None:
        """Give a message a new card, durably; None if there is no such message."""

        def keep() -> LocalMessage | None:
            with self._store.write(self._council_id) as uow:
                message = uow.local.change(message_id, card)
                uow.commit()
                return message

        return await self._run(self._writing, keep)

    @staticmethod
    async def _run(executor: Executor | None, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(executor, work)
