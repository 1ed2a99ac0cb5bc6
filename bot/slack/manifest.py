"""The Slack app's manifest, made from what the code really uses: its addresses, its command, its events, its scopes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.slack.requests import SHORTCUTS

SCOPES: Mapping[str, str] = {
    "channels:history": "finds its own message after a crash, so that nothing is posted twice",
    "chat:write": "writes messages and brings them up to date",
    "commands": "answers /incident and its shortcut",
    "files:write": "shows a colleague the file they asked for in that conversation, and deletes it again",
    "groups:history": "the same as channels:history, in private channels",
    "im:history": "the same, in its direct conversation with a colleague",
    "im:write": "opens that conversation",
    "users:read": "reads a colleague's name, and whether they are a guest",
}
"""Each bot scope, and what Civility does with it."""

EVENTS = ("app_home_opened", "app_uninstalled", "tokens_revoked")
ADDRESS = "/slack/events"
INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"


def manifest(url: str = "") -> dict[str, Any]:
    """The manifest as data. `url` is where Slack reaches Civility (https://civility.example); "" = Socket Mode."""
    socket = not url
    address = url.rstrip("/") + ADDRESS
    here: dict[str, Any] = {} if socket else {"request_url": address}
    command: dict[str, Any] = {
        "command": "/incident",
        "description": "Report an incident, or ask what you may do",
        "usage_hint": "check WORDS · mine · cases · help",
        "should_escape": False,
    }
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Civility",
            "description": "Runs the council's unacceptable customer behaviour policy.",
            "background_color": "#0b5c5b",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Civility", "always_online": True},
            "shortcuts": [
                {"name": name, "type": kind, "callback_id": one, "description": does}
                for one, (kind, name, does) in SHORTCUTS.items()
            ],
            "slash_commands": [command if socket else {**command, "url": address}],
        },
        "oauth_config": {
            **({} if socket else {"redirect_urls": [url.rstrip("/") + REDIRECT]}),
            "scopes": {"bot": sorted(SCOPES)},
        },
        "settings": {
            "event_subscriptions": {**here, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **here},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }


def as_yaml(data: Mapping[str, Any]) -> str:
    """The manifest as YAML. Every text is quoted as JSON quotes it, which YAML reads the same."""
    return "\n".join(_lines(data)) + "\n"


def _lines(value: Any, indent: str = "") -> list[str]:
    """The lines of a mapping or a list, each inner one two blanks further in."""
    found: list[str] = []
    items = value.items() if isinstance(value, Mapping) else ((None, one) for one in value)
    for name, one in items:
        head = f"{indent}- " if name is None else f"{indent}{name}:"
        if not isinstance(one, Mapping | list):
            found.append(f"{head.rstrip()} {json.dumps(one, ensure_ascii=False)}")
        elif name is None:
            first, *rest = _lines(one, indent + "  ")
            found += [f"{indent}- {first.lstrip()}", *rest]
        else:
            found += [head, *_lines(one, indent + "  ")]
    return found
