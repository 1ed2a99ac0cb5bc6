"""Many workspaces: each installs Civility itself and is a council of its own; tokens are sealed and renewed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from sqlalchemy import create_engine, text

from bot.app import Civility
from bot.doctor import examine
from bot.settings import Settings
from bot.slack.app import SlackSettings, open_slack
from bot.slack.installs import Installs
from bot.slack.manifest import SCOPES
from bot.slack.problems import SlackProblem
from handlers.chat import Request, Response
from storage.mainkey import new_key_text
from storage.records import Recipient
from tests.fakes.slack import SECRET, FakeSlack, Fault
from tests.fakes.slack_user import SlackUser
from tests.journeys.steps import THREAT
from tests.slack.test_whole_case import words
from tests.town import Clock

NORTH, SOUTH = "T-NORTH", "T-SOUTH"


@dataclass
class Country:
    """A program that serves whoever installs it, and two workspaces: in each an Olive who installs, and a Tom."""

    civility: Civility
    slack: FakeSlack
    server: TestServer
    clock: Clock
    ids: dict[str, str] = field(default_factory=dict)

    def user(self, name: str, team: str = NORTH) -> SlackUser:
        """Somebody at their own Slack."""
        door = str(self.server.make_url("/slack/events"))
        return SlackUser(self.slack, self.ids[f"{name} {team}"], name, door, self._session, team)

    async def installs(self, team: str, **clicks: str) -> tuple[int, str]:
        """Olive opens /slack/install in her browser and clicks "Allow", or what `clicks` says; the page she reads."""
        async with self.browser() as browser:
            return await self.goes(browser, **({"approve": f"{team}/{self.ids[f'Olive {team}']}"} | clicks))

    async def goes(self, browser: aiohttp.ClientSession, **clicks: str) -> tuple[int, str]:
        """From /slack/install by way of Slack's own page back to ours."""
        async with browser.get(self.server.make_url("/slack/install"), allow_redirects=False) as on:
            assert on.status == 302
            to_slack = on.headers["Location"]
        async with browser.get(to_slack, params=clicks) as page:
            return page.status, await page.text()

    def browser(self) -> aiohttp.ClientSession:
        """A browser, which keeps cookies; it trusts loopback as browsers do."""
        jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=self.server.make_url("/"))
        return aiohttp.ClientSession(cookie_jar=jar)

    async def tells(self, event: dict[str, Any], team: str = NORTH) -> int:
        """Slack sends an event; the status it is answered with."""
        body = json.dumps(
            {"type": "event_callback", "team_id": team, "api_app_id": "A0", "event": event}
        ).encode()
        headers = {"Content-Type": "application/json", **self.slack.sign(body)}
        async with self._session.post(
            self.server.make_url("/slack/events"), data=body, headers=headers
        ) as answer:
            return answer.status

    async def sets_up(self, team: str = NORTH) -> None:
        """Olive installs and names herself as the chief officer."""
        await self.installs(team)
        olive = self.user("Olive", team)
        await olive.types("/incident")
        assert olive.view["callback_id"] == "setup"
        await olive.fills(
            {
                "council_name": f"{team} Council",
                "address": "Town Hall",
                "appeals_contact": "appeals@example.org",
                "chief_officer": olive.id,
            }
        )

    async def deliver(self) -> None:
        """Deliver what is due within half an hour, at the pace Slack asks for."""
        for _ in range(180):
            await self.civility.deliver("")
            self.clock.pass_by(seconds=11)

    async def __aenter__(self) -> Country:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()


@pytest_asyncio.fixture
async def country(database_url: str, tmp_path: Path) -> AsyncIterator[Country]:
    clock = Clock()
    slack = FakeSlack(clock, workspaces={NORTH: "North", SOUTH: "South"}, tokens={})
    await slack.start()
    settings = Settings(
        database_url=database_url,
        civility_data=tmp_path,
        civility_key=new_key_text(),
        civility_config=tmp_path / "none.toml",
        slack_client_id=slack.app[0],
        slack_client_secret=slack.app[1],
        slack_signing_secret=SECRET,
        slack_api_url=f"{slack.url}/api/",
    )
    civility = Civility(settings, now=clock)
    server = TestServer(civility.application(civility.prepare()))
    await server.start_server()
    slack.redirect = str(server.make_url("/slack/oauth_redirect"))
    async with Country(civility, slack, server, clock) as made:
        for team in (NORTH, SOUTH):
            for name in ("Olive", "Tom"):
                made.ids[f"{name} {team}"] = slack.add_user(f"{name} {team.title()}", team=team)
        yield made
    await server.close()
    await slack.stop()
    civility.close()
    assert slack.refused == []


