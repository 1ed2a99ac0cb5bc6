"""A hundred letters as PDF and Word: how long one takes, and what the memory grows by."""

from __future__ import annotations

import time
from datetime import date, timedelta

import psutil

from bench.figures import Figure, plain
from bot.letters.pdf import pdf
from bot.letters.printable import Printable
from bot.letters.word import word
from handlers.letter_text import Heading, Items, Paragraph

LINE = "A fist was raised and a threat was made at the desk while two residents were waiting. "
MB = 1024 * 1024


def run(many: int) -> list[Figure]:
    """`many` letters of two pages, each of them different."""
    pdf(_letter(0))
    word(_letter(0))
    process = psutil.Process()
    before, size = process.memory_info().rss, 0
    figures = []
    for name, make in (("PDF", pdf), ("Word", word)):
        started = time.process_time()
        for number in range(many):
            size += len(make(_letter(number)))
        each = (time.process_time() - started) / many * 1000
        figures.append(plain(f"{many} letters as {name}: one letter, processor time", each, "ms"))
    grown = max(0, process.memory_info().rss - before) / MB
    figures.append(plain(f"{2 * many} files, {size // 1024:,} KB in all: memory grew by", grown, "MB"))
    return figures


def _letter(number: int) -> Printable:
    on = date(2026, 10, 14) + timedelta(days=number % 28)
    body = (
        Paragraph(("Dear Alex Marsden,",)),
        Heading("Limits on your contact with the council", 1),
        *(part for n in range(6) for part in (Heading(f"Part {n}"), Paragraph((LINE * 4,)))),
        Items(tuple(f"{LINE}{number}" for _ in range(6))),
        Paragraph(("Yours sincerely,",)),
    )
    return Printable(
        "Limits on your contact with the council", f"INC-2026-{number:04}", on.isoformat(), on,
        ("Sample Town Council", "Town Hall"), ("Alex Marsden", "1 High Street", "CA14 2ED"), body,
    )  # fmt: skip
