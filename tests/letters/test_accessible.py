"""Every letter as a PDF that screen readers can read; and that the checker sees what a letter must not have."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from bot.letters.maker import make
from bot.report.pdf import pdf as page_pdf
from tests.accessible import elements, faults
from tests.letters.specimens import KINDS, NAME, REASON, letter
from tests.report.pages import PAGE


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_should_pass_the_accessibility_checker(kind: str) -> None:
    assert faults(make(letter(kind), NAME, "pdf")) == []
    assert faults(make(letter(kind, "email"), NAME, "pdf")) == []
    assert faults(make(letter(kind), NAME, "notify")) == []


def test_long_letter_should_pass_and_number_its_pages() -> None:
    made = make(letter("decision", why="\n\n".join([REASON] * 12)), NAME, "pdf")
    assert faults(made) == []
    pages = PdfReader(io.BytesIO(made)).pages
    assert len(pages) > 1
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1].extract_text()


def _tags(root: Any, role: str) -> list[Any]:
    return [tag for tag in elements(root["/StructTreeRoot"]) if tag["/S"] == role]


def _untag(root: Any) -> None:
    del root["/StructTreeRoot"], root["/MarkInfo"]


def _no_language(root: Any) -> None:
    del root["/Lang"]


def _no_title(root: Any) -> None:
    del root["/Metadata"]


def _file_name_as_title(root: Any) -> None:
    del root["/ViewerPreferences"]


def _no_alternative(root: Any) -> None:
    for tag in _tags(root, "/Figure"):
        del tag["/Alt"]


def _no_header_cells(root: Any) -> None:
    for tag in _tags(root, "/TH"):
        tag[NameObject("/S")] = NameObject("/TD")


def _skipped_heading(root: Any) -> None:
    for tag in _tags(root, "/H1"):
        tag[NameObject("/S")] = NameObject("/H3")


def _font_left_out(root: Any) -> None:
    for first in root["/Pages"]["/Kids"]:
        for font in first.get_object()["/Resources"]["/Font"].values():
            about = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            for name in ("/FontFile", "/FontFile2", "/FontFile3"):
                about.pop(name, None)


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (_untag, "STRUCT-TREE-ROOT"),
        (_no_language, "LANGUAGE"),
        (_no_title, "METADATA"),
        (_file_name_as_title, "VIEWER-PREFERENCES"),
        (_no_alternative, "FIGURE-ALTERNATIVE-TEXT"),
        (_no_header_cells, "a table has no header cells"),
        (_skipped_heading, "HEADING-NESTING"),
        (_font_left_out, "FONT-EMBEDDING"),
    ],
)
def test_checker_should_find_each_planted_defect(plant: Callable[[Any], None], said: str) -> None:
    sound = page_pdf(PAGE)
    assert faults(sound) == []
    writer = PdfWriter(clone_from=io.BytesIO(sound))
    copied = io.BytesIO()
    writer.write(copied)
    assert faults(copied.getvalue()) == []  # copying alone breaks nothing
    plant(writer.root_object)
    spoiled = io.BytesIO()
    writer.write(spoiled)
    assert any(said in one for one in faults(spoiled.getvalue())), faults(spoiled.getvalue())
