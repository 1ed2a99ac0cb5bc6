"""Opens the Teams door: its keys, its people, its conversations, its sender."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import aiohttp

from bot.teams.connector import Connector, NoTokens
from bot.teams.door import TeamsDoor
from bot.teams.edge import Edge
from bot.teams.entra import Entra
from bot.teams.entrance import Entrance
from bot.teams.people import People
from bot.teams.places import Places
from bot.teams.playground import PlaygroundConnector, PlaygroundDoor
from bot.teams.problems import TeamsProblem
from bot.teams.replies import Replies
from bot.teams.requests import PLATFORM
from bot.teams.sender import Pace, TeamsSender
from bot.teams.tokens import Guard, Keys, PlaygroundGuard, is_loopback, same
from handlers.chat import Request, Response
from scheduler.platform import Run
from storage.store import Store

ADDRESS: Final = "/api/messages"
TIMEOUT: Final = aiohttp.ClientTimeout(total=12, connect=5)
CONNECTIONS: Final = 64
PLAYGROUND: Final = "playground"
"""What stands for the tenant in Microsoft's own playground on this computer."""
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """What the environment says about Teams."""

    app_id: str = ""
    secret: str = ""
    tenant: str = ""
    kind: str = "SingleTenant"
    playground: bool = False
    login_url: str = "https://login.microsoftonline.com"
    openid_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    service_url: str = "https://smba.trafficmanager.net/teams/"

    def checked(self, host: str) -> TeamsSettings:
        """These settings, ready for use. Raises TeamsProblem with what to change: an empty id lets nobody in."""
        if self.playground:
            if self.app_id or not is_loopback(f"http://{host}" if ":" not in host else f"http://[{host}]"):
                raise TeamsProblem(
                    "TEAMS_PLAYGROUND is set: Civility then believes everybody on this computer. Use it only without "
                    "MicrosoftAppId, and with HOST=127.0.0.1."
                )
            return replace(self, tenant=PLAYGROUND)
        for name, given in (("MicrosoftAppId", self.app_id), ("MicrosoftAppTenantId", self.tenant)):
            if not _GUID.fullmatch(given):
                raise TeamsProblem(
                    f"{name} must be set for Teams, to the id on the app's page “Overview” in Microsoft Entra, such as "
                    "0f0e0d0c-1a1b-2a2b-3a3b-4a4b4c4d4e4f."
                )
        if not self.secret:
            raise TeamsProblem(
                "MicrosoftAppPassword must be set for Teams: the value of a client secret, from the app's page "
                "“Certificates & secrets” in Microsoft Entra."
            )
        if self.kind.lower() != "singletenant":
            raise TeamsProblem(
                "MicrosoftAppType must be SingleTenant: Civility serves the council's own tenant and no other."
            )
        return replace(self, tenant=self.tenant.lower())


@dataclass(frozen=True, slots=True)
class OpenTeams:
    """A door that is open."""

    entrance: Entrance
    sender: TeamsSender
    door: TeamsDoor


@asynccontextmanager
async def open_teams(
    settings: TeamsSettings,
    answer: Callable[[Request], Awaitable[Response]],
    now: Callable[[], datetime],
    store: Store,
    run: Run,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[OpenTeams]:
    """Open the door. Nobody is asked anything yet: a Microsoft in trouble holds up no other door."""
    # One pooled session for every call; what is not answered in time is tried again by the outbox.
    connections = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(timeout=TIMEOUT, connector=connections) as session:
        guard = (
            PlaygroundGuard()
            if settings.playground
            else Guard(settings.app_id, settings.tenant, Keys(settings.openid_url, session, now), now)
        )
        tokens = (
            NoTokens()
            if settings.playground
            else Entra(settings.login_url, settings.tenant, settings.app_id, settings.secret, session, now)
        )
        connector = (PlaygroundConnector if settings.playground else Connector)(session, tokens)
        places, pace = Places(store, run, now, settings.tenant), Pace(now)
        people = People(connector, places, now, app_id=settings.app_id, playground=settings.playground)

        def is_code(given: str) -> bool:
            return places.still_to_set_up() and same(
                _letters(given), _letters(setup_code(store, places.council_id))
            )

        door = (PlaygroundDoor if settings.playground else TeamsDoor)(
            answer=answer,
            people=people,
            places=places,
            replies=Replies(connector, places, pace, sleep),
            is_code=lambda given: run(lambda: is_code(given)),
            playground=settings.playground,
        )
        sender = TeamsSender(
            connector, places, store, run, pace, app_id=settings.app_id, service_url=settings.service_url
        )
        yield OpenTeams(Entrance(guard, Edge(door)), sender, door)
        await door.close()


def setup_code(store: Store, council_id: str) -> str:
    """What whoever looks after the server types to name the chief officer: 80 secret bits in words of four letters."""
    code = base64.b32encode(store.secret(council_id, f"{PLATFORM} set-up code")[:10]).decode()
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _letters(code: str) -> str:
    return re.sub(r"[^A-Z2-7]", "", code.upper())
