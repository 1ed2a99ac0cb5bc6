"""Which signatures count, and when a proposal takes effect."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.offices import Office, Seat
from policy.signatures import Approval, SignedFinding, effective, standing

NEEDED = (Seat.OFFICER, Seat.CHAIR)
ALL = (Seat.OFFICER, Seat.CHAIR, Seat.MAYOR)
NOON = datetime(2026, 10, 14, 11, tzinfo=UTC)
OFFICES = {Seat.OFFICER: Office.CHIEF_OFFICER, Seat.CHAIR: Office.CHAIR_FGP, Seat.MAYOR: Office.MAYOR}


def approval(who: str, seat: Seat, version: int = 1, minute: int = 0) -> Approval:
    return Approval(who, OFFICES[seat], seat, version, NOON + timedelta(minutes=minute))


def finding(who: str, seat: Seat, kind: str = "restriction") -> SignedFinding:
    return SignedFinding(who, seat, kind)


BOTH_FINDINGS = (finding("chief", Seat.OFFICER), finding("chair", Seat.CHAIR))
BOTH_APPROVALS = (approval("chief", Seat.OFFICER), approval("chair", Seat.CHAIR, minute=1))


@pytest.mark.parametrize(
    ("approvals", "needed", "missing"),
    [
        ((), NEEDED, NEEDED),
        ((approval("chief", Seat.OFFICER),), NEEDED, (Seat.CHAIR,)),
        (BOTH_APPROVALS, NEEDED, ()),
        (BOTH_APPROVALS, ALL, (Seat.MAYOR,)),
        # pressing twice counts once
        ((approval("chief", Seat.OFFICER), approval("chief", Seat.OFFICER, minute=1)), NEEDED, (Seat.CHAIR,)),
        # one colleague cannot fill two seats
        ((approval("chief", Seat.OFFICER), approval("chief", Seat.CHAIR, minute=1)), NEEDED, (Seat.CHAIR,)),
        # signatures on an old version count for nothing
        (
            (approval("chief", Seat.OFFICER, version=0), approval("chair", Seat.CHAIR)),
            NEEDED,
            (Seat.OFFICER,),
        ),
        (
            (approval("chief", Seat.OFFICER, version=2), approval("chair", Seat.CHAIR)),
            NEEDED,
            (Seat.OFFICER,),
        ),
        # a seat the setting does not ask for counts for nothing
        ((approval("mayor", Seat.MAYOR),), NEEDED, NEEDED),
        # two in one seat leave the other empty
        ((approval("chair", Seat.CHAIR), approval("vice", Seat.CHAIR, minute=1)), NEEDED, (Seat.OFFICER,)),
    ],
)
def test_standing_should_name_the_seats_still_missing(
    approvals: tuple[Approval, ...], needed: tuple[Seat, ...], missing: tuple[Seat, ...]
) -> None:
    assert standing(approvals, 1, needed) == missing


_APPROVALS = st.lists(
    st.builds(
        approval,
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(list(Seat)),
        st.integers(1, 2),
        st.integers(0, 5),
    ),
    max_size=8,
)


@given(_APPROVALS)
def test_standing_should_never_be_satisfied_by_fewer_colleagues_than_seats(approvals: list[Approval]) -> None:
    filled = len(ALL) - len(standing(approvals, 1, ALL))
    current = [one for one in approvals if one.version == 1]
    assert filled <= len({one.colleague_id for one in current})
    assert filled <= len({one.seat for one in current})
    # a second press of anybody changes nothing
    again = [*approvals, *(approval(o.colleague_id, o.seat, o.version, 30) for o in approvals)]
    assert standing(again, 1, ALL) == standing(approvals, 1, ALL)


@pytest.mark.parametrize(
    ("findings", "approvals", "code"),
    [
        (BOTH_FINDINGS, BOTH_APPROVALS, None),
        ((), BOTH_APPROVALS, "finding_missing"),
        (BOTH_FINDINGS[:1], BOTH_APPROVALS, "finding_missing"),
        (BOTH_FINDINGS[1:], BOTH_APPROVALS, "finding_missing"),
        ((BOTH_FINDINGS[0], finding("chair", Seat.CHAIR, "warning")), BOTH_APPROVALS, "split"),
        ((*BOTH_FINDINGS, finding("mayor", Seat.MAYOR, "no_action")), BOTH_APPROVALS, "split"),
        (
            (finding("chief", Seat.OFFICER, "no_action"), finding("chair", Seat.CHAIR, "no_action")),
            BOTH_APPROVALS,
            "finding_other",
        ),
        ((finding("x", Seat.OFFICER), finding("x", Seat.CHAIR)), BOTH_APPROVALS, "finding_one_name"),
        (BOTH_FINDINGS, BOTH_APPROVALS[:1], "approval_missing"),
        (BOTH_FINDINGS, (), "approval_missing"),
        (
            BOTH_FINDINGS,
            (approval("chief", Seat.OFFICER), approval("vice", Seat.CHAIR)),
            "approval_without_finding",
        ),
        # the Vice-Chair signed the finding in the Chair's place, and approved
        (
            (BOTH_FINDINGS[0], finding("vice", Seat.CHAIR)),
            (approval("chief", Seat.OFFICER), approval("vice", Seat.CHAIR)),
            None,
        ),
        # the Mayor pressed early: the Mayor's finding stands beside the Chair's
        (
            (*BOTH_FINDINGS, finding("mayor", Seat.MAYOR)),
            (approval("chief", Seat.OFFICER), Approval("mayor", Office.MAYOR, Seat.CHAIR, 1, NOON)),
            None,
        ),
    ],
)
def test_effective_should_need_two_agreed_findings_and_every_approval(
    findings: tuple[SignedFinding, ...], approvals: tuple[Approval, ...], code: str | None
) -> None:
    refusal = effective(findings, approvals, 1, NEEDED)
    assert (refusal.code if refusal else None) == code


def test_effective_should_not_count_approvals_of_an_older_version() -> None:
    refusal = effective(BOTH_FINDINGS, BOTH_APPROVALS, 2, NEEDED)
    assert refusal is not None
    assert refusal.sentence == ("An approval is still awaited from the Chief Officer and the Chair of F&GP.")


def test_effective_should_wait_for_the_mayor_when_the_setting_asks_for_three() -> None:
    mayor = approval("mayor", Seat.MAYOR, minute=2)
    three = (*BOTH_FINDINGS, finding("mayor", Seat.MAYOR))
    waiting = effective(BOTH_FINDINGS, BOTH_APPROVALS, 1, ALL)
    assert waiting is not None
    assert "the Mayor" in waiting.sentence
    assert effective(three, (*BOTH_APPROVALS, mayor), 1, ALL) is None


_FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(list(Seat)),
        st.sampled_from(["restriction", "warning"]),
    ),
    max_size=4,
    unique_by=lambda one: one.seat,
)


@given(_FINDINGS, _APPROVALS)
def test_nothing_should_take_effect_without_two_names_and_an_officer(
    findings: list[SignedFinding], approvals: list[Approval]
) -> None:
    if effective(findings, approvals, 1, NEEDED) is None:
        assert len({one.colleague_id for one in findings}) >= 2
        assert {one.kind for one in findings} == {"restriction"}
        current = [one for one in approvals if one.version == 1]
        assert len({one.colleague_id for one in current}) >= 2
        assert any(one.seat is Seat.OFFICER for one in current)
        assert standing(approvals, 1, NEEDED) == ()
