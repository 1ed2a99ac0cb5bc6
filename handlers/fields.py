"""The forms of the vocabulary of chat: fields, pages, when a field is shown. Import them from `handlers.chat`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from handlers.cards import Block

FormValue = str | tuple[str, ...] | bool
"""What a field holds: text, dates (`2026-10-14`) and times (`16:30`) as `str`; several choices or people as a
tuple of values; a tick as `bool`. A field that was not shown is absent."""
FormValues = Mapping[str, FormValue]


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


ACCOUNT = "account:"
"""Begins the value of somebody chosen in a platform's own picker: `account:` and their id there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Field):
    """Colleagues, chosen from the council's own. Values are colleague ids.

    `anyone`: on a platform with a picker of its own, anybody there may be chosen (`ACCOUNT`).
    """

    options: tuple[Option, ...]
    several: bool = False
    anyone: bool = False


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
