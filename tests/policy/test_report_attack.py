"""Reports attacked: nobody works out a small number from totals, trends, pictures or reports that overlap (R39)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime
from functools import cache
from itertools import permutations, product

import pytest

from bot.report.pictures import svg
from handlers.report_counts import Figures
from handlers.report_page import report_page
from policy.answers import Refusal
from policy.report_periods import Span, pieces, span_of
from policy.small_numbers import Published, Shown, protect_number
from policy.summary import Labels, Summary, Tally, combine, months, summarise
from tests.policy.attacker import works_out
from tests.policy.uk_calendar import day

CATEGORIES, ACTIONS, OUTCOMES = ("A", "B"), ("None", "Warning"), ("Stands", "Changed", "Cancelled")
LABELS = Labels(CATEGORIES, ACTIONS, OUTCOMES)
NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
MONTHS = ("2026-10", "2026-11", "2026-12")
PERIODS = [(a, b) for a in range(3) for b in range(a, 3)]
Numbers = tuple[int, ...]


@cache
def span(first: int, last: int) -> Span:
    ends = ("31", "30", "31")
    found = span_of(day(f"{MONTHS[first]}-01"), day(f"{MONTHS[last]}-{ends[last]}"), NOW)
    assert isinstance(found, Span)
    return found


@cache
def months_in(one: Span) -> list[int]:
    return [MONTHS.index(month) for month in months(one.first, one.last)]


def page(made: Summary) -> Hashable:
    """Everything that is written and drawn, as it is read: words, tables, alternative texts, lengths of bars."""
    whole = report_page("Council", Figures(span(0, 2), made, (), 1), NOW)
    return whole, tuple(svg(one.picture) for one in whole.sections if one.picture)


def below(most: int) -> range:
    return range(most + 1)


# --- one report: each of its figures ----------------------------------------------------------------


def cases(world: Numbers) -> Tally:
    """Cases of two months and two categories, and incidents that were added to them."""
    made = Tally(incidents=sum(world))
    for (month, category), number in zip(product(MONTHS[:2], CATEGORIES), world[:4], strict=True):
        made.months[month] += number
        made.categories[category] += number
    return made


def case_secrets(world: Numbers) -> dict[Hashable, int]:
    a, b, c, d, _ = world
    return {
        "incidents": sum(world), "cases": a + b + c + d,
        "October": a + b, "November": c + d, "category A": a + c, "category B": b + d,
        "October A": a, "October B": b, "November A": c, "November B": d,
    }  # fmt: skip


def decisions(world: Numbers) -> Tally:
    made = Tally(decisions=Counter(dict(zip(product(CATEGORIES, ACTIONS), world, strict=True))))
    made.waits.update(range(sum(world)))  # nobody waited as long as another
    return made


def decision_secrets(world: Numbers) -> dict[Hashable, int]:
    a, b, c, d = world
    cells: dict[Hashable, int] = dict(zip(product(CATEGORIES, ACTIONS), world, strict=True))
    return {**cells, "decisions": sum(world), "None": a + c, "Warning": b + d, "A": a + b, "B": c + d}


def appeals(world: Numbers) -> Tally:
    decided = Counter(dict(zip(OUTCOMES, world[:3], strict=True)))
    return Tally(appeals=decided, appeals_received=sum(world[:3]), overdue=world[3])


def appeal_secrets(world: Numbers) -> dict[Hashable, int]:
    outcomes: dict[Hashable, int] = dict(zip(OUTCOMES, world[:3], strict=True))
    return {**outcomes, "decided": sum(world[:3]), "overdue": world[3]}


@pytest.mark.parametrize(
    ("worlds", "counted", "secrets", "most"),
    [
        (product(*[below(4)] * 4, below(6)), cases, case_secrets, 3),
        (product(*[below(7)] * 4), decisions, decision_secrets, 5),
        (product(*[below(7)] * 3, below(5)), appeals, appeal_secrets, 5),
    ],
    ids=["cases", "decisions", "appeals"],
)
def test_no_small_number_should_be_worked_out_from_a_report_by_who_knows_the_rules(
    worlds: Iterable[Numbers],
    counted: Callable[[Numbers], Tally],
    secrets: Callable[[Numbers], dict[Hashable, int]],
    most: int,
) -> None:
    def published(world: Numbers) -> Hashable:
        return page(summarise(counted(world), day("2026-10-01"), day("2026-11-30"), LABELS))

    assert works_out(worlds, published, secrets, lambda world: max(world) <= most) == {}


def test_whether_a_median_is_shown_should_tell_nothing_more() -> None:
    shown: dict[Hashable, set[bool]] = {}
    for world in product(*[below(6)] * 4):
        made = summarise(decisions(world), day("2026-10-01"), day("2026-11-30"), LABELS)
        shown.setdefault(made.consistency, set()).add(made.median_days_to_decision is not None)
    assert {len(both) for both in shown.values()} == {1}
    assert {True, False} == set().union(*shown.values())


# --- two reports and three --------------------------------------------------------------------------


@cache
def piece(first: int, numbers: Numbers) -> Summary:
    """Cases of the months from `first` on, one number a month."""
    made = Tally()
    for n, number in enumerate(numbers):
        made.months[MONTHS[first + n]] += number
        made.categories["A"] += number
    one = span(first, first + len(numbers) - 1)
    return summarise(made, one.first, one.last, LABELS)


@cache
def planned(order: tuple[tuple[int, int], ...]) -> tuple[tuple[Span, ...] | None, ...]:
    """The pieces of each report as they are asked for in this order; None for one that is refused."""
    published: list[Span] = []
    plan: list[tuple[Span, ...] | None] = []
    for asked in order:
        found = pieces(span(*asked), tuple(published))
        if isinstance(found, Refusal):
            plan.append(None)
            continue
        published += [one for one, before in found if not before]
        plan.append(tuple(one for one, _ in found))
    return tuple(plan)


@cache
def whole(parts: tuple[tuple[int, Numbers], ...]) -> Summary:
    return combine([piece(first, numbers) for first, numbers in parts])


def reports(world: Numbers, order: tuple[tuple[int, int], ...]) -> Hashable:
    """What is read of the reports of this order, one after the other."""
    return tuple(
        plan and whole(tuple((months_in(one)[0], tuple(world[n] for n in months_in(one))) for one in plan))
        for plan in planned(order)
    )


def month_secrets(world: Numbers) -> dict[Hashable, int]:
    return {(a, b): sum(world[a : b + 1]) for a, b in PERIODS}


def test_no_small_number_should_be_worked_out_from_three_reports_in_any_order() -> None:
    different = {frozenset(filter(None, planned(order))): order for order in permutations(PERIODS, 3)}
    assert len(different) > 20
    for order in different.values():

        def published(world: Numbers, order: tuple[tuple[int, int], ...] = order) -> Hashable:
            return reports(world, order)

        found = works_out(product(below(7), repeat=3), published, month_secrets, lambda world: max(world) < 7)
        assert found == {}, order


@pytest.mark.parametrize(
    ("order", "refused"),
    [
        ([(0, 0), (0, 1)], []),  # first October, then October and November: added up
        ([(0, 1), (0, 0)], [(0, 0)]),  # the other way round the second would give November away
        ([(0, 1), (1, 2)], [(1, 2)]),
        ([(0, 0), (1, 1), (2, 2), (0, 2)], []),
    ],
)
def test_a_report_should_be_refused_only_when_it_cuts_another(
    order: list[tuple[int, int]], refused: list[tuple[int, int]]
) -> None:
    assert [one for one, plan in zip(order, planned(tuple(order)), strict=True) if plan is None] == refused


# --- the reader must be able to succeed -------------------------------------------------------------


def test_reader_should_succeed_where_only_the_small_number_is_covered() -> None:
    def only_covered(world: Numbers) -> Hashable:
        return tuple(map(protect_number, world)), sum(world)

    found = works_out(product(below(9), repeat=3), only_covered, _places, lambda world: max(world) < 8)
    assert set(found) == {0, 1, 2}


def test_reader_should_succeed_where_the_smallest_other_number_is_hidden() -> None:
    """ "Fewer than 5, fewer than 5, hidden", 8 in all, is 1, 1 and 6 for who knows why the 6 was hidden."""

    def smallest_hidden(world: Numbers) -> Hashable:
        shown = list(map(protect_number, world))
        large = [n for n, count in enumerate(world) if count >= 5]
        few = [count for count in world if 0 < count < 5]
        exchange = len(few) > 1 and min(few) < 4 and max(few) > 1
        if few and large and not exchange:
            shown[min(large, key=lambda n: world[n])] = Published(Shown.HIDDEN)
        return tuple(shown), sum(world)

    found = works_out(product(below(9), repeat=3), smallest_hidden, _places, lambda world: max(world) < 8)
    assert found


def test_reader_should_succeed_against_reports_that_are_safe_only_one_by_one() -> None:
    order = ((0, 0), (0, 1))

    def each_for_itself(world: Numbers) -> Hashable:
        return tuple(piece(a, world[a : b + 1]) for a, b in order)

    found = works_out(product(below(12), repeat=2), each_for_itself, _places, lambda world: max(world) <= 10)
    assert found, "two reports that overlap gave nothing away?"


def _places(world: Numbers) -> dict[Hashable, int]:
    return dict(enumerate(world))
