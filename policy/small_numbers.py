"""Small numbers in public tables (R39): nobody can be counted out of a committee report.

A published number is one of these: shown; "fewer than 5", which is 1 to 4; or "hidden", which is 5 or
more and hidden only so that a small one cannot be worked out. A sum of numbers that were published before
is "not shown" where one of them was not. Nought is always shown, and so is
a total of 5 or more, because several tables share it.

A table with totals is a flow: each cell runs from its row to its column, each row total into its row,
each column total out of its column, and the grand total back to the start. What a reader cannot see
could have been one higher or one lower exactly when some round trip passes through it over other
numbers that can move too. So each small number gets the round trip that hides least; where there is none,
the table is withheld.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

SMALL = 5
FEWER_WORDS = f"fewer than {SMALL}"
HIDDEN_WORDS = "hidden"
UNKNOWN_WORDS = "not shown"
WITHHELD_WORDS = "There are too few to break down without pointing at somebody."
LEGEND = (
    f"“{FEWER_WORDS}” means 1 to {SMALL - 1}. “{HIDDEN_WORDS}” means {SMALL} or more, hidden so that "
    "a smaller number cannot be worked out."
)


UNKNOWN_LEGEND = (
    f"“{UNKNOWN_WORDS}” stands where this report adds up earlier ones and one of them does not show its part."
)


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

    A breakdown by rows alone is published from `row_totals` of the same table, never on its own:
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


def protect_table(
    rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]
) -> PublishedTable:
    """Publish counts by row and column with every total. ValueError for a ragged table or a minus."""
    if len(counts) != len(rows) or any(len(line) != len(columns) for line in counts):
        raise ValueError("the counts do not fit the rows and columns")
    start, end = 0, 1
    row_nodes = range(2, 2 + len(rows))
    column_nodes = range(2 + len(rows), 2 + len(rows) + len(columns))
    edges = [
        _Edge(r, c, n)
        for r, line in zip(row_nodes, counts, strict=True)
        for c, n in zip(column_nodes, line, strict=True)
    ]
    edges += [_Edge(start, r, sum(line)) for r, line in zip(row_nodes, counts, strict=True)]
    edges += [_Edge(c, end, sum(line[j] for line in counts)) for j, c in enumerate(column_nodes)]
    edges.append(_Edge(end, start, sum(map(sum, counts))))
    safe = _protect(edges)
    seen = [edge.published() for edge in edges]
    if not safe:
        return PublishedTable(tuple(rows), tuple(columns), (), (), (), seen[-1], withheld=True)
    width, body = len(columns), len(rows) * len(columns)
    return PublishedTable(
        tuple(rows),
        tuple(columns),
        tuple(tuple(seen[i * width : (i + 1) * width]) for i in range(len(rows))),
        tuple(seen[body : body + len(rows)]),
        tuple(seen[body + len(rows) : -1]),
        seen[-1],
    )


def protect_list(labels: Sequence[str], counts: Sequence[int]) -> PublishedList:
    """Publish one breakdown with its total. ValueError when the lengths differ or for a minus."""
    if len(counts) != len(labels):
        raise ValueError("the counts do not fit the labels")
    edges = [_Edge(0, 1, n) for n in counts]
    edges.append(_Edge(1, 0, sum(counts)))
    safe = _protect(edges)
    seen = [edge.published() for edge in edges]
    return PublishedList(tuple(labels), tuple(seen[:-1]) if safe else (), seen[-1], withheld=not safe)


def protect_number(count: int) -> Published:
    """Publish a number that stands alone."""
    return _Edge(0, 0, count).published()


# --- the round trips --------------------------------------------------------------------------------


class _Edge:
    """One number of the table, flowing from one node to another."""

    __slots__ = ("count", "head", "hidden", "tail")

    def __init__(self, tail: int, head: int, count: int) -> None:
        if count < 0:
            raise ValueError("a count is never below nought")
        self.tail, self.head, self.count = tail, head, count
        self.hidden = False

    @property
    def small(self) -> bool:
        return 0 < self.count < SMALL

    def published(self) -> Published:
        if self.small:
            return Published(Shown.FEWER)
        return Published(Shown.HIDDEN) if self.hidden else Published(Shown.NUMBER, self.count)

    def may_rise(self) -> bool:
        """Whether a reader would allow one more, if the number were not shown."""
        return self.count > 0 and self.count != SMALL - 1

    def may_fall(self) -> bool:
        """Whether a reader would allow one fewer, if the number were not shown."""
        return self.count > 1 and self.count != SMALL


def _protect(edges: list[_Edge]) -> bool:
    """Hide what must be hidden, the last edge being the grand total; False when nothing would help."""
    total = edges[-1]
    for edge in edges:
        if edge.small:
            trip = _cheapest_trip(edges, edge, total)
            if trip is None:
                return False
            # Hiding more only ever gives a reader more possibilities, so earlier trips stay good, and
            # every number on this one can move along it.
            for other in trip:
                other.hidden = other.hidden or not other.small
    return True


def _cheapest_trip(edges: list[_Edge], edge: _Edge, total: _Edge) -> list[_Edge] | None:
    """The other numbers of the round trip through `edge` that hides the smallest sum."""
    trips: list[tuple[int, list[_Edge]]] = []
    if edge.may_rise() and (up := _path(edges, edge, total, edge.head, edge.tail)):
        trips.append(up)
    if edge.may_fall() and (down := _path(edges, edge, total, edge.tail, edge.head)):
        trips.append(down)
    return min(trips, key=lambda trip: trip[0])[1] if trips else None


def _path(
    edges: list[_Edge], without: _Edge, total: _Edge, start: int, goal: int
) -> tuple[int, list[_Edge]] | None:
    """Dijkstra: forwards along a number that may rise, backwards along one that may fall.

    A number that is hidden already costs nothing, another its own size. A grand total that is shown
    cannot be used.
    """
    steps: dict[int, list[tuple[int, _Edge]]] = {}
    for edge in edges:
        if edge is without or (edge is total and not edge.small):
            continue
        if edge.may_rise():
            steps.setdefault(edge.tail, []).append((edge.head, edge))
        if edge.may_fall():
            steps.setdefault(edge.head, []).append((edge.tail, edge))
    best: dict[int, int] = {start: 0}
    came: dict[int, tuple[int, _Edge]] = {}
    queue: list[tuple[int, int]] = [(0, start)]
    while queue:
        cost, node = heapq.heappop(queue)
        if node == goal:
            break
        if cost > best[node]:
            continue
        for following, edge in steps.get(node, ()):
            price = cost + (0 if edge.small or edge.hidden else edge.count)
            if price < best.get(following, price + 1):
                best[following] = price
                came[following] = (node, edge)
                heapq.heappush(queue, (price, following))
    if goal not in came:
        return None
    trip: list[_Edge] = []
    node = goal
    while node != start:
        node, edge = came[node]
        trip.append(edge)
    return best[goal], trip
