"""A person at Teams: types, presses buttons, fills in dialogs, and reads what only they are shown."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.fakes.teams import BOT, TENANT, FakeTeams, Json
from tests.teams.validators import KB, buttons, check_card, inputs, words

Answer = str | Sequence[str] | bool
_NUMBERS = itertools.count(1)


@dataclass
class TeamsUser:
    """One user; `door` is the address Teams sends to."""

    teams: FakeTeams
    id: str
    name: str
    door: str
    session: aiohttp.ClientSession
    dialog: Json = field(default_factory=dict)
    """The card in the dialog on the screen; {} when there is none."""
    toasts: list[str] = field(default_factory=list)
    """The short sentences Teams showed after a press."""
    in_place: dict[str, tuple[int, Json]] = field(default_factory=dict)
    """What stands in a message's place for this user alone, by message id, since which of its edits."""

    # --- what they do --------------------------------------------------------------------------

    async def installs(self) -> None:
        """Add the app for themselves."""
        self.teams.personal.setdefault(self.id, f"a:{self.id[-4:]}x")
        await self.send({"type": "installationUpdate", "action": "add"})

    async def types(self, text: str, room: str = "", *, slash: bool = False) -> None:
        """Type in one's own conversation with the app, or in a channel: as a mention, or by the slash command."""
        more: Json = {}
        if room and slash:
            more["recipient"] = {**BOT, "isTargeted": True}
        elif room:
            mark = "<at>Civility</at>"
            text = f"{mark} {text}"
            more["entities"] = [{"type": "mention", "mentioned": dict(BOT), "text": mark}]
        await self.send({"type": "message", "text": text, "textFormat": "plain", **more}, room)

    async def presses(self, message: Json, button: str, room: str = "") -> Json:
        """Press a button of a message; what Teams shows after it: a dialog, or what stands in the card's place."""
        return await self.press_action(action_of(self.sees(message), button), message["id"], room)

    def sees(self, message: Json) -> Json:
        """The card of a message as it stands before this user: what answered their press, until it is updated."""
        own = self.in_place.get(message["id"])
        return own[1] if own and own[0] == message["edits"] else message["attachments"][0]["content"]

    async def press_action(self, action: Json, message_id: str, room: str = "", **more: Any) -> Json:
        """Send a press, whatever the message offers."""
        data = dict(action["data"])
        if action["type"] == "Action.Execute":
            value = {
                "action": {"type": "Action.Execute", "verb": action["verb"], "data": data},
                "trigger": "manual",
            }
            edits = self.teams.edits(message_id)
            answer = await self.invoke("adaptiveCard/action", value, room, replyToId=message_id, **more)
            assert answer["statusCode"] == 200, answer
            if answer["type"] == "application/vnd.microsoft.activity.message":
                self.toasts.append(answer["value"])
                return {}
            assert answer["type"] == "application/vnd.microsoft.card.adaptive"
            check_card(answer["value"])
            self.in_place[message_id] = (edits, answer["value"])
            return dict(answer["value"])
        assert data.pop("msteams", {}).get("type") == "task/fetch", action
        return self.shows(
            await self.invoke(
                "task/fetch", {"data": data, "context": {"theme": "default"}}, room, replyToId=message_id
            )
        )

    async def presses_in_dialog(self, button: str) -> Json:
        """Press a button in the dialog on the screen."""
        return await self.submit(action_of(self.dialog, button)["data"])

    async def sends(self, answers: Mapping[str, Answer], step: str = "submit") -> Json:
        """Send the page of the form on the screen with these answers in place of what it holds."""
        action = next(one for one in buttons(self.dialog) if data_of(one).get("step") == step)
        return await self.submit({**self.typed(answers), **action["data"]})

    def typed(self, answers: Mapping[str, Answer]) -> Json:
        """What the inputs on the screen hold, with these answers."""
        return {
            name: _held(one, answers[name]) if name in answers else one.get("value", "")
            for name, one in inputs(self.dialog).items()
            if name in answers or "value" in one
        }

    async def submit(self, data: Json, name: str = "task/submit", **more: Any) -> Json:
        """Send a dialog's data."""
        return self.shows(await self.invoke(name, {"data": data, "context": {"theme": "default"}, **more}))

    async def fills(self, answers: Mapping[str, Answer]) -> Json:
        """Go through every page of the form; the last dialog. AssertionError where an error stands on a page."""
        for _ in range(10):
            if not any(data_of(one).get("step") for one in buttons(self.dialog)):
                return self.dialog
            before = self.dialog
            await self.sends(answers)
            assert "There is a problem" not in words(self.dialog), words(self.dialog)
            if self.dialog == before:
                raise AssertionError(f"the form goes round in circles: {words(self.dialog)}")
        raise AssertionError("the form has no end")

    async def extension(self, command: str, room: str = "", message: Json | None = None) -> Json:
        """An action of the message extension, from the compose box or the menu of a message."""
        value: Json = {"commandId": command, "commandContext": "message" if message else "compose"}
        if message:
            value["messagePayload"] = message
        return self.shows(await self.invoke("composeExtension/fetchTask", value, room))

    # --- what they see -------------------------------------------------------------------------

    @property
    def own_room(self) -> str:
        """Their own conversation with the app."""
        return self.teams.personal[self.id]

    def messages(self) -> list[Json]:
        """The app's messages in their own conversation, oldest first."""
        return self.teams.messages.get(self.own_room, [])

    def card_of(self, reference: str) -> Json:
        """The newest message about a case in their own conversation."""
        return next(one for one in reversed(self.messages()) if reference in one["summary"])

    def shows(self, answer: Json) -> Json:
        """A dialog came: it is what is on the screen now."""
        assert answer["task"]["type"] == "continue", answer
        shown = answer["task"]["value"]
        assert shown["title"]
        assert shown["card"]["contentType"] == "application/vnd.microsoft.card.adaptive"
        check_card(shown["card"]["content"], limit=80 * KB)  # it is stored nowhere: more than in a message
        self.dialog = shown["card"]["content"]
        return self.dialog

    # --- how it goes over the wire -------------------------------------------------------------

    async def invoke(self, name: str, value: Json, room: str = "", **more: Any) -> Json:
        """An invoke; its answer."""
        answer = await self.send({"type": "invoke", "name": name, "value": value, **more}, room)
        assert answer, name
        return answer

    def activity(self, given: Json, room: str = "") -> Json:
        """An activity as Teams writes it."""
        user = self.teams.users[self.id]
        where: Json = (
            {"id": f"{room};messageid=1700", "conversationType": "channel", "isGroup": True}
            if room
            else {"id": self.teams.personal.get(self.id, "a:none"), "conversationType": "personal"}
        )
        return {
            "id": f"f:{next(_NUMBERS)}",
            "timestamp": self.teams.now().isoformat(),
            "channelId": "msteams",
            "serviceUrl": self.teams.service,
            "from": {"id": user["id"], "aadObjectId": self.id, "name": "whatever a payload says"},
            "recipient": dict(BOT),
            "conversation": {**where, "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}, **({"channel": {"id": room}} if room else {})},
            **given,
        }

    async def send(self, given: Json, room: str = "") -> Json:
        """Send an activity; the answer's body. AssertionError unless it is taken."""
        status, body = await self.post(self.activity(given, room))
        assert status in (200, 202), f"{status}: {body}"
        return body

    async def post(self, activity: Json, headers: Mapping[str, str] | None = None) -> tuple[int, Json]:
        """Send an activity with these headers, by default Teams' own."""
        given = self.teams.bearer() if headers is None else headers
        async with self.session.post(self.door, json=activity, headers=given) as answer:
            text = await answer.text()
            return answer.status, (await answer.json()) if text.startswith("{") else {}


def data_of(action: Json) -> Json:
    """What a press of this sends; {} for a button that only opens a question."""
    found: Json = action.get("data") or {}
    return found


def action_of(shown: Json, button: str) -> Json:
    """The action of a card by its button's id. AssertionError when it has none."""
    found = [one for one in buttons(shown) if data_of(one).get("button") == button]
    assert found, f"no button {button}: {[one.get('data') or one.get('title') for one in buttons(shown)]}"
    return found[0]


def opener_of(message: Json) -> Json:
    """The button of an invitation, which opens a dialog."""
    (only,) = [one for one in buttons(message["attachments"][0]["content"]) if "command" in data_of(one)]
    return only


def _held(one: Json, given: Answer) -> Any:
    match one["type"]:
        case "Input.Toggle":
            return "true" if given is True or given == "yes" else "false"
        case "Input.ChoiceSet":
            return given if isinstance(given, str) else ",".join(given)  # type: ignore[arg-type]
    return given
