"""Slack's payloads, already verified, as the journeys' requests. Who clicked is what Slack signed for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import parse_qsl

from bot.slack.modal import submission
from handlers.chat import Command, Press, Request, Sender

Payload = Mapping[str, Any]

BACK = "form.back"
SHORTCUTS: Mapping[str, str] = {"report_incident": ""}
"""Global shortcuts by callback id, and the command word each stands for."""


def understood(raw: str, content_type: str, team_id: str) -> bool:
    """Whether a signed body is something Slack sends, with all that is read of it, from this workspace."""
    try:
        body = json.loads(raw) if content_type == "application/json" else _form(raw)
    except ValueError:
        return False
    if not isinstance(body, dict):
        return False
    if body.get("type") == "url_verification" or body.get("ssl_check"):
        return True
    return team_of(body) == team_id and _whole(body)


def _form(raw: str) -> Any:
    fields = dict(parse_qsl(raw, keep_blank_values=True))
    return json.loads(fields["payload"]) if "payload" in fields else fields


def _whole(body: Payload) -> bool:
    if not user_of(body) and body.get("type") != "event_callback":
        return False
    match body.get("type"):
        case "block_actions":
            actions = body.get("actions")
            first = actions[0] if isinstance(actions, list) and actions else None
            return isinstance(first, dict) and isinstance(first.get("action_id"), str)
        case "view_submission":
            return isinstance(body.get("view"), dict) and isinstance(body["view"].get("blocks"), list)
        case "event_callback":
            return isinstance(body.get("event"), dict) and isinstance(body["event"].get("user", ""), str)
        case None:
            return "command" in body
    return True


def from_command(body: Payload, *, guest: bool, name: str) -> Request:
    """`/incident WORD words…`. Slack shows a command to nobody, but its answer belongs into the channel's view."""
    words = str(body.get("text", "")).split(maxsplit=1)
    word, rest = (*words, "", "")[:2]
    channel = str(body.get("channel_id", ""))
    return Request(
        sender=_sender(body["team_id"], body["user_id"], name, guest),
        what=Command(word.lower(), rest.strip()),
        delivery_id=f"command:{body.get('trigger_id', '')}",
        channel=channel,
        private=is_private(channel),
    )


def from_shortcut(body: Payload, *, guest: bool, name: str) -> Request:
    """A global shortcut: the same as the command it stands for, in no channel."""
    word = SHORTCUTS.get(str(body.get("callback_id", "")), "help")
    return Request(
        sender=_sender(team_of(body), body["user"]["id"], name, guest),
        what=Command(word),
        delivery_id=f"shortcut:{body.get('trigger_id', '')}",
    )


def home(team: str, user: str, *, guest: bool, name: str) -> Request:
    """The App Home was opened."""
    return Request(_sender(team, user, name, guest), Command("home"))


def from_action(body: Payload, *, guest: bool, name: str) -> Request:
    """A button. In a form the only one is "Back", which keeps what was typed on the page."""
    action = body["actions"][0]
    button = str(action["action_id"]).partition(":")[0]
    channel = str(body.get("container", {}).get("channel_id", ""))
    sender = _sender(team_of(body), body["user"]["id"], name, guest)
    if button == BACK:
        return Request(sender, submission(body["view"], "back"), private=True)
    delivery = f"press:{action.get('action_ts', '')}:{action['action_id']}"
    return Request(
        sender, Press(button, str(action.get("value", ""))), delivery, channel, is_private(channel)
    )


def from_view(
    body: Payload, *, guest: bool, name: str, step: Literal["submit", "refresh"] = "submit"
) -> Request:
    """A page of a form that was sent."""
    sender = _sender(team_of(body), body["user"]["id"], name, guest)
    return Request(sender, submission(body["view"], step), private=True)


def team_of(body: Payload) -> str:
    """The workspace a payload comes from, whatever its kind."""
    team = body.get("team") or {}
    user = body.get("user")
    own = user.get("team_id", "") if isinstance(user, Mapping) else ""
    return str(body.get("team_id") or (team.get("id") if isinstance(team, Mapping) else "") or own)


def user_of(body: Payload) -> str:
    """Who clicked, whatever the kind of payload."""
    user = body.get("user") or body.get("user_id") or ""
    return str(user.get("id", "") if isinstance(user, Mapping) else user)


def is_private(channel: str) -> bool:
    """Whether nobody but the sender reads there: a direct message, a form, or no channel at all."""
    return not channel or channel.startswith("D")


def _sender(team: str, user: str, name: str, guest: bool) -> Sender:
    return Sender("slack", team, user, name, guest)
