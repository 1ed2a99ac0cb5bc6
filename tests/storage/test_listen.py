"""PostgreSQL tells every process at once that something was queued; SQLite has one process, which knows."""

from __future__ import annotations

import threading

from sqlalchemy import text

from storage.listen import CHANNEL, Listener
from storage.records import Recipient
from storage.store import Store
from tests.storage.house import House

PATIENCE = 20


def queue(store: Store, council_id: str) -> None:
    """Another process commits a message."""
    with store.write(council_id) as uow:
        uow.outbox.add(Recipient("channel", "governance"), "news", {})
        uow.commit()


def listening(house: House, heard: threading.Event) -> Listener | None:
    """A listener that is at work, or None on SQLite."""
    listener = house.store.listen(heard.set)
    if listener is None:
        assert house.url.startswith("sqlite")
        return None
    assert listener.listening.wait(PATIENCE)
    assert heard.wait(PATIENCE)  # what may have been queued before it listened
    heard.clear()
    return listener


def test_message_of_another_process_should_be_heard_of_at_once(house: House) -> None:
    heard = threading.Event()
    listener = listening(house, heard)
    if listener is None:
        return
    try:
        for _ in range(3):
            queue(house.open(), house.council)
            assert heard.wait(PATIENCE)
            heard.clear()
    finally:
        listener.close()


def test_listener_that_was_cut_off_should_come_back(house: House) -> None:
    heard = threading.Event()
    listener = listening(house, heard)
    if listener is None:
        return
    engine = house.raw()
    try:
        with engine.connect() as connection:
            cut = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE query = :query AND datname = current_database()"
            )
            assert connection.execute(text(cut), {"query": f"LISTEN {CHANNEL}"}).scalars().all() == [True]
        assert heard.wait(PATIENCE)  # it looks for what it missed
        heard.clear()
        queue(house.store, house.council)
        assert heard.wait(PATIENCE)
    finally:
        engine.dispose()
        listener.close()