async def test_each_workspace_should_become_a_council_of_its_own(country: Country) -> None:
    assert country.civility.store.councils() == ()
    for team in (NORTH, SOUTH):
        status, page = await country.installs(team)
        assert status == 200
        assert f"Civility is installed in {team.removeprefix('T-').title()}" in page
        await country.sets_up(team)
    assert [one.name for one in country.civility.store.councils()] == ["T-NORTH Council", "T-SOUTH Council"]
    tom, other = country.user("Tom", NORTH), country.user("Tom", SOUTH)
    await tom.types("/incident")
    await tom.fills(THREAT)
    assert "INC-2026-0001" in words(tom.view)
    await country.deliver()
    olive, stranger = country.user("Olive", NORTH), country.user("Olive", SOUTH)
    assert any("INC-2026-0001" in one["text"] for one in olive.messages())
    assert not any("INC-2026-0001" in one["text"] for one in stranger.messages())
    await other.types("/incident case INC-2026-0001")
    assert "There is no case with this reference that you can see" in other.told[-1]["text"]


async def test_only_who_installed_may_set_up(country: Country) -> None:
    await country.installs(NORTH)
    tom, olive = country.user("Tom"), country.user("Olive")
    await tom.types("/incident")
    assert "Civility is not set up here yet" in tom.told[-1]["text"]
    await olive.types("/incident")
    assert olive.view["callback_id"] == "setup"


async def test_tokens_should_never_stand_in_the_database_as_they_are(country: Country) -> None:
    country.slack.rotates = True
    await country.installs(NORTH)
    engine = create_engine(country.civility.settings.url)
    with engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM installation")).mappings().one()
    engine.dispose()
    kept = " ".join(str(value) for value in row.values()).encode() + b"".join(
        bytes(row[name]) for name in ("token", "refresh_token")
    )
    assert len(row["token"]) > 40
    for secret in (*country.slack.tokens, "xoxb-", "xoxe-"):
        assert secret.encode() not in kept


async def test_removed_app_should_lose_its_tokens_and_find_its_council_again(country: Country) -> None:
    await country.sets_up()
    await country.deliver()
    (council,) = country.civility.store.councils()
    olive = country.user("Olive")
    assert len(olive.messages()) == 1
    country.slack.remove(NORTH)
    assert await country.tells({"type": "app_uninstalled"}) == 200
    assert (
        await country.tells({"type": "tokens_revoked", "tokens": {"bot": ["B1"]}}) == 200
    )  # Slack sends both
    with country.civility.store.read(council.id) as uow:
        found = uow.installations.get("slack", NORTH)
        left = [one for one in uow.log.lines() if one.action == "workspace.left"]
    assert found is not None
    assert (found.token, found.refresh_token, len(left)) == ("", "", 1)
    assert found.removed_at is not None
    with country.civility.store.write(council.id) as uow:
        chief = uow.colleagues.by_identity("slack", NORTH, olive.id)
        assert chief is not None
        uow.outbox.add(Recipient("colleague", chief.id), "welcome", {})
        uow.commit()
    await country.deliver()
    assert len(olive.messages()) == 1
    await country.installs(NORTH)
    await country.deliver()
    assert len(olive.messages()) == 2
    assert country.civility.store.councils() == (council,)


async def test_somebody_elses_token_should_be_nothing_to_us(country: Country) -> None:
    await country.sets_up()
    assert await country.tells({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}) == 200
    assert await country.tells({"type": "app_uninstalled"}, "T-NOWHERE") == 200
    tom = country.user("Tom")
    await tom.types("/incident")
    assert tom.view["callback_id"] == "report"


async def test_workspace_that_is_not_installed_should_read_why(country: Country) -> None:
    tom = country.user("Tom")
    await tom.types("/incident")
    assert "Civility is not installed in this workspace any more" in tom.told[-1]["text"]
    assert country.civility.store.councils() == ()


async def test_tokens_should_be_renewed_once_before_they_end(country: Country) -> None:
    country.slack.rotates = True
    await country.sets_up()
    await country.deliver()
    for _ in range(3):  # a day and a half
        country.clock.pass_by(hours=11)
        before = _renewals(country.slack)
        await asyncio.gather(*(country.user("Tom").types("/incident help") for _ in range(8)))
        assert _renewals(country.slack) - before == 1
        assert country.user("Tom").told[-1]["text"].startswith("Help")


