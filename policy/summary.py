"""The committee report's numbers for a period, counted from plain facts and safe to publish (R39).

No names, no references, no stories go in, so none can come out. Two reports over overlapping periods can
be subtracted from each other: publish whole periods that follow one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median_low

from policy.small_numbers import (
    SMALL,
    Published,
    PublishedList,
    PublishedTable,
    protect_list,
    protect_number,
    protect_table,
)

UNDECIDED = "No decision yet"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case, reduced to what a report may count. `category`, `action` and the outcome are labels.

    `action` None means not decided; `appeal_outcome` is None without an appeal, and a label such as
    "Not decided yet" while one is open.
    """

    reported_on: date
    category: str
    action: str | None = None
    decided_on: date | None = None
    appeal_outcome: str | None = None
    review_overdue: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything the report publishes about one period, both days included."""

    first: date
    last: date
    total: Published
    by_month: PublishedList
    by_category: PublishedList
    by_action: PublishedList
    consistency: PublishedTable
    appeals: PublishedList
    overdue_reviews: Published
    median_days_to_decision: int | None


def summarise(
    facts: Iterable[CaseFacts],
    first: date,
    last: date,
    categories: Sequence[str],
    actions: Sequence[str],
    appeal_outcomes: Sequence[str],
) -> Summary:
    """The summary of the cases reported from `first` to `last`.

    Withdrawn reports count towards nothing (R12). The labels fix the order; one that is not listed
    follows at the end. The median time to a decision is in days, and None with fewer than 5 decisions:
    it would be somebody's own.
    """
    counted = [case for case in facts if first <= case.reported_on <= last and not case.withdrawn]
    pairs = [(case.category, case.action or UNDECIDED) for case in counted]
    rows = _labels(categories, (row for row, _ in pairs))
    columns = _labels((*actions, UNDECIDED), (column for _, column in pairs))
    tally = Counter(pairs)
    consistency = protect_table(rows, columns, [[tally[row, column] for column in columns] for row in rows])
    appealed = [case.appeal_outcome for case in counted if case.appeal_outcome is not None]
    waits = [(case.decided_on - case.reported_on).days for case in counted if case.decided_on is not None]
    months = [f"{case.reported_on:%Y-%m}" for case in counted]
    return Summary(
        first,
        last,
        consistency.total,
        _count(months, _months(first, last)),
        _margin(consistency, Margin.ROWS, [row for row, _ in pairs]),
        _margin(consistency, Margin.COLUMNS, [column for _, column in pairs]),
        consistency,
        _count(appealed, _labels(appeal_outcomes, appealed)),
        protect_number(sum(case.review_overdue for case in counted)),
        median_low(waits) if len(waits) >= SMALL else None,
    )


class Margin(StrEnum):
    """One side of the consistency table."""

    ROWS = "rows"
    COLUMNS = "columns"


def _margin(table: PublishedTable, side: Margin, values: Sequence[str]) -> PublishedList:
    """A breakdown by one side: the table's own totals, so that the two can never give each other away.

    Only where the table is withheld is the breakdown counted for itself; they then share nothing but
    the total.
    """
    labels = table.rows if side is Margin.ROWS else table.columns
    if table.withheld:
        return _count(values, labels)
    return PublishedList(
        labels, table.row_totals if side is Margin.ROWS else table.column_totals, table.total
    )


def _count(values: Iterable[str], labels: Sequence[str]) -> PublishedList:
    tally = Counter(values)
    return protect_list(labels, [tally[label] for label in labels])


def _labels(known: Iterable[str], seen: Iterable[str]) -> tuple[str, ...]:
    """The known labels in their order, then any other that occurs; each once."""
    return tuple(dict.fromkeys([*known, *sorted(seen)]))


def _months(first: date, last: date) -> tuple[str, ...]:
    """Every month of the period as "2026-10", also those without a case."""
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return tuple(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(start, end + 1))
