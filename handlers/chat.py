"""The vocabulary of chat: what a journey may say, whatever the door.

A `Card` is read and pressed, a `Form` is filled in, a `Response` is one of five answers. The doors
(`bot/local`, `bot/slack`, `bot/teams`) render these and keep within their platform's limits; no journey
ever sees Block Kit, Adaptive Cards or HTML. What a form sends back is read in `handlers/forms.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from handlers.cards import Block, Button, ButtonStyle, Callout, Card, Confirm, Facts, Table, Text, Tone
from handlers.fields import (
    AnyField,
    Checkbox,
    Choice,
    Choices,
    Date,
    Field,
    Form,
    FormValue,
    FormValues,
    LongText,
    Option,
    Page,
    Person,
    ShowIf,
    TextField,
    Time,
)

__all__ = [
    "AnyField",
    "Block",
    "Button",
    "ButtonStyle",
    "Callout",
    "Card",
    "Checkbox",
    "Choice",
    "Choices",
    "Command",
    "Confirm",
    "Date",
    "Facts",
    "Field",
    "FieldErrors",
    "Form",
    "FormValue",
    "FormValues",
    "LongText",
    "OpenForm",
    "Option",
    "Page",
    "Person",
    "Press",
    "Quoted",
    "Refuse",
    "Replace",
    "Reply",
    "Request",
    "Response",
    "Sender",
    "ShowIf",
    "Submission",
    "Table",
    "Text",
    "TextField",
    "Time",
    "Tone",
    "ViewRef",
]


# --- Requests --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sender:
    """Who clicked, as the platform itself vouches for it: never taken from a payload."""

    platform: Literal["local", "slack", "teams"]
    workspace: str
    external_id: str
    name: str = ""
    guest: bool = False
    admin: bool = False
    """Whether they look after the workspace: they may name the first chief officer."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A message of the chat that a colleague reports: its words as they were read, who wrote it, where it stands."""

    words: str
    author: str
    link: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Command:
    """`/incident WORD words…`; `word` is "" for a bare `/incident`."""

    word: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A button of a card."""

    button: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """A page of a form sent in. `raw` is exactly what was typed on that page, unchecked.

    step: "submit" goes on to the next page (or sends the last one), "back" returns to the page before,
    "refresh" shows the same page again (a field that shows others changed).
    """

    form: str
    context: str
    nonce: str
    page: int
    raw: Mapping[str, object]
    step: Literal["submit", "back", "refresh"] = "submit"


@dataclass(frozen=True, slots=True)
class Request:
    """One click. `delivery_id` is the sender's own id for this delivery ("" if the platform gives none).

    `channel` is the platform's channel id and `private` says whether only the sender reads there.
    """

    sender: Sender
    what: Command | Press | Submission
    delivery_id: str = ""
    channel: str = ""
    private: bool = True
    quoted: Quoted | None = None
    accounts: Mapping[str, Sender] = field(default_factory=dict)
    """Who was chosen in the platform's own picker: by the value in the form, as the platform vouches for them."""


# --- Responses -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ViewRef:
    """A view by name and the ids it is about: what a replayed delivery shows again (present state)."""

    view: str
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Show a form (or its next page), with what was typed so far."""

    form: Form
    page: int = 0
    values: FormValues = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """The form stays open; each sentence stands at its field; everything typed is kept.

    Errors under "" belong to the form as a whole.
    """

    form: Form
    page: int
    values: FormValues
    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """A card only the asker sees."""

    card: Card
    again: ViewRef | None = None


@dataclass(frozen=True, slots=True)
class Replace:
    """The pressed card becomes this one (for the asker at once; every other copy by the outbox)."""

    card: Card
    again: ViewRef | None = None


@dataclass(frozen=True, slots=True)
class Refuse:
    """Not done, and why, told only to the asker."""

    sentence: str


Response = OpenForm | FieldErrors | Reply | Replace | Refuse
