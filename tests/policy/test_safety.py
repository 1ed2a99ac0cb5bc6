"""The police part, injury dates and the debrief."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.calendars import Day
from policy.safety import (
    INJURY_WORDS,
    POLICE_ROUTE_WORDS,
    Injury,
    InjuryDuty,
    PolicePart,
    PoliceRoute,
    check_police,
    debrief_due,
    injury_flags,
    police_refusal,
    riddor_due,
)
from tests.policy.uk_calendar import UK, day, london

CALLED = PolicePart(PoliceRoute.EMERGENCY, "Cumbria Police", "log 77")


@pytest.mark.parametrize(
    ("part", "saving", "closing"),
    [
        (PolicePart(), ["route"], ["route"]),
        (CALLED, [], []),
        (replace(CALLED, route=PoliceRoute.NON_EMERGENCY), [], []),
        (replace(CALLED, route=PoliceRoute.ONLINE), [], []),
        (replace(CALLED, log_number=" "), [], ["log_number"]),
        (replace(CALLED, force="", log_number=""), ["force"], ["force", "log_number"]),
        (PolicePart(PoliceRoute.NOT_REFERRED), ["reason_not"], ["reason_not"]),
        (PolicePart(PoliceRoute.NOT_REFERRED, reason_not="The colleague did not wish it"), [], []),
    ],
)
def test_police_part_should_be_complete_before_closing(
    part: PolicePart, saving: list[str], closing: list[str]
) -> None:
    assert [problem.field for problem in check_police(part)] == saving
    assert [problem.field for problem in check_police(part, closing=True)] == closing
    refusal = police_refusal(True, part)
    assert (refusal is not None) is bool(closing)
    assert police_refusal(False, part) is None


def test_urgent_case_should_not_close_without_a_police_part() -> None:
    refusal = police_refusal(True, None)
    assert refusal is not None
    assert refusal.code == "police_unanswered"
    assert "before you close it" in refusal.sentence
    assert police_refusal(False, None) is None


HURT = Injury(day("2026-10-05"), physical=True)  # a Monday; 20 October is a Tuesday
RECORD, ASK, REPORT = InjuryDuty.RECORD, InjuryDuty.ASK, InjuryDuty.REPORT


@pytest.mark.parametrize(
    ("injury", "today", "duties"),
    [
        (None, "2026-12-01", []),
        (replace(HURT, physical=False), "2026-12-01", []),  # words alone
        (replace(HURT, physical=False, still_unable=True), "2026-12-01", []),
        (HURT, "2026-10-05", []),
        (HURT, "2026-10-08", []),
        (HURT, "2026-10-09", [RECORD]),  # day 4
        (HURT, "2026-10-12", [RECORD]),
        (HURT, "2026-10-13", [RECORD, ASK]),  # day 8
        (replace(HURT, still_unable=True), "2026-10-12", [RECORD]),
        (replace(HURT, still_unable=True), "2026-10-13", [RECORD, REPORT]),
        (replace(HURT, still_unable=False), "2026-10-13", [RECORD]),
        (replace(HURT, back_on=day("2026-10-09")), "2026-12-01", []),  # three whole days off, not over
        (replace(HURT, back_on=day("2026-10-10")), "2026-12-01", [RECORD]),
        (replace(HURT, back_on=day("2026-10-13")), "2026-12-01", [RECORD]),  # seven, not over
        (replace(HURT, back_on=day("2026-10-14")), "2026-12-01", [RECORD, ASK]),
    ],
)
def test_injury_should_raise_its_duties_on_day_4_and_8(
    injury: Injury | None, today: str, duties: list[InjuryDuty]
) -> None:
    assert [flag.duty for flag in injury_flags(injury, day(today), UK)] == duties


def test_injury_report_should_be_due_15_days_after_the_accident_rolled_back() -> None:
    record, report = injury_flags(replace(HURT, still_unable=True), day("2026-10-13"), UK)
    assert (record.since, record.due) == (day("2026-10-09"), None)
    assert (report.since, report.due) == (day("2026-10-13"), Day(day("2026-10-20")))
    assert riddor_due(day("2026-10-02"), UK) == Day(day("2026-10-16"))  # the 17th is a Saturday
    assert riddor_due(day("2026-12-10"), UK) == Day(day("2026-12-24"))  # Christmas Day


@given(st.dates(date(2024, 1, 1), date(2028, 10, 1)), st.integers(0, 40))
def test_words_alone_should_never_raise_an_injury_duty(when: date, later: int) -> None:
    for unable in (None, True, False):
        words = Injury(when, physical=False, still_unable=unable)
        assert injury_flags(words, when + timedelta(days=later), UK) == ()


@pytest.mark.parametrize(
    ("happened", "due"),
    [
        ("2026-10-14T10:00", "2026-10-15T10:00+01:00"),
        ("2026-10-24T14:00", "2026-10-25T13:00+00:00"),  # the clocks go back: 24 elapsed hours
        ("2026-03-28T14:00", "2026-03-29T15:00+01:00"),
    ],
)
def test_debrief_should_be_due_24_elapsed_hours_after_violence_or_a_threat(happened: str, due: str) -> None:
    result = debrief_due(london(happened), violence_or_threat=True)
    assert result == datetime.fromisoformat(due)
    assert result is not None
    assert result.tzinfo is UTC
    assert debrief_due(london(happened), violence_or_threat=False) is None


def test_debrief_should_refuse_a_time_without_offset() -> None:
    with pytest.raises(ValueError, match="offset"):
        debrief_due(datetime(2026, 10, 14, 10), violence_or_threat=True)  # noqa: DTZ001


def test_every_answer_should_have_words() -> None:
    assert set(POLICE_ROUTE_WORDS) == set(PoliceRoute)
    assert set(INJURY_WORDS) == set(InjuryDuty)
