"""A course of conduct: more than one occasion against the same colleague (R14).

Protection from Harassment Act 1997, section 7: conduct on at least two occasions towards one person. Whether it is
harassment is for those who advise the council; that there are two occasions can be seen from the records.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

OCCASIONS = 2
ADVICE = (
    "Two incidents or more were aimed at the same colleague. This can be a course of conduct: take legal advice, "
    "and record it here."
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """When something happened and at whom it was aimed (colleague ids). `at` None: the hour is not known."""

    on: date
    at: time | None
    targets: frozenset[str]


def course_of_conduct(occasions: Iterable[Occasion]) -> frozenset[str]:
    """The colleagues at whom incidents on two occasions or more were aimed.

    Two reports of one thing are one occasion: on the same day only different hours, both known, are two.
    """
    known = tuple(occasions)
    everybody = frozenset(one for occasion in known for one in occasion.targets)
    return frozenset(one for one in everybody if _number(o for o in known if one in o.targets) >= OCCASIONS)


def _number(occasions: Iterable[Occasion]) -> int:
    hours: dict[date, set[time]] = {}
    for one in occasions:
        known = hours.setdefault(one.on, set())
        if one.at is not None:
            known.add(one.at)
    return sum(max(1, len(at)) for at in hours.values())
