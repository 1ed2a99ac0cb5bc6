"""What `civility doctor` asks Slack: do tokens, permissions, channels and clock serve? It changes nothing there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.app import SlackSettings
from bot.slack.manifest import SCOPES
from bot.slack.problems import error_of
from bot.slack.workspaces import BROKEN

APART = timedelta(minutes=1)
"""Slack's signatures hold for five minutes: a clock that is further off soon refuses every click."""
INSTALL_AGAIN = "Somebody who looks after the workspace installs Civility again, at /slack/install."
ROOMS = ("governance", "councillors")


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace to ask about: its token, and its council's channels by kind and platform."""

    token: str
    channels: Mapping[str, Mapping[str, str]]
    installed: bool = False


async def examine_slack(settings: SlackSettings, place: Place, now: Callable[[], datetime]) -> list[str]:
    """Every finding as a sentence that says what to do; empty when all is well."""
    found = []
    if not settings.signing_secret and not settings.app_token:
        found.append(
            "Slack can't reach Civility: set SLACK_APP_TOKEN (Socket Mode), or with a public address "
            "SLACK_SIGNING_SECRET."
        )
    timeout = aiohttp.ClientTimeout(total=10)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        url = settings.api_url.rstrip("/") + "/"
        client = AsyncWebClient(token=place.token, base_url=url, session=session, retry_handlers=[])
        try:
            answer = await client.auth_test()
        except SlackApiError as refused:
            return [*found, _token(error_of(refused), installed=place.installed)]
        except BROKEN as broken:
            return [*found, f"Slack was not reached ({type(broken).__name__}). Is this computer online?"]
        found += _scopes(answer)
        found += _clock(answer, now())
        for kind in ROOMS:
            found += await _channel(client, kind, place.channels.get(kind, {}).get("slack", ""))
        if settings.app_token:
            found += await _socket(client, settings.app_token)
    return found


def _token(error: str, *, installed: bool) -> str:
    if error == "token_expired":
        return "The workspace's token has ended. Civility renews it by itself while it runs: see its log for why not."
    if installed:
        return f"Slack does not take the workspace's token any more ({error}). {INSTALL_AGAIN}"
    return (
        f"Slack does not take SLACK_BOT_TOKEN ({error}). Copy the “Bot User OAuth Token”, which begins with xoxb-, "
        "from the app's page “OAuth & Permissions”; if it is not there, install the app to the workspace again."
    )


def _scopes(answer: AsyncSlackResponse) -> list[str]:
    """Slack says with every answer what the token may do."""
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if "x-oauth-scopes" not in headers:
        return []
    given = {one.strip() for one in headers["x-oauth-scopes"].split(",")}
    missing = [f"{name} ({use})" for name, use in SCOPES.items() if name not in given]
    if not missing:
        return []
    return [
        (
            f"The app lacks these permissions: {'; '.join(missing)}. Add them on the app's page “OAuth & Permissions” "
            "under “Bot Token Scopes”, then install the app to the workspace again."
        )
    ]


def _clock(answer: AsyncSlackResponse, now: datetime) -> list[str]:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    try:
        theirs = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return []
    apart = abs(theirs - now)
    if apart <= APART:
        return []
    minutes = int(apart.total_seconds() // 60)
    return [
        (
            f"This computer's clock and Slack's are {minutes} minutes apart. Switch on automatic time: with more than "
            "five minutes nothing anybody clicks is believed."
        )
    ]


async def _channel(client: AsyncWebClient, kind: str, channel: str) -> list[str]:
    """Whether Civility is in the channel; reading its newest message needs no permission it lacks."""
    if not channel:
        return [
            f"No Slack channel is chosen for {kind}. The chief officer types /incident use {kind} in a private channel."
        ]
    try:
        await client.conversations_history(channel=channel, limit=1)
    except SlackApiError as refused:
        return [
            (
                f"Civility can't use the {kind} channel {channel} ({error_of(refused)}). Type /invite @Civility in it, "
                f"or choose another with /incident use {kind}."
            )
        ]
    except BROKEN as broken:
        return [f"Slack did not answer about the {kind} channel ({type(broken).__name__}). Try again."]
    return []


async def _socket(client: AsyncWebClient, app_token: str) -> list[str]:
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as refused:
        sentence = (
            f"Slack does not take SLACK_APP_TOKEN ({error_of(refused)}). Make one on the app's page “Basic "
            "Information”, “App-Level Tokens”, with the scope connections:write; it begins with xapp-. Socket "
            "Mode must be on."
        )
        return [sentence]
    except BROKEN as broken:
        return [f"Slack did not open Socket Mode ({type(broken).__name__}). Try again."]
    return []
