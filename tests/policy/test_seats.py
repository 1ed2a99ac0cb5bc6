"""Who is asked in each seat: holders, stand-ins, conflicts, and the case nobody can decide."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.answers import Refusal
from policy.offices import Holding, Office, Register, Seat
from policy.seats import (
    Asked,
    Parties,
    Seats,
    asked,
    conflict,
    is_overdue,
    late,
    overdue_from,
    seat_for,
    who_may_act,
)
from policy.settings import DeputyActs, PolicySettings
from tests.policy.council_people import PEOPLE, SINCE, TODAY, council
from tests.policy.uk_calendar import UK, day

DEFAULTS = PolicySettings()
WITH_MAYOR = PolicySettings(approvals_needed=(Seat.OFFICER, Seat.CHAIR, Seat.MAYOR))
ALWAYS = PolicySettings(deputy_acts=DeputyActs.ALWAYS)
NOBODY: frozenset[str] = frozenset()


def who(seats: Seats) -> tuple[list[str], list[str]]:
    return [one.colleague_id for one in seats.officer], [one.colleague_id for one in seats.chair]


def involved(*ids: str) -> Parties:
    return Parties(targets=frozenset(ids))


# --- conflicts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parties", "code"),
    [
        (Parties(), None),
        (Parties(reporters=frozenset({"chief"})), None),
        (Parties(targets=frozenset({"chief"})), "conflict_target"),
        (Parties(witnesses=frozenset({"chief"})), "conflict_witness"),
        (Parties(person="chief"), "conflict_person"),
        (Parties(reporters=frozenset({"chief"}), targets=frozenset({"chief"})), "conflict_target"),
        (Parties(targets=frozenset({"chair"}), witnesses=frozenset({"vice"}), person="mayor"), None),
    ],
)
def test_conflict_should_bar_target_witness_and_person_but_not_the_reporter(
    parties: Parties, code: str | None
) -> None:
    found = conflict("chief", parties)
    assert (found.code if found else None) == code


def test_the_person_should_read_the_same_refusal_as_anybody_who_is_not_asked() -> None:
    as_person = seat_for("councillor", council(), Parties(person="councillor"), TODAY, NOBODY, DEFAULTS)
    as_other = seat_for("councillor", council(), Parties(), TODAY, NOBODY, DEFAULTS)
    assert isinstance(as_person, Refusal)
    assert isinstance(as_other, Refusal)
    assert as_person.sentence == as_other.sentence


# --- the table of R17 -------------------------------------------------------------------------------

FGP = ["chair", "vice", "member1", "member2"]
CASES: list[tuple[str, dict[str, Any], list[str], list[str]]] = [
    ("everybody there", {}, ["chief"], ["chair"]),
    ("chief officer away", {"away": ["chief"]}, ["chief", "deputy"], ["chair"]),
    ("chief officer a target", {"conflicted": ["chief"]}, ["deputy"], ["chair"]),
    ("no chief officer", {"without": ["chief"]}, ["deputy"], ["chair"]),
    ("chief officer late", {"overdue": ["chief"]}, ["chief", "deputy"], ["chair"]),
    ("chief officer and deputy away", {"away": ["chief", "deputy"]}, ["chief"], ["chair"]),
    ("chief away, deputy a target", {"away": ["chief"], "conflicted": ["deputy"]}, ["chief"], ["chair"]),
    ("deputy away changes nothing", {"away": ["deputy"]}, ["chief"], ["chair"]),
    ("chair away", {"away": ["chair"]}, ["chief"], ["chair", "vice"]),
    ("chair a target", {"conflicted": ["chair"]}, ["chief"], ["vice"]),
    ("chair late", {"overdue": ["chair"]}, ["chief"], ["chair", "vice"]),
    ("no chair", {"without": ["chair"]}, ["chief"], ["vice"]),
    ("chair and vice away", {"away": ["chair", "vice"]}, ["chief"], ["chair", "member1", "member2"]),
    ("chair and vice targets", {"conflicted": ["chair", "vice"]}, ["chief"], ["member1", "member2"]),
    ("chair and vice late", {"overdue": ["chair", "vice"]}, ["chief"], FGP),
    ("one member away", {"away": ["chair", "vice", "member1"]}, ["chief"], ["chair", "member2"]),
    (
        "no member free: the Mayor",
        {"conflicted": ["chair", "vice"], "without": ["member1", "member2"]},
        ["chief"],
        ["mayor"],
    ),
    ("all of F&GP away: the Mayor", {"away": FGP}, ["chief"], ["chair", "mayor"]),
]


@pytest.mark.parametrize(("facts", "officer", "chair"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_asked_should_follow_the_line_of_stand_ins(
    facts: dict[str, list[str]], officer: list[str], chair: list[str]
) -> None:
    register = council(facts.get("without", ()), facts.get("away", ()))
    parties = involved(*facts.get("conflicted", ()))
    seats = asked(register, parties, TODAY, frozenset(facts.get("overdue", ())), DEFAULTS)
    assert who(seats) == (officer, chair)
    assert seats.mayor == ()
    assert seats.stuck is None


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"away": ["chair"]}, "Stands in: the Chair of F&GP is away."),
        ({"conflicted": ["chair"]}, "Stands in: the Chair of F&GP takes no part in this case."),
        ({"without": ["chair"]}, "Stands in: there is no Chair of F&GP in office."),
        ({"overdue": ["chair"]}, "Stands in: the Chair of F&GP has not signed in time."),
    ],
)
def test_asked_should_say_why_a_stand_in_is_asked(facts: dict[str, list[str]], why: str) -> None:
    register = council(facts.get("without", ()), facts.get("away", ()))
    overdue = frozenset(facts.get("overdue", ()))
    seats = asked(register, involved(*facts.get("conflicted", ())), TODAY, overdue, DEFAULTS)
    assert seats.chair[-1] == Asked("vice", Office.VICE_CHAIR_FGP, Seat.CHAIR, why)


def test_asked_should_add_the_deputy_always_when_the_council_delegates_so() -> None:
    seats = asked(council(), Parties(), TODAY, NOBODY, ALWAYS)
    assert who(seats) == (["chief", "deputy"], ["chair"])
    assert "scheme of delegation" in seats.officer[1].why
    assert who(asked(council(), involved("deputy"), TODAY, NOBODY, ALWAYS))[0] == ["chief"]


def test_asked_should_follow_the_offices_on_the_day_of_a_handover() -> None:
    last = date(2027, 5, 12)
    register = Register(
        (
            Holding(Office.CHIEF_OFFICER, "chief", SINCE),
            Holding(Office.CHAIR_FGP, "old", SINCE, last),
            Holding(Office.CHAIR_FGP, "new", last + timedelta(days=1)),
        )
    )
    assert who(asked(register, Parties(), last, NOBODY, DEFAULTS))[1] == ["old"]
    assert who(asked(register, Parties(), last + timedelta(days=1), NOBODY, DEFAULTS))[1] == ["new"]


@pytest.mark.parametrize(
    ("without", "conflicted", "code"),
    [
        (["chief", "deputy"], [], "no_officer"),
        ([], ["chief", "deputy"], "no_officer"),
        (["deputy"], ["chief"], "no_officer"),
        (["member1", "member2", "mayor"], ["chair", "vice"], "no_councillor"),
        (["chief", "deputy", "chair", "vice", "member1", "member2", "mayor"], [], "no_officer"),
    ],
)
def test_asked_should_be_stuck_and_say_what_to_do_when_a_seat_is_empty(
    without: list[str], conflicted: list[str], code: str
) -> None:
    stuck = asked(council(without), involved(*conflicted), TODAY, NOBODY, DEFAULTS).stuck
    assert stuck is not None
    assert stuck.code == code
    if code == "no_officer":
        assert stuck.sentence.startswith("No officer can lawfully act")
        assert "committee" in stuck.sentence


def test_asked_should_fill_the_mayors_seat_only_when_the_setting_wants_it() -> None:
    seats = asked(council(), Parties(), TODAY, NOBODY, WITH_MAYOR)
    assert [one.colleague_id for one in seats.mayor] == ["mayor"]
    away = asked(council(away=["mayor"]), Parties(), TODAY, NOBODY, WITH_MAYOR)
    assert [one.colleague_id for one in away.mayor] == ["mayor", "deputy_mayor"]
    none_left = asked(council(without=["mayor", "deputy_mayor"]), Parties(), TODAY, NOBODY, WITH_MAYOR)
    assert none_left.stuck is not None


def test_asked_should_leave_the_mayors_seat_to_the_deputy_mayor_when_the_mayor_fills_the_chairs() -> None:
    register = council(without=["vice", "member1", "member2"])
    seats = asked(register, involved("chair"), TODAY, NOBODY, WITH_MAYOR)
    assert [one.colleague_id for one in seats.chair] == ["mayor"]
    assert [one.colleague_id for one in seats.mayor] == ["deputy_mayor"]


# --- who may sign a finding -------------------------------------------------------------------------


@pytest.mark.parametrize("colleague", PEOPLE)
def test_seat_for_should_let_the_two_seats_sign_and_tell_others_which_offices_may(colleague: str) -> None:
    answer = seat_for(colleague, council(), Parties(), TODAY, NOBODY, DEFAULTS)
    if colleague == "chief":
        assert answer == Asked("chief", Office.CHIEF_OFFICER, Seat.OFFICER, "Holds the office.")
    elif colleague == "chair":
        assert answer == Asked("chair", Office.CHAIR_FGP, Seat.CHAIR, "Holds the office.")
    else:
        assert isinstance(answer, Refusal)
        assert answer.code == "not_asked"
        assert answer.sentence.endswith("The Chief Officer and the Chair of F&GP may act on it.")


def test_seat_for_should_let_a_sole_clerk_sign_what_the_clerk_reported() -> None:
    parties = Parties(reporters=frozenset({"chief"}))
    assert isinstance(seat_for("chief", council(without=["deputy"]), parties, TODAY, NOBODY, DEFAULTS), Asked)


def test_seat_for_should_name_the_stand_in_to_a_target() -> None:
    answer = seat_for("chair", council(), involved("chair"), TODAY, NOBODY, DEFAULTS)
    assert isinstance(answer, Refusal)
    assert answer.code == "conflict_target"
    assert "Vice-Chair of F&GP" in answer.sentence


def test_seat_for_should_refuse_strangers_and_former_holders() -> None:
    register = Register(
        (
            *council(without=["chair"]).holdings,
            Holding(Office.CHAIR_FGP, "old", SINCE, TODAY - timedelta(days=1)),
        )
    )
    for colleague in ("old", "stranger"):
        assert isinstance(seat_for(colleague, register, Parties(), TODAY, NOBODY, DEFAULTS), Refusal)


def test_who_may_act_should_say_what_to_do_when_nobody_may() -> None:
    seats = asked(council(without=["chief", "deputy"]), Parties(), TODAY, NOBODY, DEFAULTS)
    assert who_may_act(seats, (Seat.OFFICER,)).startswith("No officer can lawfully act")
    assert who_may_act(Seats()).startswith("No councillor can sign")


# --- properties -------------------------------------------------------------------------------------

_SOME = st.frozensets(st.sampled_from(sorted(PEOPLE)))


@given(_SOME, _SOME, _SOME, _SOME, st.none() | st.sampled_from(sorted(PEOPLE)), st.booleans(), st.booleans())
def test_asked_should_keep_its_promises_whoever_is_away_late_or_involved(
    without: frozenset[str],
    away: frozenset[str],
    overdue: frozenset[str],
    targets: frozenset[str],
    person: str | None,
    always: bool,
    mayor_needed: bool,
) -> None:
    settings = PolicySettings(
        deputy_acts=DeputyActs.ALWAYS if always else DeputyActs.STAND_IN,
        approvals_needed=WITH_MAYOR.approvals_needed if mayor_needed else DEFAULTS.approvals_needed,
    )
    parties = Parties(targets=targets, person=person)
    register = council(without, away)
    seats = asked(register, parties, TODAY, overdue, settings)
    everybody = [one.colleague_id for one in seats.everybody]
    # nobody sits in two seats, nobody with a conflict sits, everybody holds the office named
    assert len(everybody) == len(set(everybody))
    for one in seats.everybody:
        assert conflict(one.colleague_id, parties) is None
        assert one.office in register.offices_of(one.colleague_id, TODAY)
        assert register.is_officer(one.colleague_id, TODAY) is (one.seat is Seat.OFFICER)
    # a seat is empty only when nobody of its line is free, or only stand-ins who are away
    for seat, line in (
        (Seat.OFFICER, ["chief", "deputy"]),
        (Seat.CHAIR, ["chair", "vice", "member1", "member2", "mayor"]),
    ):
        free = [x for x in line if x not in without | targets and x != person]
        if any(x not in away for x in free) or line[0] in free:
            assert seats.of(seat)
    # the Mayor is kept free while somebody else of F&GP can sign in time
    others = {"chair", "vice", "member1", "member2"} - without - targets - away - overdue - {person}
    if others:
        assert "mayor" not in [one.colleague_id for one in seats.chair]
    assert (seats.stuck is not None) is (
        not seats.officer or not seats.chair or (mayor_needed and not seats.mayor)
    )
    # each of them may sign, and nobody else may
    for colleague in PEOPLE:
        answer = seat_for(colleague, register, parties, TODAY, overdue, settings)
        assert isinstance(answer, Asked) is (colleague in everybody)
        if isinstance(answer, Refusal):
            assert not re.search(r"\b(chief|deputy|member1|staff)\b", answer.sentence)  # offices, never ids


# --- late signatures --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked_on", "first_overdue"),
    [
        ("2026-10-14", "2026-10-21"),
        ("2026-10-16", "2026-10-23"),
        ("2026-10-17", "2026-10-23"),
        ("2026-12-23", "2027-01-04"),  # Christmas, Boxing Day (observed) and New Year's Day between
    ],
)
def test_a_signature_should_be_overdue_from_the_fifth_working_day(asked_on: str, first_overdue: str) -> None:
    start, first = day(asked_on), day(first_overdue)
    assert overdue_from(start, UK) == first
    assert is_overdue(start, first, UK)
    assert not is_overdue(start, first - timedelta(days=1), UK)


def test_overdue_from_should_follow_the_setting() -> None:
    assert overdue_from(day("2026-10-14"), UK, 2) == day("2026-10-16")


def late_on(
    today: str,
    settings: PolicySettings = DEFAULTS,
    *,
    signed: frozenset[str] = NOBODY,
    without: tuple[str, ...] = (),
    conflicted: tuple[str, ...] = (),
) -> set[str]:
    """Who is late that day, of signatures asked for on Wednesday 14 October 2026."""
    found = late(council(without), involved(*conflicted), day("2026-10-14"), day(today), signed, UK, settings)
    return set(found)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-10-20", set()),
        ("2026-10-21", {"chief", "chair"}),
        ("2026-10-27", {"chief", "chair"}),
        ("2026-10-28", {"chief", "deputy", "chair", "vice"}),
        ("2026-11-04", {"chief", "deputy", "chair", "vice", "member1", "member2"}),
        ("2026-11-11", {"chief", "deputy", "chair", "vice", "member1", "member2", "mayor"}),
    ],
)
def test_late_should_give_each_in_the_line_their_own_days(today: str, expected: set[str]) -> None:
    assert late_on(today) == expected


def test_late_should_leave_out_who_has_signed_and_who_has_a_conflict() -> None:
    assert late_on("2026-10-21", signed=frozenset({"chief"})) == {"chair"}
    assert late_on("2026-10-21", conflicted=("chair",)) == {"chief", "vice"}


def test_late_should_count_a_stand_in_from_the_first_day_when_there_is_no_holder() -> None:
    assert late_on("2026-10-21", without=("chair", "vice")) == {"chief", "member1", "member2"}


def test_late_should_count_the_mayor_only_when_the_setting_asks_for_the_mayors_approval() -> None:
    assert late_on("2026-10-21", WITH_MAYOR) == {"chief", "chair", "mayor"}


@pytest.mark.parametrize(
    ("today", "chair"),
    [
        ("2026-10-20", ["chair"]),
        ("2026-10-21", ["chair", "vice"]),
        ("2026-10-28", ["chair", "vice", "member1", "member2"]),
        ("2026-11-04", ["chair", "vice", "member1", "member2", "mayor"]),
    ],
)
def test_late_signatures_should_bring_in_one_more_office_at_a_time_and_the_mayor_last(
    today: str, chair: list[str]
) -> None:
    overdue = frozenset(late_on(today))
    assert who(asked(council(), Parties(), day(today), overdue, DEFAULTS))[1] == chair
