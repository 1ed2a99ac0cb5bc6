"""Presses: who may approve, impose, confirm and record, and what a refused press is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from policy.answers import Refusal
from policy.decisions import (
    ConfirmFirst,
    already_done,
    approve_check,
    case_work_refusal,
    interim_check,
    interim_confirm_check,
    minute_refusal,
    refusals_alert,
    stale,
)
from policy.offices import Office, Register, Seat
from policy.seats import Asked, Parties, asked
from policy.settings import DeputyActs, PolicySettings
from tests.policy.council_people import PEOPLE, TODAY, council

DEFAULTS = PolicySettings()
CO_AND_MAYOR = PolicySettings(approvals_needed=(Seat.OFFICER, Seat.MAYOR))
NOBODY: frozenset[str] = frozenset()
NONE = Parties()

Answer = Asked | Refusal | ConfirmFirst


def kind(answer: Answer) -> str:
    return type(answer).__name__


def approve(
    colleague: str,
    register: Register | None = None,
    parties: Parties = NONE,
    settings: PolicySettings = DEFAULTS,
    *,
    confirmed: bool = False,
) -> Answer:
    register = register or council()
    return approve_check(colleague, register, parties, TODAY, NOBODY, settings, mayor_confirmed=confirmed)


# --- approving --------------------------------------------------------------------------------------


@pytest.mark.parametrize("colleague", PEOPLE)
def test_approve_should_be_open_to_chief_officer_and_chair_and_warn_the_mayor(colleague: str) -> None:
    expected = {"chief": "Asked", "chair": "Asked", "mayor": "ConfirmFirst"}
    answer = approve(colleague)
    assert kind(answer) == expected.get(colleague, "Refusal")
    if isinstance(answer, Refusal):
        assert "The Chief Officer and the Chair of F&GP may act on it." in answer.sentence


def test_approve_should_tell_the_mayor_what_pressing_early_costs_and_accept_a_yes() -> None:
    first = approve("mayor")
    assert isinstance(first, ConfirmFirst)
    assert "cannot hear an appeal" in first.sentence
    answer = approve("mayor", confirmed=True)
    assert isinstance(answer, Asked)
    assert (answer.office, answer.seat) == (Office.MAYOR, Seat.CHAIR)


@pytest.mark.parametrize("colleague", sorted(set(PEOPLE) - {"chief", "chair", "mayor"}))
def test_approve_should_not_be_opened_to_others_by_a_confirmation(colleague: str) -> None:
    assert kind(approve(colleague, confirmed=True)) == "Refusal"


def test_approve_should_ask_the_mayor_without_a_warning_when_nobody_else_can_act() -> None:
    register = council(without=["vice", "member1", "member2"])
    answer = approve("mayor", register, Parties(targets=frozenset({"chair"})))
    assert isinstance(answer, Asked)
    assert answer.why.startswith("Stands in")


@pytest.mark.parametrize(
    "parties",
    [
        Parties(targets=frozenset({"mayor"})),
        Parties(witnesses=frozenset({"mayor"})),
        Parties(person="mayor"),
    ],
)
def test_approve_should_refuse_a_mayor_with_a_conflict_even_when_confirmed(parties: Parties) -> None:
    assert kind(approve("mayor", parties=parties, confirmed=True)) == "Refusal"


def test_approve_should_follow_the_seats_of_the_setting() -> None:
    assert kind(approve("mayor", settings=CO_AND_MAYOR)) == "Asked"
    refused = approve("chair", settings=CO_AND_MAYOR)
    assert isinstance(refused, Refusal)
    assert "The Chief Officer and the Mayor may act on it." in refused.sentence


def test_approve_should_let_the_deputy_act_under_a_scheme_of_delegation() -> None:
    always = PolicySettings(deputy_acts=DeputyActs.ALWAYS)
    assert kind(approve("deputy", settings=always)) == "Asked"
    assert kind(approve("deputy")) == "Refusal"
    assert kind(approve("deputy", council(away=["chief"]))) == "Asked"


def test_approve_should_say_what_to_do_when_no_officer_can_act() -> None:
    answer = approve("staff", council(without=["chief", "deputy"]))
    assert isinstance(answer, Refusal)
    assert "The Chair of F&GP may act on it. No officer can lawfully act in this case." in answer.sentence


# --- a case's daily work ----------------------------------------------------------------------------


@pytest.mark.parametrize("colleague", PEOPLE)
def test_case_work_should_be_for_chief_officer_deputy_and_chair(colleague: str) -> None:
    refusal = case_work_refusal(colleague, council(), NONE, TODAY)
    assert (refusal is None) is (colleague in {"chief", "deputy", "chair"})
    if refusal:
        assert "The Chief Officer, the Deputy Chief Officer and the Chair of F&GP may" in refusal.sentence


@pytest.mark.parametrize("colleague", ["chief", "deputy", "chair"])
def test_case_work_should_be_closed_to_a_target(colleague: str) -> None:
    refusal = case_work_refusal(colleague, council(), Parties(targets=frozenset({colleague})), TODAY)
    assert refusal is not None
    assert refusal.code == "conflict_target"


# --- interim restrictions ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("colleague", "away", "extreme", "code"),
    [
        ("chief", [], True, None),
        ("chief", [], False, "not_extreme"),
        ("deputy", [], True, "not_asked"),
        ("deputy", ["chief"], True, None),
        ("deputy", ["chief"], False, "not_extreme"),
        ("chair", [], True, "not_asked"),
        ("mayor", [], True, "not_asked"),
        ("staff", [], True, "not_asked"),
    ],
)
def test_interim_should_be_for_the_officer_alone_in_an_extreme_case(
    colleague: str, away: list[str], extreme: bool, code: str | None
) -> None:
    answer = interim_check(colleague, council(away=away), NONE, TODAY, NOBODY, DEFAULTS, extreme=extreme)
    assert (answer.code if isinstance(answer, Refusal) else None) == code
    if isinstance(answer, Asked):
        assert answer.seat is Seat.OFFICER


def test_interim_should_refuse_a_chief_officer_who_is_the_target() -> None:
    parties = Parties(targets=frozenset({"chief"}))
    answer = interim_check("chief", council(), parties, TODAY, NOBODY, DEFAULTS, extreme=True)
    assert isinstance(answer, Refusal)
    assert "Deputy Chief Officer" in answer.sentence


@pytest.mark.parametrize("colleague", PEOPLE)
@pytest.mark.parametrize("days_left", [0, 4])
def test_interim_confirmation_should_be_for_fgp_councillors_and_warn_the_mayor(
    colleague: str, days_left: int
) -> None:
    fgp = {"chair", "vice", "member1", "member2"}
    expected = "Asked" if colleague in fgp else "ConfirmFirst" if colleague == "mayor" else "Refusal"
    lapses_on = TODAY + timedelta(days=days_left)
    answer = interim_confirm_check(colleague, council(), NONE, TODAY, lapses_on=lapses_on)
    assert kind(answer) == expected
    if isinstance(answer, Refusal):
        assert "F&GP may confirm it" in answer.sentence


def test_interim_confirmation_should_accept_a_mayor_who_said_yes() -> None:
    answer = interim_confirm_check("mayor", council(), NONE, TODAY, lapses_on=TODAY, mayor_confirmed=True)
    assert isinstance(answer, Asked)


def test_interim_confirmation_should_refuse_the_day_after_it_lapsed() -> None:
    answer = interim_confirm_check("chair", council(), NONE, TODAY, lapses_on=TODAY - timedelta(days=1))
    assert isinstance(answer, Refusal)
    assert answer.code == "interim_lapsed"
    assert "Tuesday 13 October 2026" in answer.sentence


def test_interim_confirmation_should_refuse_a_councillor_with_a_conflict() -> None:
    parties = Parties(person="chair", targets=frozenset({"vice"}))
    for colleague in ("chair", "vice"):
        answer = interim_confirm_check(colleague, council(), parties, TODAY, lapses_on=TODAY)
        assert isinstance(answer, Refusal)


# --- a committee's minute ---------------------------------------------------------------------------


def minute(
    recorder: str, confirmer: str | None, *, stuck: bool = True, parties: Parties = NONE
) -> str | None:
    register = council(without=["chief", "deputy"] if stuck else [])
    seats = asked(register, parties, TODAY, NOBODY, DEFAULTS)
    refusal = minute_refusal(recorder, confirmer, register, parties, TODAY, seats)
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("recorder", "confirmer", "code"),
    [
        ("staff", None, None),
        ("staff", "councillor", None),
        ("staff", "staff", "minute_second_name"),
        ("stranger", None, "not_in_office"),
        ("staff", "stranger", "not_in_office"),
    ],
)
def test_minute_should_need_two_different_colleagues_in_office(
    recorder: str, confirmer: str | None, code: str | None
) -> None:
    assert minute(recorder, confirmer) == code


def test_minute_should_refuse_while_an_officer_can_act() -> None:
    assert minute("staff", None, stuck=False) == "officer_can_act"


def test_minute_should_refuse_a_colleague_with_a_conflict() -> None:
    parties = Parties(targets=frozenset({"staff"}), witnesses=frozenset({"councillor"}))
    assert minute("staff", None, parties=parties) == "conflict_target"
    assert minute("chair", "councillor", parties=parties) == "conflict_witness"


# --- late, stale and refused presses ----------------------------------------------------------------


@pytest.mark.parametrize(("seen", "current", "refused"), [(1, 1, False), (1, 2, True), (3, 2, True)])
def test_stale_should_refuse_every_version_but_the_current(seen: int, current: int, refused: bool) -> None:
    refusal = stale(seen, current)
    assert (refusal is not None) is refused
    if refusal:
        assert refusal.sentence.startswith("This has changed since you saw it")


@pytest.mark.parametrize(
    ("at", "now", "sentence"),
    [
        ("2026-10-14T09:02", "2026-10-14T09:03", "Already approved by the Chair of F&GP at 10:02."),
        ("2026-11-24T10:02", "2026-11-24T23:59", "Already approved by the Chair of F&GP at 10:02."),
        (
            "2026-10-13T22:59",
            "2026-10-13T23:01",
            "Already approved by the Chair of F&GP at 23:59 on Tuesday 13 October 2026.",
        ),
    ],
)
def test_already_done_should_name_office_and_london_time_and_another_day(
    at: str, now: str, sentence: str
) -> None:
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (at, now)]
    assert already_done("approved", (Office.CHAIR_FGP,), *moments).sentence == sentence


def test_refusals_alert_should_ring_once_a_day_at_the_third() -> None:
    assert [n for n in range(10) if refusals_alert(n)] == [3]
    assert [n for n in range(10) if refusals_alert(n, 5)] == [5]
