"""The Teams door on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.teams.town import TeamsTown, open_teams_town


@pytest_asyncio.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[TeamsTown]:
    """The sample council at Teams, on an empty database."""
    async with open_teams_town(database_url, tmp_path) as one:
        yield one


@pytest_asyncio.fixture
async def small_town(migrated_sqlite_url: str, tmp_path: Path) -> AsyncIterator[TeamsTown]:
    """The same on SQLite only: for what no database makes different."""
    async with open_teams_town(migrated_sqlite_url, tmp_path) as one:
        yield one


@pytest.fixture
def database_url(migrated_url: str) -> str:
    """The tables are there already."""
    return migrated_url
