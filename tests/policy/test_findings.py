"""R5, R12-R14: what can be signed, when two findings settle a case, and the ladder to a restriction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.answers import Refusal
from policy.behaviour import Category, Example, NoWarningReason, WarningGiven
from policy.calendars import add_months
from policy.findings import (
    PERSISTENCE_ONLY,
    Agreement,
    FindingFacts,
    FindingKind,
    GivenWarning,
    IncidentMoment,
    check_finding,
    compare,
    extreme_confirmed,
    is_final,
    ladder_refusal,
)

UNACCEPTABLE = [kind for kind in FindingKind if kind.says_unacceptable]
MILD = [FindingKind.NOT_UNACCEPTABLE, FindingKind.MORE_INFORMATION]
DAY = date(2026, 10, 14)
ABUSE = FindingFacts(
    kind=FindingKind.WARNING,
    reasons="The words could cause distress.",
    categories=frozenset({Category.AGGRESSIVE_OR_ABUSIVE}),
    examples=frozenset({Example.A1}),
)
DEMANDS = replace(
    ABUSE,
    categories=frozenset({Category.UNREASONABLE_DEMANDS}),
    examples=frozenset({Example.VOLUME}),
    same_issue=True,
    dealt_with="Answered by the clerk by letter on 1 September.",
    burden="Two afternoons a week.",
)


def codes(facts: FindingFacts) -> set[str]:
    return {problem.code for problem in check_finding(facts)}


@pytest.mark.parametrize("kind", list(FindingKind))
def test_check_finding_should_accept_any_kind_with_reasons(kind: FindingKind) -> None:
    assert codes(replace(ABUSE, kind=kind)) == set()
    assert codes(replace(DEMANDS, kind=kind)) == set()


@pytest.mark.parametrize("kind", list(FindingKind))
def test_check_finding_should_refuse_any_kind_without_reasons(kind: FindingKind) -> None:
    assert codes(replace(ABUSE, kind=kind, reasons="  ")) == {"reasons_missing"}


def test_check_finding_should_refuse_an_empty_form() -> None:
    assert codes(FindingFacts()) == {"finding_missing", "reasons_missing"}


@pytest.mark.parametrize("kind", UNACCEPTABLE)
def test_check_finding_should_need_three_answers_on_a_demand(kind: FindingKind) -> None:
    blank = replace(DEMANDS, kind=kind, same_issue=None, dealt_with=" ", burden="")
    assert codes(blank) == {"same_issue_missing", "dealt_with_missing", "burden_missing"}


@pytest.mark.parametrize("kind", MILD)
def test_check_finding_should_allow_the_mild_kinds_without_the_three_answers(kind: FindingKind) -> None:
    assert codes(replace(DEMANDS, kind=kind, same_issue=None, dealt_with="", burden="")) == set()
    assert codes(replace(DEMANDS, kind=kind, same_issue=False)) == set()


@given(
    st.sampled_from(list(FindingKind)),
    st.frozensets(st.sampled_from([e for e in Example if e.category is Category.UNREASONABLE_DEMANDS])),
)
def test_check_finding_should_never_find_persistence_alone_unacceptable(
    kind: FindingKind, examples: frozenset[Example]
) -> None:
    different_issues = replace(DEMANDS, kind=kind, examples=examples, same_issue=False)
    refused = "persistence_alone" in codes(different_issues)
    assert refused is (kind.says_unacceptable and examples <= PERSISTENCE_ONLY)
    assert "persistence_alone" not in codes(replace(different_issues, same_issue=True))


def test_check_finding_should_allow_different_issues_beside_abuse() -> None:
    both = replace(DEMANDS, categories=frozenset(Category), same_issue=False)
    assert codes(both) == set()


@pytest.mark.parametrize("kind", list(FindingKind))
def test_check_finding_should_lock_warning_and_restriction_for_a_councillor(kind: FindingKind) -> None:
    locked = kind in (FindingKind.WARNING, FindingKind.RESTRICTION)
    expected = {"person_is_councillor"} if locked else set()
    assert codes(replace(ABUSE, kind=kind, person_is_councillor=True)) == expected


@pytest.mark.parametrize("kind", list(FindingKind))
def test_check_finding_should_lock_restriction_while_nobody_is_identified(kind: FindingKind) -> None:
    expected = {"person_not_identified"} if kind is FindingKind.RESTRICTION else set()
    assert codes(replace(ABUSE, kind=kind, person_identified=False)) == expected


@pytest.mark.parametrize("kind", list(FindingKind))
def test_check_finding_should_pass_on_the_ladder_for_a_restriction_only(kind: FindingKind) -> None:
    refusal = Refusal("no_warning", "A warning first.")
    expected = {"no_warning"} if kind is FindingKind.RESTRICTION else set()
    assert codes(replace(ABUSE, kind=kind, ladder=refusal)) == expected


@pytest.mark.parametrize("kind", list(FindingKind))
def test_check_finding_should_count_nothing_when_every_incident_was_withdrawn(kind: FindingKind) -> None:
    expected = {"no_standing_incident"} if kind.says_unacceptable else set()
    assert codes(replace(ABUSE, kind=kind, standing_incidents=0)) == expected


@pytest.mark.parametrize("kind", list(FindingKind))
def test_check_finding_should_ask_why_no_warning_was_given(kind: FindingKind) -> None:
    expected = {"no_warning_reason_missing"} if kind.says_unacceptable else set()
    assert codes(replace(ABUSE, kind=kind, extreme_reason_missing=True)) == expected


def test_police_and_legal_action_should_stand_beside_the_ladder() -> None:
    beside = {kind for kind in FindingKind if kind.beside_the_ladder}
    assert beside == {FindingKind.POLICE, FindingKind.LEGAL_ACTION}


@pytest.mark.parametrize(("first", "second"), list(product([None, *FindingKind], repeat=2)))
def test_compare_should_agree_only_on_the_same_kind(
    first: FindingKind | None, second: FindingKind | None
) -> None:
    answer = compare(first, second)
    if first is None or second is None:
        assert answer is Agreement.WAITING
    else:
        assert answer is (Agreement.AGREED if first == second else Agreement.SPLIT)
    settled = answer is Agreement.AGREED and first is not FindingKind.MORE_INFORMATION
    assert is_final(first, second) is settled
    assert compare(second, first) is answer


def test_split_should_say_discuss() -> None:
    assert Agreement.SPLIT.words.startswith("Split: discuss.")


@pytest.mark.parametrize(
    ("stated", "signed", "confirmed"),
    [
        (NoWarningReason.VIOLENCE, FindingKind.RESTRICTION, True),
        (NoWarningReason.OTHER, FindingKind.WARNING, True),
        (NoWarningReason.VIOLENCE, FindingKind.NOT_UNACCEPTABLE, False),
        (NoWarningReason.VIOLENCE, FindingKind.MORE_INFORMATION, False),
        (NoWarningReason.VIOLENCE, None, False),
        (None, FindingKind.RESTRICTION, False),
    ],
)
def test_extreme_reason_should_be_confirmed_only_by_the_chief_officers_signature(
    stated: NoWarningReason | None, signed: FindingKind | None, confirmed: bool
) -> None:
    assert extreme_confirmed(stated, signed) is confirmed


def warned(on: date, at: time | None = None, words: bool = True) -> GivenWarning:
    return GivenWarning(on, at, words)


@pytest.mark.parametrize(
    ("warning", "incident", "code"),
    [
        (warned(date(2026, 10, 13)), IncidentMoment(DAY), None),
        (warned(date(2025, 10, 14)), IncidentMoment(DAY), None),
        (warned(date(2025, 10, 13)), IncidentMoment(DAY), "warning_too_old"),
        (warned(date(2026, 10, 15)), IncidentMoment(DAY), "warning_not_before_incident"),
        (warned(DAY), IncidentMoment(DAY), "warning_order_unknown"),
        (warned(DAY, time(9)), IncidentMoment(DAY), "warning_order_unknown"),
        (warned(DAY), IncidentMoment(DAY, time(9)), "warning_order_unknown"),
        (warned(DAY, time(9)), IncidentMoment(DAY, time(9)), "warning_not_before_incident"),
        (warned(DAY, time(9, 1)), IncidentMoment(DAY, time(9)), "warning_not_before_incident"),
        (warned(DAY, time(8, 59)), IncidentMoment(DAY, time(9)), None),
        (warned(date(2026, 10, 13), words=False), IncidentMoment(DAY), "warning_words_missing"),
        (replace(warned(date(2026, 10, 13)), void=True), IncidentMoment(DAY), "no_warning"),
        (
            replace(warned(date(2026, 10, 13)), how=WarningGiven.NOT_GIVEN),
            IncidentMoment(DAY),
            "no_warning",
        ),
        (warned(date(2026, 10, 13)), IncidentMoment(DAY, withdrawn=True), "no_standing_incident"),
        # 29 February: the anniversary in a common year is 28 February, the earlier day.
        (warned(date(2024, 2, 29)), IncidentMoment(date(2025, 2, 28)), None),
        (warned(date(2024, 2, 29)), IncidentMoment(date(2025, 3, 1)), "warning_too_old"),
    ],
)
def test_ladder_should_need_a_live_warning_before_the_incident(
    warning: GivenWarning, incident: IncidentMoment, code: str | None
) -> None:
    refusal = ladder_refusal([warning], [incident], extreme_confirmed=False)
    assert (refusal.code if refusal else None) == code


def test_ladder_should_refuse_without_any_warning_unless_the_extreme_case_is_confirmed() -> None:
    refusal = ladder_refusal([], [IncidentMoment(DAY)], extreme_confirmed=False)
    assert refusal is not None
    assert refusal.code == "no_warning"
    assert ladder_refusal([], [IncidentMoment(DAY)], extreme_confirmed=True) is None


def test_ladder_should_refuse_an_extreme_case_that_was_withdrawn() -> None:
    refusal = ladder_refusal([], [IncidentMoment(DAY, withdrawn=True)], extreme_confirmed=True)
    assert refusal is not None
    assert refusal.code == "no_standing_incident"


def test_ladder_should_tell_the_nearest_miss() -> None:
    warnings = [warned(date(2020, 1, 1)), warned(date(2026, 10, 13), words=False), warned(date(2026, 10, 20))]
    refusal = ladder_refusal(warnings, [IncidentMoment(DAY)], extreme_confirmed=False)
    assert refusal is not None
    assert refusal.code == "warning_words_missing"


def test_ladder_should_obey_the_councils_own_number_of_months() -> None:
    old = [warned(date(2026, 4, 13))]
    assert ladder_refusal(old, [IncidentMoment(DAY)], False, months=6) is not None
    assert ladder_refusal(old, [IncidentMoment(DAY)], False, months=7) is None


@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.integers(-800, 800),
    st.booleans(),
    st.booleans(),
)
def test_ladder_should_allow_exactly_the_days_a_warning_lives(
    given_on: date, days: int, words: bool, withdrawn: bool
) -> None:
    happened = given_on + timedelta(days=days)
    refusal = ladder_refusal(
        [warned(given_on, words=words)], [IncidentMoment(happened, withdrawn=withdrawn)], False
    )
    live = given_on < happened <= add_months(given_on, 12)
    assert (refusal is None) is (live and words and not withdrawn)


@given(
    st.lists(st.builds(warned, st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.none(), st.booleans())),
    st.builds(warned, st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.none(), st.booleans()),
)
def test_ladder_should_never_be_closed_by_one_more_warning(
    warnings: list[GivenWarning], one_more: GivenWarning
) -> None:
    incident = [IncidentMoment(DAY)]
    if ladder_refusal(warnings, incident, False) is None:
        assert ladder_refusal([*warnings, one_more], incident, False) is None
