"""A page's numbers as CSV: one number a line, safe to open in a spreadsheet (no cell is ever a formula)."""

from __future__ import annotations

import csv
import io

from handlers.pages import Page

HEADERS = ("Table", "Row", "Column", "Value")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a cell begins that a spreadsheet might calculate; the last four are the wide forms of the first."""


def sheet(page: Page) -> bytes:
    """The page's tables as CSV in UTF-8, with the mark by which Excel knows it; lines end as RFC 4180 says."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(HEADERS)
    writer.writerow(_safe("About", "Title", "", page.title))
    writer.writerow(_safe("About", "Council", "", page.council))
    for n, sentence in enumerate(page.opening, 1):
        writer.writerow(_safe("About", f"Sentence {n}", "", sentence))
    for section in page.sections:
        for table in section.tables:
            for row in table.rows:
                for column, value in zip(table.headers[1:], row[1:], strict=True):
                    writer.writerow(_safe(table.caption, row[0], column, value))
    for n, note in enumerate(page.notes, 1):
        writer.writerow(_safe("Notes", f"Note {n}", "", note))
    return made.getvalue().encode("utf-8-sig")


def _safe(*cells: str) -> tuple[str, ...]:
    return tuple(f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell for cell in cells)
