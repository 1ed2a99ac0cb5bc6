"""Who a Teams user is, as the roster has them: never as a payload says. Asked once an hour (R48)."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.teams.connector import Connector
from bot.teams.places import Places
from bot.teams.problems import BROKEN, ServiceError
from bot.teams.requests import Profile, Talk

log = logging.getLogger("civility.teams")

FRESH: Final = timedelta(hours=1)
MOST: Final = 10_000
MEMBERS: Final = frozenset({"user", "owner", "admin"})
"""The roster's roles of a tenant's own people; guests and anonymous ones have others."""
ROOMS_ASKED: Final = 10


STRANGER: Final = Profile("", guest=True)


class People:
    """Profiles by Entra object id."""

    def __init__(
        self,
        connector: Connector,
        places: Places,
        now: Callable[[], datetime],
        *,
        app_id: str,
        playground: bool,
    ) -> None:
        """`playground`: Microsoft's own on this computer, where whoever clicks is the one who started it."""
        self._connector, self._places, self._now = connector, places, now
        self._app_id, self._playground = app_id, playground
        self._known: dict[str, tuple[datetime, Profile]] = {}

    async def profile(self, user: str, talk: Talk | None = None) -> Profile:
        """A user's profile; `talk` is where they are now. While no roster has them: what was known, else a stranger."""
        if not user:
            return STRANGER
        known = self._known.get(user)
        if known is None or self._now() - known[0] >= FRESH:
            found = await self._asked(user, talk)
            if found is None and known is None:
                return STRANGER
            if found is not None:
                if len(self._known) >= MOST:
                    self._known.clear()
                known = self._known[user] = (self._now(), found)
        profile = known[1] if known else STRANGER
        if profile.guest:
            return profile
        return replace(profile, admin=self._playground or await self._places.may_set_up(user))

    async def _asked(self, user: str, talk: Talk | None) -> Profile | None:
        """The first roster's word: of where they are, of their own conversation, of the rooms, of one opened now."""
        async for service, conversation in self._rosters(user, talk):
            try:
                found = await self._connector.member(service, conversation, user)
            except (ServiceError, *BROKEN) as failed:
                log.info("a roster did not have %s: %s", user, type(failed).__name__)
                continue
            if self._playground or _id_of(found) == user:
                return self._profile(found)
        return None

    async def _rosters(self, user: str, talk: Talk | None) -> AsyncIterator[tuple[str, str]]:
        if talk is not None:
            yield talk.service_url, talk.conversation_id
        here = await self._places.here()
        own = [one for one in here if one.kind == "personal" and one.name == user]
        for one in (*own, *[one for one in here if one.kind == "room"][:ROOMS_ASKED]):
            yield one.service_url, one.conversation_id
        if here and not own:
            try:
                opened = await self._connector.open_personal(
                    here[0].service_url, self._app_id, self._places.tenant, user
                )
            except (ServiceError, *BROKEN):
                return
            yield here[0].service_url, opened

    def _profile(self, member: Mapping[str, Any]) -> Profile:
        name = str(member.get("name") or "").strip()
        if self._playground:
            return Profile(name, guest=False)
        tenant = str(member.get("tenantId") or self._places.tenant)
        inside = (
            member.get("userRole") in MEMBERS
            and tenant.lower() == self._places.tenant.lower()
            and "#EXT#" not in str(member.get("userPrincipalName") or "").upper()
        )
        return Profile(name, guest=not inside)


def _id_of(member: Mapping[str, Any]) -> str:
    return str(member.get("aadObjectId") or member.get("objectId") or "").lower()
