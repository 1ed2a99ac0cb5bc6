"""A page with everything a page can have."""

from __future__ import annotations

from datetime import UTC, datetime

from handlers.chat import Table
from handlers.pages import Bars, Grid, Page, Section

PAGE = Page(
    "Unacceptable behaviour: report for October 2026",
    "Sample Town Council",
    datetime(2026, 10, 31, 9, 5, tzinfo=UTC),
    ("To the Finance and General Purposes Committee.",),
    (
        Section(
            "Cases opened",
            ("Each case is counted once.",),
            Bars("Cases opened", "Bar chart. October 2026 7; November 2026 fewer than 5.",
                 (("October 2026", 7, "7"), ("November 2026", None, "fewer than 5"))),
            (Table("Cases opened", ("Month", "Number"), (("October 2026", "7"), ("November 2026", "fewer than 5"))),),
        ),
        Section(
            "Decisions",
            (),
            Grid("Decisions", "Table as a picture.", ("Warning",), ("Category A",), (((8, "8"),),)),
            (Table("Decisions", ("Action", "Category A", "Total"), (("Warning", "8", "8"),)),),
        ),
    ),
    ("Nobody is named.",),
)  # fmt: skip
