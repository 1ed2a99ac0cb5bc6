"""Reports attacked together: no hidden number can be worked out from totals, trends or reports that overlap (R39)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.answers import Refusal
from policy.report_periods import Span, pieces, span_of
from policy.summary import Labels, Summary, Tally, combine, month_of, months, summarise
from tests.policy.attacker import Attacker, Unknowns
from tests.policy.uk_calendar import day

CATEGORIES, ACTIONS = ("A", "B"), ("None", "Warning")
LABELS = Labels(CATEGORIES, ACTIONS, ())
NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
MONTHS = ("2026-10", "2026-11", "2026-12")
PERIODS = [(a, b) for a in range(3) for b in range(a, 3)]

Month = tuple[int, tuple[int, int, int, int]]
"""Cases opened in a month, and decisions made in it: each category with each action."""


def span(first: int, last: int) -> Span:
    ends = ("31", "30", "31")
    found = span_of(day(f"{MONTHS[first]}-01"), day(f"{MONTHS[last]}-{ends[last]}"), NOW)
    assert isinstance(found, Span)
    return found


def months_in(one: Span) -> list[int]:
    return [MONTHS.index(month) for month in months(one.first, one.last)]


class Council:
    """What happened, and the reports made of it by the rules of the policy."""

    def __init__(self, year: list[Month]) -> None:
        self.year = year
        self.published: dict[Span, Summary] = {}

    def count(self, one: Span) -> Summary:
        tally = Tally()
        for n in months_in(one):
            opened, decided = self.year[n]
            for _ in range(opened):
                tally.case(day(f"{MONTHS[n]}-14"), "A")
            cells = [(category, action) for category in CATEGORIES for action in ACTIONS]
            tally.decisions += Counter(dict(zip(cells, decided, strict=True)))
        return summarise(tally, one.first, one.last, LABELS)

    def report(self, asked: Span) -> Summary | None:
        """A report as it is made, or None when it is refused."""
        found = pieces(asked, tuple(self.published))
        if isinstance(found, Refusal):
            return None
        for piece, before in found:
            if not before:
                self.published[piece] = self.count(piece)
        return combine([self.published[piece] for piece, _ in found])

    def truth(self) -> dict[Hashable, int]:
        known: dict[Hashable, int] = {}
        for n, (opened, decided) in enumerate(self.year):
            known["opened", n] = opened
            cells = [(category, action) for category in CATEGORIES for action in ACTIONS]
            known |= {("decided", n, *cell): value for cell, value in zip(cells, decided, strict=True)}
        return known


def read(reader: Attacker, report: Summary, covers: list[int]) -> None:
    """The reader takes everything down that one report says."""
    by_month: dict[str, Unknowns] = {MONTHS[n]: frozenset({("opened", n)}) for n in covers}
    reader.reads_list(report.by_month, by_month)

    def cell(category: str, action: str) -> Unknowns:
        return frozenset(("decided", n, category, action) for n in covers)

    reader.reads_table(report.consistency, {(c, a): cell(c, a) for c in CATEGORIES for a in ACTIONS})
    by_action = {a: cell("A", a) | cell("B", a) for a in ACTIONS}
    reader.reads_list(report.by_action, by_action)


month = st.tuples(st.integers(0, 7), st.tuples(*[st.integers(0, 7)] * 4))
years = st.lists(month, min_size=3, max_size=3)


@settings(max_examples=200, deadline=None)
@given(years, st.lists(st.sampled_from(PERIODS), min_size=1, max_size=4))
def test_nothing_hidden_should_be_worked_out_from_any_reports_together(
    year: list[Month], asked: list[tuple[int, int]]
) -> None:
    council, reader = Council(year), Attacker()
    for first, last in asked:
        made = council.report(span(first, last))
        if made is not None:
            read(reader, made, months_in(span(first, last)))
    assert reader.works_out(council.truth()) == []


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
    council = Council([(7, (6, 2, 0, 5)), (2, (1, 0, 6, 0)), (8, (9, 9, 9, 9))])
    assert [asked for asked in order if council.report(span(*asked)) is None] == refused


def test_the_attacker_should_succeed_against_reports_that_are_safe_only_one_by_one() -> None:
    council, reader = Council([(8, (9, 0, 0, 6)), (2, (1, 0, 0, 6)), (0, (0, 0, 0, 0))]), Attacker()
    for one in (span(0, 0), span(0, 1)):  # each protected for itself, as if nobody had the other
        read(reader, council.count(one), months_in(one))
    assert reader.secrets
    assert frozenset({("decided", 1, "A", "None")}) not in reader.secrets  # it was printed nowhere
    assert sum(reader.known[frozenset({("opened", 0)})]) == 16
    assert reader.works_out(council.truth()), "two overlapping reports gave nothing away?"


def test_the_attacker_should_find_the_last_number_of_a_list_with_its_total() -> None:
    reader = Attacker()
    council = Council([(3, (0,) * 4), (9, (0,) * 4), (0, (0,) * 4)])
    made = council.count(span(0, 1))
    read(reader, made, [0, 1])
    assert not reader.works_out(council.truth())
    reader.known[frozenset({("opened", 1)})] = (9, 9)  # had the second number not been hidden
    assert frozenset({("opened", 0)}) in reader.works_out(council.truth())


def test_the_attack_should_look_at_every_month_there_is() -> None:
    assert [month_of(span(n, n).first) for n in range(3)] == list(MONTHS)
