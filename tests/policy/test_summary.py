"""The committee report's numbers: counted once, safe in every view, without anybody in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.small_numbers import Shown
from policy.summary import UNDECIDED, CaseFacts, Summary, summarise
from tests.policy.uk_calendar import day

CATEGORIES, ACTIONS, OUTCOMES = ("A", "B"), ("No action", "Warning", "Restriction"), ("The decision stands",)
FIRST, LAST = day("2026-10-01"), day("2026-12-31")
CASE = CaseFacts(day("2026-10-14"), "A", "Warning", day("2026-10-20"))


def summary(*cases: CaseFacts) -> Summary:
    return summarise(cases, FIRST, LAST, CATEGORIES, ACTIONS, OUTCOMES)


def test_summary_should_count_by_month_category_and_action() -> None:
    september, november = replace(CASE, reported_on=day("2026-09-30")), day("2026-11-02")
    other = replace(CASE, reported_on=november, category="B", action="Restriction")
    result = summary(*[CASE] * 7, *[other] * 6, september)
    assert result.total.words == "13"
    assert result.by_month.labels == ("2026-10", "2026-11", "2026-12")
    assert [number.words for number in result.by_month.counts] == ["7", "6", "0"]
    assert [number.words for number in result.by_category.counts] == ["7", "6"]
    assert result.by_action.labels == (*ACTIONS, UNDECIDED)
    assert [number.words for number in result.by_action.counts] == ["0", "7", "6", "0"]
    assert [[cell.words for cell in line] for line in result.consistency.cells] == [
        ["0", "7", "0", "0"],
        ["0", "0", "6", "0"],
    ]


@pytest.mark.parametrize(
    ("reported", "counts"),
    [("2026-09-30", "0"), ("2026-10-01", "5"), ("2026-12-31", "5"), ("2027-01-01", "0")],
)
def test_summary_should_take_in_both_end_days(reported: str, counts: str) -> None:
    assert summary(*[replace(CASE, reported_on=day(reported))] * 5).total.words == counts


def test_summary_should_leave_out_withdrawn_reports() -> None:
    assert summary(*[replace(CASE, withdrawn=True)] * 9).total.words == "0"


def test_summary_should_keep_an_undecided_case_and_an_unknown_label() -> None:
    result = summary(*[replace(CASE, action=None, decided_on=None)] * 5, *[replace(CASE, action="Other")] * 5)
    assert result.by_action.labels == (*ACTIONS, UNDECIDED, "Other")
    assert [number.words for number in result.by_action.counts] == ["0", "0", "0", "5", "5"]


def test_summary_should_hide_small_breakdowns_and_a_second_one() -> None:
    result = summary(*[CASE] * 9, *[replace(CASE, category="B")] * 2)
    assert [number.words for number in result.by_category.counts] == ["hidden", "fewer than 5"]
    assert result.total.words == "11"


def test_summary_should_say_nothing_of_a_withheld_table_but_its_total() -> None:
    result = summary(*[CASE] * 4, *[replace(CASE, category="B")] * 4)
    assert result.consistency.withheld
    assert result.by_category.withheld
    assert [number.words for number in result.by_action.counts] == ["0", "8", "0", "0"]


def test_summary_should_count_appeals_and_overdue_reviews() -> None:
    appealed = replace(CASE, appeal_outcome="The decision stands", review_overdue=True)
    result = summary(*[CASE] * 3, *[appealed] * 6)
    assert (result.appeals.total.words, result.overdue_reviews.words) == ("6", "6")
    assert summary(*[appealed] * 2).overdue_reviews.words == "fewer than 5"


@pytest.mark.parametrize(("decided", "median"), [(0, None), (4, None), (5, 6), (8, 6)])
def test_median_should_need_five_decisions(decided: int, median: int | None) -> None:
    open_case = replace(CASE, action=None, decided_on=None)
    assert summary(*[CASE] * decided, *[open_case] * 3).median_days_to_decision == median


def test_median_should_be_a_day_somebody_waited() -> None:
    waits = [1, 2, 3, 40, 50, 60]
    cases = [replace(CASE, decided_on=CASE.reported_on + timedelta(days=wait)) for wait in waits]
    assert summary(*cases).median_days_to_decision == 3


def test_months_should_run_over_the_new_year() -> None:
    result = summarise([], day("2026-11-15"), day("2027-02-01"), CATEGORIES, ACTIONS, OUTCOMES)
    assert result.by_month.labels == ("2026-11", "2026-12", "2027-01", "2027-02")


any_case = st.builds(
    CaseFacts,
    st.dates(date(2026, 9, 1), date(2027, 1, 31)),
    st.sampled_from(CATEGORIES),
    st.none() | st.sampled_from(ACTIONS),
)


@given(st.lists(any_case, max_size=60))
def test_summary_should_agree_with_itself_and_never_print_1_to_4(cases: list[CaseFacts]) -> None:
    result = summary(*cases)
    table = result.consistency
    lists = (result.by_month, result.by_category, result.by_action, result.appeals)
    numbers = [
        result.total,
        result.overdue_reviews,
        *(n for each in lists for n in (*each.counts, each.total)),
    ]
    numbers += [cell for line in table.cells for cell in line]
    assert all(number.value not in (1, 2, 3, 4) for number in numbers)
    if not table.withheld:
        assert (result.by_category.counts, result.by_action.counts) == (table.row_totals, table.column_totals)
    inside = Counter(case.category for case in cases if FIRST <= case.reported_on <= LAST)
    for label, number in zip(result.by_category.labels, result.by_category.counts, strict=False):
        assert number.how is not Shown.NUMBER or number.value == inside[label]


def test_facts_should_have_no_room_for_a_name_or_a_story() -> None:
    assert {field.name for field in fields(CaseFacts)} == {
        "reported_on", "category", "action", "decided_on", "appeal_outcome", "review_overdue", "withdrawn"
    }  # fmt: skip
