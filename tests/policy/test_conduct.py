"""Two occasions against one colleague."""

from __future__ import annotations

from datetime import date, time

import pytest

from policy.conduct import Occasion, course_of_conduct

MONDAY, TUESDAY = date(2026, 10, 12), date(2026, 10, 13)
NINE, TEN = time(9), time(10)


def aimed(on: date, at: time | None, *targets: str) -> Occasion:
    return Occasion(on, at, frozenset(targets))


@pytest.mark.parametrize(
    ("occasions", "who"),
    [
        ((), set()),
        ((aimed(MONDAY, NINE, "a"),), set()),
        ((aimed(MONDAY, NINE, "a"), aimed(TUESDAY, NINE, "b")), set()),
        ((aimed(MONDAY, NINE, "a"), aimed(TUESDAY, NINE, "a", "b")), {"a"}),
        ((aimed(MONDAY, None, "a"), aimed(TUESDAY, None, "a")), {"a"}),
        ((aimed(MONDAY, NINE, "a"), aimed(MONDAY, TEN, "a")), {"a"}),
        ((aimed(MONDAY, NINE, "a"), aimed(MONDAY, NINE, "a")), set()),  # reported twice
        ((aimed(MONDAY, NINE, "a"), aimed(MONDAY, None, "a")), set()),  # perhaps the same
        ((aimed(MONDAY, NINE, "a", "b"), aimed(TUESDAY, TEN, "a", "b")), {"a", "b"}),
        ((aimed(MONDAY, NINE), aimed(TUESDAY, NINE)), set()),
    ],
)
def test_course_of_conduct_should_need_two_occasions_against_one(
    occasions: tuple[Occasion, ...], who: set[str]
) -> None:
    assert course_of_conduct(occasions) == who
