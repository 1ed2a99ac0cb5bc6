"""What a browser does at the local chat's door, without a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

Fields = dict[str, str] | list[tuple[str, str]]


@dataclass(slots=True)
class Visitor:
    """Keeps cookies, and the token of the page last loaded."""

    client: TestClient[web.Request, web.Application]
    token: str = ""

    async def load(self, channel: str = "") -> str:
        """Load the page as a person would; gives its HTML."""
        response = await self.client.get("/", params={"channel": channel} if channel else {})
        html = await response.text()
        assert response.status == 200, html
        found = re.search(r'data-token="([0-9a-f]+)"', html)
        assert found is not None
        self.token = found[1]
        return html

    async def send(
        self, address: str, fields: Fields, headers: dict[str, str] | None = None
    ) -> ClientResponse:
        """Post fields as the page's script does."""
        pairs = list(fields.items()) if isinstance(fields, dict) else fields
        return await self.client.post(
            address, data=[("token", self.token), *pairs], headers=headers, allow_redirects=False
        )

    async def say(self, text: str, channel: str = "staff", **more: str) -> dict[str, Any]:
        """Send a command; gives the answer."""
        return await self._answer("/local/command", {"text": text, "channel": channel, **more})

    async def press(
        self, button: str, value: str = "", channel: str = "staff", **more: str
    ) -> dict[str, Any]:
        """Press a button; gives the answer."""
        return await self._answer(
            "/local/press", {"button": button, "value": value, "channel": channel, **more}
        )

    async def fill_in(self, fields: Fields) -> dict[str, Any]:
        """Send a page of a form from the staff room; gives the answer."""
        pairs = list(fields.items()) if isinstance(fields, dict) else fields
        return await self._answer("/local/form", [("channel", "staff"), *pairs])

    async def act_as(self, colleague_id: str) -> None:
        """Act as somebody else and load the page anew."""
        response = await self.send("/local/act-as", {"colleague": colleague_id, "channel": "staff"})
        assert response.status == 303
        await self.load()

    async def _answer(self, address: str, fields: Fields) -> dict[str, Any]:
        response = await self.send(address, fields)
        answer: dict[str, Any] = await response.json()
        return {"status": response.status, **answer}
