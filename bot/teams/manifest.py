"""The Teams app package, made from what the code really answers: its commands, its actions, its address."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.teams.actions import ACTIONS
from bot.teams.icons import color, outline
from handlers.home import COMMANDS

Json = dict[str, Any]

VERSION: Final = "1.29"
"""The first manifest with slash commands (`triggers`, `supportsTargetedMessages`)."""
ABOUT: Final = "/about"
"""What Civility is and keeps: served beside `/api/messages`."""
COMMAND: Final = "incident"
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def manifest(url: str, app_id: str, *, version: str, council: str = "Civility") -> Json:
    """The manifest as data. `url` is where Teams reaches Civility (https://civility.example), `app_id` the bot's.

    Raises ValueError for an address or id Teams would refuse.
    """
    address = urlsplit(url)
    if address.scheme != "https" or not address.hostname:
        raise ValueError("Teams sends to https addresses only, such as https://civility.example.")
    if not _GUID.fullmatch(app_id):
        raise ValueError("The app id is the “Application (client) ID” of the bot's registration.")
    bot, about = app_id.lower(), f"https://{address.netloc}{address.path.rstrip('/')}{ABOUT}"
    return {
        "$schema": f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}/MicrosoftTeams.schema.json",
        "manifestVersion": VERSION,
        "version": version,
        "id": bot,
        "developer": {
            "name": council[:32],
            "websiteUrl": about,
            "privacyUrl": f"{about}#privacy",
            "termsOfUseUrl": f"{about}#terms",
        },
        "name": {"short": "Civility", "full": "Civility: unacceptable behaviour, handled fairly"},
        "description": {
            "short": "Runs the council’s unacceptable customer behaviour policy.",
            "full": (
                "Report an incident in a minute, find out what you may do when somebody under a restriction contacts "
                "you, and take part in the decisions of your office. Names and stories stand in forms and in answers "
                "only you can read, never in a posted message. Type help to see everything."
            ),
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#0b5c5b",
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        "supportsChannelFeatures": "tier1",
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [address.netloc],
        "staticTabs": [{"entityId": one, "scopes": ["personal"]} for one in ("conversations", "about")],
        "bots": [
            {
                "botId": bot,
                "scopes": ["personal", "team", "groupChat"],
                "isNotificationOnly": False,
                "supportsFiles": False,
                "supportsTargetedMessages": True,
                "commandLists": [
                    _list(["personal"], ["mention"], commands()),
                    _list(["team", "groupChat"], ["mention"], commands()),
                    _list(["team", "groupChat"], ["slash"], [(COMMAND, "Report an incident, or type help")]),
                ],
            }
        ],
        "composeExtensions": [{"botId": bot, "commands": [_action(one) for one in ACTIONS]}],
    }


def package(made: Mapping[str, Any]) -> bytes:
    """The app as a zip to upload: the same bytes each time."""
    held = {
        "manifest.json": json.dumps(made, ensure_ascii=False, indent=2).encode(),
        "color.png": color(),
        "outline.png": outline(),
    }
    stream = BytesIO()
    with ZipFile(stream, "w") as whole:
        for name, data in held.items():
            whole.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return stream.getvalue()


def commands() -> list[tuple[str, str]]:
    """What can be typed to the bot, without "/incident", and what it does; a bare `/incident` is "report"."""
    found = ((said.removeprefix(f"/{COMMAND}").strip() or "report", does) for said, does in COMMANDS)
    return [(" ".join(word for word in said.split() if not word.isupper()), does) for said, does in found]


def _list(scopes: list[str], triggers: list[str], offered: Sequence[tuple[str, str]]) -> Json:
    return {
        "scopes": scopes,
        "triggers": triggers,
        "commands": [{"title": title, "description": does} for title, does in offered],
    }


def _action(name: str) -> Json:
    one = ACTIONS[name]
    return {
        "id": name,
        "type": "action",
        "title": one.title,
        "description": one.does,
        "context": list(one.contexts),
        "fetchTask": True,
        "initialRun": False,
    }
