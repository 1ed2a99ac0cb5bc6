"""A hall with its door open, and a visitor who keeps cookies."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer

from tests.local.hall import Hall
from tests.local.visitor import Visitor


@pytest.fixture
def hall() -> Hall:
    """A fresh council hall."""
    return Hall()


@pytest_asyncio.fixture
async def visitor(hall: Hall) -> AsyncIterator[Visitor]:
    """A browser-like client of the hall's door; acts as Dana, the first colleague, until told otherwise."""
    async with TestClient(TestServer(hall.app())) as client:
        yield Visitor(client)
