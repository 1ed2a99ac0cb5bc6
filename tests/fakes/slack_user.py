"""A person at Slack: types commands, presses buttons, fills in forms, and reads what Slack shows only to them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.fakes.slack import TEAM, FakeSlack, Json

Answer = str | Sequence[str] | bool


@dataclass
class SlackUser:
    """One user; `door` is the address Slack sends to."""

    slack: FakeSlack
    id: str
    name: str
    door: str
    session: aiohttp.ClientSession
    team: str = TEAM
    sent_again: int = 0
    """How often everything is sent once more at the same instant, as Slack does when it heard no answer."""

    async def types(self, text: str, channel: str = "") -> Json:
        """A slash command; what is shown to this user alone, or {} when a form opened or nothing was said."""
        command, _, words = text.partition(" ")
        room = channel or self.slack.direct(self.id)
        body = {
            "command": command,
            "text": words,
            "team_id": self.team,
            "user_id": self.id,
            "user_name": self.slack.users[self.id]["name"],
            "channel_id": room,
            "trigger_id": self.slack.trigger(self.id),
            "response_url": self.slack.response_url(room, self.id),
            "api_app_id": "A0",
        }
        answer = await self._send(body)
        if answer.get("text"):
            self.slack.said.setdefault(self.id, []).append(answer)
        return answer

    async def presses(self, where: Json, button: str, channel: str = "") -> Json:
        """A button of a message (name its channel) or of the view on the screen."""
        pressed = next(
            e
            for block in where["blocks"]
            for e in block.get("elements", ())
            if e.get("action_id", "").partition(":")[0] == button
        )
        action = {**pressed, "action_ts": f"{self.slack.now().timestamp()}", "type": "button"}
        payload: Json = {"type": "block_actions", "actions": [action], **self._me()}
        if channel:
            payload |= {
                "container": {"type": "message", "channel_id": channel, "message_ts": where["ts"]},
                "message": where,
                "response_url": self.slack.response_url(channel, self.id, where["ts"]),
            }
        else:
            view = self._shown({})
            payload |= {"container": {"type": "view", "view_id": view["id"]}, "view": view}
        await self._send({"payload": json.dumps(payload)})
        return self.view

    async def shortcut(self, callback_id: str) -> Json:
        """A global shortcut; the view it opened."""
        await self._send(
            {"payload": json.dumps({"type": "shortcut", "callback_id": callback_id, **self._me()})}
        )
        return self.view

    async def message_shortcut(self, callback_id: str, message: Json, channel: str) -> Json:
        """A shortcut in the menu of a message; the view it opened."""
        body = {
            "type": "message_action",
            "callback_id": callback_id,
            "message_ts": message["ts"],
            "message": message,
            "channel": {"id": channel, "name": "directmessage"},
            "response_url": self.slack.response_url(channel, self.id),
            **self._me(),
        }
        await self._send({"payload": json.dumps(body)})
        return self.view

    async def sends(self, answers: Mapping[str, Answer]) -> Json:
        """Send the page of the form on the screen with these answers; Slack's answer from the app."""
        answer = await self._send({"payload": json.dumps(self.page(answers))})
        action = answer.get("response_action")
        if action == "update":
            self._must_be_a_view(answer["view"])
            self.slack.show(self.id, answer["view"], self.view["id"])
        elif action == "clear" or action is None:
            self.slack.views.pop(self.id, None)
        elif action == "errors":
            asked = {block["block_id"] for block in self.view["blocks"] if block["type"] == "input"}
            assert set(answer["errors"]) <= asked, f"an error at no field of this page: {answer['errors']}"
        return answer

    def page(self, answers: Mapping[str, Answer]) -> Json:
        """What Slack sends when the page of the form on the screen is sent with these answers."""
        return {"type": "view_submission", "view": self._shown(answers), **self._me()}

    async def fills(self, answers: Mapping[str, Answer]) -> Json:
        """Go through every page of the form; the last view. AssertionError on errors."""
        for _ in range(10):
            if not any(block["type"] == "input" for block in self.view["blocks"]):
                return self.view
            before = self.view
            answer = await self.sends(answers)
            assert answer.get("response_action") != "errors", answer["errors"]
            if self.id not in self.slack.views or self.view is before:
                return self.slack.views.get(self.id, {})
        raise AssertionError(f"the form goes round in circles: {self.view}")

    @property
    def view(self) -> Json:
        """The view on the screen."""
        return self.slack.views.get(self.id, {})

    @property
    def told(self) -> list[Json]:
        """What only this user was shown, oldest first."""
        return self.slack.said.get(self.id, [])

    def messages(self) -> list[Json]:
        """The app's direct messages to this user, oldest first."""
        return self.slack.messages.get(self.slack.direct(self.id), [])

    # --- parts ---------------------------------------------------------------------------------

    def _me(self) -> Json:
        return {
            "team": {"id": self.team, "domain": "ambleford"},
            "user": {"id": self.id, "username": self.slack.users[self.id]["name"], "team_id": self.team},
            "trigger_id": self.slack.trigger(self.id),
            "api_app_id": "A0",
        }

    def _shown(self, answers: Mapping[str, Answer]) -> Json:
        """The view on the screen with the state of its fields: the answers given, else what it suggests."""
        state: Json = {}
        for block in self.view["blocks"]:
            if block["type"] == "input":
                element = block["element"]
                value = _state(element, answers.get(block["block_id"]))
                state[block["block_id"]] = {element["action_id"]: value}
        return {**self.view, "state": {"values": state}}

    def _must_be_a_view(self, view: Json) -> None:
        from tests.fakes.slack_rules import problems_of_view

        problems = problems_of_view(view)
        self.slack.refused += problems
        assert not problems, problems

    async def _send(self, body: Mapping[str, str]) -> Json:
        answers = await asyncio.gather(*(self._send_once(body) for _ in range(1 + self.sent_again)))
        return answers[-1]

    async def _send_once(self, body: Mapping[str, str]) -> Json:
        if not self.door:  # no address: the app listens by Socket Mode
            kind = "interactive" if "payload" in body else "slash_commands"
            return await self.slack.send_envelope(
                kind, json.loads(body["payload"]) if "payload" in body else dict(body)
            )
        raw = urlencode(body).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", **self.slack.sign(raw)}
        async with self.session.post(self.door, data=raw, headers=headers) as answer:
            text = await answer.text()
            assert answer.status == 200, f"{answer.status}: {text}"
            return json.loads(text) if text.startswith("{") else {}


