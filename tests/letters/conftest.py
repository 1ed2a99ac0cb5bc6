"""Journeys run once on SQLite and once on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.town import Town, open_town


@pytest_asyncio.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """The sample council on an empty database."""
    async with open_town(database_url, tmp_path) as one:
        yield one


@pytest.fixture
def database_url(migrated_url: str) -> str:
    """The tables are there already."""
    return migrated_url
