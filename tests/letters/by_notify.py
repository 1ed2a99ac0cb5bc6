"""The council's letters by GOV.UK Notify, for journeys at any door: the settings, and what Notify says of a letter."""

from __future__ import annotations

from typing import Any

import aiohttp

from tests.fakes.notify import KEY, TEMPLATE, FakeNotify

TOKEN = "a-token-agreed-on"


def settings(notify: FakeNotify) -> dict[str, Any]:
    """What the environment says when Notify is set up for e-mail and letters."""
    return {
        "notify_api_key": KEY,
        "notify_base_url": notify.url,
        "notify_email_template": TEMPLATE,
        "notify_letters": True,
        "notify_callback_token": TOKEN,
    }


async def calls_back(session: aiohttp.ClientSession, site: str, said: dict[str, Any]) -> None:
    """Notify calls the program back."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with session.post(f"{site}/notify/callback", json=said, headers=headers) as answer:
        assert answer.status == 204
