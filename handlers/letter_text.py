"""What a letter is made of: headings, paragraphs and lists, read from the marks in its text.

A line that starts with "# " is what the letter is about, "## " a heading, "- " an item of a list; blank lines
separate paragraphs. The card, the e-mail, the Word file and the PDF all show the same blocks. What people typed
is never read as a mark: `literal` guards it, for every value that a template prints.
"""

from __future__ import annotations

from dataclasses import dataclass

GUARD = "\u2060"
"""A sign nobody sees (word joiner): before a typed "#" or "-" at the start of a line, and taken out again."""

REFERENCE = "Our reference: "


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is what the letter is about."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of one or more lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[str, ...]


Block = Heading | Paragraph | Items


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter read: the council's name and address, its date, its reference, and what it says from "Dear" on."""

    sender: tuple[str, ...]
    dated: str
    reference: str
    blocks: tuple[Block, ...]

    @property
    def subject(self) -> str:
        """What it is about, in a few words; the reference when it does not say."""
        headings = (one.text for one in self.blocks if isinstance(one, Heading))
        return next(headings, self.reference)


def literal(value: object) -> str:
    """A value as a template prints it: none of its lines is taken for a heading or an item."""
    lines = str(value).replace(GUARD, "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(GUARD + line if line.lstrip().startswith(("#", "-")) else line for line in lines)


def read(text: str) -> LetterText:
    """A stored letter, read. The head ends with the reference."""
    head, mark, rest = text.partition(f"\n{REFERENCE}")
    if not mark:
        return LetterText((), "", "", blocks(text))
    reference, _, body = rest.partition("\n")
    sender, _, dated = head.rstrip().rpartition("\n")
    lines = tuple(_plain(line) for line in sender.split("\n") if line.strip())
    return LetterText(lines, _plain(dated), _plain(reference), blocks(body))


def blocks(text: str) -> tuple[Block, ...]:
    """The headings, paragraphs and lists of a marked text, in order."""
    found: list[Block] = []
    items: list[str] = []
    lines: list[str] = []

    def close() -> None:
        if lines:
            found.append(Paragraph(tuple(lines)))
            lines.clear()
        if items:
            found.append(Items(tuple(items)))
            items.clear()

    for line in text.split("\n"):
        marked = line.rstrip()
        level = 1 if marked.startswith("# ") else 2 if marked.startswith("## ") else 0
        if level or not marked:
            close()
            if level:
                found.append(Heading(_plain(marked[level:]), level))
        elif marked.startswith("- "):
            if lines:
                close()
            items.append(_plain(marked[2:]))
        else:
            if items:
                close()
            lines.append(_plain(marked))
    close()
    return tuple(found)


def plain(text: str) -> str:
    """The letter as a plain text: for reading on a card, and the text of an e-mail."""
    letter = read(text)
    head = (
        ["\n".join(letter.sender), letter.dated, f"{REFERENCE}{letter.reference}"] if letter.reference else []
    )
    return "\n\n".join((*head, *map(words, letter.blocks))) + "\n"


def email_subject(text: str) -> str:
    """The subject of a letter that goes by email."""
    letter = read(text)
    return f"{letter.subject} ({letter.reference})"


def words(block: Block) -> str:
    """One block as plain text."""
    match block:
        case Heading(text):
            return text
        case Paragraph(lines):
            return "\n".join(lines)
        case Items(items):
            return "\n".join(f"- {item}" for item in items)


def _plain(text: str) -> str:
    return text.replace(GUARD, "").strip()
