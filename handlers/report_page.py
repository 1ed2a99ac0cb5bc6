"""The committee's report in words: one page made of the figures, the same for the card and every file (R39)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers.chat import Table
from handlers.pages import Bars, Grid, Page, Section
from handlers.report_counts import Figures
from policy.calendars import say_day, say_moment
from policy.report_periods import say_month, say_period
from policy.small_numbers import (
    LEGEND,
    WITHHELD_WORDS,
    Published,
    PublishedList,
    PublishedTable,
    Shown,
)
from policy.summary import Summary

NO_PERSONAL_DATA = "It names nobody, and no case can be told from it."
MEDIAN = "Days from report to decision, the middle one"


def report_page(council: str, made: Figures, stated: datetime) -> Page:
    """The report of these figures; `stated` is the aware instant at which it was made."""
    summary = made.summary
    period = say_period(summary.first, summary.last)
    return Page(
        title=f"Unacceptable behaviour: report for {period}",
        council=council,
        stated=stated,
        opening=(
            f"To the Finance and General Purposes Committee of {council}. {NO_PERSONAL_DATA}",
            f"From {say_day(summary.first)} to {say_day(summary.last)}.",
            f"Made on {say_moment(stated)}.",
        ),
        sections=(
            _totals(summary),
            _trend(summary),
            _categories(summary),
            _decisions(summary),
            _appeals(summary),
        ),
        notes=_notes(made),
    )


def _totals(summary: Summary) -> Section:
    median = summary.median_days_to_decision
    rows = (
        ("Incidents reported", summary.incidents.words),
        ("Cases opened", summary.cases.words),
        ("Decisions made", summary.consistency.total.words),
        (MEDIAN, str(median) if median is not None else "not shown: fewer than 5 decisions, or not known"),
        ("Appeals received", summary.appeals_received.words),
        ("Appeals decided", summary.appeals.total.words),
        ("Reviews of a restriction overdue at the end", summary.overdue_reviews.words),
    )
    return Section("In numbers", (), None, (Table("In numbers", ("What", "Number"), rows),))


def _trend(summary: Summary) -> Section:
    named = _with_labels(summary.by_month, tuple(map(say_month, summary.by_month.labels)))
    heading = "Cases opened, month by month"
    if named.withheld:
        return Section(heading, (WITHHELD_WORDS,), None, (_breakdown(heading, "Month", named),))
    bars = tuple((label, *_drawn(one)) for label, one in zip(named.labels, named.counts, strict=True))
    alt = f"Bar chart of the cases opened each month. {_read(named)}"
    picture = Bars(heading, alt, bars)
    return Section(heading, (), picture, (_breakdown(heading, "Month", named),))


def _categories(summary: Summary) -> Section:
    heading = "Cases opened, by category"
    said = (WITHHELD_WORDS,) if summary.by_category.withheld else ()
    return Section(heading, said, None, (_breakdown(heading, "Category", summary.by_category),))


def _decisions(summary: Summary) -> Section:
    heading = "Decisions: which action in which category"
    table = summary.consistency
    if table.withheld:
        by_action = _breakdown("Decisions by action", "Action", summary.by_action)
        return Section(heading, (WITHHELD_WORDS,), None, (by_action,))
    said = (
        "It shows whether like is treated alike. Each decision is counted in the period in which it was made."
    )
    alt = f"Table as a picture, the darker the more decisions. {_read_table(table)}"
    cells = tuple(tuple(_drawn(cell) for cell in line) for line in _turned(table))
    picture = Grid(heading, alt, table.columns, table.rows, cells)
    return Section(heading, (said,), picture, (_crossed(heading, table),))


def _appeals(summary: Summary) -> Section:
    heading = "Appeals decided, by outcome"
    said = (WITHHELD_WORDS,) if summary.appeals.withheld else ()
    return Section(heading, said, None, (_breakdown(heading, "Outcome", summary.appeals),))


def _notes(made: Figures) -> tuple[str, ...]:
    notes = [LEGEND]
    if made.pieces > 1:
        notes.append(
            "This report adds up earlier ones and what came between. Each was counted once, when it was made, and "
            "stays as it was. Where one of them does not show a number, the sum is “not shown” as well."
        )
    notes.append("Reports that were withdrawn are not counted.")
    return tuple(notes)


# --- tables and sentences ---------------------------------------------------------------------------


def _breakdown(caption: str, what: str, one: PublishedList) -> Table:
    rows = () if one.withheld else tuple(zip(one.labels, (n.words for n in one.counts), strict=True))
    return Table(caption, (what, "Number"), (*rows, ("Total", one.total.words)))


def _turned(table: PublishedTable) -> tuple[tuple[Published, ...], ...]:
    """Actions down, categories across: seven actions do not fit beside each other on a page."""
    return tuple(zip(*table.cells, strict=True))


def _crossed(caption: str, table: PublishedTable) -> Table:
    lines = [
        (action, *(cell.words for cell in line), total.words)
        for action, line, total in zip(table.columns, _turned(table), table.column_totals, strict=True)
    ]
    lines.append(("Total", *(one.words for one in table.row_totals), table.total.words))
    return Table(caption, ("Action", *table.rows, "Total"), tuple(lines))


def _with_labels(one: PublishedList, labels: tuple[str, ...]) -> PublishedList:
    return PublishedList(labels, one.counts, one.total, one.withheld)


def _drawn(one: Published) -> tuple[int | None, str]:
    return (one.value if one.how is Shown.NUMBER else None, one.words)


def _read(one: PublishedList) -> str:
    return "; ".join(_said(one.labels, one.counts)) + "."


def _read_table(table: PublishedTable) -> str:
    lines = zip(table.columns, _turned(table), strict=True)
    return " ".join(f"{action}: {', '.join(_said(table.rows, line))}." for action, line in lines)


def _said(labels: Sequence[str], counts: Sequence[Published]) -> list[str]:
    return [f"{label} {count.words}" for label, count in zip(labels, counts, strict=True)]
