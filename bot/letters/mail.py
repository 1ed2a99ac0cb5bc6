"""A letter as an e-mail: plain text, HTML without styles from elsewhere, and GOV.UK Notify's own marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from handlers.letter_text import REFERENCE, Block, Heading, Items, LetterText, read, words


def subject(text: str) -> str:
    """The subject of the e-mail."""
    letter = read(text)
    return f"{letter.subject} ({letter.reference})"


def html(text: str) -> str:
    """The e-mail as a page of its own; every word escaped."""
    letter = read(text)
    head = [
        _paragraph(letter.sender),
        _paragraph((letter.dated,)),
        _paragraph((REFERENCE + letter.reference,)),
    ]
    body = "\n".join((*head, *map(_html, letter.blocks)))
    title = escape(letter.subject)
    top = f'<!doctype html>\n<html lang="en-GB">\n<head><meta charset="utf-8"><title>{title}</title></head>'
    return f"{top}\n<body>\n{body}\n</body>\n</html>\n"


def notify_body(text: str) -> str:
    """The letter in GOV.UK Notify's marks: its headings and lists kept, what was typed made harmless.

    Notify reads "# ", "* ", "^ ", "---" at the start of a line, [words](address) and bare addresses as marks, and
    ((name)) as a gap to fill. A typed address becomes words again: nobody can have the council send a link.
    """
    letter: LetterText = read(text)
    head = [words_of((*letter.sender, "", letter.dated, "", REFERENCE + letter.reference))]
    return "\n\n".join((*head, *map(_notify, letter.blocks)))


def words_of(lines: Iterable[str]) -> str:
    """Lines made harmless for Notify."""
    return "\n".join(_harmless(line) for line in lines)


_MARK = re.compile(r"^(\s*)([#*^+-]|\d+[.)])(?=\s|[#*^-]|$)")
_ADDRESS = re.compile(r"(?i)\b(https?)://|\bwww\.")


def _harmless(line: str) -> str:
    line = line.replace("((", "( (").replace("))", ") )").replace("](", "] (")
    line = _ADDRESS.sub(lambda found: f"{found[1]}: //" if found[1] else "www .", line)
    return _MARK.sub(lambda found: f"{found[1]}\u2060{found[2]}", line)


def _notify(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {_harmless(text)}"
        case Items(items):
            return "\n".join(f"* {_harmless(item)}" for item in items)
        case _:
            return words_of(words(block).split("\n"))


def _html(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Items(items):
            return "<ul>\n" + "\n".join(f"<li>{escape(item)}</li>" for item in items) + "\n</ul>"
        case _:
            return _paragraph(block.lines)


def _paragraph(lines: Iterable[str]) -> str:
    return f"<p>{'<br>'.join(map(escape, lines))}</p>"
