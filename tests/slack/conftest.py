"""The Slack door on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.slack.town import SlackTown, open_slack_town


@pytest_asyncio.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[SlackTown]:
    """The sample council at Slack, on an empty database."""
    async with open_slack_town(database_url, tmp_path) as one:
        yield one
