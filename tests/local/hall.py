"""A small council hall for the local chat's tests: colleagues, an in-memory book, and a scripted answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from bot.local.cards import to_json
from bot.local.channels import LocalColleague
from bot.local.door import LocalDoor
from bot.local.sender import LocalSender
from bot.local.streams import Streams
from handlers import chat
from policy.offices import Office
from storage.records import LocalMessage

PRIYA = LocalColleague("c-priya", "Priya Shah", frozenset({Office.STAFF}))
DANA = LocalColleague("c-dana", "Dana Okoro", frozenset({Office.CHIEF_OFFICER}))
COLIN = LocalColleague("c-colin", "Colin Armstrong", frozenset({Office.CHAIR_FGP, Office.COUNCILLOR}))
MARY = LocalColleague("c-mary", "Mary Bell", frozenset({Office.MAYOR}))
WILF = LocalColleague("c-wilf", "Wilf Nixon", frozenset({Office.COUNCILLOR}))
EVERYBODY = (DANA, COLIN, MARY, WILF, PRIYA)
COMMANDS = (
    ("/incident", "Report an incident"),
    ("/incident check WORDS", "What may I do if they contact us?"),
    ("/incident cases", "The open cases you may see"),
    ("/incident help", "What you can do here"),
)
START = datetime(2026, 10, 14, 9, 2, tzinfo=UTC)
Answer = Callable[[chat.Request], Awaitable[chat.Response]]


class MemoryBook:
    """Messages in a list; `now` moves one minute with every message."""

    def __init__(self, everybody: tuple[LocalColleague, ...] = EVERYBODY) -> None:
        self.everybody = everybody
        self.kept: dict[str, LocalMessage] = {}
        self.by_outbox: dict[str, str] = {}
        self.now = START

    async def colleagues(self) -> tuple[LocalColleague, ...]:
        return self.everybody

    async def messages(self, channel: str, limit: int) -> tuple[LocalMessage, ...]:
        return tuple(one for one in self.kept.values() if one.channel == channel)[-limit:]

    async def message(self, message_id: str) -> LocalMessage | None:
        return self.kept.get(message_id)

    async def post(self, channel: str, card: Mapping[str, Any], outbox_id: str) -> LocalMessage:
        if outbox_id in self.by_outbox:
            return self.kept[self.by_outbox[outbox_id]]
        self.now += timedelta(minutes=1)
        message = LocalMessage(f"m{len(self.kept):04}", channel, card, self.now, self.now, 0)
        self.kept[message.id] = message
        self.by_outbox[outbox_id] = message.id
        return message

    async def change(self, message_id: str, card: Mapping[str, Any]) -> LocalMessage | None:
        old = self.kept.get(message_id)
        if old is None:
            return None
        self.now += timedelta(minutes=1)
        self.kept[old.id] = replace(old, card=card, changed_at=self.now, changes=old.changes + 1)
        return self.kept[old.id]

    def put(self, channel: str, card: chat.Card) -> str:
        """Keep a message without telling anybody."""
        self.now += timedelta(minutes=1)
        message = LocalMessage(f"m{len(self.kept):04}", channel, to_json(card), self.now, self.now, 0)
        self.kept[message.id] = message
        return message.id


class Hall:
    """A door with a scripted answer. `asked` keeps every request the journeys were given."""

    def __init__(self, answer: Answer | None = None, *, key: bytes = b"k" * 32) -> None:
        self.book, self.streams = MemoryBook(), Streams()
        self.sender = LocalSender(self.book, self.streams)
        self.asked: list[chat.Request] = []
        self.script = answer or greet
        self.door = LocalDoor(
            answer=self.answer,
            book=self.book,
            council_name="Ambleford Town Council",
            commands=COMMANDS,
            streams=self.streams,
            key=key,
            ping_seconds=0.2,
        )

    async def answer(self, request: chat.Request) -> chat.Response:
        self.asked.append(request)
        return await self.script(request)

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes(self.door.routes())
        app.on_shutdown.append(self.door.close)
        return app


async def greet(request: chat.Request) -> chat.Response:
    """Answers everything with a card."""
    return chat.Reply(chat.Card(f"Hello {request.sender.name}"))


# --- cards and a form to look at ---------------------------------------------------------------------

WAITING = chat.Card(
    "INC-2026-0007: two signatures wanted",
    (
        chat.Callout("This case includes a threat. The police part must be answered.", tone="urgent"),
        chat.Facts(
            (
                ("Reported", "Wednesday 14 October 2026, 10:02"),
                ("Channel", "In person, at the office"),
                ("Waiting for", "Chief Officer, Chair of F&GP"),
            )
        ),
        chat.Text("Open the case to read it. Nothing about the person is shown in a channel.", small=True),
    ),
    (
        chat.Button("case.open", "Open this case", "case-7"),
        chat.Button("proposal.approve", "Approve version 1", "p-7:1", style="primary"),
        chat.Button(
            "interim.impose",
            "Impose at once",
            "case-7:1",
            style="danger",
            confirm=chat.Confirm(
                "Impose an urgent restriction?",
                "It lapses after five working days unless a councillor confirms it.",
                yes="Impose it",
            ),
        ),
    ),
)
APPROVED = chat.Card(
    "INC-2026-0007: approved",
    (chat.Callout("Approved by the Chair of F&GP, 10:02", tone="success"),),
    (chat.Button("case.open", "Open this case", "case-7"),),
)
MEASURES = chat.Card(
    "What you may do if they contact you",
    (
        chat.Callout("Telephone only on Tuesdays, 2pm to 3pm.", tone="warning"),
        chat.Table(
            "Restrictions in force",
            ("Measure", "Scope", "Until"),
            (
                ("C1 In writing only", "The whole council", "Wednesday 14 April 2027"),
                ("C7 Telephone at set times", "Planning questions", "Wednesday 14 April 2027"),
            ),
        ),
        chat.Text("Please say:\n“I can take a message for Dana. Please write to us about the rest.”"),
        chat.Callout("Emergencies, appeals and information requests are never closed."),
    ),
)
REPORT = chat.Form(
    id="report",
    title="Report an incident",
    nonce="n-1",
    context="ctx",
    submit="Send the report",
    pages=(
        chat.Page(
            title="What happened",
            intro=(chat.Text("Only what you know now. The rest may wait."),),
            fields=(
                chat.TextField(
                    name="person_name", label="Who was it?", hint="Leave empty if you do not know."
                ),
                chat.Choice(
                    name="person_is",
                    label="Is this person a councillor?",
                    options=(
                        chat.Option("no", "No"),
                        chat.Option("yes", "Yes", "Then the Monitoring Officer decides."),
                    ),
                ),
                chat.Choice(
                    name="channel",
                    label="How did it happen?",
                    required=True,
                    options=tuple(
                        chat.Option(word.lower(), word)
                        for word in (
                            "Office",
                            "Meeting",
                            "Visit",
                            "Telephone",
                            "Letter",
                            "Email",
                            "Social media",
                        )
                    ),
                ),
                chat.Date(name="happened_on", label="Day", required=True),
                chat.Time(name="happened_at", label="Time"),
                chat.Choices(
                    name="examples",
                    label="What was it like?",
                    hint="Tick all that fit.",
                    options=(
                        chat.Option(
                            "A1", "Insulting or degrading language", "Also innuendo and false accusations."
                        ),
                        chat.Option("A2", "Physical violence, or a threat of it"),
                    ),
                ),
                chat.LongText(name="what_happened", label="What happened?", required=True, limit=400),
            ),
        ),
        chat.Page(
            title="Who was there",
            fields=(
                chat.Person(
                    name="target",
                    label="Whom was it aimed at?",
                    several=True,
                    options=tuple(chat.Option(one.id, one.name) for one in EVERYBODY),
                ),
                chat.TextField(
                    name="violence",
                    label="Was anybody hurt?",
                    show_if=chat.ShowIf("examples", ("A2",)),
                ),
                chat.Checkbox(name="told", label="The person was told the call would end"),
            ),
        ),
    ),
)
