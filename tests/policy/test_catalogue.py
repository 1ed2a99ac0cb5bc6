"""R22-R24: the catalogue is whole, and which routes each set leaves open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.catalogue import (
    FIELDS_NEEDED,
    WRITING,
    Measure,
    Proposed,
    Route,
    Scope,
    c4_route,
    in_order,
    open_routes,
)

ALL = set(Route)
EMAIL = Proposed(frozenset({Measure.C4}), detail="clerk@town.example")


def test_catalogue_should_hold_twelve_measures_each_with_its_fields() -> None:
    assert [measure.value for measure in Measure] == [f"C{n}" for n in range(1, 13)]
    assert set(FIELDS_NEEDED) == set(Measure)
    names = {field for fields in FIELDS_NEEDED.values() for field in fields}
    assert names <= set(Proposed.__dataclass_fields__)


def test_scope_should_be_ordered_from_narrow_to_broad() -> None:
    assert [scope.breadth for scope in (Scope.ONE_ISSUE, Scope.ONE_SERVICE, Scope.WHOLE_COUNCIL)] == [1, 2, 3]


def test_in_order_should_follow_the_policy_and_not_the_alphabet() -> None:
    assert in_order(frozenset({Measure.C10, Measure.C2, Measure.C12})) == (
        Measure.C2,
        Measure.C10,
        Measure.C12,
    )


@pytest.mark.parametrize(
    ("detail", "route"),
    [
        ("clerk@town.example", Route.EMAIL),
        ("Write to clerk42@town.example please", Route.EMAIL),
        ("office2026123@town.example", Route.EMAIL),
        ("01900 702986", Route.TELEPHONE),
        ("+44 1900 702986", Route.TELEPHONE),
        ("702986", Route.TELEPHONE),
        ("clerk@town.example.", Route.EMAIL),
        ("\n  702986 \nmore words", Route.TELEPHONE),
        ("", None),
        ("extension 12", None),
        ("a@town.example, b@town.example", None),
        ("a@town.example or 01900 702986", None),
        ("01900 702986 or 01900 702987", None),
    ],
)
def test_c4_route_should_be_read_from_the_one_address(detail: str, route: Route | None) -> None:
    assert c4_route(Proposed(frozenset({Measure.C4}), detail=detail)) is route
    assert c4_route(Proposed(frozenset({Measure.C12}), detail=detail)) is None


@pytest.mark.parametrize(
    ("proposed", "left"),
    [
        (Proposed(), ALL),
        (Proposed(frozenset({Measure.C1})), set(WRITING)),
        (Proposed(frozenset({Measure.C2})), ALL),
        (Proposed(frozenset({Measure.C3})), ALL - {Route.SOCIAL_MEDIA}),
        (EMAIL, {Route.EMAIL}),
        (Proposed(frozenset({Measure.C4}), detail="01900 702986"), {Route.TELEPHONE}),
        (Proposed(frozenset({Measure.C5})), ALL),
        (Proposed(frozenset({Measure.C6})), ALL),
        (Proposed(frozenset({Measure.C7})), ALL),
        (Proposed(frozenset({Measure.C8})), ALL),
        (Proposed(frozenset({Measure.C9})), ALL),
        (Proposed(frozenset({Measure.C10})), ALL - {Route.EMAIL, Route.TELEPHONE}),
        (Proposed(frozenset({Measure.C10}), c10_blocks=frozenset({Route.EMAIL})), ALL - {Route.EMAIL}),
        (Proposed(frozenset({Measure.C11}), scope=Scope.WHOLE_COUNCIL), set()),
        (Proposed(frozenset({Measure.C11}), scope=Scope.ONE_ISSUE), ALL),
        (Proposed(frozenset({Measure.C11, Measure.C7}), scope=Scope.WHOLE_COUNCIL), {Route.TELEPHONE}),
        (Proposed(frozenset({Measure.C12})), ALL),
        (Proposed(frozenset({Measure.C1, Measure.C10})), {Route.LETTER, Route.WEB_FORM}),
    ],
)
def test_open_routes_should_be_what_the_measures_leave(proposed: Proposed, left: set[Route]) -> None:
    assert set(open_routes(proposed)) == left


@given(st.frozensets(st.sampled_from(list(Measure))), st.sampled_from(list(Measure)))
def test_one_more_measure_should_never_open_a_route_that_was_closed(
    measures: frozenset[Measure], one_more: Measure
) -> None:
    if Measure.C11 in measures:
        return  # beside C11 the other measures name what stays open
    before = open_routes(Proposed(measures, detail="clerk@town.example"))
    after = open_routes(Proposed(measures | {one_more}, detail="clerk@town.example"))
    assert set(after) <= set(before)


@pytest.mark.parametrize(
    ("measures", "address", "text"),
    [
        ({Measure.C4}, "clerk@town.example", ""),
        ({Measure.C12}, "", "clerk@town.example\nBring a companion.\nTwice."),
        ({Measure.C4, Measure.C6}, "clerk@town.example", "Bring a companion.\nTwice."),
        ({Measure.C1}, "", ""),
    ],
)
def test_detail_should_be_shared_between_the_address_and_the_free_words(
    measures: set[Measure], address: str, text: str
) -> None:
    proposed = Proposed(frozenset(measures), detail=" clerk@town.example\nBring a companion.\nTwice.\n")
    assert (proposed.c4_address, proposed.other_text) == (address, text)
