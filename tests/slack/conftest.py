"""The Slack door on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.slack.town import SlackTown, open_slack_town


@pytest_asyncio.fixture(params=["http", "socket"])
async def either_town(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> AsyncIterator[SlackTown]:
    """The sample council at Slack, once by HTTP and once by Socket Mode."""
    async with open_slack_town(database_url, tmp_path, socket=request.param == "socket") as one:
        yield one


@pytest_asyncio.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[SlackTown]:
    """The sample council at Slack, on an empty database."""
    async with open_slack_town(database_url, tmp_path) as one:
        yield one


@pytest_asyncio.fixture
async def small_town(migrated_sqlite_url: str, tmp_path: Path) -> AsyncIterator[SlackTown]:
    """The same on SQLite only: for what no database makes different."""
    async with open_slack_town(migrated_sqlite_url, tmp_path) as one:
        yield one


@pytest.fixture
def database_url(migrated_url: str) -> str:
    """The tables are there already."""
    return migrated_url
