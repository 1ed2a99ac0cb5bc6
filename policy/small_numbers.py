"""Small numbers in public tables (R39): nobody can be counted out of a committee report.

A published number is one of these: shown; "fewer than 5", which is 1 to 4; "hidden", which is 5 or more and
hidden only so that a small one cannot be worked out; or "not shown". Nought is shown, and so is a total of
5 or more, because several breakdowns share it.

Who reads this file knows how the numbers were hidden, and may ask: what else could have been published like
this? So what is hidden depends on nothing but which numbers are nought, small or large, and on what is shown.
The proof stands at `protect_list`; `tests/policy/test_report_attack.py` is such a reader and tries every
council there could be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

SMALL = 5
FEWER_WORDS = f"fewer than {SMALL}"
HIDDEN_WORDS = "hidden"
UNKNOWN_WORDS = "not shown"
PUBLISHED_WORDS = frozenset({FEWER_WORDS, HIDDEN_WORDS, UNKNOWN_WORDS})
"""What stands in the place of a number."""
WITHHELD_WORDS = "There are too few to break down without pointing at somebody."
LEGEND = (
    f"“{FEWER_WORDS}” means 1 to {SMALL - 1}. “{HIDDEN_WORDS}” means {SMALL} or more, hidden so that "
    f"a smaller number cannot be worked out. “{UNKNOWN_WORDS}” means that the number would tell too much about few "
    "people."
)


MOST_OF_FEW = 2
"""How many numbers a small total may be broken down into."""


class Shown(StrEnum):
    """How a number is published."""

    NUMBER = "number"
    FEWER = "fewer"
    HIDDEN = "hidden"
    UNKNOWN = "unknown"


_WORDS = {Shown.FEWER: FEWER_WORDS, Shown.HIDDEN: HIDDEN_WORDS, Shown.UNKNOWN: UNKNOWN_WORDS}


@dataclass(frozen=True, slots=True)
class Published:
    """One number as the public sees it; `value` only when it is shown."""

    how: Shown
    value: int | None = None

    @property
    def words(self) -> str:
        """What stands in the table: "12", "fewer than 5", "hidden" or "not shown"."""
        if self.how is Shown.NUMBER:
            return str(self.value)
        return _WORDS[self.how]

    @property
    def at_least(self) -> int:
        """The least it can be, as far as one number tells."""
        if self.value is not None:
            return self.value
        return {Shown.FEWER: 1, Shown.HIDDEN: SMALL}.get(self.how, 0)

    def plus(self, other: Published) -> Published:
        """The sum of two published numbers: known only as far as both are, so that it tells nothing new."""
        if self.value == 0 or other.value == 0:
            return other if self.value == 0 else self
        if self.value is None or other.value is None:
            return Published(Shown.UNKNOWN)
        return Published(Shown.NUMBER, self.value + other.value)


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table as the public sees it. Withheld, it has its total and nothing else.

    `column_totals` are the breakdown by columns, and `row_totals` are added up from the cells as they are shown:
    two answers to one question would give a hidden number away.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Published, ...], ...]
    row_totals: tuple[Published, ...]
    column_totals: tuple[Published, ...]
    total: Published
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class PublishedList:
    """A single breakdown with its total, as the public sees it."""

    labels: tuple[str, ...]
    counts: tuple[Published, ...]
    total: Published
    withheld: bool = False


def protect_list(labels: Sequence[str], counts: Sequence[int], *, newest_last: bool = False) -> PublishedList:
    """Publish one breakdown with its total. ValueError when the lengths differ or for a minus.

    Where a large number must be hidden it is the last one; the first where the newest and so most wanted is last.

    Why nobody works out a small number, even knowing these rules. Say `few` of the numbers are small, and
    `some` are not nought.

    - The total is small. With one or two numbers each of them, and the total, can be several things; with more
      they can't (four ones make 4), so all of these are withheld alike, and the total is 3 or 4.
    - No number is small: all are shown.
    - Else one large number is hidden with the small ones, chosen by its place alone. What is hidden adds up to
      `rest`, which a reader knows. The least it could be is 1 for each small number and 5 for the large one: with
      more than that, each small number could be 1, and each could be 2, and the same numbers would be hidden.
    - Where `rest` is that least, all is withheld. So is every breakdown whose total is at most 4 for each number
      that is not nought. In what is withheld with one total the labels could have been exchanged, and where all
      are alike one could be more and another less: every number could be another.
    """
    if len(counts) != len(labels):
        raise ValueError("the counts do not fit the labels")
    every, total = [protect_number(count) for count in counts], sum(counts)
    few, some = sum(map(_small, counts)), sum(count > 0 for count in counts)
    published = PublishedList(tuple(labels), tuple(every), protect_number(total))
    withheld = PublishedList(tuple(labels), (), protect_number(total), withheld=True)
    if total < SMALL:
        return withheld if few > MOST_OF_FEW else published
    if not few:
        return published
    if total <= (SMALL - 1) * some:
        return withheld
    large = [n for n, count in enumerate(counts) if count >= SMALL]
    beside = large[0 if newest_last else -1]
    rest = counts[beside] + sum(filter(_small, counts))
    if rest <= few + SMALL:
        return withheld
    every[beside] = Published(Shown.HIDDEN)
    return PublishedList(tuple(labels), tuple(every), protect_number(total))


def protect_table(
    rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]
) -> PublishedTable:
    """Publish counts by row and column with every total. ValueError for a ragged table or a minus.

    First the columns are a breakdown of the whole; then each column whose total is shown is a breakdown of that
    total, for itself. So no number is in two equations. A row's total is what the shown cells add up to.
    """
    if len(counts) != len(rows) or any(len(line) != len(columns) for line in counts):
        raise ValueError("the counts do not fit the rows and columns")
    by_column = protect_list(columns, [sum(line[n] for line in counts) for n in range(len(columns))])
    if by_column.withheld:
        return PublishedTable(tuple(rows), tuple(columns), (), (), (), by_column.total, withheld=True)
    lists = [_column(rows, [line[n] for line in counts], total) for n, total in enumerate(by_column.counts)]
    cells = tuple(zip(*lists, strict=True)) if lists else tuple(() for _ in rows)
    return PublishedTable(
        tuple(rows), tuple(columns), cells, tuple(map(add, cells)), by_column.counts, by_column.total
    )


def protect_number(count: int) -> Published:
    """Publish a number that stands alone. ValueError for a minus."""
    if count < 0:
        raise ValueError("a count is never below nought")
    return Published(Shown.FEWER) if _small(count) else Published(Shown.NUMBER, count)


def add(numbers: Iterable[Published]) -> Published:
    """The sum of published numbers, as far as it is known."""
    total = Published(Shown.NUMBER, 0)
    for number in numbers:
        total = total.plus(number)
    return total


def _column(rows: Sequence[str], counts: Sequence[int], total: Published) -> tuple[Published, ...]:
    """One column's cells: nothing of them where its total is not shown."""
    nothing = tuple(Published(Shown.UNKNOWN) for _ in rows)
    if total.value is None:
        return nothing
    return protect_list(rows, counts).counts or nothing


def _small(count: int) -> bool:
    return 0 < count < SMALL
