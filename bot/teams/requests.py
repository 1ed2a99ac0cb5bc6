"""Teams' activities, already believed, as the journeys' requests. Who clicked is whom Microsoft vouched for."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from bot.teams import actions
from bot.teams.problems import NotUnderstood
from handlers.chat import Command, Press, Quoted, Request, Sender, Submission
from policy.cases import find_reference
from storage.conversations import PERSONAL, ROOM

Activity = Mapping[str, Any]

PLATFORM: Final = "teams"
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Profile:
    """A Teams user as we show them. Guests and people of other tenants have no right of their own.

    `admin`: they proved to look after Civility.
    """

    name: str
    guest: bool
    admin: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """Where something was said. `kind` and `name` as `storage.conversations` keeps them; `personal`: only one reads."""

    kind: str
    name: str
    conversation_id: str
    service_url: str

    @property
    def personal(self) -> bool:
        """Whether this is one colleague's own conversation with the app."""
        return self.kind == PERSONAL


def part(activity: Activity, name: str) -> Mapping[str, Any]:
    """A part of an activity; empty where it has none, or something else."""
    found = activity.get(name)
    return found if isinstance(found, Mapping) else {}


def text_of(part_of: Mapping[str, Any], name: str) -> str:
    """A text of a part; "" where it has none, or something else."""
    found = part_of.get(name)
    return found if isinstance(found, str) else ""


def entra_id(activity: Activity) -> str:
    """Who clicked, by their Entra object id; "" for somebody without one."""
    return text_of(part(activity, "from"), "aadObjectId").lower()


def talk_of(activity: Activity, user: str) -> Talk:
    """Where an activity comes from; a channel's thread counts as its channel."""
    where = part(activity, "conversation")
    service = text_of(activity, "serviceUrl")
    if where.get("conversationType") == "personal":
        return Talk(PERSONAL, user, where["id"], service)
    room = without_thread(where["id"])
    return Talk(ROOM, room, room, service)


def without_thread(conversation: str) -> str:
    """A channel's id without the message whose thread it is."""
    return conversation.partition(";messageid=")[0]


def targeted(activity: Activity) -> bool:
    """Whether this was said to the app alone, where others read too: a slash command."""
    return part(activity, "recipient").get("isTargeted") is True


def command_of(activity: Activity) -> Command:
    """`/incident WORD words…`, `@Civility incident WORD …`, `incident WORD …` or only `WORD …`."""
    said = text_of(activity, "text")
    for one in activity.get("entities") or ():
        if isinstance(one, Mapping) and one.get("type") == "mention":
            who, mark = part(one, "mentioned"), text_of(one, "text")
            if mark:
                own = who.get("id") == activity["recipient"]["id"]
                said = said.replace(mark, " " if own else text_of(who, "name"))
    words = plain(said).split(maxsplit=1)
    if words and words[0].lower() in {"/incident", "incident"}:
        words = (words[1] if len(words) > 1 else "").split(maxsplit=1)
    word, rest = (*words, "", "")[:2]
    return Command(word.lower().removeprefix("/"), rest.strip())


def plain(marked: str) -> str:
    """The words of a message as they were read, without Teams' markup."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", marked))).replace("\xa0", " ").strip()


def sender(tenant: str, user: str, who: Profile) -> Sender:
    """Who clicked, as the roster has them."""
    return Sender(PLATFORM, tenant, user, who.name, who.guest, who.admin)


def typed(activity: Activity, who: Sender, what: Command, talk: Talk) -> Request:
    """A typed command. What is answered stands in the conversation for good, so nothing private is said there (R41)."""
    channel = "" if talk.personal else talk.name
    return Request(who, what, _delivery("message", activity), channel, private=False)


def clicked(activity: Activity, who: Sender, what: Command | Press, talk: Talk | None = None) -> Request:
    """A press, or a command said by a button: only who pressed sees the answer."""
    channel = talk.name if talk and not talk.personal else ""
    return Request(who, what, _delivery("click", activity), channel)


def sent(
    activity: Activity, who: Sender, what: Submission, accounts: Mapping[str, Sender] | None = None
) -> Request:
    """A page of a form."""
    return Request(who, what, _delivery("form", activity), accounts=accounts or {})


def extension(activity: Activity, who: Sender, author: str) -> Request:
    """An action of the message extension. `author`: who wrote the message, as the roster names them."""
    value = part(activity, "value")
    message, delivery = part(value, "messagePayload"), _delivery("click", activity)
    match value.get("commandId"):
        case actions.REPORT_MESSAGE:
            return Request(who, Command("report"), delivery, quoted=quoted(message, author))
        case actions.FILE_MESSAGE:
            return Request(who, Command("message"), delivery, quoted=quoted(message, author))
        case actions.OPEN_CASE:
            return Request(who, Command("case", find_reference(_all_words(message))), delivery)
        case actions.REPORT:
            return Request(who, Command("report"), delivery)
    return Request(who, Command("help"), delivery)


def author_of(activity: Activity) -> str:
    """The Entra object id of who wrote the message an action is about; "" when an app did."""
    message = part(part(activity, "value"), "messagePayload")
    return text_of(part(part(message, "from"), "user"), "id").lower()


def quoted(message: Mapping[str, Any], author: str) -> Quoted:
    """A message that is reported. Raises NotUnderstood where Teams says no time."""
    try:
        at = datetime.fromisoformat(text_of(message, "createdDateTime"))
    except ValueError as bad:
        raise NotUnderstood from bad
    link = text_of(message, "linkToMessage")
    return Quoted(
        words=plain(text_of(part(message, "body"), "content")),
        author=author,
        link=link if link.startswith("https://") else "",
        sent_at=at if at.tzinfo else at.replace(tzinfo=UTC),
    )


def _all_words(message: Mapping[str, Any]) -> str:
    """A message with its cards, for the reference in it."""
    return text_of(part(message, "body"), "content") + json.dumps(message.get("attachments") or [])


def _delivery(kind: str, activity: Activity) -> str:
    given = text_of(activity, "id")
    return f"{kind}:{activity['conversation']['id']}:{given}" if given else ""
