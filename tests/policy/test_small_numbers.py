"""Small numbers, attacked: a reader with pencil and paper must not work out anything hidden."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.small_numbers import (
    FEWER_WORDS,
    HIDDEN_WORDS,
    LEGEND,
    WITHHELD_WORDS,
    Published,
    PublishedTable,
    Shown,
    protect_list,
    protect_number,
    protect_table,
)

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


# --- the reader, who knows only what is printed and the legend --------------------------------------


def fits(number: Published, value: int) -> bool:
    """Whether a value agrees with what is printed."""
    if number.how is Shown.NUMBER:
        return value == number.value
    return 1 <= value <= 4 if number.how is Shown.FEWER else value >= 5


def possible(number: Published, most: int) -> list[int]:
    return [value for value in range(most + 1) if fits(number, value)]


def solutions(table: PublishedTable) -> Iterator[Counts]:
    """Every table of counts that agrees with everything printed, by plain enumeration."""
    most = table.total.value if table.total.value is not None else 4
    lines = [
        [
            line
            for line in product(*(possible(cell, most) for cell in cells))
            if fits(total, sum(line)) and sum(line) <= most
        ]
        for cells, total in zip(table.cells, table.row_totals, strict=True)
    ]
    for counts in product(*lines):
        columns = [sum(column) for column in zip(*counts, strict=True)]
        if fits(table.total, sum(columns)) and all(map(fits, table.column_totals, columns)):
            yield counts


def with_totals(counts: Counts) -> tuple[int, ...]:
    cells = [value for line in counts for value in line]
    return (*cells, *map(sum, counts), *(sum(column) for column in zip(*counts, strict=True)), sum(cells))


def worked_out(table: PublishedTable) -> int:
    """How many hidden numbers the reader can work out, totals included."""
    numbers = [
        *(cell for line in table.cells for cell in line), *table.row_totals, *table.column_totals, table.total
    ]  # fmt: skip
    secret = [i for i, number in enumerate(numbers) if number.how is not Shown.NUMBER]
    seen: dict[int, set[int]] = {i: set() for i in secret}
    for counts in solutions(table):
        values = with_totals(counts)
        for i in secret:
            seen[i].add(values[i])
        if all(len(found) > 1 for found in seen.values()):
            return 0
    return sum(len(found) < 2 for found in seen.values())


def tables(rows: int, columns: int, most: int) -> st.SearchStrategy[Counts]:
    line = st.tuples(*[st.integers(0, most)] * columns)
    return st.tuples(*[line] * rows)


any_table = st.one_of(tables(2, 2, 9), tables(2, 3, 6), tables(3, 2, 6), tables(1, 3, 12), tables(3, 3, 2))


@given(any_table)
def test_nothing_hidden_should_be_worked_out(counts: Counts) -> None:
    table = publish(counts)
    if not table.withheld:
        assert worked_out(table) == 0


@given(any_table)
def test_what_is_published_should_be_true(counts: Counts) -> None:
    table = publish(counts)
    assert fits(table.total, sum(map(sum, counts)))
    if table.withheld:
        return
    assert all(map(fits, table.row_totals, map(sum, counts)))
    assert all(map(fits, table.column_totals, (sum(column) for column in zip(*counts, strict=True))))
    for line, cells in zip(counts, table.cells, strict=True):
        assert all(map(fits, cells, line))
        assert all(cell.words == "0" for value, cell in zip(line, cells, strict=True) if value == 0)
        assert all(
            cell.words == FEWER_WORDS for value, cell in zip(line, cells, strict=True) if 0 < value < 5
        )


@given(any_table)
def test_a_table_should_be_withheld_only_when_hiding_everything_would_not_do(counts: Counts) -> None:
    table = publish(counts)
    if table.withheld:
        assert (table.cells, table.row_totals, table.column_totals) == ((), (), ())
        assert worked_out(all_hidden(counts)) > 0


@given(any_table)
def test_a_table_without_small_numbers_should_be_shown_whole(counts: Counts) -> None:
    large = tuple(tuple(value * 5 for value in line) for line in counts)
    assert [value for line in words(publish(large)) for value in line if not value.isdigit()] == []


@given(tables(2, 2, 40))
def test_nothing_hidden_should_be_worked_out_beside_large_numbers(counts: Counts) -> None:
    table = publish(counts)
    if not table.withheld:
        assert worked_out(table) == 0


def all_hidden(counts: Counts) -> PublishedTable:
    """The table with everything but noughts and the total hidden."""

    def cover(value: int) -> Published:
        return protect_number(value) if value < 5 else Published(Shown.HIDDEN)

    return PublishedTable(
        tuple("r" * len(counts)),
        tuple("c" * len(counts[0])),
        tuple(tuple(cover(value) for value in line) for line in counts),
        tuple(cover(sum(line)) for line in counts),
        tuple(cover(sum(column)) for column in zip(*counts, strict=True)),
        protect_number(sum(map(sum, counts))),
    )


# --- tables one can check by eye --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "printed"),
    [
        ([12, 9, 0], ["12", "9", "0"]),
        ([12, 3, 9], ["12", FEWER_WORDS, HIDDEN_WORDS]),  # the smallest other one goes with it
        ([12, 3, 2], ["12", FEWER_WORDS, FEWER_WORDS]),
        ([12, 4, 4], [HIDDEN_WORDS, FEWER_WORDS, FEWER_WORDS]),  # two fours would be the only way to 8
        ([3, 0, 0], [FEWER_WORDS, "0", "0"]),
        ([0, 0], ["0", "0"]),
        ([7, 1], [HIDDEN_WORDS, FEWER_WORDS]),
        ([5, 1], None),  # 6 from 5 or more and 1 or more: only one way
        ([4, 4], None),
        ([1, 1, 1, 1], None),
        ([1, 1, 1, 1, 1], None),
        ([1, 1, 1, 2], [FEWER_WORDS] * 4),
    ],
)
def test_a_list_should_hide_a_second_number_where_the_first_could_be_worked_out(
    counts: list[int], printed: list[str] | None
) -> None:
    result = protect_list([str(i) for i in range(len(counts))], counts)
    assert result.withheld is (printed is None)
    assert [number.words for number in result.counts] == (printed or [])
    assert result.total == protect_number(sum(counts))


@given(st.lists(st.integers(0, 7), min_size=1, max_size=5))
def test_a_list_should_never_give_a_hidden_number_away(counts: list[int]) -> None:
    result = protect_list([str(i) for i in range(len(counts))], counts)
    if not result.withheld:
        one_row = PublishedTable(
            ("r",), result.labels, (result.counts,), (result.total,), result.counts, result.total
        )
        assert worked_out(one_row) == 0


def test_a_table_should_hide_a_rectangle_around_one_small_number() -> None:
    table = publish(((3, 20, 30), (10, 11, 40), (50, 60, 70)))
    assert words(table) == [
        [FEWER_WORDS, HIDDEN_WORDS, "30", "53"],
        [HIDDEN_WORDS, HIDDEN_WORDS, "40", "61"],
        ["50", "60", "70", "180"],
        ["63", "91", "140", "294"],
    ]


def test_a_table_should_print_small_totals_as_fewer_than_5() -> None:
    table = publish(((1, 2), (20, 30)))
    assert table.row_totals[0].words == FEWER_WORDS
    assert table.total.words == "53"
    assert worked_out(table) == 0


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


def test_legend_should_explain_both_words() -> None:
    assert FEWER_WORDS == "fewer than 5"
    assert "1 to 4" in LEGEND
    assert f"“{HIDDEN_WORDS}” means 5 or more" in LEGEND
    assert "too few" in WITHHELD_WORDS
