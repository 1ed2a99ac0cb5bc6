"""The local chat's book over the real store, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.local.book import LocalBook, StoreBook
from bot.local.cards import from_json, to_json
from bot.local.channels import channels_for
from bot.local.sender import LocalSender
from bot.local.streams import Streams
from policy.offices import Holding, Office
from storage.keystore import KeyStore
from storage.mainkey import MainKeys, new_key_text
from storage.store import Store
from tests.local.hall import APPROVED, WAITING

TODAY = date(2026, 10, 14)


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    keys = KeyStore(tmp_path / "keys.db", MainKeys.from_text(new_key_text()))
    store = Store(database_url, keys, lambda: datetime(2026, 10, 14, 9, 2, tzinfo=UTC))
    store.migrate()
    yield store
    store.dispose()
    keys.close()


@pytest.fixture
def council_id(store: Store) -> str:
    """A council with nobody in it."""
    return store.create_council("Ambleford Town Council", "The Hall", "clerk@example.org", {}).id


@pytest.fixture
def book(store: Store, council_id: str) -> LocalBook:
    """The council's book."""
    return StoreBook(store, council_id, today=lambda: TODAY)


async def test_colleagues_should_come_with_the_offices_they_hold_today(
    book: LocalBook, store: Store, council_id: str
) -> None:
    with store.write(council_id) as uow:
        priya = uow.colleagues.add("Priya Shah")
        dana = uow.colleagues.add("Dana Okoro")
        uow.offices.add(Holding(Office.STAFF, priya.id, date(2026, 1, 1)), dana.id)
        uow.offices.add(
            Holding(Office.CHIEF_OFFICER, priya.id, date(2020, 1, 1), date(2026, 10, 13)), dana.id
        )
        uow.offices.add(Holding(Office.CHIEF_OFFICER, dana.id, TODAY), dana.id)
        uow.commit()
    first, second = await book.colleagues()
    assert (first.id, first.name, first.office) == (dana.id, "Dana Okoro", "Chief Officer")
    assert (second.id, second.name, second.office) == (priya.id, "Priya Shah", "Member of staff")
    assert [room.id for room in channels_for(second)] == ["staff", f"dm:{priya.id}"]


async def test_message_should_be_kept_once_for_each_outbox_row_and_changed_in_place(book: LocalBook) -> None:
    sender = LocalSender(book, Streams())
    first = await sender.post("staff", WAITING, "out-1")
    assert await sender.post("staff", WAITING, "out-1") == first
    second = await sender.post("staff", WAITING, "out-2")
    assert await sender.update("staff", first, APPROVED, "out-3") == first
    kept = await book.messages("staff", 10)
    assert [(one.id, one.changes) for one in kept] == [(first, 1), (second, 0)]
    assert [from_json(one.card) for one in kept] == [APPROVED, WAITING]
    assert [one.id for one in await book.messages("staff", 1)] == [second]
    assert await book.messages("governance", 10) == ()


async def test_message_should_be_none_when_there_is_none(book: LocalBook) -> None:
    assert await book.message("none") is None
    assert await book.change("none", to_json(APPROVED)) is None