async def test_two_processes_should_renew_once(country: Country) -> None:
    country.slack.rotates = True
    await country.sets_up()
    country.clock.pass_by(hours=11)
    settings, civility = country.civility.slack_settings(), country.civility
    installs = Installs(civility.store, country.clock)
    async with (
        open_slack(settings, _nobody, country.clock, installs=(installs, civility.run)) as one,
        open_slack(settings, _nobody, country.clock, installs=(installs, civility.run)) as other,
    ):
        before = _renewals(country.slack)
        clients = await asyncio.gather(*(opened.sender._workspaces.client(NORTH) for opened in (one, other)))
    assert _renewals(country.slack) - before == 1
    for client in clients:
        assert str(client.token) in country.slack.tokens


async def test_renewal_that_fails_should_leave_the_old_token_until_it_ends(country: Country) -> None:
    country.slack.rotates = True
    await country.sets_up()
    await country.deliver()
    country.clock.pass_by(hours=10, minutes=10)
    country.slack.faults.append(Fault("oauth.v2.access", "500"))
    tom = country.user("Tom")
    await tom.types("/incident help")
    assert tom.told[-1]["text"].startswith("Help")
    country.clock.pass_by(minutes=10)
    await tom.types("/incident help")
    country.clock.pass_by(hours=3)
    await tom.types("/incident help")
    assert len(tom.told) == 3


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ("another browser", 400, "Please start again"),
        ("another state", 400, "Please start again"),
        ("cancel", 200, "You chose not to install"),
        ("used code", 400, "Please start again"),
        ("organisation", 400, "Choose one workspace"),
        ("trouble", 502, "Please try again"),
    ],
)
async def test_installation_that_goes_wrong_should_say_so_and_keep_nothing(
    country: Country, wrong: str, status: int, said: str
) -> None:
    back = country.server.make_url("/slack/oauth_redirect")
    if wrong == "another browser":
        async with country.browser() as mine, country.browser() as theirs:
            async with mine.get(country.server.make_url("/slack/install"), allow_redirects=False) as on:
                state = on.headers["Location"].split("state=")[1].split("&")[0]
            async with theirs.get(back, params={"code": "code-1", "state": state}) as answer:
                found = answer.status, await answer.text()
    elif wrong in ("another state", "used code"):
        async with country.browser() as mine:
            async with mine.get(country.server.make_url("/slack/install"), allow_redirects=False) as on:
                state = on.headers["Location"].split("state=")[1].split("&")[0]
            state = "guessed" if wrong == "another state" else state
            async with mine.get(back, params={"code": "code-used", "state": state}) as answer:
                found = answer.status, await answer.text()
    elif wrong == "cancel":
        found = await country.installs(NORTH, deny="1")
    else:
        country.slack.whole_organisation = wrong == "organisation"
        if wrong == "trouble":
            country.slack.faults.append(Fault("oauth.v2.access", "before"))
        found = await country.installs(NORTH)
    assert found[0] == status
    assert said in found[1]
    assert "/slack/install" in found[1]
    assert country.civility.store.councils() == ()


async def test_doctor_should_look_at_each_workspace_and_say_which_one_left(country: Country) -> None:
    assert await asyncio.to_thread(examine, country.civility) == [
        "There is no council yet. A workspace installs Civility at /slack/install."
    ]
    country.slack.scopes = ",".join(SCOPES)
    for team in (NORTH, SOUTH):
        await country.sets_up(team)
    country.slack.remove(NORTH)
    await country.tells({"type": "app_uninstalled"})
    found = await asyncio.to_thread(examine, country.civility)
    about = {team: [one for one in found if one.startswith(team)] for team in (NORTH, SOUTH)}
    assert any("The Slack workspace North removed Civility on" in one for one in about[NORTH])
    assert not any("removed" in one or "token" in one for one in about[SOUTH])
    assert any("No Slack channel is chosen for governance" in one for one in about[SOUTH])
    country.slack.remove(SOUTH)  # and the event that tells of it never came
    found = await asyncio.to_thread(examine, country.civility)
    assert any("T-SOUTH" in one and "does not take the workspace's token any more" in one for one in found)


@pytest.mark.parametrize(("secret", "signing"), [("", SECRET), ("client-secret", "")])
async def test_missing_setting_should_be_named(secret: str, signing: str) -> None:
    settings = SlackSettings(client_id="client-1", client_secret=secret, signing_secret=signing)
    with pytest.raises(SlackProblem, match="Set SLACK_CLIENT_SECRET and SLACK_SIGNING_SECRET"):
        async with open_slack(settings, _nobody, Clock()):
            pass


def _renewals(slack: FakeSlack) -> int:
    return sum(
        given.get("grant_type") == "refresh_token"
        for method, given in slack.called
        if method.startswith("oauth")
    )


async def _nobody(_: Request) -> Response:
    raise AssertionError("nobody clicked")
