"""Civility in Microsoft's own playground: what a dialog would show stands in the conversation there."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.app import Civility
from bot.sample import sample_council
from bot.seed import seed
from bot.settings import Settings
from bot.teams.app import ADDRESS, OpenTeams, TeamsSettings, open_teams
from bot.teams.playground import without_dialogs
from policy.calendars import local_date
from storage.mainkey import new_key_text
from tests.teams.validators import buttons, check_card, inputs, words
from tests.town import START, Clock

Json = dict[str, Any]
DANA = "00000000-0000-0000-0000-000000000001"
_NUMBERS = itertools.count(1)


@dataclass
class Playground:
    """The playground: no signatures, a connector of its own, and what stands in the one conversation."""

    opened: OpenTeams
    door: str
    service: str
    session: aiohttp.ClientSession
    said: list[Json] = field(default_factory=list)

    async def says(self, **given: Any) -> Json:
        """Send a message of Dana's; the card that answers it."""
        activity = {
            "type": "message",
            "id": str(next(_NUMBERS)),
            "channelId": "msteams",
            "serviceUrl": self.service,
            "from": {"id": "user-dana", "aadObjectId": DANA, "name": "Dana Okoro"},
            "recipient": {"id": "bot", "name": "Civility"},
            "conversation": {"id": "personal-dana", "conversationType": "personal"},
            **given,
        }
        async with self.session.post(self.door, json=activity) as answer:
            assert answer.status in (200, 202), await answer.text()
        await self.opened.door.idle()
        content: Json = self.said[-1]["attachments"][0]["content"]
        check_card(content)
        return content

    async def presses(self, content: Json, button: str, **typed: str) -> Json:
        """Press a button of a card in the conversation: what its inputs hold comes as the value of a message."""
        (action,) = (one for one in buttons(content) if one["title"] == button)
        assert action["type"] == "Action.Submit"
        assert "msteams" not in action["data"], "the playground would do nothing"
        held = {name: one["value"] for name, one in inputs(content).items() if "value" in one}
        return await self.says(value={**held, **typed, **action["data"]})


@asynccontextmanager
async def open_playground(database_url: str, folder: Path) -> AsyncIterator[Playground]:
    """The sample council behind the playground's door."""
    clock = Clock(START)
    settings = Settings(database_url=database_url, civility_data=folder, civility_key=new_key_text())
    civility = Civility(settings, now=clock)
    said: list[Json] = []

    async def connector(request: web.Request) -> web.Response:
        if request.method == "POST" and "/activities" in request.path:
            said.append(await request.json())
            return web.json_response({"id": str(len(said))}, status=201)
        if request.path.endswith("/members"):
            return web.json_response(
                [{"id": "user-alex"}, {"id": "user-dana", "name": "Dana Okoro", "aadObjectId": DANA}]
            )
        return web.json_response({}, status=404)

    service = web.Application()
    service.router.add_route("*", "/{path:.*}", connector)
    try:
        civility.store.migrate()
        council_id = seed(civility.store, sample_council(local_date(clock())), "local", clock)
        civility.store.bind_workspace(council_id, "teams", "playground")
        given = TeamsSettings(playground=True).checked("127.0.0.1")
        async with (
            TestServer(service) as connected,
            open_teams(given, civility.answer, clock, civility.store, civility.run) as opened,
            aiohttp.ClientSession() as session,
        ):
            app = web.Application()
            app.router.add_post(ADDRESS, opened.entrance.handle)
            async with TestServer(app) as server:
                door = str(server.make_url(ADDRESS))
                yield Playground(opened, door, str(connected.make_url("/")), session, said)
    finally:
        civility.close()


async def test_report_should_be_filled_in_page_by_page_in_the_conversation(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with open_playground(sqlite_url, tmp_path) as playground:
        opening = await playground.says(text="report")
        first = await playground.presses(opening, "Report an incident")
        assert {"person_name", "what_happened"} <= set(inputs(first))
        wrong = await playground.presses(first, "Next", person_name="A. Marsden")
        assert "There is a problem" in words(wrong)
        assert inputs(wrong)["person_name"]["value"] == "A. Marsden"
        chosen = {
            name: inputs(wrong)[name]["choices"][0]["value"] for name in ("person_is", "channel", "category")
        }
        told = "He shouted at the counter."
        second = await playground.presses(wrong, "Next", **chosen, what_happened=told)
        assert "examples" in inputs(second)
        back = await playground.presses(second, "Back")
        assert inputs(back)["what_happened"]["value"] == told


def test_only_what_opens_a_dialog_should_change() -> None:
    made = {
        "data": {"msteams": {"type": "task/fetch"}, "button": "x"},
        "msteams": {"width": "full"},
        "all": [1],
    }
    assert without_dialogs(made) == {"data": {"button": "x"}, "msteams": {"width": "full"}, "all": [1]}
