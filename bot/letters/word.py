"""A letter as a Word file: headings as styles, British English, a title and the council as its author.

The same letter makes the same bytes: nothing of this computer or of the hour is in it.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from docx.document import Document as Made
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from bot.letters.printable import Printable
from bot.word_file import about, blank, saved
from handlers.letter_text import Heading, Items, Paragraph

WINDOW_TOP, HEAD_TOP, BODY_TOP = Mm(57), Mm(22), Mm(95)
NO_TITLE_MARKS = str.maketrans({chr(n): " " for n in range(32)})


def word(letter: Printable) -> bytes:
    """The .docx of a letter."""
    made = blank(12)
    _page(made, letter)
    _head(made, letter)
    for part in letter.blocks:
        match part:
            case Heading(text, level):
                made.add_heading(_clean(text), level).paragraph_format.space_after = Pt(4)
            case Items(items):
                for item in items:
                    made.add_paragraph(_clean(item), style="List Bullet")
            case Paragraph(lines):
                _lines(made.add_paragraph(), lines)
    _keep_the_end_together(made)
    title, sender = _clean(letter.title), letter.sender[0] if letter.sender else ""
    noon = datetime.combine(letter.on, time(12), UTC)
    about(made, title=title, author=sender, subject=letter.reference, moment=noon)
    return saved(made)


def _keep_the_end_together(made: Made) -> None:
    """The last sentence, the greeting, the room for a signature and the name are on one page."""
    *before, name = made.paragraphs
    for one in before[-2:]:
        one.paragraph_format.keep_with_next = True
    name.paragraph_format.keep_together = True
    name.paragraph_format.space_before = Pt(36)


def _page(made: Made, letter: Printable) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(22)
    section.top_margin, section.bottom_margin = HEAD_TOP, Mm(25)
    footer = section.footer.paragraphs[0]
    footer.add_run(f"Our reference: {letter.reference}\t\tPage ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")


def _head(made: Made, letter: Printable) -> None:
    """The council and the date on the right; the address where a DL envelope has its window."""
    _framed(_lines(made.add_paragraph(), letter.sender), Mm(122), HEAD_TOP, Mm(66), Mm(20))
    dated = made.add_paragraph()
    _lines(dated, (letter.dated, f"Our reference: {letter.reference}"))
    _framed(dated, Mm(122), Mm(43), Mm(66), Mm(12))
    if letter.to:
        _framed(_lines(made.add_paragraph(), letter.to), Mm(25), WINDOW_TOP, Mm(82), Mm(24))
    first = made.add_paragraph()
    first.paragraph_format.space_before = Pt(0)
    first.paragraph_format.space_after = BODY_TOP - HEAD_TOP - Mm(6)


def _framed(paragraph: WordParagraph, x: Mm, y: Mm, width: Mm, height: Mm) -> None:
    """Put a paragraph at a place of the page."""
    frame = OxmlElement("w:framePr")
    for name, value in (
        ("w", width), ("h", height), ("x", x), ("y", y)
    ):  # fmt: skip
        frame.set(qn(f"w:{name}"), str(int(value.twips)))
    for name, word_ in (
        ("hRule", "atLeast"), ("hAnchor", "page"), ("vAnchor", "page"), ("wrap", "around")
    ):  # fmt: skip
        frame.set(qn(f"w:{name}"), word_)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.0
    # A frame stands before the spacing: Word is particular about the order.
    paragraph._p.get_or_add_pPr().insert_element_before(frame, "w:spacing")  # noqa: SLF001 - python-docx has no name for a frame
    for run in paragraph.runs:
        run.font.size = Pt(10.5)


def _lines(paragraph: WordParagraph, lines: tuple[str, ...]) -> WordParagraph:
    for number, line in enumerate(lines):
        run = paragraph.add_run(_clean(line))
        if number < len(lines) - 1:
            run.add_break()
    return paragraph


def _field(paragraph: WordParagraph, name: str) -> None:
    """A number that Word counts itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no name for a field


def _clean(text: str) -> str:
    """Without the signs that a Word file can't hold."""
    return text.translate(NO_TITLE_MARKS)
