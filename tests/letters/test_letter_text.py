"""The marks in a letter's text, and that nothing typed is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.letter_text import Heading, Items, Paragraph, blocks, literal, plain, read

TEXT = """Sample Town Council
Council Offices
High Street

Wednesday 14 October 2026

Our reference: INC-2026-0001

Dear Alex Marsden,

# A warning

We write to you.

## What stays open

Two lines
of one paragraph
- one
- two

Yours sincerely,
"""


def test_read_should_tell_the_head_from_the_letter() -> None:
    letter = read(TEXT)
    assert letter.sender == ("Sample Town Council", "Council Offices", "High Street")
    assert letter.dated == "Wednesday 14 October 2026"
    assert letter.reference == "INC-2026-0001"
    assert letter.subject == "A warning"
    assert letter.blocks == (
        Paragraph(("Dear Alex Marsden,",)),
        Heading("A warning", 1),
        Paragraph(("We write to you.",)),
        Heading("What stays open", 2),
        Paragraph(("Two lines", "of one paragraph")),
        Items(("one", "two")),
        Paragraph(("Yours sincerely,",)),
    )


def test_plain_should_lose_the_marks_and_nothing_else() -> None:
    shown = plain(TEXT)
    assert "#" not in shown
    assert shown.split() == TEXT.replace("# ", "").replace("#", "").split()


@pytest.mark.parametrize("typed", ["# Not a heading", "## Nor this", "- nor an item", " - or this", "#"])
def test_typed_marks_should_stay_words(typed: str) -> None:
    text = f"## Why\n\n{literal(typed)}\n\nend"
    assert blocks(text) == (Heading("Why"), Paragraph((typed.strip(),)), Paragraph(("end",)))


@given(st.text())
def test_nothing_typed_should_become_a_heading_or_an_item(typed: str) -> None:
    found = blocks(literal(typed))
    assert all(isinstance(one, Paragraph) for one in found)
