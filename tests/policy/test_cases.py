"""Where a case stands, who acts next, and the guards around a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.cases import (
    Progress,
    Stage,
    close_refusal,
    councillor_lock,
    next_step,
    parse_reference,
    reference,
    stage,
    unidentified_refusal,
    withdraw_refusal,
)
from policy.findings import FindingKind as Kind
from policy.offices import Seat
from policy.safety import PolicePart, PoliceRoute
from policy.seats import Parties, Seats, asked
from policy.settings import PolicySettings
from tests.policy.council_people import TODAY, council

NOBODY: frozenset[str] = frozenset()


def seats(
    *, without: tuple[str, ...] = (), away: tuple[str, ...] = (), targets: tuple[str, ...] = ()
) -> Seats:
    parties = Parties(targets=frozenset(targets))
    return asked(council(without, away), parties, TODAY, NOBODY, PolicySettings())


FULL = seats()
NO_OFFICER = seats(without=("chief", "deputy"))
NO_CHAIR = seats(without=("chair", "vice", "member1", "member2", "mayor"))
START = Progress(seats=FULL)
AGREED = replace(START, officer=Kind.RESTRICTION, chair=Kind.RESTRICTION)
DECIDED = replace(AGREED, decided=True, missing=(), notice_owed=True)
SENT = replace(DECIDED, notice_sent=True, appeal_closes_on=TODAY)

# --- references -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "number", "text"),
    [(2026, 1, "INC-2026-0001"), (2026, 9999, "INC-2026-9999"), (2027, 10000, "INC-2027-10000")],
)
def test_reference_should_have_four_digits_or_more(year: int, number: int, text: str) -> None:
    assert reference(year, number) == text


@pytest.mark.parametrize(("year", "number"), [(2026, 0), (2026, -1), (26, 1), (10000, 1)])
def test_reference_should_refuse_what_is_no_reference(year: int, number: int) -> None:
    with pytest.raises(ValueError, match="reference"):
        reference(year, number)


@pytest.mark.parametrize(
    "text",
    [
        "INC-2026-0001",
        "inc-2026-0001",
        "  Inc 2026 1 ",
        "inc2026-1",
        "INC–2026–0001",
        "INC - 2026 - 0001",
        "INC\u20112026\u20110001",
        "INC\u00a02026\u00a00001",
        "inc-2026-000001",
    ],
)
def test_parse_reference_should_forgive_case_spaces_and_dashes(text: str) -> None:
    assert parse_reference(text) == "INC-2026-0001"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "INC",
        "2026-0001",
        "INC-2026",
        "INC-2026-0",
        "INC-26-1",
        "INC-2026-1 please",
        "INC-２０２６-1",
        "INC-0000-1",
    ],
)
def test_parse_reference_should_not_guess(text: str) -> None:
    assert parse_reference(text) is None


@given(st.integers(1000, 9999), st.integers(1, 999_999_999))
def test_parse_reference_should_read_back_every_reference(year: int, number: int) -> None:
    assert parse_reference(reference(year, number)) == reference(year, number)


@given(st.text(max_size=20))
def test_parse_reference_should_give_a_reference_or_nothing(text: str) -> None:
    found = parse_reference(text)
    assert found is None or parse_reference(found) == found


# --- stages -----------------------------------------------------------------------------------------

STAGES: list[tuple[str, Progress, Stage]] = [
    ("just reported", START, Stage.REPORTED),
    ("officer signed", replace(START, officer=Kind.WARNING), Stage.SECOND_FINDING),
    ("chair signed", replace(START, chair=Kind.WARNING), Stage.SECOND_FINDING),
    ("they differ", replace(START, officer=Kind.WARNING, chair=Kind.NO_ACTION), Stage.SPLIT),
    (
        "they differ beside a proposal",
        replace(START, officer=Kind.RESTRICTION, chair=Kind.WARNING, proposal_open=True),
        Stage.SPLIT,
    ),
    (
        "more information",
        replace(START, officer=Kind.MORE_INFORMATION, chair=Kind.MORE_INFORMATION),
        Stage.MORE_INFORMATION,
    ),
    ("agreed on a restriction", AGREED, Stage.PROPOSAL_DUE),
    ("proposal open", replace(AGREED, proposal_open=True), Stage.PROPOSAL_WAITING),
    (
        "proposal beside the first finding",
        replace(START, officer=Kind.RESTRICTION, proposal_open=True, missing=(Seat.CHAIR,)),
        Stage.PROPOSAL_WAITING,
    ),
    ("agreed on no action", replace(START, officer=Kind.NO_ACTION, chair=Kind.NO_ACTION), Stage.DECIDED),
    (
        "agreed on a warning",
        replace(START, officer=Kind.WARNING, chair=Kind.WARNING, notice_owed=True),
        Stage.NOTICE_DUE,
    ),
    ("decided", DECIDED, Stage.NOTICE_DUE),
    ("notice sent, last day", SENT, Stage.APPEAL_OPEN),
    (
        "notice sent, the day after",
        replace(SENT, appeal_closes_on=TODAY - timedelta(days=1)),
        Stage.APPEAL_CLOSED,
    ),
    ("notice sent, day unknown", replace(SENT, appeal_closes_on=None), Stage.APPEAL_OPEN),
    ("notice came back", replace(SENT, notice_sent=False, appeal_closes_on=None), Stage.NOTICE_DUE),
    ("appeal received", replace(SENT, appeal_waiting=True), Stage.APPEAL_UNDECIDED),
    ("appealed and settled", replace(SENT, appeal_over=True), Stage.APPEAL_CLOSED),
    ("appeal decided", replace(SENT, appeal_untold=True), Stage.APPEAL_DECIDED),
    ("appeal of a closed case decided", replace(SENT, closed=True, appeal_untold=True), Stage.APPEAL_DECIDED),
    (
        "one appeal decided, one waiting",
        replace(SENT, appeal_untold=True, appeal_waiting=True),
        Stage.APPEAL_UNDECIDED,
    ),
    ("closed", replace(SENT, closed=True), Stage.CLOSED),
    ("late appeal after closing", replace(SENT, closed=True, appeal_waiting=True), Stage.APPEAL_UNDECIDED),
    (
        "a new decision proposed",
        replace(SENT, proposal_open=True, missing=(Seat.CHAIR,)),
        Stage.PROPOSAL_WAITING,
    ),
    ("withdrawn", replace(START, withdrawn=True), Stage.WITHDRAWN),
    ("no officer", replace(START, seats=NO_OFFICER), Stage.STUCK),
    (
        "no officer, but the officer has signed",
        replace(START, seats=NO_OFFICER, officer=Kind.WARNING),
        Stage.SECOND_FINDING,
    ),
    (
        "no officer to approve",
        replace(AGREED, seats=NO_OFFICER, proposal_open=True, missing=(Seat.OFFICER,)),
        Stage.STUCK,
    ),
    (
        "no officer, only the chair's approval awaited",
        replace(AGREED, seats=NO_OFFICER, proposal_open=True, missing=(Seat.CHAIR,)),
        Stage.PROPOSAL_WAITING,
    ),
    ("no officer once decided", replace(DECIDED, seats=NO_OFFICER), Stage.NOTICE_DUE),
    ("no councillor", replace(START, seats=NO_CHAIR), Stage.NO_COUNCILLOR),
    ("no councillor, chair signed", replace(START, seats=NO_CHAIR, chair=Kind.WARNING), Stage.SECOND_FINDING),
]


@pytest.mark.parametrize(("facts", "expected"), [s[1:] for s in STAGES], ids=[s[0] for s in STAGES])
def test_stage_should_follow_from_the_facts(facts: Progress, expected: Stage) -> None:
    assert stage(facts, TODAY) is expected


def test_every_stage_should_be_reached_by_the_table() -> None:
    assert {expected for _, _, expected in STAGES} == set(Stage)


def test_two_findings_alone_should_settle_a_case_unless_they_differ_or_ask_for_more() -> None:
    for officer, chair in product(Kind, Kind):
        facts = replace(START, officer=officer, chair=chair)
        settles = officer is chair and officer not in (Kind.MORE_INFORMATION, Kind.RESTRICTION)
        assert facts.settled is settles


# --- who acts next ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (START, "A finding is awaited from the Chief Officer and from the Chair of F&GP."),
        (
            replace(START, officer=Kind.WARNING, chair=Kind.NO_ACTION),
            "differ. Talk it over; then a new finding",
        ),
        (AGREED, "to be written by the Chief Officer or the Chair of F&GP."),
        (replace(START, officer=Kind.WARNING), "awaited from the Chair of F&GP."),
        (replace(START, chair=Kind.WARNING), "awaited from the Chief Officer."),
        (
            replace(START, officer=Kind.WARNING, seats=seats(away=("chair",))),
            "the Chair of F&GP or the Vice-Chair of F&GP.",
        ),
        (
            replace(START, seats=seats(targets=("chief",))),
            "from the Deputy Chief Officer and from the Chair of F&GP.",
        ),
        (replace(AGREED, proposal_open=True, missing=(Seat.CHAIR,)), "awaited from the Chair of F&GP."),
        (replace(START, seats=NO_OFFICER), "A committee of the council decides instead"),
        (replace(START, seats=NO_CHAIR), "put another councillor on F&GP"),
        (SENT, "until 11.59pm on Wednesday 14 October 2026."),
        (replace(SENT, appeal_closes_on=None), "The person can appeal."),
        (DECIDED, "sends the notice"),
        (replace(SENT, appeal_waiting=True), "The reviewers"),
    ],
)
def test_next_step_should_name_the_offices_that_act(facts: Progress, words: str) -> None:
    assert words in next_step(facts, TODAY)


@pytest.mark.parametrize("facts", [s[1] for s in STAGES], ids=[s[0] for s in STAGES])
def test_next_step_should_be_a_sentence_at_every_stage(facts: Progress) -> None:
    sentence = next_step(facts, TODAY)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "  " not in sentence
    assert " ." not in sentence


_KINDS = st.none() | st.sampled_from(Kind)


@given(
    st.builds(
        Progress,
        officer=_KINDS,
        chair=_KINDS,
        proposal_open=st.booleans(),
        missing=st.sampled_from([(), (Seat.OFFICER,), (Seat.CHAIR,), (Seat.OFFICER, Seat.CHAIR)]),
        decided=st.booleans(),
        notice_owed=st.booleans(),
        notice_sent=st.booleans(),
        appeal_closes_on=st.none() | st.dates(date(2026, 9, 1), date(2026, 12, 1)),
        appeal_waiting=st.booleans(),
        appeal_untold=st.booleans(),
        appeal_over=st.booleans(),
        withdrawn=st.booleans(),
        closed=st.booleans(),
        seats=st.sampled_from([FULL, NO_OFFICER, NO_CHAIR, Seats()]),
    )
)
def test_any_facts_should_give_one_stage_one_sentence_and_never_close_undecided(facts: Progress) -> None:
    now = stage(facts, TODAY)
    assert next_step(facts, TODAY).endswith(".")
    if close_refusal(facts, urgent=False, police=None) is None:
        assert now in (Stage.APPEAL_OPEN, Stage.APPEAL_CLOSED, Stage.DECIDED)
        assert facts.decided or (facts.officer and facts.chair)


# --- guards -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "any_finding", "code"),
    [
        ("priya", False, None),
        ("priya", True, "finding_signed"),
        ("tom", False, "not_your_report"),
        ("tom", True, "not_your_report"),
    ],
)
def test_withdraw_should_be_for_the_reporter_before_a_finding(
    who: str, any_finding: bool, code: str | None
) -> None:
    refusal = withdraw_refusal(who, "priya", any_finding)
    assert (refusal.code if refusal else None) == code


ANSWERED = PolicePart(PoliceRoute.NON_EMERGENCY, force="Cumbria", log_number="123")
NOT_REFERRED = PolicePart(PoliceRoute.NOT_REFERRED, reason_not="The colleague asked us not to.")


@pytest.mark.parametrize(
    ("facts", "urgent", "police", "code"),
    [
        (START, False, None, "not_decided"),
        (replace(START, officer=Kind.NO_ACTION), False, None, "not_decided"),
        (AGREED, False, None, "not_decided"),
        (replace(START, officer=Kind.NO_ACTION, chair=Kind.NO_ACTION), False, None, None),
        (DECIDED, False, None, "notice_not_sent"),
        (SENT, False, None, None),
        (replace(SENT, appeal_waiting=True), False, None, "appeal_undecided"),
        (replace(SENT, appeal_untold=True), False, None, "appeal_untold"),
        (replace(SENT, review_waiting=True), False, None, "review_waiting"),
        (replace(DECIDED, review_waiting=True, proposal_open=True), False, None, "review_waiting"),
        (replace(SENT, letter_owed=True), True, None, "letter_owed"),
        (SENT, True, None, "police_unanswered"),
        (SENT, True, PolicePart(), "police_unanswered"),
        (SENT, True, ANSWERED, None),
        (SENT, True, NOT_REFERRED, None),
        (replace(SENT, closed=True), False, None, "already_over"),
        (replace(START, withdrawn=True), False, None, "already_over"),
    ],
)
def test_close_should_need_decision_notice_outcome_and_police_part(
    facts: Progress, urgent: bool, police: PolicePart | None, code: str | None
) -> None:
    refusal = close_refusal(facts, urgent, police)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize("facts", [s[1] for s in STAGES], ids=[s[0] for s in STAGES])
def test_that_a_case_can_be_closed_should_be_said_only_while_it_can(facts: Progress) -> None:
    for case in (facts, replace(facts, review_waiting=True), replace(facts, letter_owed=True)):
        refusal = close_refusal(case, urgent=False, police=None)
        said = next_step(facts, TODAY, refusal)
        if refusal is not None:
            assert "can close" not in said
        assert ("can close" in said) is (refusal is None and stage(facts, TODAY) is not Stage.APPEAL_OPEN)


def test_a_councillor_should_be_locked_and_referred_to_the_monitoring_officer() -> None:
    assert councillor_lock(False) is None
    lock = councillor_lock(True)
    assert lock is not None
    assert "Monitoring Officer" in lock.sentence
    assert "police stay open" in lock.sentence


def test_an_unidentified_person_should_not_be_restricted() -> None:
    assert unidentified_refusal(True) is None
    refusal = unidentified_refusal(False)
    assert refusal is not None
    assert refusal.code == "person_not_identified"
