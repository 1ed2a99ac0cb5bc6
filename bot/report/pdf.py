"""A page as PDF: tagged (PDF/UA-1), with its title, its language and its pictures in words. Reproducible bytes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from bot.report.pictures import svg
from handlers.pages import Page, Section, of_numbers
from policy.calendars import london_time


def pdf(page: Page, *, own_fonts: bool = True) -> bytes:
    """The page as PDF. The same page makes the same bytes.

    With `own_fonts` False the fonts of this computer help out, for signs that ours lack. Raises typst.TypstError for a
    sign that no font has: a page with a hole in it is not made.
    """
    at = london_time(page.stated)
    data = {
        "title": page.title,
        "council": page.council,
        "stated": [at.year, at.month, at.day, at.hour, at.minute],
        "opening": page.opening,
        "sections": [_section(one) for one in page.sections],
        "notes": page.notes,
    }
    return typst.compile(
        _template(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=own_fonts,
        timestamp=int(page.stated.timestamp()),
        sys_inputs={"page": json.dumps(data, ensure_ascii=False)},
    )


def _section(one: Section) -> dict[str, Any]:
    picture = one.picture
    return {
        "heading": one.heading,
        "sentences": one.sentences,
        "picture": {"svg": svg(picture), "alt": picture.alt, "caption": picture.caption} if picture else None,
        "tables": [
            {"headers": table.headers, "rows": table.rows, "numbers": of_numbers(table)}
            for table in one.tables
        ],
    }


@cache
def _template() -> bytes:
    return Path(__file__).with_name("page.typ").read_bytes()
