"""What `civility doctor` says of GOV.UK Notify, asked of one that speaks its protocol."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.letters.govuk_notify import GovukNotify
from bot.letters.notify_client import NO_KEY
from bot.letters.notify_doctor import NO_TEMPLATE, NOTHING, examine
from bot.letters.notify_settings import NotifySettings
from scheduler.platform import Down, Unsendable
from tests.fakes.notify import KEY, SECRET, SERVICE, TEMPLATE, FakeNotify, open_notify

SOUND = NotifySettings(KEY, email_template=TEMPLATE, letters=True)
OTHER = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (SOUND, ""),
        (replace(SOUND, email_template=""), ""),  # letters alone: the key is looked at all the same
        (replace(SOUND, email_template="", letters=False), NOTHING),
        (replace(SOUND, api_key="test_key"), NO_KEY),
        (replace(SOUND, api_key=KEY[:-1]), NO_KEY),
        (replace(SOUND, api_key=f"test_key-{SERVICE}-{OTHER}"), "does not take the key in NOTIFY_API_KEY: Inv"),
        (replace(SOUND, api_key=f"k-{OTHER}-{SECRET}", email_template=""), "service not found"),
        (replace(SOUND, email_template=OTHER), NO_TEMPLATE),
        (replace(SOUND, base_url="http://127.0.0.1:9"), "was not reached at http://127.0.0.1:9"),
        (replace(SOUND, base_url="notify.example"), "was not reached at notify.example"),
    ],
)  # fmt: skip
async def test_doctor_should_say_what_to_do(settings: NotifySettings, said: str) -> None:
    async with open_notify() as fake:
        here = settings if "not reached" in said else replace(settings, base_url=fake.url)
        found = await asyncio.to_thread(examine, here)
    assert len(found) == bool(said)
    assert said in "".join(found)


@pytest.mark.parametrize(
    ("fake", "said"),
    [
        (FakeNotify(kind="sms"), "is a template for sms: make one for email"),
        (FakeNotify(body="Dear resident"), "The body of the GOV.UK Notify template lacks ((body))"),
    ],
)
async def test_doctor_should_look_at_the_template(fake: FakeNotify, said: str) -> None:
    async with open_notify() as running:
        running.kind, running.body = fake.kind, fake.body
        (found,) = await asyncio.to_thread(examine, replace(SOUND, base_url=running.url))
    assert said in found


async def test_address_of_something_else_should_be_told_and_nothing_lost_there() -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<h1>Sign in</h1>", content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", page)
    server = TestServer(app)
    await server.start_server()
    settings = replace(SOUND, base_url=str(server.make_url("")).rstrip("/"))
    try:
        (found,) = await asyncio.to_thread(examine, settings)
        with pytest.raises(Down):  # tried again later, not given up
            await asyncio.to_thread(GovukNotify(settings).find, "reference")
    finally:
        await server.close()
    assert "does not answer like GOV.UK Notify" in found


def test_letter_should_not_go_by_a_key_that_is_none() -> None:
    with pytest.raises(Unsendable, match="NOTIFY_API_KEY is not a key"):
        GovukNotify(replace(SOUND, api_key="x")).find("reference")
