"""`civility doctor` with Slack: each finding is a sentence an administrator can act on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

import pytest_asyncio

from bot.slack.app import SlackSettings
from bot.slack.doctor import Place, examine_slack
from bot.slack.manifest import SCOPES
from tests.fakes.slack import APP_TOKEN, TOKEN, FakeSlack, Fault
from tests.town import Clock


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack(Clock(), scopes=",".join(SCOPES))
    await fake.start()
    yield fake
    await fake.stop()


def rooms(slack: FakeSlack, *, bot_is_in: bool = True) -> dict[str, dict[str, str]]:
    return {
        kind: {"slack": slack.add_channel(kind, bot_is_in=bot_is_in)}
        for kind in ("governance", "councillors")
    }


def settings(slack: FakeSlack, token: str = TOKEN, app_token: str = APP_TOKEN) -> SlackSettings:
    return SlackSettings(token, "", app_token, f"{slack.url}/api/")


async def examined(
    settings: SlackSettings, channels: dict[str, dict[str, str]], now: Callable[[], datetime]
) -> list[str]:
    return await examine_slack(settings, Place(settings.bot_token, channels), now)


async def test_all_well_should_say_nothing(slack: FakeSlack) -> None:
    assert await examined(settings(slack), rooms(slack), slack.now) == []


async def test_refused_token_should_be_said_alone(slack: FakeSlack) -> None:
    (said,) = await examined(settings(slack, "xoxb-wrong"), rooms(slack), slack.now)
    assert "does not take SLACK_BOT_TOKEN (invalid_auth)" in said


async def test_slack_out_of_reach_should_be_said_in_a_sentence(slack: FakeSlack) -> None:
    nowhere = SlackSettings(TOKEN, "secret", "", "http://127.0.0.1:1/api/")
    (said,) = await examined(nowhere, {}, slack.now)
    assert said.startswith("Slack was not reached")


async def test_missing_permission_should_be_named_with_its_use(slack: FakeSlack) -> None:
    slack.scopes = ",".join(set(SCOPES) - {"im:write"})
    (said,) = await examined(settings(slack), rooms(slack), slack.now)
    assert "im:write (opens that conversation)" in said
    assert "chat:write" not in said


async def test_channels_not_chosen_or_not_joined_should_be_said(slack: FakeSlack) -> None:
    unchosen = await examined(settings(slack), {}, slack.now)
    assert [one.partition(".")[0] for one in unchosen] == [
        "No Slack channel is chosen for governance",
        "No Slack channel is chosen for councillors",
    ]
    outside = await examined(settings(slack), rooms(slack, bot_is_in=False), slack.now)
    assert all("(channel_not_found). Type /invite @Civility in it" in one for one in outside)
    assert len(outside) == 2


async def test_clock_that_is_off_should_be_said(slack: FakeSlack) -> None:
    late = slack.now() + timedelta(minutes=7)
    (said,) = await examined(settings(slack), rooms(slack), lambda: late)
    assert "7 minutes apart" in said


async def test_app_token_should_be_tried(slack: FakeSlack) -> None:
    (wrong,) = await examined(settings(slack, app_token="xapp-wrong"), rooms(slack), slack.now)
    assert "does not take SLACK_APP_TOKEN (invalid_auth)" in wrong
    (none,) = await examined(settings(slack, app_token=""), rooms(slack), slack.now)
    assert "set SLACK_APP_TOKEN (Socket Mode)" in none
    slack.faults = [Fault("apps.connections.open", "500")]
    (broken,) = await examined(settings(slack), rooms(slack), slack.now)
    assert "no answer Civility understands" in broken