def _state(element: Json, given: Answer | None) -> Json:
    """A field's state as Slack sends it."""
    kind = element["type"]
    options = element.get("options") or [o for g in element.get("option_groups", ()) for o in g["options"]]
    chosen = [o for o in options if given is not None and o["value"] in _several(given)]
    match kind:
        case "plain_text_input":
            typed = element.get("initial_value") if given is None else given
            return {"type": kind, "value": typed or None}
        case "users_select":
            user = element.get("initial_user") if given is None else given
            return {"type": kind, "selected_user": user or None}
        case "datepicker":
            return {
                "type": kind,
                "selected_date": (element.get("initial_date") if given is None else given) or None,
            }
        case "timepicker":
            return {
                "type": kind,
                "selected_time": (element.get("initial_time") if given is None else given) or None,
            }
        case "checkboxes" | "multi_static_select":
            return {
                "type": kind,
                "selected_options": chosen if given is not None else element.get("initial_options", []),
            }
        case "radio_buttons" | "static_select":
            first: Any = chosen[0] if chosen else None
            return {
                "type": kind,
                "selected_option": first if given is not None else element.get("initial_option"),
            }
    raise AssertionError(f"this fake knows no {kind}")


def _several(given: Answer) -> Sequence[str]:
    if isinstance(given, bool):
        return ("yes",) if given else ()
    return (given,) if isinstance(given, str) else given
