"""A whole council for journey tests: the real program behind its local door, over HTTP, with a clock of ours.

Colleagues are called by first name. Each has a browser of their own (cookies, token) and sees what the page
would show: cards as text with their buttons, forms with their fields, errors and values.
"""

from __future__ import annotations

import html as _html
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import Civility
from bot.sample import sample_council
from bot.seed import seed
from bot.settings import Settings
from handlers.case_record import record
from handlers.casefile import CaseFile, load
from policy.calendars import LONDON, local_date
from scheduler.reminders import fire_due
from storage.mainkey import new_key_text
from tests.local.visitor import Visitor

START = datetime(2026, 10, 14, 10, 0, tzinfo=LONDON)
"""A Wednesday morning."""

PREFIX = "f."
"""Keeps a form's own fields apart from those of the page."""

Answer = str | Sequence[str]


class Clock:
    """The time of the town; it moves when a test says so, and one second with each click."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now

    def go(self, local: datetime) -> None:
        """Go to a London wall-clock time, such as datetime(2026, 10, 21, 9, 0)."""
        self.now = local.replace(tzinfo=LONDON).astimezone(UTC)

    def pass_by(self, **much: float) -> None:
        """Let time pass: `days=1`, `minutes=5`."""
        self.now += timedelta(**much)


@dataclass(frozen=True)
class Button:
    """A button on a card: what it says and what a press sends."""

    id: str
    value: str
    label: str


@dataclass(frozen=True)
class Seen:
    """What a colleague sees after a click, or a message in a channel. kind: reply, replace, refuse, form, errors."""

    kind: str
    html: str
    say: str = ""

    @property
    def text(self) -> str:
        """All the words, blanks joined."""
        return words(self.html) or self.say

    @property
    def title(self) -> str:
        """The heading of the card or form."""
        found = re.search(r"<h[23][^>]*>(.*?)</h[23]>", self.html, re.DOTALL)
        return words(found[1]) if found else self.say

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The card's buttons, in order."""
        found = re.findall(
            r'data-button="([^"]+)" data-value="([^"]*)"[^>]*>(.*?)</button>', self.html, re.DOTALL
        )
        return tuple(Button(i, _html.unescape(v), words(label)) for i, v, label in found)

    def button(self, id: str) -> Button:
        """The button of this id. AssertionError when the card has none."""
        found = [one for one in self.buttons if one.id == id]
        assert found, f"no button {id} on “{self.title}”: {[b.id for b in self.buttons]}\n{self.text}"
        return found[0]

    @property
    def errors(self) -> dict[str, str]:
        """The sentence at each field; under "" those of the whole form."""
        found: dict[str, str] = {}
        for part in self.html.split('data-field="')[1:]:
            sentence = re.search(r'class="error"[^>]*>(.*?)</p>', part, re.DOTALL)
            if sentence:
                found[_name(part)] = words(sentence[1]).removeprefix("Error: ")
        top = re.search(r'id="form-errors".*?</ul>', self.html, re.DOTALL)
        whole = re.findall(r"<li>(?!<a)(.*?)</li>", top[0], re.DOTALL) if top else []
        return found | ({"": " ".join(map(words, whole))} if whole else {})

    @property
    def hidden(self) -> dict[str, str]:
        """form, context, nonce and page."""
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.html)
        return {name: _html.unescape(value) for name, value in found}

    @property
    def fields(self) -> dict[str, list[str]]:
        """Every field on the page with what it holds now."""
        found: dict[str, list[str]] = {}
        for part in self.html.split('data-field="')[1:]:
            held = re.findall(r'<input[^>]*value="([^"]*)" checked', part)
            held += re.findall(r'<option value="([^"]*)" selected', part)
            held += re.findall(r"<textarea[^>]*>\n?(.*?)</textarea>", part, re.DOTALL)
            held += re.findall(r'<input type="(?:text|date|time)"[^>]*?value="([^"]*)"', part)
            found[_name(part)] = [_html.unescape(one) for one in held if one]
        return found

    def options(self, name: str) -> dict[str, str]:
        """The answers of a choice: value by label."""
        part = self.html.split(f'data-field="{PREFIX}{name}"')[1].split('data-field="')[0]
        found = re.findall(r'<option value="([^"]+)"[^>]*>(.*?)</option>', part, re.DOTALL)
        found += re.findall(r'value="([^"]*)"[^>]*>\s*<label[^>]*>(.*?)</label>', part, re.DOTALL)
        return {words(label): _html.unescape(value) for value, label in found}


