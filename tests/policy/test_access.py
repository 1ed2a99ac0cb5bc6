"""The access rule as a written table: every role and every part of a case (R17, R34, R41, R48)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.access import Asker, CaseFacts, Part, may_check, may_list, may_see
from policy.offices import COUNCILLOR_OFFICES, Office
from policy.seats import Parties

PARTS = tuple(Part)
HEADINGS = (
    "reference stage own_report story person contact characteristic health "
    "offence findings proposal decision notice appeal log"
)

ME = "me"
ID = frozenset({ME})


@dataclass(frozen=True)
class Role:
    """One row of the table: what the asker is to the case."""

    offices: frozenset[Office]
    facts: CaseFacts
    guest: bool = False


def role(
    *offices: Office,
    asked: bool = False,
    signed: bool = False,
    approved: bool = False,
    reviewer: bool = False,
    decided: bool = False,
    reporter: bool = False,
    target: bool = False,
    witness: bool = False,
    person: bool = False,
    guest: bool = False,
) -> Role:
    none: frozenset[str] = frozenset()
    return Role(
        frozenset(offices),
        CaseFacts(
            parties=Parties(
                reporters=ID if reporter else none,
                targets=ID if target else none,
                witnesses=ID if witness else none,
                person=ME if person else None,
            ),
            asked=ID if asked else none,
            signed=ID if signed else none,
            approved=ID if approved else none,
            reviewers=ID if reviewer else none,
            decided=decided,
        ),
        guest,
    )


CO, DEPUTY, CHAIR = Office.CHIEF_OFFICER, Office.DEPUTY_CHIEF_OFFICER, Office.CHAIR_FGP
VICE, MEMBER, MAYOR = Office.VICE_CHAIR_FGP, Office.MEMBER_FGP, Office.MAYOR
D_MAYOR, COUNCILLOR, STAFF = Office.DEPUTY_MAYOR, Office.COUNCILLOR, Office.STAFF

# One column a part, in the order of HEADINGS: x is seen, . is not.
#        ref sta own sto per con cha hea off fin pro dec not app log
ALL = "   x   x   .   x   x   x   x   x   x   x   x   x   x   x   x"
ALL_OWN = "x   x   x   x   x   x   x   x   x   x   x   x   x   x   x"
OWN = "   x   x   x   .   .   .   .   .   .   .   .   .   .   .   ."
NOTICE = "x   .   .   .   .   .   .   .   .   .   .   x   .   .   ."
N_OWN = " x   x   x   .   .   .   .   .   .   .   .   x   .   .   ."
NONE = "  .   .   .   .   .   .   .   .   .   .   .   .   .   .   ."

TABLE: list[tuple[str, Role, str]] = [
    # those who investigate
    ("chief officer", role(CO), ALL),
    ("chief officer, once decided", role(CO, decided=True), ALL),
    ("chief officer who reported it", role(CO, reporter=True), ALL_OWN),
    ("chief officer, target", role(CO, target=True), OWN),
    ("chief officer, target, once decided", role(CO, target=True, decided=True), OWN),
    ("chief officer, witness", role(CO, witness=True), NONE),
    ("chief officer, witness who reported it", role(CO, witness=True, reporter=True), OWN),
    ("chief officer, target, had signed", role(CO, target=True, signed=True, approved=True), OWN),
    ("deputy", role(DEPUTY), ALL),
    ("deputy, target", role(DEPUTY, target=True), OWN),
    ("chair", role(CHAIR), ALL),
    ("chair who reported it", role(CHAIR, reporter=True), ALL_OWN),
    ("chair, target", role(CHAIR, target=True, decided=True), OWN),
    ("chair, the person", role(CHAIR, person=True), NONE),
    # those who stand in
    ("vice-chair", role(VICE), NONE),
    ("vice-chair, once decided", role(VICE, decided=True), NOTICE),
    ("vice-chair, asked", role(VICE, asked=True), ALL),
    ("vice-chair, signed", role(VICE, signed=True), ALL),
    ("vice-chair, approved", role(VICE, approved=True, decided=True), ALL),
    ("vice-chair, asked but a target", role(VICE, asked=True, target=True), OWN),
    ("member of F&GP", role(MEMBER), NONE),
    ("member of F&GP, once decided", role(MEMBER, decided=True), NOTICE),
    ("member of F&GP, asked", role(MEMBER, asked=True), ALL),
    ("member of F&GP, signed, now a witness", role(MEMBER, signed=True, witness=True), NONE),
    # the Mayor is kept free
    ("mayor", role(MAYOR), NONE),
    ("mayor, once decided", role(MAYOR, decided=True), NOTICE),
    ("mayor, asked", role(MAYOR, asked=True), ALL),
    ("mayor, approved", role(MAYOR, approved=True, decided=True), ALL),
    ("mayor, reviewer", role(MAYOR, reviewer=True, decided=True), ALL),
    ("mayor who reported it", role(MAYOR, reporter=True), OWN),
    ("mayor who reported it, once decided", role(MAYOR, reporter=True, decided=True), N_OWN),
    ("deputy mayor", role(D_MAYOR), NONE),
    ("deputy mayor, once decided", role(D_MAYOR, decided=True), NOTICE),
    ("deputy mayor, asked", role(D_MAYOR, asked=True), ALL),
    # councillors
    ("councillor", role(COUNCILLOR), NONE),
    ("councillor, once decided", role(COUNCILLOR, decided=True), NOTICE),
    ("councillor, reviewer", role(COUNCILLOR, reviewer=True, decided=True), ALL),
    ("councillor, reviewer but a target", role(COUNCILLOR, reviewer=True, target=True), OWN),
    ("councillor who reported it", role(COUNCILLOR, reporter=True), OWN),
    ("councillor who reported it, once decided", role(COUNCILLOR, reporter=True, decided=True), N_OWN),
    ("councillor, target, once decided", role(COUNCILLOR, target=True, decided=True), OWN),
    ("councillor, witness, once decided", role(COUNCILLOR, witness=True, decided=True), NONE),
    ("councillor, the person", role(COUNCILLOR, person=True, decided=True), NONE),
    ("councillor, the person, who also reported", role(COUNCILLOR, person=True, reporter=True), NONE),
    ("former vice-chair who signed, now councillor", role(COUNCILLOR, signed=True, decided=True), NOTICE),
    # staff
    ("staff", role(STAFF), NONE),
    ("staff, once decided", role(STAFF, decided=True), NONE),
    ("staff who reported it", role(STAFF, reporter=True), OWN),
    ("staff who reported it, once decided", role(STAFF, reporter=True, decided=True), OWN),
    ("staff, target", role(STAFF, target=True, decided=True), OWN),
    ("staff, witness", role(STAFF, witness=True), NONE),
    ("staff, picked as reviewer by mistake", role(STAFF, reviewer=True), NONE),
    ("staff, once signed as deputy", role(STAFF, signed=True, approved=True), NONE),
    # guests and former colleagues
    ("guest without an office", role(guest=True, reporter=True, decided=True), NONE),
    ("guest in the register as member of F&GP, asked", role(MEMBER, guest=True, asked=True), ALL),
    ("guest in the register as councillor", role(COUNCILLOR, guest=True, decided=True), NOTICE),
    ("former chair who signed", role(signed=True, approved=True, decided=True), NONE),
    ("former colleague who reported it", role(reporter=True), NONE),
]


def test_the_table_should_have_a_column_for_every_part() -> None:
    assert " ".join(PARTS) == HEADINGS
    assert {len(row.split()) for _, _, row in TABLE} == {len(PARTS)}


@pytest.mark.parametrize(("who", "row"), [r[1:] for r in TABLE], ids=[r[0] for r in TABLE])
def test_may_see_should_follow_the_table(who: Role, row: str) -> None:
    expected = {part for part, mark in zip(PARTS, row.split(), strict=True) if mark == "x"}
    assert may_see(Asker(ME, who.offices, who.guest), who.facts) == expected


SENSITIVE = {Part.CHARACTERISTIC, Part.HEALTH, Part.OFFENCE, Part.STORY, Part.PERSON, Part.CONTACT}
_IDS = st.frozensets(st.sampled_from([ME, "other"]))


@given(
    st.frozensets(st.sampled_from(Office)),
    st.builds(
        CaseFacts,
        parties=st.builds(Parties, _IDS, _IDS, _IDS, st.sampled_from([None, ME, "other"])),
        asked=_IDS,
        signed=_IDS,
        approved=_IDS,
        reviewers=_IDS,
        decided=st.booleans(),
    ),
)
def test_may_see_should_show_no_story_to_anybody_with_a_conflict_or_without_a_part(
    offices: frozenset[Office], facts: CaseFacts
) -> None:
    seen = may_see(Asker(ME, offices), facts)
    parties = facts.parties
    if ME in parties.targets | parties.witnesses or parties.person == ME:
        assert not seen & SENSITIVE
        assert Part.FINDINGS not in seen
    if not offices or parties.person == ME:
        assert seen == frozenset()
    if ME not in facts.asked | facts.signed | facts.approved | facts.reviewers and not offices & {
        CO,
        DEPUTY,
        CHAIR,
    }:
        assert not seen & SENSITIVE
    assert (Part.OWN_REPORT in seen) <= (ME in parties.reporters | parties.targets)
    # being a guest neither adds nor takes: the register alone counts
    assert seen == may_see(Asker(ME, offices, guest=True), facts)


# --- looking up and listing -------------------------------------------------------------------------


@pytest.mark.parametrize("office", Office)
def test_check_should_be_open_to_every_colleague_in_the_register(office: Office) -> None:
    assert may_check(Asker(ME, frozenset({office}))) is None
    assert may_check(Asker(ME, frozenset({office}), guest=True)) is None


@pytest.mark.parametrize(("guest", "who"), [(True, "Guests"), (False, "Former colleagues")])
def test_check_and_list_should_refuse_whoever_holds_no_office(guest: bool, who: str) -> None:
    for answer in (may_check(Asker(ME, guest=guest)), may_list(Asker(ME, guest=guest))):
        assert answer is not None
        assert answer.sentence.startswith(who)
        assert "Chief Officer" in answer.sentence


@pytest.mark.parametrize("office", Office)
def test_list_should_be_for_officers_in_charge_and_councillors(office: Office) -> None:
    answer = may_list(Asker(ME, frozenset({office})))
    assert (answer is None) is (office in COUNCILLOR_OFFICES | {CO, DEPUTY})
    if answer:
        assert "/incident mine" in answer.sentence


def test_list_should_stay_open_to_a_chief_officer_who_is_also_staff() -> None:
    assert may_list(Asker(ME, frozenset({STAFF, CO}))) is None
