"""A page for people outside the case: headings, sentences, tables and pictures, the same in every format.

`bot/report` makes Word, PDF and a spreadsheet of it, `as_card` the card: none of them adds or counts anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.chat import Block, Button, Callout, Card, Table, Text
from policy.small_numbers import PUBLISHED_WORDS


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of one row of numbers. `value` is None where it is not shown; `words` says what it is then."""

    caption: str
    alt: str
    bars: tuple[tuple[str, int | None, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A picture of a table: each field shaded by its number, with the words of the number in it."""

    caption: str
    alt: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[tuple[int | None, str], ...], ...]


Picture = Bars | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page under a heading: sentences, then a picture, then tables."""

    heading: str
    sentences: tuple[str, ...] = ()
    picture: Picture | None = None
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The whole. `stated` is the time that stands on it and in the files, the only thing that differs by itself."""

    title: str
    council: str
    stated: datetime
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()


def of_numbers(table: Table) -> bool:
    """Whether a table has numbers under its heads, which stand better one below the other."""
    return any(cell.isdigit() or cell in PUBLISHED_WORDS for row in table.rows for cell in row[1:])


def as_card(page: Page, buttons: tuple[Button, ...] = (), note: str = "") -> Card:
    """The page as a card; a picture needs no place there, its numbers stand in the table."""
    body: list[Block] = [Callout(note)] if note else []
    body += [Text(sentence) for sentence in page.opening]
    for section in page.sections:
        body += [Text(sentence) for sentence in section.sentences]
        body += section.tables
    body += [Text(sentence, small=True) for sentence in page.notes]
    return Card(page.title, tuple(body), buttons)
