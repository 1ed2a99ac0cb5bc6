"""The search for people in files finds what is planted: in the words, between them, and in what is said of a file."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from bot.report.pdf import pdf
from bot.report.sheet import sheet
from bot.report.word import word
from tests.accessible import elements
from tests.leaks import PNG, leaks
from tests.report.pages import PAGE

PRIVATE = (
    "Quentin Zephyrhill",
    "+44 7700 900123",
    "7 Nightingale Court",
    "INC-2026-0042",
    "q@zephyr.example",
)
Spoil = Callable[[], tuple[str, bytes]]


def of_word(change: Callable[[Any], None]) -> Spoil:
    def made() -> tuple[str, bytes]:
        document = docx.Document(io.BytesIO(word(PAGE)))
        change(document)
        held = io.BytesIO()
        document.save(held)
        return "report.docx", held.getvalue()

    return made


def of_part(name: str, change: Callable[[bytes], bytes], comment: bytes = b"", new_name: str = "") -> Spoil:
    def made() -> tuple[str, bytes]:
        held = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(word(PAGE))) as old, zipfile.ZipFile(held, "w") as new:
            for one in old.namelist():
                same = one != name
                new.writestr(
                    one if same else new_name or one, old.read(one) if same else change(old.read(one))
                )
            new.comment = comment
        return "report.docx", held.getvalue()

    return made


def of_pdf(change: Callable[[PdfWriter], Any]) -> Spoil:
    def made() -> tuple[str, bytes]:
        writer = PdfWriter(clone_from=io.BytesIO(pdf(PAGE)))
        change(writer)
        held = io.BytesIO()
        writer.write(held)
        return "report.pdf", held.getvalue()

    return made


def alternative(writer: PdfWriter) -> None:
    tag = next(one for one in elements(writer.root_object["/StructTreeRoot"]) if "/Alt" in one)
    tag[NameObject("/Alt")] = TextStringObject("A bar for Zephyrhill")


def two_runs(document: Any) -> None:
    paragraph = document.paragraphs[-1]
    paragraph.add_run("INC-20")
    paragraph.add_run("26-0042").bold = True


def chunk(kind: bytes, data: bytes) -> Callable[[bytes], bytes]:
    """A picture with one more chunk behind its first."""
    whole = len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
    end = len(PNG) + 25
    return lambda old: old[:end] + whole + old[end:]


def xmp(writer: PdfWriter) -> None:
    stream: Any = writer.root_object["/Metadata"].get_object()
    stream.set_data(
        stream.get_data().replace(
            b"<dc:title>", b"<!-- Nightingale&#32;Court 7 Nightingale Court --><dc:title>"
        )
    )


PICTURE = "word/media/image1.png"
PLANTED: dict[str, Spoil] = {
    "a word of a name": lambda: ("report.txt", "seen with ZEPHYRHILL’s dog".encode()),
    "a number written otherwise": lambda: ("report.csv", b"about,(07700) 900-123\r\n"),
    "a blank that does not break": lambda: ("report.csv", "7\u00a0Nightingale\u00a0Court".encode()),
    "between two runs": of_word(two_runs),
    "in the properties": of_word(lambda document: setattr(document.core_properties, "keywords", "Quentin")),
    "in a comment on the file": of_word(lambda d: setattr(d.core_properties, "comments", "q@zephyr.example")),
    "in what the program says of itself": of_part(
        "docProps/app.xml", lambda old: old.replace(b"</Properties>", b"<Company>Zephyrhill</Company></Properties>")
    ),
    "in the name of a part": of_part(PICTURE, lambda old: old, new_name="word/media/INC-2026-0042.png"),
    "in the comment of the archive": of_part(PICTURE, lambda old: old, comment=b"for Quentin Zephyrhill"),
    "in a picture": of_part(PICTURE, chunk(b"tEXt", b"Author\0Zephyrhill")),
    "in a picture, packed": of_part(PICTURE, chunk(b"zTXt", b"Author\0\0" + zlib.compress(b"by Zephyrhill"))),
    "in the name of the file": lambda: ("report-INC-2026-0042.csv", sheet(PAGE)),
    "on a page of the PDF": lambda: ("report.pdf", pdf(replace(PAGE, notes=("Ask Quentin Zephyrhill.",)))),
    "in the information of the PDF": of_pdf(lambda w: w.add_metadata({"/Author": "Quentin Zephyrhill"})),
    "in the XMP of the PDF": of_pdf(xmp),
    "in a file attached to the PDF": of_pdf(lambda w: w.add_attachment("list.csv", b"07700 900123")),
    "in the words of a picture in the PDF": of_pdf(alternative),
}  # fmt: skip


@pytest.mark.parametrize("where", PLANTED)
def test_search_should_find_what_is_planted(where: str) -> None:
    name, content = PLANTED[where]()
    assert leaks(PRIVATE, {name: content}), where


def test_search_should_find_nothing_in_clean_files() -> None:
    clean = {"report.docx": word(PAGE), "report.pdf": pdf(PAGE), "report.csv": sheet(PAGE)}
    assert leaks(PRIVATE, clean) == []
    assert leaks([PAGE.council], clean)  # it does read them
    assert len(PdfReader(io.BytesIO(clean["report.pdf"])).pages) == 1
