"""Where a card has many buttons, those needed in few cases stand last and apart."""

from __future__ import annotations

import pytest

from handlers.cards import FEW, Button, nearest_first

MANY = tuple(Button(f"step.{n}", f"Step {n}") for n in range(FEW + 1))
RARE = frozenset({"step.0", "step.3"})


def test_seldom_needed_buttons_should_come_last_in_their_own_order() -> None:
    found = nearest_first(MANY, RARE)
    assert [one.id for one in found if one.seldom] == ["step.0", "step.3"]
    assert [one.id for one in found] == ["step.1", "step.2", "step.4", "step.5", "step.6", "step.0", "step.3"]


@pytest.mark.parametrize(
    ("buttons", "seldom"),
    [
        (MANY[:FEW], RARE),  # few enough to show all
        (MANY, frozenset({"step.0"})),  # one alone is no list
        (MANY, frozenset(one.id for one in MANY)),  # nothing would be left to see
        ((Button("step.0", "Now", style="primary"), *MANY[1:]), RARE),  # what is highlighted is never hidden
    ],
)
def test_nothing_should_be_hidden_when(buttons: tuple[Button, ...], seldom: frozenset[str]) -> None:
    assert nearest_first(buttons, seldom) == buttons
