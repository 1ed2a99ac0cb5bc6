"""A letter as a Word file: headings as styles, British English, a title and the council as its author.

The same letter makes the same bytes: nothing of this computer or of the hour is in it.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time

from docx import Document
from docx.document import Document as Made
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from bot.letters.printable import Printable
from handlers.letter_text import Heading, Items, Paragraph

LANGUAGE = "en-GB"
WINDOW_TOP, HEAD_TOP, BODY_TOP = Mm(57), Mm(22), Mm(95)
EPOCH = (1980, 1, 1, 0, 0, 0)
NO_TITLE_MARKS = str.maketrans({chr(n): " " for n in range(32)})


def word(letter: Printable) -> bytes:
    """The .docx of a letter."""
    made = Document()
    _page(made, letter)
    _styles(made)
    _head(made, letter)
    for part in letter.blocks:
        match part:
            case Heading(text, level):
                made.add_heading(_clean(text), level)
            case Items(items):
                for item in items:
                    made.add_paragraph(_clean(item), style="List Bullet")
            case Paragraph(lines):
                _lines(made.add_paragraph(), lines)
    _properties(made, letter)
    kept = io.BytesIO()
    made.save(kept)
    return _timeless(kept.getvalue())


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


def _styles(made: Made) -> None:
    for name, size in (("Normal", 12), ("Heading 1", 15), ("Heading 2", 12.5)):
        style = made.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        style.font.color.rgb = None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for face in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{face}"), "Arial")
        colour = style.element.rPr.find(qn("w:color"))
        if colour is not None:
            style.element.rPr.remove(colour)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


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
    paragraph._p.get_or_add_pPr().append(frame)  # noqa: SLF001 - python-docx has no name for a frame
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


def _properties(made: Made, letter: Printable) -> None:
    about, moment = made.core_properties, datetime.combine(letter.on, time(12), UTC).replace(tzinfo=None)
    about.title, about.language = _clean(letter.title), LANGUAGE
    about.author = about.last_modified_by = letter.sender[0] if letter.sender else ""
    about.subject, about.keywords, about.comments = letter.reference, "", ""
    about.created = about.modified = moment
    about.revision = 1


def _clean(text: str) -> str:
    """Without the signs that a Word file can't hold."""
    return text.translate(NO_TITLE_MARKS)


def _timeless(made: bytes) -> bytes:
    """The same archive without the hour at which it was packed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            entry = zipfile.ZipInfo(one.filename, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(one))
    return kept.getvalue()
