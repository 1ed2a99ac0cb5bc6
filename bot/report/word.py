"""A page as a Word file: real headings and tables with header rows, pictures in words, British English."""

from __future__ import annotations

import io
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from bot.report.pictures import png
from bot.word_file import about, blank, head_row, saved
from handlers.chat import Table
from handlers.pages import Page, Picture, of_numbers

STYLE = "Table Grid"
WIDE = 16.6
"""Centimetres between the margins. The first column has three parts of it, or one beside words; the others two each."""


def word(page: Page) -> bytes:
    """The page as .docx. The same page makes the same bytes."""
    document = blank(11)
    sheet = document.sections[0]
    sheet.page_width, sheet.page_height = Cm(21), Cm(29.7)
    sheet.left_margin = sheet.right_margin = Cm(2.2)
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
    about(document, title=page.title, author=page.council, subject="", moment=page.stated)
    return saved(document)


def _picture(document: Document, picture: Picture) -> None:
    shape = document.add_picture(io.BytesIO(png(picture)), width=Cm(16.5))
    drawn: Any = shape._inline.docPr  # noqa: SLF001 - python-docx has no other way to say what a picture shows
    drawn.set("descr", picture.alt)
    drawn.set("title", picture.caption)
    document.add_paragraph(picture.caption, style="Caption")


def _table(document: Document, table: Table) -> None:
    made = document.add_table(rows=1, cols=len(table.headers), style=STYLE)
    for cell, words in zip(made.rows[0].cells, table.headers, strict=True):
        cell.text = words
    for row in table.rows:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            cell.text = words
    head_row(made, table.caption)
    first = 3 if of_numbers(table) else 1
    share = WIDE / (first + 2 * (len(table.headers) - 1))
    for n, column in enumerate(made.columns):
        column.width = Cm(share * (2 if n else first))
    for line in made.rows:
        for n, cell in enumerate(line.cells):
            cell.width = Cm(share * (2 if n else first))
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
            if n and of_numbers(table):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()
