"""The workspaces Civility may speak in, each with its own client: the one of SLACK_BOT_TOKEN, and those that installed.

What is known of a workspace is kept for five minutes, because another process may hear of its end. Tokens that
expire are renewed long before, by one process at a time; until then the old one is good.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.installs import Installs
from bot.slack.problems import error_of
from scheduler.platform import Run
from storage.installed import Installation

log = logging.getLogger("civility.slack")

FRESH = timedelta(minutes=5)
RENEW_BEFORE = timedelta(hours=2)
"""Slack's tokens last twelve hours."""
LEASE = timedelta(minutes=1)
BROKEN = (aiohttp.ClientError, OSError, TimeoutError)


class NotInstalled(Exception):
    """Civility is not, or no longer, installed in this workspace."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace as Slack knows it. `installed_by`: the user who installed the app, where that is known."""

    team_id: str
    name: str
    bot_id: str
    bot_user_id: str
    installed_by: str = ""


@dataclass(frozen=True, slots=True)
class OAuth:
    """The app's own name and word with Slack, from its page "Basic Information"."""

    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class _Known:
    at: datetime
    workspace: Workspace
    client: AsyncWebClient


class Workspaces:
    """Who we are in each workspace."""

    def __init__(
        self,
        make_client: Callable[[str], AsyncWebClient],
        now: Callable[[], datetime],
        *,
        own: tuple[Workspace, AsyncWebClient] | None = None,
        installs: Installs | None = None,
        oauth: OAuth | None = None,
        run: Run | None = None,
    ) -> None:
        """`own` is the workspace of SLACK_BOT_TOKEN. `make_client` makes a client for a token."""
        self._make, self._now, self._installs, self._oauth, self._run = make_client, now, installs, oauth, run
        self._own = {own[0].team_id: own} if own else {}
        self._known: dict[str, _Known] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def client(self, team: str) -> AsyncWebClient:
        """The Web API of a workspace. Raises NotInstalled."""
        return (await self._get(team))[1]

    async def workspace(self, team: str) -> Workspace:
        """What is known of a workspace. Raises NotInstalled."""
        return (await self._get(team))[0]

    async def authorize(self, team_id: str | None) -> AuthorizeResult | None:
        """For bolt: who we are where a request comes from; None where we are not installed."""
        try:
            workspace, client = await self._get(team_id or "")
        except NotInstalled:
            return None
        return AuthorizeResult(
            enterprise_id=None,
            team_id=workspace.team_id,
            bot_token=client.token,
            bot_id=workspace.bot_id,
            bot_user_id=workspace.bot_user_id,
        )

    def forget(self, team: str) -> None:
        """What is known of a workspace may no longer hold: look it up the next time."""
        self._known.pop(team, None)

    async def removed(self, team: str) -> None:
        """The workspace removed the app: its tokens are wiped."""
        self.forget(team)
        if team in self._own:
            log.warning("The workspace of SLACK_BOT_TOKEN removed Civility. Install the app there again.")
        elif self._installs and self._run:
            installs = self._installs
            await self._run(lambda: installs.remove(team))

    # --- parts ---------------------------------------------------------------------------------

    async def _get(self, team: str) -> tuple[Workspace, AsyncWebClient]:
        own = self._own.get(team)
        if own:
            return own
        known = self._known.get(team)
        if known is None or self._now() - known.at >= FRESH:
            # One look-up and one renewal at a time: the others wait for it and take what it found.
            async with self._locks.setdefault(team, asyncio.Lock()):
                known = self._known.get(team)
                if known is None or self._now() - known.at >= FRESH:
                    known = await self._look_up(team)
        return known.workspace, known.client

    async def _look_up(self, team: str) -> _Known:
        found = await self._found(team)
        if found.expires_at and found.expires_at - self._now() < RENEW_BEFORE:
            found = await self._renewed(found)
        workspace = Workspace(team, found.name, found.bot_id, found.bot_user_id, found.installed_by)
        known = self._known[team] = _Known(self._now(), workspace, self._make(found.token))
        return known

    async def _found(self, team: str) -> Installation:
        installs = self._installs
        if installs is None or self._run is None:
            raise NotInstalled(team)
        found = await self._run(lambda: installs.find(team))
        if found is None or found.removed_at is not None:
            self._known.pop(team, None)
            self._locks.pop(team, None)
            raise NotInstalled(team)
        return found

    async def _renewed(self, old: Installation) -> Installation:
        """The installation with new tokens; with its old ones while another process renews or Slack is in trouble."""
        installs, oauth, run = self._installs, self._oauth, self._run
        if installs is None or run is None or oauth is None or not old.refresh_token:
            return old
        if not await run(lambda: installs.claim_renewal(old, self._now() + LEASE)):
            return await self._found(old.workspace)
        try:
            answer = await self._make("").oauth_v2_access(
                client_id=oauth.client_id,
                client_secret=oauth.client_secret,
                grant_type="refresh_token",
                refresh_token=old.refresh_token,
            )
        except SlackApiError as refused:
            log.warning("the token of workspace %s was not renewed: %s", old.workspace, error_of(refused))
            return old
        except BROKEN as broken:
            log.warning("the token of workspace %s was not renewed: %s", old.workspace, type(broken).__name__)
            return old
        expires_at = self._now() + timedelta(seconds=int(answer["expires_in"]))
        token, refresh = str(answer["access_token"]), str(answer["refresh_token"])
        await run(lambda: installs.renewed(old, token, refresh, expires_at))
        return await self._found(old.workspace)
