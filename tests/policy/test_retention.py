"""How long a case is kept and who may erase it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.retention import (
    CLASS_WORDS,
    Periods,
    RetentionClass,
    RetentionFacts,
    erasure_refusal,
    keep_until,
    may_go,
)
from tests.policy.uk_calendar import day

WARNED = RetentionFacts(closed_on=day("2026-11-30"), last_incident_on=day("2026-10-14"), upheld=True)
WITHDRAWN = replace(WARNED, upheld=False)
RESTRICTED = replace(WARNED, had_restriction=True, restriction_ended_on=day("2027-04-14"))
C = RetentionClass


@pytest.mark.parametrize(
    ("facts", "until", "because"),
    [
        (WITHDRAWN, "2027-05-30", C.WITHDRAWN),
        (replace(WITHDRAWN, closed_on=day("2026-08-31")), "2027-02-28", C.WITHDRAWN),
        (WARNED, "2028-10-14", C.WARNING),
        (RESTRICTED, "2029-04-14", C.RESTRICTION),
        (replace(RESTRICTED, last_incident_on=day("2027-06-01")), "2029-06-01", C.WARNING),  # the longer
        (replace(RESTRICTED, upheld=False), "2027-05-30", C.WITHDRAWN),  # quashed
        (replace(WARNED, serious=True), "2032-11-30", C.SERIOUS),
        (replace(WITHDRAWN, serious=True), "2032-11-30", C.SERIOUS),
        (replace(WARNED, closed_on=None), None, None),
        (replace(RESTRICTED, restriction_ended_on=None), None, None),
        (replace(WARNED, legal_hold=True), None, None),
    ],
)
def test_keep_until_should_take_the_longest_class(
    facts: RetentionFacts, until: str | None, because: RetentionClass | None
) -> None:
    kept = keep_until(facts)
    assert (kept.until, kept.because) == (day(until) if until else None, because)
    assert kept.sentence.endswith(".")


def test_keep_until_should_follow_the_settings() -> None:
    short = Periods(withdrawn=1, warning=2, restriction=3, serious=4)
    assert keep_until(WITHDRAWN, short).until == day("2026-12-30")
    assert keep_until(WARNED, short).until == day("2026-12-14")
    assert keep_until(RESTRICTED, short).until == day("2027-07-14")
    assert keep_until(replace(WARNED, serious=True), short).until == day("2027-03-30")


def test_may_go_should_begin_the_day_after() -> None:
    kept = keep_until(WARNED)
    assert not may_go(kept, day("2028-10-14"))
    assert may_go(kept, day("2028-10-15"))
    assert not may_go(keep_until(replace(WARNED, legal_hold=True)), day("2100-01-01"))


@pytest.mark.parametrize(
    ("facts", "names", "code"),
    [
        (WARNED, "ab", None),
        (WARNED, "a", "second_name_needed"),
        (WARNED, "", "second_name_needed"),
        (replace(WARNED, legal_hold=True), "ab", "legal_hold"),
        (replace(WARNED, closed_on=None), "ab", "case_open"),
        (replace(RESTRICTED, restriction_ended_on=None), "ab", "restriction_in_force"),
    ],
)
def test_erasure_should_need_two_colleagues_and_nothing_in_the_way(
    facts: RetentionFacts, names: str, code: str | None
) -> None:
    refusal = erasure_refusal(facts, frozenset(names))
    assert (refusal.code if refusal else None) == code


days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
facts_of_any_case = st.builds(
    RetentionFacts, st.none() | days, days, st.booleans(), st.booleans(), st.none() | days, st.booleans()
)


@given(facts_of_any_case, days)
def test_a_legal_hold_should_stop_everything(facts: RetentionFacts, today: date) -> None:
    held = replace(facts, legal_hold=True)
    assert not may_go(keep_until(held), today)
    assert erasure_refusal(held, frozenset("abc")) is not None


@given(facts_of_any_case)
def test_a_serious_case_should_never_be_kept_for_less(facts: RetentionFacts) -> None:
    plain, serious = keep_until(replace(facts, serious=False)), keep_until(replace(facts, serious=True))
    assert (plain.until is None) == (serious.until is None)
    if plain.until is not None and serious.until is not None:
        assert serious.until >= plain.until
        assert may_go(serious, serious.until + timedelta(days=1))


def test_every_class_should_have_words() -> None:
    assert set(CLASS_WORDS) == set(RetentionClass)
