"""Two councils on a database for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.house import Clock, House

CHANNELS = {"governance": {"local": "governance"}, "councillors": {"local": "councillors"}}


@pytest.fixture
def clock() -> Clock:
    """The time, standing still."""
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """A store with two councils; a test that asks for it runs on both databases."""
    yield from _furnished(request.getfixturevalue(f"migrated_{request.param}_url"), tmp_path, clock)


@pytest.fixture
def sqlite_house(migrated_sqlite_url: str, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """The same, on SQLite only: for what is about its file."""
    yield from _furnished(migrated_sqlite_url, tmp_path, clock)


def _furnished(url: str, folder: Path, clock: Clock) -> Iterator[House]:
    house = House(url, folder, clock)
    store = house.open()
    house.council = store.create_council("Workington", "Town Hall", "appeals@example.org", CHANNELS).id
    house.other = store.create_council("Maryport", "Senhouse Street", "clerk@example.org", CHANNELS).id
    yield house
    house.close()
