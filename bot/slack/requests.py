"""Slack's payloads, already verified, as the journeys' requests. Who clicked is what Slack signed for."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import parse_qsl

from bot.slack.modal import submission
from bot.slack.people import Profile
from handlers.chat import Command, Press, Quoted, Request, Sender
from handlers.fields import ACCOUNT
from policy.cases import find_reference

Payload = Mapping[str, Any]

BACK = "form.back"
REPORT, REPORT_MESSAGE, FILE_MESSAGE, OPEN_CASE = (
    "report_incident",
    "report_message",
    "file_message",
    "open_case",
)
SHORTCUTS: Mapping[str, tuple[str, str, str]] = {
    REPORT: ("global", "Report an incident", "Opens the report form"),
    REPORT_MESSAGE: ("message", "Report this message", "Opens the report form with this message in it"),
    FILE_MESSAGE: (
        "message",
        "File it under a case",
        "Opens the form of the eight questions with this message in it",
    ),
    OPEN_CASE: ("message", "Open this case", "Shows how the case on this card stands now"),
}
"""Shortcuts by callback id: where they stand in Slack, their name, what they do."""
_MARKUP = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def understood(raw: str, content_type: str) -> bool:
    """Whether a signed body is something Slack sends, with all that is read of it."""
    try:
        body = json.loads(raw) if content_type == "application/json" else _form(raw)
    except ValueError:
        return False
    if not isinstance(body, dict):
        return False
    if body.get("type") == "url_verification" or body.get("ssl_check"):
        return True
    return bool(team_of(body)) and _whole(body)


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
        case "message_action":
            return _whole_message(body)
        case "event_callback":
            return isinstance(body.get("event"), dict) and isinstance(body["event"].get("user", ""), str)
        case None:
            return "command" in body
    return True


def _whole_message(body: Payload) -> bool:
    message = body.get("message")
    stamp = str(body.get("message_ts") or (message.get("ts") if isinstance(message, Mapping) else ""))
    parts = (body.get("team"), body.get("channel"))
    return (
        isinstance(message, Mapping)
        and re.fullmatch(r"\d{1,11}\.\d{1,9}", stamp) is not None
        and all(isinstance(one, Mapping) for one in parts)
    )


def from_command(body: Payload, who: Profile) -> Request:
    """`/incident WORD words…`. Slack shows a command to nobody, but its answer belongs into the channel's view."""
    words = str(body.get("text", "")).split(maxsplit=1)
    word, rest = (*words, "", "")[:2]
    channel = str(body.get("channel_id", ""))
    return Request(
        sender=_sender(body["team_id"], body["user_id"], who),
        what=Command(word.lower(), rest.strip()),
        delivery_id=f"command:{body.get('trigger_id', '')}",
        channel=channel,
        private=is_private(channel),
    )


def from_shortcut(body: Payload, who: Profile, *, author: str = "") -> Request:
    """A shortcut: the same as a command, answered where only the asker reads. `author` wrote the message."""
    sender = _sender(team_of(body), body["user"]["id"], who)
    delivery = f"shortcut:{body.get('trigger_id', '')}"
    match body.get("callback_id"):
        case "report_message":
            return Request(sender, Command("report"), delivery, quoted=_quoted(body, author))
        case "file_message":
            return Request(sender, Command("message"), delivery, quoted=_quoted(body, author))
        case "open_case":
            return Request(sender, Command("case", find_reference(_words(body))), delivery)
        case "report_incident":
            return Request(sender, Command("report"), delivery)
    return Request(sender, Command("help"), delivery)


def author_of(body: Payload) -> str:
    """The user who wrote the message a shortcut is about; "" when an app did."""
    message = body.get("message")
    return str(message.get("user") or "") if isinstance(message, Mapping) else ""


def _quoted(body: Payload, author: str) -> Quoted:
    message = body.get("message") or {}
    stamp = str(body.get("message_ts") or message.get("ts") or "0")
    return Quoted(
        words=_words(body),
        author=author or str(message.get("username") or ""),
        link=_link(body, stamp),
        sent_at=datetime.fromtimestamp(float(stamp), UTC),
    )


def _words(body: Payload) -> str:
    """The words of a message as they were read: without Slack's marks for links, people and channels."""
    message = body.get("message") or {}
    return html.unescape(_MARKUP.sub(_read, str(message.get("text") or "")))


def _read(mark: re.Match[str]) -> str:
    inner, label = mark[1], mark[2]
    if inner[:1] in "@#!" and inner:
        return f"{'@' if inner[0] == '!' else inner[0]}{label or inner[1:]}"
    return f"{label} ({inner})" if label and label != inner else inner


def _link(body: Payload, stamp: str) -> str:
    """The message's address, in the form Slack gives it. Asking Slack would fail in rooms the app is not in."""
    domain, channel = (body.get("team") or {}).get("domain"), (body.get("channel") or {}).get("id")
    if not domain or not channel:
        return ""
    thread = (body.get("message") or {}).get("thread_ts")
    within = f"?thread_ts={thread}&cid={channel}" if thread and thread != stamp else ""
    return f"https://{domain}.slack.com/archives/{channel}/p{stamp.replace('.', '')}{within}"


def home(team: str, user: str, who: Profile) -> Request:
    """The App Home was opened."""
    return Request(_sender(team, user, who), Command("home"))


def from_action(body: Payload, who: Profile) -> Request:
    """A button. In a form the only one is "Back", which keeps what was typed on the page."""
    action = body["actions"][0]
    button = str(action["action_id"]).partition(":")[0]
    channel = str(body.get("container", {}).get("channel_id", ""))
    sender = _sender(team_of(body), body["user"]["id"], who)
    if button == BACK:
        return Request(sender, submission(body["view"], "back"), private=True)
    delivery = f"press:{action.get('action_ts', '')}:{action['action_id']}"
    return Request(
        sender, Press(button, str(action.get("value", ""))), delivery, channel, is_private(channel)
    )


def from_view(
    body: Payload,
    who: Profile,
    *,
    accounts: Mapping[str, Sender] | None = None,
    step: Literal["submit", "refresh"] = "submit",
) -> Request:
    """A page of a form that was sent."""
    sender = _sender(team_of(body), body["user"]["id"], who)
    return Request(sender, submission(body["view"], step), private=True, accounts=accounts or {})


def chosen_users(body: Payload) -> tuple[str, ...]:
    """The Slack users chosen on a page that was sent."""
    raw = submission(body["view"]).raw.values()
    return tuple(one.removeprefix(ACCOUNT) for one in raw if isinstance(one, str) and one.startswith(ACCOUNT))


def account(team: str, user: str, who: Profile) -> tuple[str, Sender]:
    """A chosen user by the value that stands for them in the form, as Slack vouches for them."""
    return ACCOUNT + user, _sender(team, user, who)


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


def _sender(team: str, user: str, who: Profile) -> Sender:
    return Sender("slack", team, user, who.name, who.guest, who.admin)
