"""The register of offices: dated holders, absences, and what a change may not do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.offices import (
    COUNCILLOR_OFFICES,
    OFFICER_OFFICES,
    Absence,
    Holding,
    Office,
    Register,
    change_refusal,
    check_change,
    name_offices,
    title,
)

MAY_1 = date(2026, 5, 1)
MAY_13 = date(2026, 5, 13)
MAY_14 = date(2026, 5, 14)
TODAY = date(2026, 10, 14)
DANA = Holding(Office.CHIEF_OFFICER, "dana", MAY_1)
SAM = Holding(Office.DEPUTY_CHIEF_OFFICER, "sam", MAY_1)
BASE = Register((DANA, SAM))


def codes(before: Register, after: Register) -> set[tuple[str, str]]:
    return {(p.field, p.code) for p in check_change(before, after, TODAY)}


def add(*holdings: Holding) -> Register:
    return Register((*BASE.holdings, *holdings))


def test_offices_should_have_exactly_the_keys_of_the_configuration() -> None:
    assert {o.value for o in Office} == {
        "chief_officer",
        "deputy_chief_officer",
        "mayor",
        "deputy_mayor",
        "chair_fgp",
        "vice_chair_fgp",
        "member_fgp",
        "councillor",
        "staff",
    }


def test_every_office_should_have_a_title_and_be_an_officer_or_a_councillor() -> None:
    assert len({title(o) for o in Office}) == len(Office)
    assert frozenset(Office) == COUNCILLOR_OFFICES | OFFICER_OFFICES
    assert not COUNCILLOR_OFFICES & OFFICER_OFFICES
    assert title(Office.CHAIR_FGP) == "Chair of F&GP"


@pytest.mark.parametrize(
    ("offices", "words"),
    [
        ((), ""),
        ((Office.MAYOR,), "the Mayor"),
        ((Office.MEMBER_FGP, Office.MEMBER_FGP), "a Member of F&GP"),
        ((Office.CHIEF_OFFICER, Office.CHAIR_FGP), "the Chief Officer and the Chair of F&GP"),
        (
            (Office.CHIEF_OFFICER, Office.CHAIR_FGP, Office.MAYOR),
            "the Chief Officer, the Chair of F&GP and the Mayor",
        ),
    ],
)
def test_name_offices_should_read_as_one_phrase(offices: tuple[Office, ...], words: str) -> None:
    assert name_offices(offices) == words


@pytest.mark.parametrize(
    ("day", "holders"),
    [
        (date(2026, 4, 30), ()),
        (MAY_1, ("old",)),
        (MAY_13, ("old",)),
        (MAY_14, ("new",)),
        (date(2030, 1, 1), ("new",)),
    ],
)
def test_holders_should_change_with_the_day_and_count_first_and_last(
    day: date, holders: tuple[str, ...]
) -> None:
    register = Register(
        (Holding(Office.CHAIR_FGP, "new", MAY_14), Holding(Office.CHAIR_FGP, "old", MAY_1, MAY_13))
    )
    assert register.holders(Office.CHAIR_FGP, day) == holders


def test_holders_should_come_longest_in_office_first_and_each_once() -> None:
    register = Register(
        (
            Holding(Office.MEMBER_FGP, "b", MAY_14),
            Holding(Office.MEMBER_FGP, "a", MAY_14),
            Holding(Office.MEMBER_FGP, "z", MAY_1),
            Holding(Office.MEMBER_FGP, "z", MAY_14),
        )
    )
    assert register.holders(Office.MEMBER_FGP, TODAY) == ("z", "a", "b")


def test_offices_of_should_be_empty_for_a_former_and_an_unknown_colleague() -> None:
    register = Register((Holding(Office.MAYOR, "ruth", MAY_1, MAY_13),))
    assert register.offices_of("ruth", MAY_13) == {Office.MAYOR}
    assert register.offices_of("ruth", MAY_14) == frozenset()
    assert register.offices_of("nobody", MAY_13) == frozenset()


def test_register_should_tell_officers_from_councillors() -> None:
    register = add(Holding(Office.MEMBER_FGP, "ian", MAY_1), Holding(Office.STAFF, "priya", MAY_1))
    assert register.is_officer("dana", TODAY)
    assert not register.is_councillor("dana", TODAY)
    assert register.is_councillor("ian", TODAY)
    assert not register.is_officer("ian", TODAY)
    assert register.is_officer("priya", TODAY)
    assert not register.is_officer("priya", MAY_1 - timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "away"),
    [(date(2026, 10, 11), False), (date(2026, 10, 12), True), (TODAY, True), (date(2026, 10, 15), False)],
)
def test_is_absent_should_count_the_first_and_the_last_day(day: date, away: bool) -> None:
    register = Register((DANA,), (Absence("dana", date(2026, 10, 12), TODAY),))
    assert register.is_absent("dana", day) is away
    assert not register.is_absent("sam", day)


def test_is_absent_should_last_until_further_notice_without_an_end() -> None:
    assert Register((), (Absence("dana", MAY_1),)).is_absent("dana", date(2036, 1, 1))


# --- who may change it ------------------------------------------------------------------------------


def test_change_should_be_open_to_the_chief_officer_even_while_away() -> None:
    away = Register(BASE.holdings, (Absence("dana", TODAY, TODAY),))
    assert change_refusal(BASE, "dana", TODAY) is None
    assert change_refusal(away, "dana", TODAY) is None


@pytest.mark.parametrize(
    ("register", "overdue", "allowed"),
    [
        (BASE, frozenset(), False),
        (Register(BASE.holdings, (Absence("dana", TODAY, TODAY),)), frozenset(), True),
        (Register((SAM,)), frozenset(), True),
        (BASE, frozenset({"dana"}), True),
        (Register((Holding(Office.CHIEF_OFFICER, "dana", MAY_1, MAY_13), SAM)), frozenset(), True),
    ],
)
def test_change_should_be_open_to_the_deputy_only_when_standing_in(
    register: Register, overdue: frozenset[str], allowed: bool
) -> None:
    assert (change_refusal(register, "sam", TODAY, overdue) is None) is allowed


@pytest.mark.parametrize("office", sorted(set(Office) - {Office.CHIEF_OFFICER, Office.DEPUTY_CHIEF_OFFICER}))
def test_change_should_refuse_every_other_office_and_say_who_may(office: Office) -> None:
    refusal = change_refusal(Register((Holding(office, "x", MAY_1),)), "x", TODAY)
    assert refusal is not None
    assert "Chief Officer" in refusal.sentence


# --- what a change may not do -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (Holding(Office.MAYOR, "ruth", MAY_14), set()),
        (Holding(Office.MAYOR, "ruth", MAY_14, MAY_14), set()),
        (Holding(Office.MAYOR, "ruth", MAY_14, MAY_13), {("ends", "ends_before_start")}),
        (Holding(Office.MAYOR, "dana", MAY_14), {("colleague_id", "officer_and_councillor")}),
        (Holding(Office.CHIEF_OFFICER, "eve", TODAY), {("starts", "office_taken")}),
        (Holding(Office.CHIEF_OFFICER, "dana", TODAY), {("colleague_id", "office_held_already")}),
        (Holding(Office.DEPUTY_CHIEF_OFFICER, "dana", TODAY, TODAY), {("starts", "office_taken")}),
        (Holding(Office.STAFF, "dana", TODAY), set()),
    ],
)
def test_check_change_should_judge_one_new_holding(new: Holding, found: set[tuple[str, str]]) -> None:
    assert codes(BASE, add(new)) == found


@pytest.mark.parametrize("office", sorted(COUNCILLOR_OFFICES))
def test_check_change_should_refuse_paid_staff_who_are_councillors(office: Office) -> None:
    both = add(Holding(Office.STAFF, "kit", MAY_1), Holding(office, "kit", MAY_14))
    found = check_change(BASE, both, TODAY)
    assert [p.code for p in found] == ["officer_and_councillor"]
    assert "section 116" in found[0].sentence


def test_check_change_should_accept_staff_who_become_a_councillor_afterwards() -> None:
    assert (
        codes(
            BASE,
            add(Holding(Office.STAFF, "kit", MAY_1, MAY_13), Holding(Office.COUNCILLOR, "kit", MAY_14)),
        )
        == set()
    )


@pytest.mark.parametrize(
    ("office", "shared"),
    [(o, o in {Office.MEMBER_FGP, Office.COUNCILLOR, Office.STAFF}) for o in Office],
)
def test_check_change_should_keep_one_holder_of_an_office_that_has_one(office: Office, shared: bool) -> None:
    before = Register((Holding(office, "first", MAY_1),))
    after = Register((*before.holdings, Holding(office, "second", TODAY)))
    assert ({code for _, code in codes(before, after)} == set()) is shared


def test_check_change_should_accept_a_handover_made_in_one_change() -> None:
    before = add(Holding(Office.CHAIR_FGP, "old", MAY_1))
    after = add(
        Holding(Office.CHAIR_FGP, "old", MAY_1, TODAY), Holding(Office.CHAIR_FGP, "new", date(2026, 10, 15))
    )
    assert codes(before, after) == set()


def test_check_change_should_keep_history_but_let_a_mistake_of_today_go() -> None:
    long_held = add(Holding(Office.MAYOR, "ruth", MAY_14))
    new = add(Holding(Office.MAYOR, "ruth", TODAY))
    assert codes(long_held, BASE) == {("starts", "office_history")}
    assert codes(new, BASE) == set()


def test_check_change_should_refuse_an_absence_that_ends_before_it_begins() -> None:
    after = Register(BASE.holdings, (Absence("dana", MAY_14, MAY_13),))
    assert codes(BASE, after) == {("ends", "ends_before_start")}


@pytest.mark.parametrize(
    ("chiefs", "refused"),
    [
        ((Holding(Office.CHIEF_OFFICER, "dana", MAY_1, TODAY),), True),
        ((Holding(Office.CHIEF_OFFICER, "dana", MAY_1, MAY_13),), True),
        ((Holding(Office.CHIEF_OFFICER, "dana", MAY_1, date(2027, 3, 31)),), True),
        (
            (
                Holding(Office.CHIEF_OFFICER, "dana", MAY_1, TODAY),
                Holding(Office.CHIEF_OFFICER, "eve", date(2026, 10, 15)),
            ),
            False,
        ),
        (
            (
                Holding(Office.CHIEF_OFFICER, "dana", MAY_1, TODAY),
                Holding(Office.CHIEF_OFFICER, "eve", date(2026, 10, 16)),
            ),
            True,
        ),
    ],
)
def test_check_change_should_never_leave_a_day_without_its_chief_officer(
    chiefs: tuple[Holding, ...], refused: bool
) -> None:
    assert (("ends", "no_chief_officer") in codes(BASE, Register((*chiefs, SAM)))) is refused


def test_check_change_should_not_hold_a_gap_against_a_later_change() -> None:
    ending = Register((Holding(Office.CHIEF_OFFICER, "dana", MAY_1, TODAY), SAM))
    after = Register((*ending.holdings, Holding(Office.STAFF, "priya", TODAY)))
    assert codes(ending, after) == set()


_DAYS = st.integers(0, 40).map(lambda n: TODAY + timedelta(days=n - 10))
_CHIEF = st.builds(
    lambda start, length: Holding(
        Office.CHIEF_OFFICER, "x", start, None if length > 20 else start + timedelta(days=length)
    ),
    _DAYS,
    st.integers(0, 25),
)


@given(st.lists(_CHIEF, max_size=3), st.lists(_CHIEF, max_size=3))
def test_chief_officer_gap_should_be_found_exactly_when_some_day_has_one(
    before: list[Holding], after: list[Holding]
) -> None:
    first, second = Register(tuple(before)), Register(tuple(after))
    days = [TODAY + timedelta(days=n) for n in range(80)]
    gap = any(
        first.holders(Office.CHIEF_OFFICER, day) and not second.holders(Office.CHIEF_OFFICER, day)
        for day in days
    )
    found = {p.code for p in check_change(first, second, TODAY)}
    assert ("no_chief_officer" in found) is gap
