"""R43: a marker is about safety, states fact, has two names, is told to the person, and expires."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.calendars import end_of_day
from policy.markers import (
    MarkerFacts,
    Risk,
    approval_refusal,
    approvals_missing,
    check_marker,
    default_expiry,
    opinions,
    seat_refusal,
    shows,
)
from policy.offices import Seat

OFFICER, CHAIR = Seat.OFFICER, Seat.CHAIR
TODAY = date(2026, 10, 14)
GOOD = MarkerFacts(
    risk=Risk.THREAT,
    fact="On 12 October 2026 he said “I will hit the next one who comes”, and raised a spade.",
    advice="Visit in pairs.",
    expires_on=date(2027, 10, 14),
    tell_person=True,
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, set()),
        ({"risk": None}, {("risk", "risk_missing")}),
        ({"fact": " "}, {("fact", "fact_missing")}),
        ({"advice": ""}, {("advice", "advice_missing")}),
        ({"fact": "He seems dangerous."}, {("fact", "opinion_not_fact")}),
        ({"advice": "A known troublemaker, take care."}, {("advice", "opinion_not_fact")}),
        ({"expires_on": None}, {("expires_on", "expires_on_missing")}),
        ({"expires_on": TODAY - timedelta(days=1)}, {("expires_on", "expires_in_past")}),
        ({"expires_on": TODAY}, set()),
        ({"expires_on": date(2027, 10, 15)}, {("expires_on", "expires_too_late")}),
        ({"tell_person": None}, {("tell_person", "tell_person_missing")}),
        ({"tell_person": False}, {("not_told_reason", "not_told_reason_missing")}),
        ({"tell_person": False, "not_told_reason": "He threatened whoever reports him."}, set()),
    ],
)
def test_check_marker_should_name_the_field_that_is_wrong(
    change: dict[str, object], expected: set[tuple[str, str]]
) -> None:
    problems = check_marker(replace(GOOD, **change), TODAY)  # type: ignore[arg-type]
    assert {(p.field, p.code) for p in problems} == expected


def test_check_marker_should_name_everything_missing_from_an_empty_form() -> None:
    fields = [p.field for p in check_marker(MarkerFacts(), TODAY)]
    assert fields == ["risk", "fact", "advice", "expires_on", "tell_person"]


def test_check_marker_should_follow_the_councils_own_length() -> None:
    assert [p.code for p in check_marker(GOOD, TODAY, longest_months=6)] == ["expires_too_late"]
    assert check_marker(replace(GOOD, expires_on=default_expiry(TODAY, 6)), TODAY, longest_months=6) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He is a difficult person, probably a bully", ("difficult", "probably", "bully")),
        ("I think she may come back", ("I think",)),
        ("A violent man. A Violent Man.", ("violent man",)),
        ("She is a nuisance and a time-waster", ("nuisance", "time-waster")),
        ("She said “you are a liar” and threw a chair.", ()),
        ("A dangerous dog is loose in the garden.", ()),
        ("On 3 May 2026 he struck the warden with a spade.", ()),
        ("He made threats of violence by telephone.", ()),
    ],
)
def test_opinions_should_be_told_from_facts_and_from_quotations(text: str, found: tuple[str, ...]) -> None:
    assert tuple(word.casefold() for word in opinions(text)) == tuple(word.casefold() for word in found)


def test_marker_should_need_two_different_colleagues() -> None:
    assert approvals_missing([]) == 2
    assert approvals_missing(["dana"]) == 1
    assert approvals_missing(["dana", "dana"]) == 1
    assert approvals_missing(["dana", "lee"]) == 0
    assert approvals_missing(["dana", "lee", "sam"]) == 0
    assert approval_refusal(["dana"], "lee") is None
    refusal = approval_refusal(["dana"], "dana")
    assert refusal is not None
    assert refusal.code == "marker_same_colleague"


@pytest.mark.parametrize(
    ("approved_by", "at", "withdrawn_at", "code"),
    [
        (["dana", "lee"], end_of_day(TODAY), None, None),
        (["dana", "lee"], end_of_day(TODAY) + timedelta(seconds=1), None, "marker_expired"),
        (["dana", "dana"], end_of_day(TODAY), None, "marker_not_approved"),
        (["dana", "lee"], end_of_day(TODAY), end_of_day(TODAY), "marker_withdrawn"),
        (["dana", "lee"], end_of_day(TODAY) - timedelta(hours=1), end_of_day(TODAY), None),
    ],
)
def test_marker_should_show_only_while_approved_and_in_date(
    approved_by: list[str], at: datetime, withdrawn_at: datetime | None, code: str | None
) -> None:
    refusal = shows(approved_by, TODAY, at, withdrawn_at)
    assert (refusal.code if refusal else None) == code


@given(st.integers(-10_000_000, 10_000_000))
def test_marker_should_never_show_again_once_expired(seconds: int) -> None:
    at = end_of_day(TODAY) + timedelta(seconds=seconds)
    assert (shows(["dana", "lee"], TODAY, at) is None) is (seconds <= 0)


@given(st.text(max_size=300))
def test_opinions_should_be_words_of_the_text(text: str) -> None:
    assert all(word in text for word in opinions(text))


@pytest.mark.parametrize(
    ("signed", "seat", "allowed"),
    [
        ((), OFFICER, True),
        ((), CHAIR, True),
        ((OFFICER,), CHAIR, True),
        ((CHAIR,), OFFICER, True),
        ((OFFICER,), OFFICER, True),
        ((CHAIR,), CHAIR, False),
        ((CHAIR,), Seat.MAYOR, False),
    ],
)
def test_an_officer_should_be_one_of_the_two(signed: tuple[Seat, ...], seat: Seat, allowed: bool) -> None:
    refusal = seat_refusal(signed, seat)
    assert (refusal is None) == allowed
    assert refusal is None or refusal.code == "marker_needs_officer"
