"""R1-R9: what a report must say, and what it must not be refused for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.behaviour import (
    ActionTaken,
    Category,
    Channel,
    Example,
    NoWarningReason,
    PersonIs,
    ReportFacts,
    WarningGiven,
    check_no_warning,
    check_report,
    examples_of,
    extreme_reason,
    is_extreme,
    is_urgent,
)

NOW = datetime(2026, 10, 14, 9, 30, 20, tzinfo=UTC)  # 10.30 and 20 seconds in London
EARLIEST = NOW.replace(year=2000, tzinfo=None)  # Hypothesis wants this bound without an offset
COMPLETE = ReportFacts(
    person_name="Jo Bloggs",
    happened_on=date(2026, 10, 14),
    happened_at=time(10, 30),
    channel=Channel.TELEPHONE,
    category=Category.AGGRESSIVE_OR_ABUSIVE,
    what_happened="Shouted down the telephone.",
)


def codes(facts: ReportFacts, now: datetime = NOW) -> list[tuple[str, str]]:
    return [(p.field, p.code) for p in check_report(facts, now)]


def test_check_report_should_accept_only_the_five_required_facts() -> None:
    assert check_report(COMPLETE, NOW) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"person_name": " \n"}, ("person_name", "person_missing")),
        (
            {"person_name": "", "person_is": PersonIs.MEMBER_OF_PUBLIC},
            ("person_name", "person_missing"),
        ),
        ({"happened_on": None}, ("happened_on", "happened_on_missing")),
        ({"channel": None}, ("channel", "channel_missing")),
        ({"category": None}, ("category", "category_missing")),
        ({"what_happened": "\t"}, ("what_happened", "what_happened_missing")),
        ({"happened_on": date(2026, 10, 15)}, ("happened_on", "happened_in_future")),
        ({"happened_at": time(10, 31)}, ("happened_at", "happened_in_future")),
        ({"examples": frozenset({Example.B3})}, ("examples", "example_of_other_category")),
        ({"warning": WarningGiven.SPOKEN}, ("warning_words", "warning_words_missing")),
        ({"warning": WarningGiven.WRITTEN, "warning_words": " "}, ("warning_words", "warning_words_missing")),
        (
            {"warning": WarningGiven.NOT_GIVEN, "no_warning_reason": NoWarningReason.OTHER},
            ("no_warning_words", "no_warning_words_missing"),
        ),
    ],
)
def test_check_report_should_name_the_field_when_one_fact_is_wrong(
    change: dict[str, object], expected: tuple[str, str]
) -> None:
    assert codes(replace(COMPLETE, **change)) == [expected]  # type: ignore[arg-type]


def test_check_report_should_name_every_missing_fact_in_form_order() -> None:
    fields = [field for field, _ in codes(ReportFacts())]
    assert fields == ["person_name", "happened_on", "channel", "category", "what_happened"]


@pytest.mark.parametrize(
    "change",
    [
        {"person_name": "", "person_is": PersonIs.UNKNOWN},
        {"happened_at": None},
        {"happened_on": date(2026, 10, 13), "happened_at": time(23, 59)},
        {"happened_at": time(10, 30, 59)},
        {"warning": WarningGiven.SPOKEN, "warning_words": "Please stop shouting."},
        {"warning": WarningGiven.NOT_GIVEN},
        {"warning": WarningGiven.NOT_GIVEN, "no_warning_reason": NoWarningReason.VIOLENCE},
    ],
)
def test_check_report_should_accept_what_may_wait_or_is_true(change: dict[str, object]) -> None:
    assert codes(replace(COMPLETE, **change)) == []  # type: ignore[arg-type]


def test_check_report_should_refuse_recording_as_an_example_only_at_a_public_meeting() -> None:
    recording = replace(
        COMPLETE, category=Category.UNREASONABLE_DEMANDS, examples=frozenset({Example.B8, Example.B5})
    )
    for channel in Channel:
        expected = channel is Channel.PUBLIC_MEETING
        problems = codes(replace(recording, channel=channel))
        assert (("examples", "recording_public_meeting_is_lawful") in problems) is expected


@given(st.frozensets(st.sampled_from(list(Example))), st.sampled_from(list(Category)))
def test_check_report_should_refuse_examples_exactly_when_one_is_of_the_other_category(
    examples: frozenset[Example], category: Category
) -> None:
    refused = ("examples", "example_of_other_category") in codes(
        replace(COMPLETE, category=category, examples=examples)
    )
    assert refused is not examples.issubset(examples_of(category))


def test_examples_should_divide_into_five_of_a_and_twelve_of_b() -> None:
    assert len(examples_of(Category.AGGRESSIVE_OR_ABUSIVE)) == 5
    demands = examples_of(Category.UNREASONABLE_DEMANDS)
    assert [e.is_ground for e in demands] == [True] * 4 + [False] * 8
    assert Category.AGGRESSIVE_OR_ABUSIVE.letter == "A"
    assert Category.UNREASONABLE_DEMANDS.letter == "B"


@pytest.mark.parametrize("choices", [PersonIs, Channel, Category, Example, ActionTaken, WarningGiven])
def test_every_choice_should_have_its_own_words_and_be_found_by_its_value(
    choices: type[Channel],
) -> None:
    labels = [choice.words for choice in choices]
    assert all(labels)
    assert len(set(labels)) == len(labels)
    assert all(choices(str(choice)) is choice and choice == choice.value for choice in choices)


@given(st.dates(), st.times(), st.datetimes(timezones=st.just(UTC), min_value=EARLIEST))
def test_check_report_should_never_fail_and_refuse_a_later_day(day: date, at: time, now: datetime) -> None:
    problems = codes(replace(COMPLETE, happened_on=day, happened_at=at), now)
    if day > now.date() + timedelta(days=1):
        assert problems == [("happened_on", "happened_in_future")]
    if day < now.date():
        assert problems == []


@pytest.mark.parametrize(
    ("now", "at", "accepted"),
    [
        # The hour from 1 to 2 comes twice on 25 October 2026. At 1.10 the second time, 1.50 has been once.
        (datetime(2026, 10, 25, 1, 10, tzinfo=UTC), time(1, 50), True),
        (datetime(2026, 10, 25, 0, 10, tzinfo=UTC), time(1, 50), False),
        (datetime(2026, 10, 25, 1, 10, tzinfo=UTC), time(1, 10), True),
        (datetime(2026, 10, 25, 1, 10, tzinfo=UTC), time(2, 0), False),
    ],
)
def test_check_report_should_take_the_earlier_reading_when_the_clocks_go_back(
    now: datetime, at: time, accepted: bool
) -> None:
    problems = codes(replace(COMPLETE, happened_on=date(2026, 10, 25), happened_at=at), now)
    assert (problems == []) is accepted


def test_check_report_should_use_the_london_day_just_after_midnight() -> None:
    just_after = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # 00.30 on 2 July in London
    assert codes(replace(COMPLETE, happened_on=date(2026, 7, 2), happened_at=time(0, 20)), just_after) == []


@pytest.mark.parametrize(
    ("reason", "words", "complete"),
    [
        (None, "", False),
        (NoWarningReason.PHYSICAL_THREAT, "", True),
        (NoWarningReason.VIOLENCE, "", True),
        (NoWarningReason.OTHER, " ", False),
        (NoWarningReason.OTHER, "He blocked the door.", True),
    ],
)
def test_no_warning_should_need_its_complete_reason_by_the_finding(
    reason: NoWarningReason | None, words: str, complete: bool
) -> None:
    facts = replace(
        COMPLETE, warning=WarningGiven.NOT_GIVEN, no_warning_reason=reason, no_warning_words=words
    )
    assert [p.code for p in check_no_warning(facts)] == ([] if complete else ["no_warning_reason_missing"])
    assert extreme_reason(facts) is (reason if complete else None)
    assert is_extreme(facts) is complete


@pytest.mark.parametrize("warning", [None, WarningGiven.SPOKEN, WarningGiven.WRITTEN])
def test_extreme_reason_should_be_none_when_a_warning_was_given_or_not_asked(
    warning: WarningGiven | None,
) -> None:
    facts = replace(COMPLETE, warning=warning, no_warning_reason=NoWarningReason.VIOLENCE)
    assert extreme_reason(facts) is None
    assert check_no_warning(facts) == ()


@pytest.mark.parametrize(
    ("change", "urgent", "extreme"),
    [
        ({}, False, False),
        ({"examples": frozenset({Example.A1, Example.A3})}, False, False),
        ({"examples": frozenset({Example.A2})}, True, True),
        ({"offence": True}, True, False),
        ({"offence": False}, False, False),
        (
            {"warning": WarningGiven.NOT_GIVEN, "no_warning_reason": NoWarningReason.PHYSICAL_THREAT},
            True,
            True,
        ),
        (
            {
                "warning": WarningGiven.NOT_GIVEN,
                "no_warning_reason": NoWarningReason.OTHER,
                "no_warning_words": "The caller hung up at once.",
            },
            False,
            True,
        ),
    ],
)
def test_urgent_and_extreme_should_follow_what_was_reported(
    change: dict[str, object], urgent: bool, extreme: bool
) -> None:
    facts = replace(COMPLETE, **change)  # type: ignore[arg-type]
    assert (is_urgent(facts), is_extreme(facts)) == (urgent, extreme)
