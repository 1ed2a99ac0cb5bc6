"""Who a Slack user is: the name colleagues know, and whether they are a guest (R48). Asked once an hour."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError

from bot.slack.workspaces import NotInstalled, Workspaces

log = logging.getLogger("civility.slack")

FRESH = timedelta(hours=1)
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Profile:
    """A Slack user as we show them. Guests, bots and people of other workspaces have no right of their own.

    `admin`: they look after the workspace, or installed Civility in it.
    """

    name: str
    guest: bool
    admin: bool = False


class People:
    """Profiles by workspace and user."""

    def __init__(self, workspaces: Workspaces, now: Callable[[], datetime]) -> None:
        self._workspaces, self._now = workspaces, now
        self._known: dict[tuple[str, str], tuple[datetime, Profile]] = {}

    async def profile(self, team: str, user: str) -> Profile:
        """A user's profile. While Slack can't be asked: what was known, else a guest, who has no rights."""
        known = self._known.get((team, user))
        if known and self._now() - known[0] < FRESH:
            return known[1]
        try:
            client = await self._workspaces.client(team)
            answer = await client.users_info(user=user)
            installer = (await self._workspaces.workspace(team)).installed_by
        except (SlackApiError, NotInstalled, OSError, TimeoutError) as failed:
            log.warning("Slack did not say who %s is: %s", user, failed)
            return known[1] if known else Profile("", guest=True)
        found = _profile(answer["user"], team, installer)
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[team, user] = (self._now(), found)
        return found


def _profile(user: dict[str, object], team: str, installer: str) -> Profile:
    details = user.get("profile")
    details = details if isinstance(details, dict) else {}
    name = str(details.get("real_name") or user.get("real_name") or details.get("display_name") or "").strip()
    stranger = any(
        user.get(flag) for flag in ("is_restricted", "is_ultra_restricted", "is_bot", "is_stranger")
    )
    outside = stranger or user.get("team_id", team) != team
    looks_after = user.get("is_admin") or user.get("is_owner") or (installer and user.get("id") == installer)
    return Profile(name, outside, not outside and bool(looks_after))
