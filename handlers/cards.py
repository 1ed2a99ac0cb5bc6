"""The cards of the vocabulary of chat: what is read, and perhaps pressed. Import them from `handlers.chat`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Tone = Literal["info", "success", "warning", "urgent"]
ButtonStyle = Literal["default", "primary", "danger"]


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

    `opens` names the form the press opens, for doors that must know beforehand (Teams dialogs). `url` makes it a
    link that the reader's browser follows; it stands only on cards that answer a press. A `seldom` needed one stands
    after the others, under “More steps”.
    """

    id: str
    label: str
    value: str = ""
    style: ButtonStyle = "default"
    confirm: Confirm | None = None
    opens: str | None = None
    url: str = ""
    seldom: bool = False


MORE_STEPS = "More steps"
FEW = 6
"""A card with no more buttons than this hides none of them."""


def nearest_first(buttons: tuple[Button, ...], seldom: frozenset[str]) -> tuple[Button, ...]:
    """The buttons with those of these ids last and marked; not what is highlighted, and only where there are many."""
    rare = {n for n, one in enumerate(buttons) if one.id in seldom and one.style == "default"}
    if len(buttons) <= FEW or len(rare) < 2 or len(rare) == len(buttons):
        return buttons
    near = (one for n, one in enumerate(buttons) if n not in rare)
    return (*near, *(replace(one, seldom=True) for n, one in enumerate(buttons) if n in rare))


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
