"""The committee report's numbers: counted once, safe in every view, without anybody in them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.small_numbers import Published, Shown, protect_number
from policy.summary import Labels, Summary, Tally, combine, month_of, months, summarise
from policy.summary_data import from_data, to_data
from tests.policy.uk_calendar import day

INTERIM = "Interim"
LABELS = Labels(("A", "B"), ("No action", "Warning", INTERIM), ("The decision stands",), frozenset({INTERIM}))
FIRST, LAST = day("2026-10-01"), day("2026-12-31")
OCTOBER = day("2026-10-14")


def tally(
    cases: dict[tuple[date, str], int] | None = None,
    decisions: dict[tuple[str, str], int] | None = None,
    waits: tuple[int, ...] = (),
    **more: int,
) -> Tally:
    made = Tally(decisions=Counter(decisions or {}), waits=Counter(waits), **more)  # type: ignore[arg-type]
    for (reported_on, category), times in (cases or {}).items():
        made.cases(month_of(reported_on), category, times)
    return made


def summary(made: Tally) -> Summary:
    return summarise(made, FIRST, LAST, LABELS)


def said(counts: tuple[Published, ...]) -> list[str]:
    return [number.words for number in counts]


def test_summary_should_count_cases_by_month_and_category() -> None:
    result = summary(tally({(OCTOBER, "A"): 7, (day("2026-11-02"), "B"): 6}))
    assert result.cases.words == "13"
    assert result.by_month.labels == ("2026-10", "2026-11", "2026-12")
    assert said(result.by_month.counts) == ["7", "6", "0"]
    assert said(result.by_category.counts) == ["7", "6"]


def test_summary_should_cross_category_and_action_of_the_decisions_made() -> None:
    result = summary(tally(decisions={("A", "Warning"): 7, ("B", "No action"): 6, ("B", "Closed"): 5}))
    assert result.by_action.labels == (*LABELS.actions, "Closed")  # one that is not listed follows
    assert said(result.by_action.counts) == ["6", "7", "0", "5"]
    assert [said(line) for line in result.consistency.cells] == [["0", "7", "0", "0"], ["6", "0", "0", "5"]]
    assert result.consistency.total.words == "18"


def test_summary_should_hide_small_breakdowns_and_a_second_one() -> None:
    result = summary(tally({(OCTOBER, "A"): 9, (OCTOBER, "B"): 2}))
    assert said(result.by_category.counts) == ["hidden", "fewer than 5"]
    assert result.cases.words == "11"


def test_summary_should_say_nothing_of_a_withheld_table_but_its_total() -> None:
    result = summary(tally(decisions={("A", "Warning"): 4, ("B", "No action"): 4}))
    assert result.consistency.withheld
    assert (said(result.by_action.counts), result.by_action.total.words) == ([], "8")


def test_summary_should_not_split_an_action_whose_number_is_not_shown() -> None:
    result = summary(tally(decisions={("A", "Warning"): 4, ("B", "No action"): 9, ("A", INTERIM): 20}))
    assert said(result.by_action.counts) == ["9", "fewer than 5", "hidden"]
    assert [said(line) for line in result.consistency.cells] == [
        ["0", "not shown", "not shown"],
        ["9", "not shown", "not shown"],
    ]
    assert said(result.consistency.row_totals) == ["not shown", "not shown"]


def test_summary_should_count_incidents_appeals_and_overdue_reviews() -> None:
    result = summary(tally(incidents=12, appeals_received=2, overdue=6))
    assert (result.incidents.words, result.appeals_received.words) == ("12", "fewer than 5")
    assert result.overdue_reviews.words == "6"
    assert said(result.appeals.counts) == ["0"]


@pytest.mark.parametrize(
    ("decisions", "median"),
    [
        ({("A", "Warning"): 4}, None),
        ({("A", "Warning"): 5}, 3),
        ({("A", "Warning"): 5, ("A", INTERIM): 9}, 3),
        ({("A", "Warning"): 4, ("A", INTERIM): 9}, None),  # an interim decision ends nobody's wait
        (
            {("A", "Warning"): 4, ("A", "No action"): 4, ("B", INTERIM): 20},
            None,
        ),  # only seen as 1 or more each
    ],
)
def test_median_should_need_five_decisions_that_the_tables_show(
    decisions: dict[tuple[str, str], int], median: int | None
) -> None:
    waits = (1, 2, 3, 40, 50, 60, 70, 80)[: sum(n for (_, what), n in decisions.items() if what != INTERIM)]
    assert summary(tally(decisions=decisions, waits=waits)).median_days_to_decision == median


@given(st.lists(st.integers(0, 90), min_size=5, max_size=40))
def test_median_should_be_a_day_somebody_waited(waits: list[int]) -> None:
    made = tally(decisions={("A", "Warning"): len(waits)}, waits=tuple(waits))
    assert summary(made).median_days_to_decision == sorted(waits)[(len(waits) - 1) // 2]


def test_months_should_run_over_the_new_year() -> None:
    assert months(day("2026-11-15"), day("2027-02-01")) == ("2026-11", "2026-12", "2027-01", "2027-02")


any_tally = st.builds(
    tally,
    st.dictionaries(st.tuples(st.dates(FIRST, LAST), st.sampled_from("AB")), st.integers(0, 9), max_size=6),
    st.dictionaries(st.tuples(st.sampled_from("AB"), st.sampled_from(LABELS.actions)), st.integers(0, 9)),
    incidents=st.integers(0, 20),
    appeals_received=st.integers(0, 9),
    overdue=st.integers(0, 9),
)


def numbers(result: Summary) -> list[Published]:
    table = result.consistency
    found = [result.incidents, result.cases, result.appeals_received, result.overdue_reviews, table.total]
    for each in (result.by_month, result.by_category, result.by_action, result.appeals):
        found += [*each.counts, each.total]
    return [*found, *(cell for line in table.cells for cell in line), *table.row_totals, *table.column_totals]


@given(any_tally)
def test_summary_should_agree_with_itself_and_never_print_1_to_4(made: Tally) -> None:
    result = summary(made)
    assert all(number.value not in {1, 2, 3, 4} for number in numbers(result))
    if not result.consistency.withheld:
        assert result.by_action.counts == result.consistency.column_totals
    assert result.cases == result.by_category.total == result.by_month.total
    for label, number in zip(result.by_category.labels, result.by_category.counts, strict=False):
        assert number.how is not Shown.NUMBER or number.value == made.categories[label]


@given(any_tally)
def test_summary_should_come_back_from_its_record_as_it_was(made: Tally) -> None:
    result = summary(made)
    assert from_data(json.loads(json.dumps(to_data(result)))) == result


# --- adding up what was published -------------------------------------------------------------------


@given(any_tally)
def test_combining_one_piece_or_one_and_an_empty_one_should_change_nothing(made: Tally) -> None:
    result, nothing = summary(made), summary(Tally())
    assert combine([result]) == result
    assert numbers(combine([nothing, result]))[:3] == numbers(result)[:3]
    assert combine([nothing, result]) == result


@given(any_tally, any_tally)
def test_combining_should_show_a_sum_only_where_both_were_shown(one: Tally, two: Tally) -> None:
    first, second = summary(one), summary(two)
    both = combine([first, second])
    assert both == combine([from_data(to_data(first)), from_data(to_data(second))])  # from what is published
    if first.cases.value is not None and second.cases.value is not None:
        assert both.cases.value == first.cases.value + second.cases.value
    for found in (both.incidents, both.cases, both.consistency.total):
        assert found.value not in {1, 2, 3, 4}
    assert both.overdue_reviews == second.overdue_reviews
    if first.consistency.total.value != 0 != second.consistency.total.value:
        assert both.median_days_to_decision is None


def test_a_sum_should_be_not_shown_where_one_part_is_not() -> None:
    small, large = protect_number(3), protect_number(8)
    assert small.plus(large).words == large.plus(small).words == "not shown"
    assert small.plus(small).words == "not shown"  # not even whether it is 5 or more
    assert small.plus(protect_number(0)) == protect_number(0).plus(small) == small
    assert large.plus(large).words == "16"


def test_combining_should_keep_a_withheld_table_withheld() -> None:
    withheld = summary(tally(decisions={("A", "Warning"): 4, ("B", "No action"): 4}))
    both = combine([withheld, summary(tally(decisions={("A", "Warning"): 50}))])
    assert both.consistency.withheld
    assert both.consistency.total.words == "58"
    assert said(both.by_action.counts) == []
    with pytest.raises(ValueError, match="at least one"):
        combine([])


def test_a_tally_should_have_no_room_for_a_name_or_a_story() -> None:
    assert {field.name for field in fields(Tally)} == {
        "incidents", "months", "categories", "decisions", "waits", "appeals_received", "appeals", "overdue"
    }  # fmt: skip
