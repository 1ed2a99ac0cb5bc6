"""A reader with a computer: everything reports say becomes equations, and the reader looks for what must be so."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from policy.small_numbers import Published, PublishedList, PublishedTable, Shown

Unknowns = frozenset[Hashable]
MOST = 60
"""More cases than any test has: the reader knows that much about a small town."""
PATIENCE = 2_000
"""Guesses before a reader gives up on one number; what two small reports give away takes a few dozen."""


@dataclass
class Attacker:
    """What was read: for each sum of unknowns, the least and the most it can be."""

    known: dict[Unknowns, tuple[int, int]] = field(default_factory=dict)
    secrets: set[Unknowns] = field(default_factory=set)

    def reads(self, number: Published, of: Iterable[Hashable]) -> None:
        """A published number is about the sum of these unknowns."""
        unknowns = frozenset(of)
        if number.value is not None:
            low, high = number.value, number.value
        else:
            low, high = {Shown.FEWER: (1, 4), Shown.HIDDEN: (5, MOST)}.get(number.how, (0, MOST))
            self.secrets.add(unknowns)
        before = self.known.get(unknowns, (0, MOST))
        self.known[unknowns] = max(before[0], low), min(before[1], high)

    def reads_list(self, one: PublishedList, unknown: dict[str, Unknowns]) -> None:
        """A breakdown: `unknown` names the unknowns behind each label."""
        self.reads(one.total, frozenset().union(*unknown.values()))
        for label, number in zip(one.labels, one.counts, strict=False):
            self.reads(number, unknown[label])

    def reads_table(self, one: PublishedTable, unknown: dict[tuple[str, str], Unknowns]) -> None:
        """A table with its totals."""
        self.reads(one.total, frozenset().union(*unknown.values()))
        if one.withheld:
            return
        for row, line in zip(one.rows, one.cells, strict=True):
            for column, cell in zip(one.columns, line, strict=True):
                self.reads(cell, unknown[row, column])
        for row, total in zip(one.rows, one.row_totals, strict=True):
            self.reads(total, frozenset().union(*(unknown[row, column] for column in one.columns)))
        for column, total in zip(one.columns, one.column_totals, strict=True):
            self.reads(total, frozenset().union(*(unknown[row, column] for row in one.rows)))

    def works_out(self, truth: dict[Hashable, int]) -> list[Unknowns]:
        """The small numbers that can only be what they are. A sum that is shown elsewhere is no secret."""
        found = []
        for secret in self.secrets:
            value = sum(truth[one] for one in secret)
            low, high = self.known[secret]
            if low == high and self._shown(secret, value):
                continue
            joined = self._joined(secret)
            others = [{**joined, secret: (a, b)} for a, b in ((low, value - 1), (value + 1, high)) if a <= b]
            # Near the truth another answer is found at once, if there is one; only then look everywhere.
            if not any(_near(one, truth) for one in others) and not any(map(_anywhere, others)):
                found.append(secret)
        return found

    def _joined(self, secret: Unknowns) -> dict[Unknowns, tuple[int, int]]:
        """What has to do with the secret, directly or through others; for the rest the truth will do."""
        inside, before = set(secret), -1
        while len(inside) > before:
            before = len(inside)
            for unknowns in self.known:
                if unknowns & inside:
                    inside |= unknowns
        return {unknowns: bounds for unknowns, bounds in self.known.items() if unknowns & inside}

    def _shown(self, secret: Unknowns, value: int) -> bool:
        return value == 0 or (value >= 5 and self.known[secret] == (value, value))


Sums = list[tuple[tuple[Hashable, ...], int, int]]
Bounds = dict[Hashable, tuple[int, int]]


def _near(known: dict[Unknowns, tuple[int, int]], truth: dict[Hashable, int]) -> bool:
    every = {one for unknowns in known for one in unknowns}
    return _search({one: (max(0, truth[one] - 2), truth[one] + 2) for one in every}, _sums(known), [PATIENCE])


def _anywhere(known: dict[Unknowns, tuple[int, int]]) -> bool:
    return _search(
        dict.fromkeys((one for sums in known for one in sums), (0, MOST)), _sums(known), [PATIENCE]
    )


def _sums(known: dict[Unknowns, tuple[int, int]]) -> Sums:
    return [(tuple(unknowns), low, high) for unknowns, (low, high) in known.items() if unknowns]


def _search(bounds: Bounds, sums: Sums, patience: list[int]) -> bool:
    """Whether any whole numbers fit: narrow the bounds, then try values one by one; yes when patience ends."""
    patience[0] -= 1
    if patience[0] < 0:
        return True  # neither found nor ruled out: the reader knows nothing
    if not _narrow(bounds, sums):
        return False
    open_ones = [one for one, (low, high) in bounds.items() if low < high]
    if not open_ones:
        return True
    one = min(open_ones, key=lambda name: bounds[name][1] - bounds[name][0])
    low, high = bounds[one]
    return any(_search({**bounds, one: (value, value)}, sums, patience) for value in range(low, high + 1))


def _narrow(bounds: Bounds, sums: Sums) -> bool:
    """Propagate until nothing changes; False when something cannot be."""
    changed = True
    while changed:
        changed = False
        for unknowns, low, high in sums:
            least = sum(bounds[one][0] for one in unknowns)
            most = sum(bounds[one][1] for one in unknowns)
            if least > high or most < low:
                return False
            for one in unknowns:
                a, b = bounds[one]
                new = max(a, low - (most - b)), min(b, high - (least - a))
                if new[0] > new[1]:
                    return False
                if new != (a, b):
                    bounds[one] = new
                    least, most = least + new[0] - a, most + new[1] - b
                    changed = True
    return True
