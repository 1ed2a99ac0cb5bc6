"""What `civility doctor` asks Microsoft: are the app, its secret and its channels good? It changes nothing there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import aiohttp

from bot.teams.app import TIMEOUT, TeamsSettings
from bot.teams.connector import Connector
from bot.teams.entra import Entra
from bot.teams.problems import BROKEN, NoToken, ServiceError
from bot.teams.requests import PLATFORM
from bot.teams.tokens import Keys
from storage.conversations import Conversation

ROOMS = ("governance", "councillors")


async def examine_teams(
    settings: TeamsSettings,
    channels: Mapping[str, Mapping[str, str]],
    conversations: tuple[Conversation, ...],
    now: Callable[[], datetime],
) -> list[str]:
    """Every finding as a sentence that says what to do; empty when all is well. `settings` are checked ones."""
    if settings.playground:
        return ["TEAMS_PLAYGROUND is set: this is for trying out. Everybody on this computer is believed."]
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        found = []
        if not await Keys(settings.openid_url, session, now).reached():
            found.append(
                "Microsoft's signing keys were not reached: nobody who clicks in Teams can be believed. May this "
                "computer open https://login.botframework.com?"
            )
        entra = Entra(settings.login_url, settings.tenant, settings.app_id, settings.secret, session, now)
        try:
            await entra.token()
        except NoToken as refused:
            return [
                *found,
                (
                    f"Microsoft gives the app no token ({refused.code}). Check MicrosoftAppId, MicrosoftAppTenantId "
                    "and MicrosoftAppPassword; a client secret ends, make a new one on the app's page “Certificates & "
                    "secrets”."
                ),
            ]
        except BROKEN as broken:
            return [*found, f"Microsoft was not reached ({type(broken).__name__}). Is this computer online?"]
        connector = Connector(session, entra)
        for kind in ROOMS:
            found += await _room(connector, kind, channels.get(kind, {}).get(PLATFORM, ""), conversations)
        return found


async def _room(
    connector: Connector, kind: str, room: str, conversations: tuple[Conversation, ...]
) -> list[str]:
    """Whether Civility is in the channel."""
    if not room:
        return [
            f"No Teams channel is chosen for {kind}. The chief officer types @Civility use {kind} in a private channel."
        ]
    known = next((one for one in conversations if one.name == room and one.left_at is None), None)
    service = known or next((one for one in conversations if one.left_at is None), None)
    if service is None:
        return [
            f"Civility was not heard of in Teams yet, nor in the {kind} channel. Add the app Civility to its team."
        ]
    try:
        await connector.reaches(service.service_url, room)
    except ServiceError as refused:
        said = refused.code or refused.status
        return [
            (
                f"Civility can't use the {kind} channel {room} ({said}). Add the app Civility to its team, or choose "
                f"another with @Civility use {kind}."
            )
        ]
    except BROKEN as broken:
        return [f"Teams did not answer about the {kind} channel ({type(broken).__name__}). Try again."]
    return []
