"""A page as a Word file: real headings and tables with header rows, pictures in words, British English."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.report.pictures import png
from handlers.chat import Table
from handlers.pages import Page, Picture

LANGUAGE = "en-GB"
STYLE = "Table Grid"
_OLD = (1980, 1, 1, 0, 0, 0)
"""The date of every part of the file: the time that is stated is in its properties."""


def word(page: Page) -> bytes:
    """The page as .docx. The same page makes the same bytes."""
    document = docx.Document()
    _properties(document, page)
    document.add_paragraph(page.council)
    document.add_heading(page.title, 0)
    for sentence in page.opening:
        document.add_paragraph(sentence)
    for section in page.sections:
        document.add_heading(section.heading, 1)
        for sentence in section.sentences:
            document.add_paragraph(sentence)
        if section.picture is not None:
            _picture(document, section.picture)
        for table in section.tables:
            _table(document, table)
    if page.notes:
        document.add_heading("Notes", 1)
    for sentence in page.notes:
        document.add_paragraph(sentence)
    made = io.BytesIO()
    document.save(made)
    return _same_again(made.getvalue())


def _properties(document: Document, page: Page) -> None:
    about = document.core_properties
    about.title, about.author, about.last_modified_by = page.title, page.council, page.council
    about.language, about.comments, about.keywords, about.subject = LANGUAGE, "", "", ""
    about.created = about.modified = page.stated.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    about.revision = 1
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    settings = normal.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), LANGUAGE)
    settings.append(language)


def _picture(document: Document, picture: Picture) -> None:
    shape = document.add_picture(io.BytesIO(png(picture)), width=Cm(16.5))
    drawn: Any = shape._inline.docPr  # noqa: SLF001 - python-docx has no other way to say what a picture shows
    drawn.set("descr", picture.alt)
    drawn.set("title", picture.caption)
    document.add_paragraph(picture.caption, style="Caption")


def _table(document: Document, table: Table) -> None:
    made = document.add_table(rows=1, cols=len(table.headers), style=STYLE)
    for cell, words in zip(made.rows[0].cells, table.headers, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    heading: Any = made.rows[0]._tr  # noqa: SLF001 - nor to repeat a header row
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    heading.get_or_add_trPr().append(repeated)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), table.caption)
    properties: Any = made._tbl.tblPr  # noqa: SLF001 - nor to name a table
    properties.append(caption)
    for row in table.rows:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            cell.text = words
    document.add_paragraph()


def _same_again(made: bytes) -> bytes:
    """The same file without the time at which it was packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _OLD)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return packed.getvalue()
