"""Measures that contradict each other (R24): one leaves only the route which another closes."""

from __future__ import annotations

from collections.abc import Callable

from policy.answers import Problem
from policy.catalogue import Measure, Proposed, Route, c4_route


def contradictions(proposed: Proposed) -> tuple[Problem, ...]:
    """A problem at the field `measures` for each contradiction in the set."""
    return tuple(
        Problem("measures", code, sentence)
        for code, contradict, sentence in _CONTRADICTIONS
        if contradict(proposed)
    )


def _both(one: Measure, other: Measure) -> Callable[[Proposed], bool]:
    return lambda proposed: {one, other} <= proposed.measures


def _blocks(proposed: Proposed, route: Route) -> bool:
    return Measure.C10 in proposed.measures and route in proposed.c10_blocks


def _only(proposed: Proposed, route: Route) -> bool:
    return c4_route(proposed) is route


def _two_contacts(proposed: Proposed) -> bool:
    one, other = proposed.c2_contact, proposed.contact
    if not {Measure.C2, Measure.C8} <= proposed.measures or one is None or other is None:
        return False
    return one.colleague_id != other.colleague_id


_CONTRADICTIONS: tuple[tuple[str, Callable[[Proposed], bool], str], ...] = (
    (
        "writing_only_and_calls",
        _both(Measure.C1, Measure.C7),
        "“In writing only” and “telephone at set times” contradict each other. Keep one of them.",
    ),
    (
        "writing_only_and_number",
        lambda p: Measure.C1 in p.measures and _only(p, Route.TELEPHONE),
        "“In writing only” and contact by one telephone number contradict each other. Keep one of them.",
    ),
    (
        "one_address_and_calls",
        lambda p: Measure.C7 in p.measures and _only(p, Route.EMAIL),
        "Contact by one email address and “telephone at set times” contradict each other. Keep one of them.",
    ),
    (
        "one_address_and_email_blocked",
        lambda p: _only(p, Route.EMAIL) and _blocks(p, Route.EMAIL),
        "Emails cannot be blocked when one email address is the only route. Keep one of the two.",
    ),
    (
        "one_number_and_calls_blocked",
        lambda p: _only(p, Route.TELEPHONE) and _blocks(p, Route.TELEPHONE),
        "Numbers cannot be blocked when one telephone number is the only route. Keep one of the two.",
    ),
    (
        "calls_and_calls_blocked",
        lambda p: Measure.C7 in p.measures and _blocks(p, Route.TELEPHONE),
        "Numbers cannot be blocked when the person may telephone at set times. Keep one of the two.",
    ),
    (
        "two_contacts",
        _two_contacts,
        "Two different colleagues are named for all contact. Name the same one, or keep one measure.",
    ),
)
