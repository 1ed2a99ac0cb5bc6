"""The committee report's numbers for one piece of time, counted from plain facts and safe to publish (R39).

No names, no references, no stories go in, so none can come out. A piece is published once: what a report
says of a longer time is added up from the pieces it is made of (`combine`), so that two reports put beside
each other tell no more than the pieces did. `docs/decisions` has the reasons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from policy.small_numbers import (
    SMALL,
    Published,
    PublishedList,
    PublishedTable,
    Shown,
    add,
    protect_list,
    protect_number,
    protect_table,
)


@dataclass(slots=True)
class Tally:
    """What happened in one piece of time, counted; the keys are labels or codes, never names.

    cases: reported in it, by month ("2026-10") and category. decisions: made in it, by category and action.
    waits: days from the report of a case to its decision. appeals: decided in it, by outcome. Withdrawn
    reports are never counted (R12). overdue: reviews overdue at its end.
    """

    incidents: int = 0
    months: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    decisions: Counter[tuple[str, str]] = field(default_factory=Counter)
    waits: Counter[int] = field(default_factory=Counter)
    appeals_received: int = 0
    appeals: Counter[str] = field(default_factory=Counter)
    overdue: int = 0

    def cases(self, month: str, category: str, number: int) -> None:
        """So many cases were reported in a month, such as "2026-10"."""
        self.months[month] += number
        self.categories[category] += number

    def decision(self, category: str, action: str, days: int | None) -> None:
        """A decision was made; `days` since the case was reported, None for one that does not end it."""
        self.decisions[category, action] += 1
        if days is not None:
            self.waits[days] += 1


@dataclass(frozen=True, slots=True)
class Labels:
    """The order of what is always in the tables, nought included."""

    categories: Sequence[str]
    actions: Sequence[str]
    outcomes: Sequence[str]
    passing: frozenset[str] = frozenset()
    """Actions that do not end a case, such as an interim restriction: nobody's time to a decision."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything the report publishes about one period, both days included."""

    first: date
    last: date
    incidents: Published
    cases: Published
    by_month: PublishedList
    by_category: PublishedList
    by_action: PublishedList
    consistency: PublishedTable
    appeals_received: Published
    appeals: PublishedList
    overdue_reviews: Published
    median_days_to_decision: int | None


def summarise(tally: Tally, first: date, last: date, labels: Labels) -> Summary:
    """The summary of one piece, from `first` to `last`. A label that is not listed follows at the end."""
    by_month = _list(tally.months, months(first, last), newest_last=True)
    rows = _labels(labels.categories, (row for row, _ in tally.decisions))
    columns = _labels(labels.actions, (column for _, column in tally.decisions))
    counts = [[tally.decisions[row, column] for column in columns] for row in rows]
    consistency = protect_table(rows, columns, counts)
    by_action = PublishedList(columns, consistency.column_totals, consistency.total, consistency.withheld)
    return Summary(
        first=first,
        last=last,
        incidents=protect_number(tally.incidents),
        cases=by_month.total,
        by_month=by_month,
        by_category=_list(tally.categories, labels.categories),
        by_action=by_action,
        consistency=consistency,
        appeals_received=protect_number(tally.appeals_received),
        appeals=_list(tally.appeals, labels.outcomes),
        overdue_reviews=protect_number(tally.overdue),
        median_days_to_decision=_median(tally.waits, by_action, labels.passing),
    )


def combine(parts: Sequence[Summary]) -> Summary:
    """One summary of pieces that follow one another, in their order; ValueError for none.

    It is made of what they publish and nothing else, so it tells nothing new. Overdue reviews are those of the
    last piece. A median cannot be added up: it stays only where one piece has all the decisions.
    """
    if not parts:
        raise ValueError("a report has at least one piece")
    decided = [part for part in parts if part.consistency.total.value != 0]
    return Summary(
        first=min(part.first for part in parts),
        last=max(part.last for part in parts),
        incidents=add(part.incidents for part in parts),
        cases=add(part.cases for part in parts),
        by_month=_add_lists([part.by_month for part in parts]),
        by_category=_add_lists([part.by_category for part in parts]),
        by_action=_add_lists([part.by_action for part in parts]),
        consistency=_add_tables([part.consistency for part in parts]),
        appeals_received=add(part.appeals_received for part in parts),
        appeals=_add_lists([part.appeals for part in parts]),
        overdue_reviews=parts[-1].overdue_reviews,
        median_days_to_decision=decided[0].median_days_to_decision if len(decided) == 1 else None,
    )


def month_of(day: date) -> str:
    """The label of a day's month: "2026-10"."""
    return f"{day:%Y-%m}"


def months(first: date, last: date) -> tuple[str, ...]:
    """Every month of the period as "2026-10", also those without a case."""
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return tuple(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(start, end + 1))


# --- one piece --------------------------------------------------------------------------------------


def _median(waits: Mapping[int, int], by_action: PublishedList, passing: frozenset[str]) -> int | None:
    """The low median, only where what is published says already that there are 5 decisions or more.

    With fewer it would be somebody's own; and its mere presence must not tell how many there are.
    """
    known = sum(
        count.at_least
        for label, count in zip(by_action.labels, by_action.counts, strict=False)
        if label not in passing
    )
    if known < SMALL:
        return None
    passed, half = 0, (sum(waits.values()) + 1) // 2
    for days in sorted(waits):
        passed += waits[days]
        if passed >= half:
            return days
    return None


def _list(tally: Mapping[str, int], labels: Sequence[str], *, newest_last: bool = False) -> PublishedList:
    every = _labels(labels, tally)
    return protect_list(every, [tally.get(label, 0) for label in every], newest_last=newest_last)


def _labels(known: Iterable[str], seen: Iterable[str]) -> tuple[str, ...]:
    """The known labels in their order, then any other that occurs; each once."""
    return tuple(dict.fromkeys([*known, *sorted(seen)]))


# --- several ----------------------------------------------------------------------------------------


def _add_lists(lists: Sequence[PublishedList]) -> PublishedList:
    labels = tuple(dict.fromkeys(label for one in lists for label in one.labels))
    total = add(one.total for one in lists)
    if any(one.withheld for one in lists):
        return PublishedList(labels, (), total, withheld=True)
    by_label = [dict(zip(one.labels, one.counts, strict=True)) for one in lists]
    nought = Published(Shown.NUMBER, 0)
    counts = tuple(add(one.get(label, nought) for one in by_label) for label in labels)
    return PublishedList(labels, counts, total)


def _add_tables(tables: Sequence[PublishedTable]) -> PublishedTable:
    rows = tuple(dict.fromkeys(row for one in tables for row in one.rows))
    columns = tuple(dict.fromkeys(column for one in tables for column in one.columns))
    total = add(one.total for one in tables)
    if any(one.withheld for one in tables):
        return PublishedTable(rows, columns, (), (), (), total, withheld=True)
    cells: dict[tuple[str, str], Published] = {}
    nought = Published(Shown.NUMBER, 0)
    for one in tables:
        for row, line in zip(one.rows, one.cells, strict=True):
            for column, cell in zip(one.columns, line, strict=True):
                cells[row, column] = cells.get((row, column), nought).plus(cell)
    row_lists = [PublishedList(one.rows, one.row_totals, one.total) for one in tables]
    column_lists = [PublishedList(one.columns, one.column_totals, one.total) for one in tables]
    return PublishedTable(
        rows,
        columns,
        tuple(tuple(cells.get((row, column), nought) for column in columns) for row in rows),
        _add_lists(row_lists).counts,
        _add_lists(column_lists).counts,
        total,
    )
