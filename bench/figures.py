"""Numbers of a run, and how they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result. `met` is None where there is no aim."""

    what: str
    value: str
    aim: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        verdict = {True: "met", False: "MISSED", None: ""}[self.met]
        return f"{self.what:<58} {self.value:>14}   {self.aim:<16} {verdict}".rstrip()


def at_most(what: str, value: float, unit: str, aim: float) -> Figure:
    """A figure that should not be more than its aim."""
    return Figure(what, f"{value:,.2f} {unit}".strip(), f"aim {aim:g} {unit}".strip(), value <= aim)


def at_least(what: str, value: float, unit: str, aim: float) -> Figure:
    """A figure that should not be less than its aim."""
    return Figure(what, f"{value:,.2f} {unit}".strip(), f"aim {aim:g} {unit}".strip(), value >= aim)


def plain(what: str, value: float, unit: str) -> Figure:
    """A figure to know, without an aim."""
    return Figure(what, f"{value:,.2f} {unit}".strip())


def percentile(times: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the times do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
