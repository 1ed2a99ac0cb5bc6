"""What every test may ask for: an empty database, or one with the tables in it, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, delete, text

from storage.engine import Database
from storage.migrate import upgrade
from storage.models import METADATA
from tests.postgres import PostgresMissingError, PostgresServer, postgres_server
from tests.storage.house import unguarded

# A slow shared machine is not a failing test, and CI tries the same examples every time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL server for the session. Where there is none: skipped here, a failure in CI."""
    try:
        with postgres_server() as server:
            yield server
    except PostgresMissingError as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing), pytrace=False)
        pytest.skip(str(missing))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of an SQLite file that does not exist yet."""
    return f"sqlite:///{(tmp_path / 'civility.db').as_posix()}"


@pytest.fixture
def postgresql_url(postgres: PostgresServer) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, dropped after the test."""
    url = postgres.create()
    yield url.render_as_string(hide_password=False)
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database; a test that asks for it runs on both kinds."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


# --- with the tables: not migrated anew for each test, because that would take much of the time ----------------


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


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database with the present tables and no row; a test that asks for it runs on both kinds."""
    url: str = request.getfixturevalue(f"migrated_{request.param}_url")
    return url
