"""R21-R24: which proposals are refused, at which field, and which are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.calendars import add_months
from policy.catalogue import Contact, Duration, Measure, Proposed, Route, Scope, open_routes
from policy.contradictions import contradictions
from policy.guards import ProposalFacts, check_proposal, default_end, default_review, outdated_refusal

EXPECTED = date(2026, 10, 14)
SAM = Contact("sam", "Sam Patel", agreed=True, has_cover=True)
EMAIL_ONLY = "clerk@town.example"
NUMBER_ONLY = "01900 702986"
GOOD = Proposed(
    measures=frozenset({Measure.C1}),
    scope=Scope.WHOLE_COUNCIL,
    duration=Duration.TEMPORARY,
    ends_on=date(2027, 4, 14),
    adjustments="None known; we asked by letter.",
    proportionate="A meeting was offered twice.",
    access_left="Letter and email.",
    case_for="Staff could not do their work.",
    case_against="The person lives alone.",
)
FULL = replace(
    GOOD,
    contact=SAM,
    c2_contact=SAM,
    detail=f"{EMAIL_ONLY}\nPlease bring one companion to every visit.",
    c5_answer="Letter of 1 September 2026, INC-2026-0001.",
    c7_times="Tuesdays, 10am to noon.",
    c9_issue="The hedge at 4 Mill Lane.",
    c10_counts="312 emails from 1 May to 1 October 2026, the longest 40 pages.",
    c11_reason="Threats in every letter.",
    other_why="The visits are the only trouble.",
)


def found(proposed: Proposed, facts: ProposalFacts | None = None) -> set[tuple[str, str]]:
    problems = check_proposal(proposed, facts or ProposalFacts(), EXPECTED)
    return {(problem.field, problem.code) for problem in problems}


def with_measures(*measures: Measure, **change: object) -> Proposed:
    return replace(FULL, measures=frozenset(measures), **change)  # type: ignore[arg-type]


def test_check_proposal_should_accept_a_complete_one() -> None:
    assert found(GOOD) == set()


def test_check_proposal_should_name_everything_missing_from_an_empty_form() -> None:
    assert found(Proposed()) == {
        ("measures", "measures_missing"),
        ("scope", "scope_missing"),
        ("duration", "duration_missing"),
        ("adjustments", "adjustments_missing"),
        ("proportionate", "proportionate_missing"),
        ("access_left", "access_left_missing"),
        ("case_for", "case_for_missing"),
        ("case_against", "case_against_missing"),
    }


@pytest.mark.parametrize("field", ["adjustments", "proportionate", "access_left", "case_for", "case_against"])
@pytest.mark.parametrize("blank", ["", "  \n", "-", "...", "\u200b"])
def test_check_proposal_should_refuse_a_blank_among_the_five_answers(field: str, blank: str) -> None:
    assert found(replace(GOOD, **{field: blank})) == {(field, f"{field}_missing")}  # type: ignore[arg-type]


@pytest.mark.parametrize("measure", list(Measure))
def test_check_proposal_should_accept_each_measure_with_what_it_needs(measure: Measure) -> None:
    one_issue = with_measures(measure, scope=Scope.ONE_ISSUE)
    if measure is Measure.C4:
        one_issue = replace(one_issue, detail=EMAIL_ONLY)
    assert found(one_issue) == set()


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure.C1, set()),
        (Measure.C2, {("c2_contact", "c2_contact_missing")}),
        (Measure.C3, set()),
        (Measure.C4, {("detail", "address_missing")}),
        (Measure.C5, {("c5_answer", "c5_answer_missing")}),
        (Measure.C6, {("detail", "detail_missing"), ("other_why", "other_why_missing")}),
        (Measure.C7, {("c7_times", "c7_times_missing")}),
        (Measure.C8, {("contact", "contact_missing")}),
        (Measure.C9, {("c9_issue", "c9_issue_missing")}),
        (Measure.C10, {("c10_counts", "c10_counts_missing")}),
        (Measure.C11, {("c11_reason", "c11_reason_missing")}),
        (Measure.C12, {("detail", "detail_missing"), ("other_why", "other_why_missing")}),
    ],
)
def test_check_proposal_should_ask_for_exactly_what_a_measure_needs(
    measure: Measure, expected: set[tuple[str, str]]
) -> None:
    assert found(replace(GOOD, measures=frozenset({measure}), scope=Scope.ONE_ISSUE)) == expected


@pytest.mark.parametrize(
    ("ends_on", "code"),
    [
        (None, "ends_on_missing"),
        (EXPECTED - timedelta(days=1), "ends_before_it_starts"),
        (EXPECTED, None),
        (date(2027, 10, 14), None),
        (date(2027, 10, 15), "ends_too_late"),
    ],
)
def test_temporary_should_end_within_twelve_months(ends_on: date | None, code: str | None) -> None:
    assert found(replace(GOOD, ends_on=ends_on)) == ({("ends_on", code)} if code else set())


@pytest.mark.parametrize(
    ("review_on", "code"),
    [
        (None, "review_on_missing"),
        (EXPECTED - timedelta(days=1), "review_before_it_starts"),
        (date(2027, 4, 14), None),
        (date(2027, 4, 15), "review_too_late"),
    ],
)
def test_permanent_should_be_reviewed_within_six_months(review_on: date | None, code: str | None) -> None:
    permanent = replace(GOOD, duration=Duration.PERMANENT, ends_on=None, review_on=review_on)
    assert found(permanent) == ({("review_on", code)} if code else set())


def test_permanent_should_have_no_end_date() -> None:
    permanent = replace(GOOD, duration=Duration.PERMANENT, review_on=date(2027, 4, 1))
    assert found(permanent) == {("ends_on", "permanent_with_end")}


def test_lengths_should_follow_the_councils_settings() -> None:
    assert check_proposal(GOOD, ProposalFacts(), EXPECTED, longest_months=6) == ()
    problems = check_proposal(GOOD, ProposalFacts(), EXPECTED, longest_months=5)
    assert [p.code for p in problems] == ["ends_too_late"]
    permanent = replace(GOOD, duration=Duration.PERMANENT, ends_on=None, review_on=date(2027, 4, 14))
    problems = check_proposal(permanent, ProposalFacts(), EXPECTED, review_months=3)
    assert [p.code for p in problems] == ["review_too_late"]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_default_dates_should_always_be_accepted(expected: date) -> None:
    assert default_end(expected) == add_months(expected, 6)
    temporary = replace(GOOD, ends_on=default_end(expected))
    permanent = replace(GOOD, duration=Duration.PERMANENT, ends_on=None, review_on=default_review(expected))
    assert check_proposal(temporary, ProposalFacts(), expected) == ()
    assert check_proposal(permanent, ProposalFacts(), expected) == ()


def test_one_service_should_be_named_and_one_issue_may_be_the_case() -> None:
    assert found(replace(GOOD, scope=Scope.ONE_ISSUE)) == set()
    assert found(replace(GOOD, scope=Scope.ONE_SERVICE)) == {("scope_detail", "scope_detail_missing")}
    assert found(replace(GOOD, scope=Scope.ONE_SERVICE, scope_detail="Allotments")) == set()


@pytest.mark.parametrize(("measure", "field"), [(Measure.C2, "c2_contact"), (Measure.C8, "contact")])
@pytest.mark.parametrize(
    ("contact", "codes"),
    [
        (None, {"missing"}),
        (replace(SAM, agreed=False), {"contact_not_agreed"}),
        (replace(SAM, has_cover=False), {"contact_without_cover"}),
        (replace(SAM, colleague_id="priya"), {"contact_is_target"}),
        (
            Contact("priya", "Priya Shah"),
            {"contact_is_target", "contact_not_agreed", "contact_without_cover"},
        ),
    ],
)
def test_nominated_contact_should_have_agreed_have_cover_and_not_be_the_target(
    measure: Measure, field: str, contact: Contact | None, codes: set[str]
) -> None:
    proposed = with_measures(measure, **{field: contact})
    expected = {(field, f"{field}_missing" if code == "missing" else code) for code in codes}
    assert found(proposed, ProposalFacts(target_ids=frozenset({"priya"}))) == expected


@pytest.mark.parametrize(
    ("proposed", "code"),
    [
        (with_measures(Measure.C1, Measure.C7), "writing_only_and_calls"),
        (with_measures(Measure.C1, Measure.C4, detail=NUMBER_ONLY), "writing_only_and_number"),
        (with_measures(Measure.C4, Measure.C7, detail=EMAIL_ONLY), "one_address_and_calls"),
        (with_measures(Measure.C4, Measure.C10, detail=EMAIL_ONLY), "one_address_and_email_blocked"),
        (with_measures(Measure.C4, Measure.C10, detail=NUMBER_ONLY), "one_number_and_calls_blocked"),
        (with_measures(Measure.C7, Measure.C10), "calls_and_calls_blocked"),
        (with_measures(Measure.C2, Measure.C8, c2_contact=replace(SAM, colleague_id="ali")), "two_contacts"),
    ],
)
def test_contradictions_should_be_refused_once_and_by_name(proposed: Proposed, code: str) -> None:
    assert found(proposed) == {("measures", code)}


@pytest.mark.parametrize(
    "proposed",
    [
        with_measures(Measure.C1, Measure.C4, detail=EMAIL_ONLY),
        with_measures(Measure.C4, Measure.C7, detail=NUMBER_ONLY),
        with_measures(Measure.C4, Measure.C10, detail=NUMBER_ONLY, c10_blocks=frozenset({Route.EMAIL})),
        with_measures(Measure.C4, Measure.C10, detail=EMAIL_ONLY, c10_blocks=frozenset({Route.TELEPHONE})),
        with_measures(Measure.C7, Measure.C10, c10_blocks=frozenset({Route.EMAIL})),
        with_measures(Measure.C1, Measure.C10),
        with_measures(Measure.C2, Measure.C8),
        with_measures(Measure.C4, Measure.C12),
        with_measures(Measure.C11, Measure.C8),
    ],
)
def test_sets_that_fit_together_should_be_accepted(proposed: Proposed) -> None:
    assert found(proposed) == set()


@pytest.mark.parametrize(
    ("proposed", "refused"),
    [
        (with_measures(Measure.C11), True),
        (with_measures(Measure.C11, Measure.C5), True),
        (with_measures(Measure.C11, Measure.C1), False),
        (with_measures(Measure.C11, Measure.C7), False),
        (with_measures(Measure.C11, Measure.C2), False),
        (with_measures(Measure.C11, Measure.C4, detail=EMAIL_ONLY), False),
        (with_measures(Measure.C11, Measure.C4, detail=NUMBER_ONLY), False),
        (with_measures(Measure.C11, scope=Scope.ONE_ISSUE), False),
        (with_measures(Measure.C11, scope=Scope.ONE_SERVICE, scope_detail="Allotments"), False),
    ],
)
def test_refusing_contact_should_leave_one_route_to_the_council(proposed: Proposed, refused: bool) -> None:
    assert found(proposed) == ({("measures", "no_route_left")} if refused else set())


@given(
    st.frozensets(st.sampled_from(list(Measure)), min_size=1),
    st.sampled_from(list(Scope)),
    st.sampled_from([EMAIL_ONLY, NUMBER_ONLY, "somewhere"]),
    st.frozensets(st.sampled_from([Route.EMAIL, Route.TELEPHONE])),
)
def test_no_accepted_set_should_ever_close_every_route(
    measures: frozenset[Measure], scope: Scope, detail: str, blocks: frozenset[Route]
) -> None:
    proposed = replace(FULL, measures=measures, scope=scope, detail=detail, c10_blocks=blocks)
    at_measures = {code for field, code in found(proposed) if field == "measures"}
    assert bool(at_measures) is (not open_routes(proposed) or bool(contradictions(proposed)))
    if Measure.C7 in measures and not at_measures:
        assert Route.TELEPHONE in open_routes(proposed)


def test_contradictions_should_come_from_two_measures_at_least() -> None:
    for measure in Measure:
        assert contradictions(with_measures(measure)) == ()
    pairs = [pair for pair in combinations(Measure, 2) if contradictions(with_measures(*pair))]
    assert pairs == [
        (Measure.C1, Measure.C7),
        (Measure.C4, Measure.C7),
        (Measure.C4, Measure.C10),
        (Measure.C7, Measure.C10),
    ]


@pytest.mark.parametrize(
    ("proposed", "refused"),
    [
        (with_measures(Measure.C1), True),
        (with_measures(Measure.C1, Measure.C8), True),
        (with_measures(Measure.C4, detail=EMAIL_ONLY), True),
        (with_measures(Measure.C4, detail=NUMBER_ONLY), False),
        (with_measures(Measure.C7), False),
        (with_measures(Measure.C8), False),
        (with_measures(Measure.C1, alternative="Sam takes it down by telephone on Tuesdays"), False),
        (with_measures(Measure.C1, alternative=" - "), True),
    ],
)
def test_writing_only_should_need_an_alternative_when_writing_is_hard(
    proposed: Proposed, refused: bool
) -> None:
    expected = {("alternative", "writing_is_hard")} if refused else set()
    assert found(proposed, ProposalFacts(writing_is_hard=True)) == expected
    assert found(proposed) == set()


@pytest.mark.parametrize(
    "address",
    ["", "the office", "one@town.example or two@town.example", "one@town.example or 01900 702986", "12"],
)
def test_one_address_should_be_one_email_address_or_one_number(address: str) -> None:
    assert found(with_measures(Measure.C4, detail=address)) == {("detail", "address_missing")}


@pytest.mark.parametrize(
    ("issue", "code"),
    [
        ("everything", "c9_issue_too_wide"),
        ("Anything to do with the council", "c9_issue_too_wide"),
        ("All matters.", "c9_issue_too_wide"),
        ("any matter about the council", "c9_issue_too_wide"),
        ("All correspondence about the hedge at 4 Mill Lane", None),
        ("Any noise from the pump house", None),
        ("The hedge at 4 Mill Lane", None),
    ],
)
def test_limited_issue_should_be_named_narrowly(issue: str, code: str | None) -> None:
    proposed = with_measures(Measure.C9, c9_issue=issue)
    assert found(proposed) == ({("c9_issue", code)} if code else set())


def test_blocking_should_need_counts_in_figures() -> None:
    proposed = with_measures(Measure.C10, c10_counts="Very many, for months.")
    assert found(proposed) == {("c10_counts", "c10_counts_without_figures")}


@pytest.mark.parametrize("field", ["detail", "c7_times", "c9_issue", "scope_detail", "alternative"])
def test_no_free_words_should_bar_anybody_from_public_meetings(field: str) -> None:
    text = "You must not attend council meetings."
    proposed = with_measures(Measure.C7, **{field: text})
    assert found(proposed) == {(field, "bars_public_meeting")}


def test_the_reason_should_be_able_to_tell_of_a_public_meeting() -> None:
    reason = "The person refused to leave a council meeting and was removed by the police."
    assert found(with_measures(Measure.C11, Measure.C1, c11_reason=reason)) == set()


@pytest.mark.parametrize(
    ("duration", "day", "refused"),
    [
        (Duration.TEMPORARY, date(2026, 10, 14), False),
        (Duration.TEMPORARY, date(2026, 10, 13), True),
        (Duration.PERMANENT, date(2026, 10, 14), False),
        (Duration.PERMANENT, date(2026, 10, 13), True),
    ],
)
def test_proposal_that_waited_past_its_own_date_should_be_changed_first(
    duration: Duration, day: date, *, refused: bool
) -> None:
    lasts = duration is Duration.TEMPORARY
    other = date(2026, 1, 1)  # the date of the other kind says nothing
    waited = replace(
        GOOD, duration=duration, ends_on=day if lasts else other, review_on=other if lasts else day
    )
    refusal = outdated_refusal(waited, EXPECTED)
    assert (refusal is not None) is refused
    if refusal:
        assert "Tuesday 13 October 2026. Change the proposal first." in refusal.sentence
