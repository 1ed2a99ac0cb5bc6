"""A workspace without council.toml: its administrator names the chief officer, who names the rest (R18)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer

from bot.app import Civility
from bot.settings import Settings
from storage.mainkey import new_key_text
from tests.fakes.slack import SECRET, TOKEN, FakeSlack
from tests.fakes.slack_user import SlackUser
from tests.journeys.steps import THREAT
from tests.slack.test_whole_case import words
from tests.town import Clock

COUNCIL = {
    "council_name": "Ambleford Town Council",
    "address": "Town Hall, Ambleford",
    "appeals_contact": "appeals@ambleford.example",
}


@dataclass
class NewTown:
    """A program that knows no council, and a workspace: Ivy looks after it, Gil is a guest."""

    civility: Civility
    council_id: str
    slack: FakeSlack
    door: str
    session: aiohttp.ClientSession
    clock: Clock
    ids: dict[str, str] = field(default_factory=dict)

    def user(self, name: str) -> SlackUser:
        """Somebody of the workspace at their own Slack."""
        return SlackUser(self.slack, self.ids[name], name, self.door, self.session)

    async def deliver(self) -> None:
        """Deliver all that is due, at the pace Slack asks for."""
        for _ in range(20):
            await self.civility.deliver(self.council_id)
            self.clock.pass_by(seconds=11)


@pytest_asyncio.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[NewTown]:
    clock = Clock()
    slack = FakeSlack(clock)
    await slack.start()
    settings = Settings(
        database_url=database_url,
        civility_data=tmp_path,
        civility_key=new_key_text(),
        civility_config=tmp_path / "none.toml",
        slack_bot_token=TOKEN,
        slack_signing_secret=SECRET,
        slack_api_url=f"{slack.url}/api/",
    )
    civility = Civility(settings, now=clock)
    council_id = civility.prepare()
    server = TestServer(civility.application(council_id))
    await server.start_server()
    async with aiohttp.ClientSession() as session:
        door = str(server.make_url("/slack/events"))
        made = NewTown(civility, council_id, slack, door, session, clock)
        for name in ("Ivy Admin", "Dana Okoro", "Margaret Ellis", "Priya Shah"):
            made.ids[name.split(maxsplit=1)[0]] = slack.add_user(name)
        made.ids["Gil"] = slack.add_user("Gil Visitor", guest=True)
        slack.users[made.ids["Ivy"]]["is_admin"] = True
        yield made
    await server.close()
    await slack.stop()
    civility.close()
    assert slack.refused == []


async def test_administrator_should_name_the_chief_officer_who_names_the_rest(town: NewTown) -> None:
    ivy, dana, priya = town.user("Ivy"), town.user("Dana"), town.user("Priya")
    await priya.types("/incident")
    assert "Civility is not set up here yet" in priya.told[-1]["text"]
    await ivy.types("/incident")
    assert ivy.view["callback_id"] == "setup"
    await ivy.fills({**COUNCIL, "chief_officer": dana.id})
    assert "Civility is set up" in words(ivy.view)
    await town.deliver()
    welcome = dana.messages()[0]
    assert "You are the chief officer in Civility" in welcome["text"]

    await dana.presses(welcome, "offices.change", town.slack.direct(dana.id))
    await dana.fills(
        {"change": "appoint", "office": "chair_fgp", "account": town.ids["Margaret"], "starts": "2026-10-14"}
    )
    assert "Margaret Ellis" in words(dana.view)
    room = town.slack.add_channel("governance")
    await dana.types("/incident use governance", room)
    assert "This is the governance channel now" in dana.told[-1]["text"]
    await priya.types("/incident")
    assert "Report received" in words(await priya.fills(THREAT))
    await town.deliver()
    assert any("INC-2026-0001" in one["text"] for one in town.slack.messages[room])
    assert any("INC-2026-0001" in one["text"] for one in town.user("Margaret").messages())
    with town.civility.store.read(town.council_id) as uow:
        assert uow.council.get().name == "Ambleford Town Council"
        assert "council.set_up" in [line.action for line in uow.log.lines()]


async def test_chief_officer_should_be_told_what_can_never_be_delivered(town: NewTown) -> None:
    ivy, dana = town.user("Ivy"), town.user("Dana")
    await ivy.types("/incident")
    await ivy.fills({**COUNCIL, "chief_officer": dana.id, "chair_fgp": town.ids["Margaret"]})
    town.clock.pass_by(hours=1)
    gone = town.slack.add_channel("governance", bot_is_in=False)
    await dana.types("/incident use governance", gone)
    for _ in range(2):
        await town.user("Priya").types("/incident")
        await town.user("Priya").fills(THREAT)
    await town.deliver()
    told = [one["text"] for one in dana.messages() if "could not be delivered" in one["text"]]
    assert len(told) == 1  # one a day for each place, however many messages wait there
    assert "A message to the governance channel could not be delivered" in told[0]
    assert "/invite @Civility" in told[0]
    assert not [one for one in town.user("Margaret").messages() if "could not be delivered" in one["text"]]


async def test_nobody_but_an_administrator_should_set_up(town: NewTown) -> None:
    ivy, priya = town.user("Ivy"), town.user("Priya")
    await ivy.types("/incident")
    priya.slack.views[priya.id] = dict(ivy.view)  # a view of hers, sent as if it were his own
    await priya.sends({**COUNCIL, "chief_officer": priya.id})
    assert "type /incident" in words(priya.view)
    with town.civility.store.read(town.council_id) as uow:
        assert [h for h in uow.offices.register().holdings if h.office == "chief_officer"] == []


async def test_second_set_up_should_be_refused(town: NewTown) -> None:
    ivy = town.user("Ivy")
    await ivy.types("/incident")
    first = dict(ivy.view)
    await ivy.fills({**COUNCIL, "chief_officer": town.ids["Dana"]})
    kept = json.loads(first["private_metadata"])
    ivy.slack.views[ivy.id] = {**first, "private_metadata": json.dumps({**kept, "nonce": "another"})}
    await ivy.sends({**COUNCIL, "chief_officer": ivy.id})
    assert "Civility is set up already" in words(ivy.view)
    await ivy.types("/incident")
    assert ivy.view["callback_id"] == "report"


@pytest.mark.parametrize(("chief", "chair"), [("Gil", ""), ("Dana", "Dana"), ("Dana", "Gil")])
async def test_guest_or_the_same_person_twice_should_be_refused_at_the_field(
    town: NewTown, chief: str, chair: str
) -> None:
    ivy = town.user("Ivy")
    await ivy.types("/incident")
    answers = {**COUNCIL, "chief_officer": town.ids[chief]}
    answer = await ivy.sends({**answers, "chair_fgp": town.ids[chair]} if chair else answers)
    wrong = "chair_fgp" if chair else "chief_officer"
    said = "must be somebody else" if chief == chair else "Choose a full member"
    assert list(answer["errors"]) == [wrong]
    assert said in answer["errors"][wrong]
    with town.civility.store.read(town.council_id) as uow:
        assert "Dana Okoro" not in [one.name for one in uow.colleagues.all()]


async def test_channel_should_be_chosen_by_the_chief_officer_in_the_channel_itself(town: NewTown) -> None:
    ivy, dana, priya = town.user("Ivy"), town.user("Dana"), town.user("Priya")
    await ivy.types("/incident")
    await ivy.fills({**COUNCIL, "chief_officer": dana.id})
    room = town.slack.add_channel("elsewhere")
    await priya.types("/incident use governance", room)
    await dana.types("/incident use governance", town.slack.direct(dana.id))
    assert "Type this in the channel itself" in dana.told[-1]["text"]
    await dana.types("/incident use everything", room)
    assert "/incident use councillors" in dana.told[-1]["text"]
    with town.civility.store.read(town.council_id) as uow:
        assert "slack" not in uow.council.get().channels.get("governance", {})
