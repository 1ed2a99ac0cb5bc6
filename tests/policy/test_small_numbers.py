"""How a small number is kept from view, by eye; `test_report_attack.py` tries to work it out."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.small_numbers import (
    FEWER_WORDS,
    HIDDEN_WORDS,
    LEGEND,
    UNKNOWN_WORDS,
    WITHHELD_WORDS,
    Published,
    PublishedTable,
    Shown,
    protect_list,
    protect_number,
    protect_table,
)
from tests.policy.attacker import works_out

Counts = tuple[tuple[int, ...], ...]


def publish(counts: Counts) -> PublishedTable:
    return protect_table(
        [f"r{i}" for i in range(len(counts))], [f"c{j}" for j in range(len(counts[0]))], counts
    )


def words(table: PublishedTable) -> list[list[str]]:
    """The whole table with its totals as it would be printed."""
    lines = [
        [*(cell.words for cell in line), total.words]
        for line, total in zip(table.cells, table.row_totals, strict=True)
    ]
    return [*lines, [*(total.words for total in table.column_totals), table.total.words]]


def fits(number: Published, value: int) -> bool:
    """Whether a value agrees with what is printed."""
    if number.how is Shown.NUMBER:
        return value == number.value
    if number.how is Shown.UNKNOWN:
        return True
    return 1 <= value <= 4 if number.how is Shown.FEWER else value >= 5


def tables(rows: int, columns: int, most: int) -> st.SearchStrategy[Counts]:
    line = st.tuples(*[st.integers(0, most)] * columns)
    return st.tuples(*[line] * rows)


@given(st.one_of(tables(2, 2, 9), tables(2, 3, 12), tables(3, 3, 30), tables(1, 4, 12)))
def test_what_is_published_should_be_true_and_never_1_to_4(counts: Counts) -> None:
    table = publish(counts)
    columns = [sum(column) for column in zip(*counts, strict=True)]
    assert fits(table.total, sum(columns))
    assert all(map(fits, table.row_totals, map(sum, counts)))
    assert all(map(fits, table.column_totals, columns))
    shown = [*table.row_totals, *table.column_totals, table.total]
    for line, cells in zip(counts, table.cells, strict=False):
        assert all(map(fits, cells, line))
        shown += cells
    assert not {number.value for number in shown} & {1, 2, 3, 4}


@given(tables(3, 3, 9))
def test_a_table_without_small_numbers_should_be_shown_whole(counts: Counts) -> None:
    large = tuple(tuple(value * 5 for value in line) for line in counts)
    assert [value for line in words(publish(large)) for value in line if not value.isdigit()] == []


@pytest.mark.parametrize("newest_last", [True, False])
@pytest.mark.parametrize(("labels", "most"), [(1, 14), (2, 14), (3, 12), (4, 8), (5, 6)])
def test_no_list_should_give_a_number_away_to_who_knows_the_rules(
    labels: int, most: int, newest_last: bool
) -> None:
    names = [str(n) for n in range(labels)]

    def secrets(world: tuple[int, ...]) -> dict[object, int]:
        return {**dict(enumerate(world)), "total": sum(world)}

    found = works_out(
        product(range(most + 1), repeat=labels),
        lambda world: protect_list(names, world, newest_last=newest_last),
        secrets,
        lambda world: max(world) < most,
    )
    assert found == {}


# --- lists and tables one can check by eye ----------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "printed"),
    [
        ([12, 9, 0], ["12", "9", "0"]),
        ([12, 3, 9], ["12", FEWER_WORDS, HIDDEN_WORDS]),  # the last large one goes with it
        ([12, 3, 2], [HIDDEN_WORDS, FEWER_WORDS, FEWER_WORDS]),
        ([3, 0, 0], [FEWER_WORDS, "0", "0"]),
        ([2, 1, 0, 0], [FEWER_WORDS, FEWER_WORDS, "0", "0"]),
        ([0, 0], ["0", "0"]),
        ([9, 1], [HIDDEN_WORDS, FEWER_WORDS]),
        ([1, 20, 5], None),  # 6 from 5 or more and 1 or more: only one way
        ([7, 1], None),  # at most 4 for each
        ([4, 4], None),
        ([1, 1, 1, 1], None),
        ([1, 1, 1, 0], None),  # would be told from the line above if it were shown
    ],
)
def test_a_list_should_hide_a_second_number_where_the_first_could_be_worked_out(
    counts: list[int], printed: list[str] | None
) -> None:
    result = protect_list([str(i) for i in range(len(counts))], counts)
    assert result.withheld is (printed is None)
    assert [number.words for number in result.counts] == (printed or [])
    assert result.total == protect_number(sum(counts))


def test_a_table_should_break_down_each_column_whose_total_is_shown() -> None:
    table = publish(((3, 20, 1), (10, 11, 1), (50, 60, 0)))
    assert words(table) == [
        [FEWER_WORDS, UNKNOWN_WORDS, UNKNOWN_WORDS, UNKNOWN_WORDS],
        ["10", UNKNOWN_WORDS, UNKNOWN_WORDS, UNKNOWN_WORDS],
        [HIDDEN_WORDS, UNKNOWN_WORDS, UNKNOWN_WORDS, UNKNOWN_WORDS],
        ["63", HIDDEN_WORDS, FEWER_WORDS, "156"],
    ]
    assert words(publish(((3, 20), (10, 11), (50, 60)))) == [
        [FEWER_WORDS, "20", UNKNOWN_WORDS],
        ["10", "11", "21"],
        [HIDDEN_WORDS, "60", UNKNOWN_WORDS],
        ["63", "91", "154"],
    ]


def test_an_empty_table_should_be_all_noughts() -> None:
    assert words(publish(((0, 0), (0, 0)))) == [["0"] * 3] * 3
    assert protect_table([], [], []).total.words == "0"


def test_counts_should_fit_and_never_be_negative() -> None:
    with pytest.raises(ValueError, match="fit"):
        protect_table(["r"], ["c"], [[1, 2]])
    with pytest.raises(ValueError, match="fit"):
        protect_list(["a"], [])
    with pytest.raises(ValueError, match="nought"):
        protect_list(["a"], [-1])


@pytest.mark.parametrize(
    ("count", "printed"), [(0, "0"), (1, FEWER_WORDS), (4, FEWER_WORDS), (5, "5"), (90, "90")]
)
def test_a_number_alone_should_be_covered_from_1_to_4(count: int, printed: str) -> None:
    assert protect_number(count).words == printed


def test_legend_should_explain_each_word() -> None:
    assert FEWER_WORDS == "fewer than 5"
    assert "1 to 4" in LEGEND
    assert f"“{HIDDEN_WORDS}” means 5 or more" in LEGEND
    assert f"“{UNKNOWN_WORDS}” means" in LEGEND
    assert "too few" in WITHHELD_WORDS
