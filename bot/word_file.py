"""What every Word file of ours has in common: British English, one typeface, and nothing of this computer or hour."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table

LANGUAGE = "en-GB"
FONT = "Arial"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEFT_OVER = "stylesWithEffects"
"""A copy of the styles for Word 2007 in python-docx's blank document, no longer the same as the styles."""
_HEADINGS = (("Title", 20.0), ("Heading 1", 15.0), ("Heading 2", 12.5), ("Caption", 10.0))


def blank(size: float) -> Document:
    """A new document whose text has this size in points."""
    made = docx.Document()
    for name, relation in list(made.part.rels.items()):
        if relation.reltype.endswith(_LEFT_OVER):
            made.part.drop_rel(name)
    for name, points in (("Normal", size), *_HEADINGS):
        _style(made.styles[name], points)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    return made


def about(made: Document, *, title: str, author: str, subject: str, moment: datetime) -> None:
    """What is written about the file; `moment` is aware."""
    said = made.core_properties
    said.title, said.author, said.last_modified_by, said.subject = title, author, author, subject
    said.language, said.comments, said.keywords = LANGUAGE, "", ""
    said.created = said.modified = moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    said.revision = 1


def saved(made: Document) -> bytes:
    """The .docx. The same document makes the same bytes."""
    kept, packed = io.BytesIO(), io.BytesIO()
    made.save(kept)
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            entry = zipfile.ZipInfo(one.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(one))
    return packed.getvalue()


def head_row(table: Table, caption: str) -> None:
    """Name a table; its first row is the heads of its columns, bold and again on each page. No row is torn apart."""
    for row in table.rows:
        line: Any = row._tr  # noqa: SLF001 - python-docx has no name for a row that stays whole
        line.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    first: Any = table.rows[0]._tr  # noqa: SLF001 - python-docx has no name for a header row
    first.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), caption)
    properties: Any = table._tbl.tblPr  # noqa: SLF001 - nor for what a table is called
    properties.append(named)


def _style(style: Any, points: float) -> None:
    """Black, in our typeface; without the theme's own."""
    style.font.name, style.font.size = FONT, Pt(points)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for face in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{face}"), FONT)
    colour = properties.find(qn("w:color"))
    if colour is not None:
        properties.remove(colour)
