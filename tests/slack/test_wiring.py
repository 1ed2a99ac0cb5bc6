"""The program with Slack configured: from council.toml and two tokens to an answered command."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.app import Civility
from bot.settings import Settings
from bot.slack.app import SlackSettings, open_slack
from bot.slack.problems import SlackProblem
from handlers.chat import Request, Response
from storage.mainkey import new_key_text
from tests.fakes.slack import APP_TOKEN, SECRET, TEAM, TOKEN, FakeSlack, Fault
from tests.fakes.slack_user import SlackUser
from tests.town import Clock

COUNCIL = """
[council]
name = "Ambleford Town Council"
address = "Town Hall, Ambleford"
[channels]
governance = {{ slack = "{governance}" }}
councillors = {{ slack = "{governance}" }}
[[offices]]
office = "chief_officer"
name = "Dana Okoro"
slack = "{dana}"
from = 2026-05-01
"""


async def test_program_should_answer_the_workspace_named_in_its_file(
    database_url: str, tmp_path: Path
) -> None:
    clock = Clock()
    slack = FakeSlack(clock)
    await slack.start()
    dana_id, room = slack.add_user("Dana Okoro"), slack.add_channel("governance")
    file = tmp_path / "council.toml"
    file.write_text(COUNCIL.format(governance=room, dana=dana_id), encoding="utf-8")
    civility = Civility(_settings(slack, tmp_path, database_url, file), now=clock)
    council_id = civility.prepare()
    server = TestServer(civility.application(council_id))
    await server.start_server()
    async with aiohttp.ClientSession() as session:
        dana = SlackUser(slack, dana_id, "Dana", str(server.make_url("/slack/events")), session)
        await dana.types("/incident offices")
        assert "Dana Okoro" in dana.told[-1]["text"]
        assert "Change an office" in dana.told[-1]["text"]
        with civility.store.write(council_id) as uow:
            (one,) = uow.colleagues.all()
            uow.uploads.want("decision", "gone:pdf", one.id, ("slack", TEAM, dana_id))
            uow.commit()
        await civility.deliver(council_id)  # the file first, then what is said of it
        assert "There is no decision here that you can see." in dana.messages()[-1]["text"]
        async with session.get(server.make_url("/")) as page:
            assert page.status == 404  # no chat without a log-in beside Slack
        async with session.get(server.make_url("/readyz")) as ready:
            assert ready.status == 200
    await server.close()
    await slack.stop()
    civility.close()


@pytest.mark.parametrize(
    ("token", "secret", "said"),
    [("xoxb-wrong", SECRET, "does not take SLACK_BOT_TOKEN"), (TOKEN, "", "Set SLACK_SIGNING_SECRET")],
)
async def test_wrong_settings_should_be_said_in_a_sentence(token: str, secret: str, said: str) -> None:
    slack = FakeSlack(Clock())
    await slack.start()
    settings = SlackSettings(token, secret, api_url=f"{slack.url}/api/")
    with pytest.raises(SlackProblem, match=said):
        async with open_slack(settings, None, Clock()):  # type: ignore[arg-type]
            pass
    await slack.stop()


def _settings(slack: FakeSlack, folder: Path, url: str, file: Path) -> Settings:
    return Settings(
        database_url=url,
        civility_data=folder,
        civility_key=new_key_text(),
        civility_config=file,
        slack_bot_token=TOKEN,
        slack_signing_secret=SECRET,
        slack_api_url=f"{slack.url}/api/",
    )


async def test_app_token_slack_refuses_should_be_said_at_the_start() -> None:
    slack = FakeSlack(Clock())
    await slack.start()
    settings = SlackSettings(TOKEN, "", "xapp-wrong", f"{slack.url}/api/")
    with pytest.raises(SlackProblem, match="does not take SLACK_APP_TOKEN"):
        async with open_slack(settings, _nobody, Clock()):
            pass
    await slack.stop()


@pytest.mark.parametrize("kind", ["500", "before"])
async def test_start_should_not_wait_for_a_socket_mode_that_is_in_trouble(kind: str) -> None:
    slack = FakeSlack(Clock(), faults=[Fault("apps.connections.open", kind) for _ in range(2)])
    await slack.start()
    settings = SlackSettings(TOKEN, "", APP_TOKEN, f"{slack.url}/api/")
    async with open_slack(settings, _nobody, Clock(), patience=timedelta()) as opened:
        assert opened.workspace is not None
        assert opened.workspace.name == "Sample"
        assert slack.sockets == []
    await slack.stop()


async def _nobody(_: Request) -> Response:
    raise AssertionError("nobody clicked")