@dataclass
class Colleague:
    """One colleague at their own browser."""

    town: Town
    name: str
    id: str
    visitor: Visitor
    channel: str = "staff"

    @property
    def own_room(self) -> str:
        """Where Civility writes to this colleague privately."""
        return f"dm:{self.id}"

    async def types(self, text: str, channel: str = "") -> Seen:
        """Type a command, such as "/incident check Alex"."""
        return self._seen(await self._answer("/local/command", {"text": text}, channel))

    async def presses(
        self, button: Button | str, value: str = "", *, uid: str = "", delivery: str = ""
    ) -> Seen:
        """Press a button of a card (or send a press nobody offered)."""
        pressed, value = (button.id, button.value) if isinstance(button, Button) else (button, value)
        more = {"uid": uid} if uid else {}
        more |= {"delivery": delivery} if delivery else {}
        return self._seen(await self._answer("/local/press", {"button": pressed, "value": value, **more}))

    async def sends(self, form: Seen, answers: Mapping[str, Answer], step: str = "submit") -> Seen:
        """Send the page of a form as it stands, with these answers in place of what it holds."""
        pairs: list[tuple[str, str]] = [*form.hidden.items(), ("step", step)]
        for name, held in form.fields.items():
            given = answers.get(name, held)
            pairs += [(PREFIX + name, one) for one in ([given] if isinstance(given, str) else given)]
        return self._seen(await self._answer("/local/form", pairs))

    async def fills(self, form: Seen, answers: Mapping[str, Answer], *, strict: bool = True) -> Seen:
        """Go through every page of a form and give the answer to the last one.

        Errors stop it: with `strict` that is an AssertionError, else the page with the errors.
        """
        assert form.kind == "form", f"{form.kind}: {form.text}"
        while form.kind == "form":
            form = await self.sends(form, answers)
        assert form.kind != "errors" or not strict, form.errors
        return form

    async def room(self, channel: str = "") -> tuple[Seen, ...]:
        """The messages of a channel (one's own private room when none is named), oldest first; waits for delivery."""
        await self.town.deliver()
        page = await self.visitor.load(channel or self.own_room)
        parts = re.findall(r'<li class="message" .*?</article>', page, re.DOTALL)
        return tuple(Seen("message", one) for one in parts)

    async def latest(self, reference: str = "") -> Seen:
        """The newest message in one's own room (that mentions a reference)."""
        found = [one for one in await self.room() if reference in one.text]
        assert found, f"{self.name} has no message about {reference}"
        return found[-1]

    async def _answer(self, address: str, fields: Any, channel: str = "") -> dict[str, Any]:
        self.town.clock.pass_by(seconds=1)
        pairs = list(fields.items()) if isinstance(fields, dict) else fields
        response = await self.visitor.send(address, [("channel", channel or self.own_room), *pairs])
        answer: dict[str, Any] = await response.json()
        return answer

    def _seen(self, answer: dict[str, Any]) -> Seen:
        return Seen(answer["kind"], answer.get("html", ""), answer.get("say", ""))


@dataclass
class Town:
    """The sample council, running."""

    civility: Civility
    clock: Clock
    council_id: str
    server: TestServer
    people: dict[str, str]
    _browsers: dict[str, Colleague] = field(default_factory=dict)
    _clients: list[TestClient[web.Request, web.Application]] = field(default_factory=list)

    async def colleague(self, first_name: str, *, new_browser: bool = False) -> Colleague:
        """A colleague of the sample council: Dana (chief officer), Sam (deputy), Priya and Tom (staff),
        Margaret (Chair), Owen (Vice-Chair), Ruth (Mayor), Ian (F&GP), Leila (councillor)."""
        if first_name in self._browsers and not new_browser:
            return self._browsers[first_name]
        client: TestClient[web.Request, web.Application] = TestClient(self.server)
        self._clients.append(client)
        visitor = Visitor(client)
        await visitor.load()
        await visitor.act_as(self.people[first_name])
        one = Colleague(self, first_name, self.people[first_name], visitor)
        self._browsers.setdefault(first_name, one)
        return one

    async def deliver(self) -> None:
        """Deliver everything that is due now."""
        await self.civility.deliver(self.council_id)

    async def tick(self) -> int:
        """Fire the reminders that are due now; how many."""
        return await self.civility.run(lambda: fire_due(self.civility.store, self.civility.desk))

    def file(self, reference: str = "") -> CaseFile:
        """A case whole, as it is recorded now; the newest when no reference is given."""
        with self.civility.store.read(self.council_id) as uow:
            case = uow.cases.by_reference(reference) if reference else uow.cases.all(1)[0]
            assert case is not None, reference
            found = load(self.civility.desk(uow), case.id)
            _ = (
                found.seats,
                found.stage,
                found.parties,
                found.messages,
                found.minutes,
                found.entries,
                found.tasks,
            )  # computed while the unit is open
            return found

    def record(self, reference: str = "") -> dict[str, Any]:
        """What `civility case REF --json` prints now."""
        with self.civility.store.read(self.council_id) as uow:
            case = uow.cases.by_reference(reference) if reference else uow.cases.all(1)[0]
            assert case is not None, reference
            return record(load(self.civility.desk(uow), case.id))

    def log(self, action: str = "") -> list[tuple[str, str, dict[str, str]]]:
        """The log: (actor's first name or "", action, detail), all or one action's."""
        names = {id: name for name, id in self.people.items()}
        with self.civility.store.read(self.council_id) as uow:
            return [
                (names.get(line.actor_id, line.actor_id), line.action, dict(line.detail))
                for line in uow.log.lines()
                if not action or line.action == action
            ]


@asynccontextmanager
async def open_town(
    database_url: str, folder: Path, now: datetime = START, **more: Any
) -> AsyncIterator[Town]:
    """A town on this database, closed with everything in it at the end; `more` are settings of the program."""
    clock = Clock(now)
    settings = Settings(database_url=database_url, civility_data=folder, civility_key=new_key_text(), **more)
    civility = Civility(settings, now=clock)
    try:
        civility.store.migrate()
        council_id = seed(civility.store, sample_council(local_date(clock())), "local", clock)
        with civility.store.read(council_id) as uow:
            people = {first_name(one.name): one.id for one in uow.colleagues.all()}
        server = TestServer(civility.application(council_id))
        town = Town(civility, clock, council_id, server, people)
        await server.start_server()
        try:
            yield town
        finally:
            for client in town._clients:
                await client.session.close()
            await server.close()
    finally:
        civility.close()


def _name(part: str) -> str:
    return part.partition('"')[0].removeprefix(PREFIX)


def first_name(name: str) -> str:
    """Margaret, of Councillor Margaret Hall."""
    return name.removeprefix("Councillor ").partition(" ")[0]


def words(html: str) -> str:
    """The words of a piece of HTML, blanks joined."""
    return " ".join(_html.unescape(re.sub(r"<[^>]+>", " ", html)).split())
