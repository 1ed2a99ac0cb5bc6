"""A browser that follows the link to a file, for journeys at any door."""

from __future__ import annotations

import aiohttp

PUBLIC = "https://civility.example"
"""The address under which browsers reach the program."""


async def fetched(session: aiohttp.ClientSession, site: str, link: str) -> tuple[int, bytes]:
    """Open a link's page and press its one button: the status and the bytes. `site` stands for PUBLIC."""
    assert link.startswith(f"{PUBLIC}/files/")
    address = site + link.removeprefix(PUBLIC)
    async with session.get(address) as page:
        assert "Marsden" not in await page.text()
    async with session.post(address) as answer:
        return answer.status, await answer.read()
