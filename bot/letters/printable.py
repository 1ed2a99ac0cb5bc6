"""One letter with everything its files need, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handlers.letter_text import Block, LetterText, read
from policy.notices import Method
from storage.records import Notice

POSTED = frozenset({Method.FIRST_CLASS, Method.SECOND_CLASS, Method.HAND})


@dataclass(frozen=True, slots=True)
class Printable:
    """A letter to print. `to` are the lines of the address window; empty for an e-mail, which has no envelope."""

    title: str
    reference: str
    dated: str
    on: date
    sender: tuple[str, ...]
    to: tuple[str, ...]
    blocks: tuple[Block, ...]


def printable(notice: Notice, name: str) -> Printable:
    """A letter as it is recorded, addressed to a person of this name."""
    letter: LetterText = read(notice.text)
    lines = tuple(line.strip() for line in notice.address.splitlines() if line.strip())
    if len(lines) == 1:  # typed on one line, as addresses often are
        lines = tuple(part.strip() for part in lines[0].split(",") if part.strip())
    if name and lines and lines[0].casefold() != name.casefold():
        lines = (name, *lines)
    posted = Method(notice.method) in POSTED
    return Printable(
        title=letter.subject,
        reference=letter.reference,
        dated=letter.dated,
        on=notice.expected_on,
        sender=letter.sender,
        to=lines if posted else (),
        blocks=letter.blocks,
    )
