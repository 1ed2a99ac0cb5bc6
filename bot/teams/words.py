"""Words in an Adaptive Card: shown exactly as they were typed, so that a report can ping nobody and format nothing.

Text stands in rich text runs, which know no markdown. Headings, facts and labels are markdown: there every sign that
could mean something is escaped. A card never declares a mention, so `<at>` stays what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from microsoft_teams.cards import CardElement, RichTextBlock, TextBlock, TextRun

from bot.teams import limits
from bot.wording import pieces

_DATE = re.compile(r"\{(?=\{(?:DATE|TIME)\()", re.IGNORECASE)
"""What a card turns into the reader's local date; a word joiner between its braces keeps it as typed."""
_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")
_MEANS = re.compile(r"[\\`*_\[\]<>&~|!]")
_BEGINS = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))", re.MULTILINE)


def verbatim(words: str) -> str:
    """Words for a place without markdown."""
    return _DATE.sub("{\u2060", words)


def escaped(words: str) -> str:
    """Words for a place with markdown: no link, no list, no heading and no emphasis can come of them."""
    lined = _MEANS.sub(r"\\\g<0>", verbatim(words))
    return _BEGINS.sub(lambda found: f"{found[1]}{_literal(found[2])}", lined)


def _literal(begins: str) -> str:
    """`1` of `1.` keeps its number and loses its list by a word joiner; a sign is escaped."""
    return f"{begins}\u2060" if begins.isdigit() else f"\\{begins}"


def heading(words: str, *, large: bool = True) -> TextBlock:
    """A heading that screen readers announce as one."""
    made = TextBlock(text=escaped(" ".join(words.split())), wrap=True, weight="Bolder", style="heading")
    return made.with_size("Large") if large else made


def paragraphs(words: str, *, small: bool = False, opening: str = "") -> list[CardElement]:
    """Words of any length, an element for each paragraph; `opening` comes first, bold."""
    found: list[CardElement] = []
    for paragraph in _BLANK.split(words):
        for part in pieces(paragraph.strip("\n"), limits.PARAGRAPH):
            if part.strip():
                begun = [run(f"{opening} ", bold=True)] if opening and not found else []
                found.append(rich([*begun, run(part, small=small)]))
    return found or ([rich([run(opening, bold=True)])] if opening else [])


def run(words: str, *, bold: bool = False, small: bool = False) -> TextRun:
    """A run of words shown as they are."""
    made = TextRun(text=verbatim(words) or " ")
    if bold:
        made.weight = "Bolder"
    if small:
        made.size, made.is_subtle = "Small", True
    return made


def rich(runs: Iterable[CardElement]) -> RichTextBlock:
    """One paragraph of runs."""
    return RichTextBlock(inlines=list(runs))
