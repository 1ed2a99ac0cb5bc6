"""A committee's minute (R17): what may be resolved, what a minute must say, who records and who confirms it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from policy.answers import Refusal
from policy.committee import (
    MinuteFacts,
    MinuteState,
    Resolved,
    check_minute,
    record_refusal,
    resolutions,
    settle_refusal,
)
from policy.findings import FindingKind
from policy.seats import NOBODY, Parties, Seats, asked
from policy.settings import PolicySettings
from tests.policy.council_people import TODAY, council

SETTINGS = PolicySettings()
STUCK = council(without=["chief", "deputy"])
PARTIES = Parties(targets=frozenset({"staff"}), witnesses=frozenset({"member2"}))
SEATS = asked(STUCK, PARTIES, TODAY, frozenset(), SETTINGS)
OFFICERS = asked(council(), PARTIES, TODAY, frozenset(), SETTINGS)
GOOD = MinuteFacts("F&GP 26/114", TODAY, ("chair", "vice", "member1"), "It was minuted so.")


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ((True, False, False, False), set(FindingKind)),
        ((True, True, False, False), {*FindingKind, Resolved.APPROVE, Resolved.REJECT}),
        ((True, True, True, False), {Resolved.APPROVE, Resolved.REJECT}),
        ((False, True, True, False), {Resolved.APPROVE, Resolved.REJECT}),
        ((False, False, False, True), {Resolved.STANDS, Resolved.AGAIN}),
        ((False, False, False, False), set()),
    ],
)
def test_committee_should_resolve_what_is_open_and_nothing_else(
    case: tuple[bool, bool, bool, bool], expected: set[FindingKind | Resolved]
) -> None:
    undecided, proposal, continuation, flagged = case
    found = resolutions(undecided=undecided, proposal=proposal, continuation=continuation, flagged=flagged)
    assert set(found) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (GOOD, set()),
        (MinuteFacts(), {"reference_missing", "reasons_missing", "met_on_missing", "no_quorum"}),
        (MinuteFacts("1", TODAY + timedelta(1), GOOD.present, "So."), {"met_on_ahead"}),
        (MinuteFacts("1", TODAY - timedelta(3), GOOD.present, "So."), {"met_on_before"}),
        (MinuteFacts("1", TODAY, ("chair", "vice"), "So."), {"no_quorum"}),
        (MinuteFacts("1", TODAY, ("chair", "chair", "vice"), "So."), {"no_quorum"}),
        (MinuteFacts("1", TODAY, (*GOOD.present, "staff"), "So."), {"present_not_councillor"}),
        (MinuteFacts("1", TODAY, (*GOOD.present, "stranger"), "So."), {"present_not_councillor"}),
        (MinuteFacts("1", TODAY, (*GOOD.present, "member2"), "So."), {"present_conflict"}),
    ],
)
def test_minute_should_be_lawful_and_whole(facts: MinuteFacts, codes: set[str]) -> None:
    since: date = TODAY - timedelta(2)
    problems = check_minute(facts, STUCK, PARTIES, TODAY, since, SETTINGS.committee_quorum)
    assert {one.code for one in problems} == codes


def _code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("me", "seats", "waits", "anything", "code"),
    [
        ("chair", SEATS, False, True, None),
        ("councillor", SEATS, False, True, None),
        ("chair", SEATS, True, True, "minute_waits"),
        ("chair", SEATS, False, False, "nothing_to_resolve"),
        ("chair", OFFICERS, False, True, "officer_can_act"),
        ("staff", SEATS, False, True, "conflict_target"),
        ("member2", SEATS, False, True, "conflict_witness"),
        ("stranger", SEATS, False, True, "not_in_office"),
    ],
)
def test_minute_should_be_recorded_only_where_no_officer_can_act(
    me: str, seats: Seats, waits: bool, anything: bool, code: str | None
) -> None:
    found = record_refusal(me, STUCK, PARTIES, TODAY, seats, waits=waits, anything=anything)
    assert _code(found) == code


WAITING, CONFIRMED, ASIDE = MinuteState


@pytest.mark.parametrize(
    ("me", "state", "confirm", "code"),
    [
        ("vice", WAITING, True, None),
        ("vice", WAITING, False, None),
        ("chair", WAITING, True, "minute_second_name"),
        ("chair", WAITING, False, None),
        ("member2", WAITING, True, "conflict_witness"),
        ("member2", WAITING, False, "conflict_witness"),
        ("councillor", WAITING, True, "minute_not_yours"),
        ("councillor", WAITING, False, "minute_not_yours"),
        *(("vice", CONFIRMED, confirm, "minute_confirmed") for confirm in (True, False)),
        *(("vice", ASIDE, confirm, "minute_set_aside") for confirm in (True, False)),
        *(("chair", state, True, f"minute_{state.value}") for state in (CONFIRMED, ASIDE)),
    ],
)
def test_minute_should_take_effect_by_a_second_name_and_only_while_it_waits(
    me: str, state: MinuteState, confirm: bool, code: str | None
) -> None:
    found = settle_refusal(
        me,
        "chair",
        state,
        STUCK,
        PARTIES,
        TODAY,
        SEATS,
        confirm=confirm,
        involved={"vice", "member2", "chair"},
    )
    assert _code(found) == code


def test_case_should_say_what_to_do_when_neither_officer_nor_councillor_can_act() -> None:
    everybody = frozenset({"chair", "vice", "member1", "member2", "mayor"})
    seats = asked(STUCK, Parties(targets=everybody), TODAY, frozenset(), SETTINGS)
    assert seats.stuck == NOBODY
    assert "put another councillor on F&GP" in NOBODY.sentence
