"""Installing Civility into a workspace: `/slack/install` sends to Slack, `/slack/oauth_redirect` comes back.

The way there leaves a random word in the browser, and the way back must bring the same one: nobody can be led to
finish an installation that somebody else began.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import AuthorizeUrlGenerator
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.installs import SLACK, Installs
from bot.slack.manifest import SCOPES
from bot.slack.pages import page
from bot.slack.problems import error_of
from bot.slack.workspaces import BROKEN, OAuth, Workspaces
from scheduler.platform import Run
from storage.installed import Installation

log = logging.getLogger("civility.slack")

COOKIE = "__Host-civility-install"
LIVES = timedelta(minutes=10)
AGAIN = ("Start again", "/slack/install")


class Installing:
    """The two pages."""

    def __init__(
        self,
        oauth: OAuth,
        api_url: str,
        make_client: Callable[[str], AsyncWebClient],
        workspaces: Workspaces,
        installs: Installs,
        run: Run,
        now: Callable[[], datetime],
    ) -> None:
        self._oauth, self._make, self._workspaces = oauth, make_client, workspaces
        self._installs, self._run, self._now = installs, run, now
        self._slack = AuthorizeUrlGenerator(
            client_id=oauth.client_id,
            scopes=sorted(SCOPES),
            authorization_url=api_url.rstrip("/").removesuffix("/api") + "/oauth/v2/authorize",
        )

    async def start(self, _: web.Request) -> web.Response:
        """`/slack/install`: on to Slack, which asks whether Civility may."""
        state = secrets.token_urlsafe(32)
        answer = web.Response(status=302, headers={"Location": self._slack.generate(state)})
        answer.headers["Cache-Control"] = "no-store"
        answer.set_cookie(
            COOKIE, state, max_age=int(LIVES.total_seconds()), secure=True, httponly=True, samesite="Lax"
        )
        return answer

    async def back(self, request: web.Request) -> web.Response:
        """`/slack/oauth_redirect`: what Slack's page ended with."""
        answer = await self._finished(request)
        answer.del_cookie(COOKIE, secure=True, httponly=True, samesite="Lax")
        return answer

    async def _finished(self, request: web.Request) -> web.Response:
        given, kept = request.query.get("state", ""), request.cookies.get(COOKIE, "")
        if not kept or not hmac.compare_digest(given.encode(), kept.encode()):
            return page(
                400,
                "Please start again",
                "This page belongs to an installation that was not begun in this browser, or more than ten minutes "
                "ago. Nothing was installed.",
                AGAIN,
            )
        if request.query.get("error"):
            return page(200, "Nothing was installed", "You chose not to install Civility in Slack.", AGAIN)
        try:
            found = await self._installation(request.query.get("code", ""))
        except SlackApiError as refused:
            log.warning("an installation was refused: %s", error_of(refused))
            return page(
                400,
                "Please start again",
                "Slack did not accept this. Its pages hold for ten minutes and for one use. Nothing was installed.",
                AGAIN,
            )
        except BROKEN as broken:
            log.warning("an installation failed: %s", type(broken).__name__)
            return page(502, "Please try again", "Slack was not reached. Nothing was installed.", AGAIN)
        if found is None:
            return page(
                400,
                "Choose one workspace",
                "Civility works in one workspace: the council's. It can't be installed for a whole organisation. "
                "Start again and choose the workspace.",
                AGAIN,
            )
        await self._run(lambda: self._installs.add(found))
        self._workspaces.forget(found.workspace)
        return page(
            200,
            f"Civility is installed in {found.name}",
            "Now go to Slack and type /incident there. Civility then asks for the name of the council and of its "
            "chief officer. Until that is done nobody can report anything.",
            ("Open Slack", f"https://slack.com/app_redirect?team={found.workspace}"),
        )

    async def _installation(self, code: str) -> Installation | None:
        """What Slack gives for a code; None for a whole organisation."""
        answer = await self._make("").oauth_v2_access(
            client_id=self._oauth.client_id, client_secret=self._oauth.client_secret, code=code
        )
        team: Any = answer.get("team")
        if answer.get("is_enterprise_install") or not team:
            return None
        token = str(answer["access_token"])
        bot = await self._make(token).auth_test()
        return Installation(
            platform=SLACK,
            workspace=str(team["id"]),
            name=str(team.get("name") or ""),
            bot_id=str(bot["bot_id"]),
            bot_user_id=str(bot["user_id"]),
            installed_by=_installer(answer),
            installed_at=self._now(),
            token=token,
            refresh_token=str(answer.get("refresh_token") or ""),
            expires_at=_expiry(answer, self._now()),
        )


def _installer(answer: AsyncSlackResponse) -> str:
    user: Any = answer.get("authed_user") or {}
    return str(user.get("id") or "")


def _expiry(answer: AsyncSlackResponse, now: datetime) -> datetime | None:
    seconds: Any = answer.get("expires_in")
    return now + timedelta(seconds=int(seconds)) if seconds else None
