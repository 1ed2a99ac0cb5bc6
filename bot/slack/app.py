"""Opens the Slack door: its workspaces, its people, its sender, by HTTP or by Socket Mode."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.door import SlackDoor
from bot.slack.guard import Guard
from bot.slack.install import Installing
from bot.slack.installs import Installs
from bot.slack.people import People
from bot.slack.problems import SlackProblem, error_of
from bot.slack.sender import SlackSender
from bot.slack.workspaces import OAuth, Workspace, Workspaces
from handlers.chat import Request, Response
from scheduler.platform import Run

log = logging.getLogger("civility.slack")

PATIENCE = timedelta(seconds=10)
REFUSED = frozenset(
    {"invalid_auth", "not_authed", "not_allowed_token_type", "token_revoked", "missing_scope"}
)
"""Slack's answers to an app token that no second try will change."""


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What the environment says about Slack. An `app_token` means Socket Mode, a `client_id` many workspaces."""

    bot_token: str = ""
    signing_secret: str = ""
    app_token: str = ""
    api_url: str = "https://slack.com/api/"
    client_id: str = ""
    client_secret: str = ""


@dataclass(frozen=True, slots=True)
class OpenSlack:
    """A door that is open. `workspace` is the one of the bot token, `installing` lets others in."""

    door: SlackDoor
    sender: SlackSender
    workspace: Workspace | None
    installing: Installing | None


@asynccontextmanager
async def open_slack(
    settings: SlackSettings,
    answer: Callable[[Request], Awaitable[Response]],
    now: Callable[[], datetime],
    patience: timedelta = PATIENCE,
    installs: tuple[Installs, Run] | None = None,
) -> AsyncIterator[OpenSlack]:
    """Ask Slack who we are and open the door. Raises SlackProblem with what to change.

    `patience`: how long the start waits for Socket Mode, which goes on connecting after it. `installs`: where
    installations are kept, and what runs that beside the event loop.
    """
    _check(settings)
    url = settings.api_url.rstrip("/") + "/"
    # One session for every call: the client would otherwise open one a call.
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session:

        def make(token: str) -> AsyncWebClient:
            # No retries inside the client: after a lost answer they would post a message twice. The outbox tries again.
            return AsyncWebClient(token=token, base_url=url, session=session, retry_handlers=[])

        client = make(settings.bot_token)
        own = await _workspace(client) if settings.bot_token else None
        oauth = OAuth(settings.client_id, settings.client_secret) if settings.client_id else None
        store, run = installs or (None, None)
        workspaces = Workspaces(
            make, now, own=(own, client) if own else None, installs=store, oauth=oauth, run=run
        )
        door = SlackDoor(
            answer=answer,
            people=People(workspaces, now),
            guard=Guard(settings.signing_secret, now),
            workspaces=workspaces,
            client=client,
        )
        installing = (
            Installing(oauth, url, make, workspaces, store, run, now) if oauth and store and run else None
        )
        opened = OpenSlack(door, SlackSender(workspaces, now), own, installing)
        if not settings.app_token:
            yield opened
            return
        await _app_token_taken(client, settings.app_token)
        socket = AsyncSocketModeHandler(door.app, settings.app_token, web_client=client)
        # The library tries for ever. A Slack that is in trouble must not hold up the reminders and the other doors.
        connecting = asyncio.create_task(socket.connect_async())  # type: ignore[no-untyped-call]
        _, waiting = await asyncio.wait({connecting}, timeout=patience.total_seconds())
        if waiting:
            log.warning("Slack has not opened Socket Mode yet. Civility goes on trying.")
        try:
            yield opened
        finally:
            connecting.cancel()
            await asyncio.gather(connecting, return_exceptions=True)
            await socket.close_async()  # type: ignore[no-untyped-call]


def _check(settings: SlackSettings) -> None:
    """Raises SlackProblem when a setting is missing."""
    if settings.client_id and not (settings.client_secret and settings.signing_secret):
        raise SlackProblem(
            "SLACK_CLIENT_ID is set. Set SLACK_CLIENT_SECRET and SLACK_SIGNING_SECRET too: all three stand on the "
            "app's page “Basic Information”, under “App Credentials”."
        )
    if not settings.signing_secret and not settings.app_token:
        raise SlackProblem(
            "SLACK_BOT_TOKEN is set. Set SLACK_SIGNING_SECRET too, or SLACK_APP_TOKEN for Socket Mode: both stand on "
            "the pages of your Slack app."
        )


async def _app_token_taken(client: AsyncWebClient, app_token: str) -> None:
    """Raises SlackProblem when Slack refuses the token; whether Slack is there at all is not asked here."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as refused:
        error = error_of(refused)
        if error in REFUSED:
            raise SlackProblem(
                f"Slack does not take SLACK_APP_TOKEN ({error}). Make one on the app's page “Basic Information”, "
                "“App-Level Tokens”, with the scope connections:write; it begins with xapp-."
            ) from refused
    except (aiohttp.ClientError, OSError) as broken:
        log.warning("Slack did not open Socket Mode: %s", type(broken).__name__)


async def _workspace(client: AsyncWebClient) -> Workspace:
    try:
        answer = await client.auth_test()
    except SlackApiError as refused:
        raise SlackProblem(
            f"Slack does not take SLACK_BOT_TOKEN ({error_of(refused)}). Copy the “Bot User OAuth Token”, which begins "
            "with xoxb-, from the app's page “OAuth & Permissions”."
        ) from refused
    except (aiohttp.ClientError, OSError) as broken:
        raise SlackProblem(
            f"Slack was not reached ({type(broken).__name__}). Is this computer online?"
        ) from broken
    return Workspace(
        str(answer["team_id"]), str(answer["team"]), str(answer["bot_id"]), str(answer["user_id"])
    )
