"""One council, one program, Slack and Teams at once: a case reported in one is decided in the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest_asyncio
from aiohttp.test_utils import TestServer

from bot.app import Civility
from bot.settings import Settings
from handlers.case_record import record
from handlers.casefile import load
from storage.mainkey import new_key_text
from tests.fakes.slack import SECRET as SLACK_SECRET
from tests.fakes.slack import TOKEN, FakeSlack
from tests.fakes.slack_user import SlackUser
from tests.fakes.teams import APP, SECRET, TENANT, FakeTeams
from tests.fakes.teams_user import TeamsUser
from tests.journeys.steps import FINDING, PROPOSAL, THREAT
from tests.teams.test_whole_case import said
from tests.town import Clock

COUNCIL = """
[council]
name = "Ambleford Town Council"
address = "Town Hall, Ambleford"
[channels]
governance = {{ slack = "{slack_room}", teams = "{teams_room}" }}
councillors = {{ slack = "{slack_councillors}", teams = "{teams_room}" }}
[[offices]]
office = "chief_officer"
name = "Dana Okoro"
slack = "{slack_dana}"
teams = "{teams_dana}"
from = 2026-05-01
[[offices]]
office = "chair_fgp"
name = "Councillor Margaret Hall"
slack = "{slack_margaret}"
teams = "{teams_margaret}"
from = 2026-05-01
[[offices]]
office = "mayor"
name = "Councillor Omar Bell"
slack = "{slack_omar}"
from = 2026-05-01
"""


@dataclass
class BothTown:
    """Priya and Omar use Slack, Margaret Teams, Dana both."""

    civility: Civility
    council_id: str
    slack: FakeSlack
    teams: FakeTeams
    clock: Clock
    priya: SlackUser
    omar: SlackUser
    dana_slack: SlackUser
    margaret_slack: SlackUser
    dana: TeamsUser
    margaret: TeamsUser
    slack_room: str
    teams_room: str

    async def deliver(self) -> None:
        """Deliver until nothing is due."""
        for _ in range(30):
            await self.civility.deliver(self.council_id)
            self.clock.pass_by(seconds=11)
            if not self.civility.store.outbox_waits():
                return
        raise AssertionError("the outbox is never empty")

    def record(self) -> dict[str, Any]:
        """The newest case, as `civility case` prints it."""
        with self.civility.store.read(self.council_id) as uow:
            return record(load(self.civility.desk(uow), uow.cases.all(1)[0].id))


@pytest_asyncio.fixture
async def both(database_url: str, tmp_path: Path) -> AsyncIterator[BothTown]:
    clock = Clock()
    slack, teams = FakeSlack(clock), FakeTeams(clock)
    await slack.start()
    await teams.start()
    at_slack = {
        name: slack.add_user(name) for name in ("Priya Nair", "Omar Bell", "Dana Okoro", "Margaret Hall")
    }
    at_teams = {name: teams.add_user(name) for name in ("Dana Okoro", "Margaret Hall")}
    slack_room, teams_room = slack.add_channel("governance"), teams.add_room("governance")
    file = tmp_path / "council.toml"
    file.write_text(
        COUNCIL.format(
            slack_room=slack_room,
            teams_room=teams_room,
            slack_councillors=slack.add_channel("councillors"),
            slack_dana=at_slack["Dana Okoro"],
            slack_margaret=at_slack["Margaret Hall"],
            slack_omar=at_slack["Omar Bell"],
            teams_dana=at_teams["Dana Okoro"].upper(),
            teams_margaret=at_teams["Margaret Hall"],
        ),
        encoding="utf-8",
    )
    settings = Settings(
        database_url=database_url,
        civility_data=tmp_path,
        civility_key=new_key_text(),
        civility_config=file,
        slack_bot_token=TOKEN,
        slack_signing_secret=SLACK_SECRET,
        slack_api_url=f"{slack.url}/api/",
        teams_app_id=APP,
        teams_secret=SECRET,
        teams_tenant=TENANT,
        teams_login_url=teams.url,
        teams_openid_url=teams.openid,
    )
    civility = Civility(settings, now=clock)
    council_id = civility.prepare()
    server = TestServer(civility.application(council_id))
    await server.start_server()
    async with aiohttp.ClientSession() as session:

        def user(name: str) -> SlackUser:
            door = str(server.make_url("/slack/events"))
            return SlackUser(slack, at_slack[name], name.split(maxsplit=1)[0], door, session)

        def other(name: str) -> TeamsUser:
            door = str(server.make_url("/api/messages"))
            return TeamsUser(teams, at_teams[name], name.split(maxsplit=1)[0], door, session)

        async with session.get(server.make_url("/")) as page:
            assert page.status == 404  # no chat without a log-in beside the others
        async with session.get(server.make_url("/about")) as page:
            assert page.status == 200  # the app package names this address
        yield BothTown(
            civility,
            council_id,
            slack,
            teams,
            clock,
            user("Priya Nair"),
            user("Omar Bell"),
            user("Dana Okoro"),
            user("Margaret Hall"),
            other("Dana Okoro"),
            other("Margaret Hall"),
            slack_room,
            teams_room,
        )
    await server.close()
    await slack.stop()
    await teams.stop()
    civility.close()
    assert (slack.refused, teams.refused) == ([], [])


async def ready(town: BothTown) -> None:
    """Reported in Slack; findings signed, Dana's in Slack, Margaret's in Teams; a restriction proposed in Slack."""
    for one in (town.dana, town.margaret):
        await one.installs()
    await town.priya.types("/incident")
    await town.priya.fills(THREAT)
    await town.deliver()
    (card,) = town.dana_slack.messages()
    room = town.slack.direct(town.dana_slack.id)
    await town.dana_slack.presses(card, "finding.sign", room)
    await town.dana_slack.fills(FINDING)
    await town.deliver()
    await town.margaret.presses(town.margaret.card_of("INC-2026-0001"), "finding.agree")
    await town.deliver()
    await town.dana_slack.presses(town.dana_slack.messages()[0], "proposal.draft", room)
    await town.dana_slack.fills(PROPOSAL)
    await town.deliver()


async def test_every_copy_should_show_the_outcome_when_slack_reports_and_teams_approves(
    both: BothTown,
) -> None:
    await ready(both)
    await both.margaret.presses(both.margaret.card_of("INC-2026-0001"), "proposal.approve")
    await both.deliver()
    shown = [said(both.dana.card_of("INC-2026-0001")), said(both.margaret.card_of("INC-2026-0001"))]
    shown += [one["text"] for one in both.dana_slack.messages() if "INC-2026-0001" in one["text"]]
    assert len(shown) == 3
    for one in shown:
        assert "Decided: A communication restriction" in one, one
        assert "Marsden" not in one
    assert sum("INC-2026-0001" in one["summary"] for one in both.dana.messages()) == 1
    assert [one["decision"] for one in both.record()["decisions"]] == ["restriction"]


async def test_presses_at_one_instant_should_make_one_decision_when_they_come_from_slack_and_teams(
    both: BothTown,
) -> None:
    await ready(both)
    card, at_slack = both.margaret.card_of("INC-2026-0001"), both.margaret_slack.messages()[0]
    room = both.slack.direct(both.margaret_slack.id)
    await asyncio.gather(
        *(both.margaret.presses(card, "proposal.approve") for _ in range(3)),
        *(both.margaret_slack.presses(at_slack, "proposal.approve", room) for _ in range(3)),
    )
    await both.deliver()
    found = both.record()
    assert [one["decision"] for one in found["decisions"]] == ["restriction"]
    assert [(one["office"], one["answer"]) for one in found["approvals"]] == [
        ("chief_officer", "approved"),
        ("chair_fgp", "approved"),
    ]
    shown = [said(both.margaret.card_of("INC-2026-0001")), both.margaret_slack.messages()[0]["text"]]
    assert all("Decided: A communication restriction" in one for one in shown)
