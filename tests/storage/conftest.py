"""A migrated, empty database for each test: not migrated anew, because that would take most of the time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete, text

from storage.engine import Database
from storage.migrate import upgrade
from storage.models import METADATA
from tests.postgres import PostgresServer
from tests.storage.house import Clock, House, unguarded

CHANNELS = {"governance": {"local": "governance"}, "councillors": {"local": "councillors"}}


def _migrated(url: str) -> None:
    database = Database(url)
    upgrade(database)
    database.checkpoint()
    database.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file."""
    path = tmp_path_factory.mktemp("template") / "civility.db"
    _migrated(f"sqlite:///{path.as_posix()}")
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(postgres: PostgresServer) -> Iterator[str]:
    """The URL of a migrated PostgreSQL database, which the tests use one after the other."""
    url = postgres.create()
    plain = url.render_as_string(hide_password=False)
    _migrated(plain)
    yield plain
    postgres.drop(url)


@pytest.fixture
def migrated_sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A copy of the migrated file."""
    path = tmp_path / "civility.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path.as_posix()}"


@pytest.fixture
def migrated_postgresql_url(migrated_postgresql: str) -> Iterator[str]:
    """The migrated database, emptied after the test: ten times as quick as a copy."""
    yield migrated_postgresql
    engine = create_engine(migrated_postgresql)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))
        with unguarded(connection):
            for table in reversed(METADATA.sorted_tables):
                connection.execute(delete(table))
    engine.dispose()


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
