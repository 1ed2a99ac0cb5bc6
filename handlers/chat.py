"""The vocabulary of chat: what a journey may say, whatever the door.

A `Card` is read and pressed, a `Form` is filled in, a `Response` is one of five answers. The doors
(`bot/local`, `bot/slack`, `bot/teams`) render these and keep within their platform's limits; no journey
ever sees Block Kit, Adaptive Cards or HTML. What a form sends back is read in `handlers/forms.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Tone = Literal["info", "success", "warning", "urgent"]
ButtonStyle = Literal["default", "primary", "danger"]
FormValue = str | tuple[str, ...] | bool
"""What a field holds: text, dates (`2026-10-14`) and times (`16:30`) as `str`; several choices or people as a
tuple of values; a tick as `bool`. A field that was not shown is absent."""
FormValues = Mapping[str, FormValue]


# --- Cards -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. Plain text: each door escapes it, so nobody can be pinged or styled by a report."""

    text: str
    small: bool = False

    def plain(self) -> str:
        """The words as a notification or a screen reader gets them."""
        return self.text


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value pairs, such as ("Reported", "Tuesday 24 November 2026")."""

    rows: tuple[tuple[str, str], ...]

    def plain(self) -> str:
        """One "label: value" line each."""
        return "\n".join(f"{label}: {value}" for label, value in self.rows)


@dataclass(frozen=True, slots=True)
class Callout:
    """What must not be overlooked; the tone is also said in words, never by colour alone."""

    text: str
    tone: Tone = "info"

    def plain(self) -> str:
        """The words, opened by the tone where it matters."""
        opening = {"info": "", "success": "", "warning": "Please note: ", "urgent": "Urgent: "}[self.tone]
        return self.text if self.text.startswith(opening) else f"{opening}{self.text}"


@dataclass(frozen=True, slots=True)
class Table:
    """A real table with a caption and column headings."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def plain(self) -> str:
        """Each row as "heading: value" sentences, readable without seeing the columns."""
        lines = ("; ".join(f"{h}: {c}" for h, c in zip(self.headers, row, strict=True)) for row in self.rows)
        return "\n".join((self.caption, *lines))


Block = Text | Facts | Callout | Table


@dataclass(frozen=True, slots=True)
class Confirm:
    """An "Are you sure?" before a press that can't be undone."""

    title: str
    text: str
    yes: str
    no: str = "Go back"


@dataclass(frozen=True, slots=True)
class Button:
    """A press. `value` is an id and, where it matters, a version ("<id>:<version>"), never a permission.

    `opens` names the form the press opens, for doors that must know beforehand (Teams dialogs).
    """

    id: str
    label: str
    value: str = ""
    style: ButtonStyle = "default"
    confirm: Confirm | None = None
    opens: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """Something to read, and perhaps to press. `plain()` is complete: no door can forget a word of it."""

    title: str
    body: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()

    def plain(self) -> str:
        """The whole card as plain text for notifications and screen readers."""
        lines = [self.title, *(block.plain() for block in self.body)]
        if self.buttons:
            lines.append("You can: " + ", ".join(button.label for button in self.buttons) + ".")
        return "\n".join(lines)


# --- Forms -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice: a stable value and the words people read."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ShowIf:
    """Shows a field only when an earlier page's `field` has one of `values`."""

    field: str
    values: tuple[str, ...]

    def holds(self, values: FormValues) -> bool:
        """Whether the field is to be shown, given what was typed so far."""
        given = values.get(self.field)
        if isinstance(given, bool):
            return ("yes" if given else "no") in self.values
        if isinstance(given, tuple):
            return any(one in self.values for one in given)
        return given in self.values


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What every field declares. `initial` pre-fills it; `limit` counts characters (or choices)."""

    name: str
    label: str
    required: bool = False
    hint: str = ""
    limit: int | None = None
    show_if: ShowIf | None = None
    initial: FormValue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField(Field):
    """One line."""

    limit: int | None = 200
    autocomplete: str = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class LongText(Field):
    """Several lines."""

    limit: int | None = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Field):
    """One of several answers."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices(Field):
    """Any number of several answers."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Field):
    """A day: `2026-10-14`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(Field):
    """A time of day in Europe/London: `16:30`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Field):
    """Colleagues, chosen from the council's own. Values are colleague ids (a door maps its platform's ids)."""

    options: tuple[Option, ...]
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkbox(Field):
    """A single tick."""


AnyField = TextField | LongText | Choice | Choices | Date | Time | Person | Checkbox


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a form; `intro` is read before its fields."""

    fields: tuple[AnyField, ...]
    title: str = ""
    intro: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form of one or more pages: one definition serves every door and the check of what comes back.

    `context` is an id (and version), never a permission; `nonce` is new for each opening, so that one
    filling-in submitted thrice is one submission (R19).
    """

    id: str
    title: str
    pages: tuple[Page, ...]
    submit: str = "Send"
    context: str = ""
    nonce: str = ""

    def fields(self) -> tuple[AnyField, ...]:
        """Every field of every page, in order."""
        return tuple(one for page in self.pages for one in page.fields)

    def page_of(self, name: str) -> int:
        """The page on which a field stands; the last page for a name no page has."""
        for number, page in enumerate(self.pages):
            if any(one.name == name for one in page.fields):
                return number
        return len(self.pages) - 1

    def opened(self, nonce: str) -> Form:
        """This form, ready to be shown once."""
        return replace(self, nonce=nonce)


# --- Requests --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sender:
    """Who clicked, as the platform itself vouches for it: never taken from a payload."""

    platform: Literal["local", "slack", "teams"]
    workspace: str
    external_id: str
    name: str = ""
    guest: bool = False


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
