"""A letter as an e-mail in GOV.UK Notify's own marks. (Without Notify the preview has the words to copy.)"""

from __future__ import annotations

import re
from collections.abc import Iterable

from handlers.letter_text import REFERENCE, Block, Heading, Items, LetterText, read, words


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
