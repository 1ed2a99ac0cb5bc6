"""Settings: one table, lawful defaults, refusals with reasons, and the example file kept in step."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.offices import Office, Seat
from policy.setting_kinds import plain
from policy.settings import (
    SETTINGS,
    DeputyActs,
    PolicySettings,
    check_settings,
    current_settings,
    plain_settings,
    settings_from,
)
from policy.settings_toml import policy_section

EXAMPLE = Path(__file__).parents[2] / "council.example.toml"
DEFAULTS = PolicySettings()


def test_the_table_should_explain_every_setting_once_and_in_order() -> None:
    assert [one.name for one in SETTINGS] == [f.name for f in fields(PolicySettings)]
    for one in SETTINGS:
        assert one.default == getattr(DEFAULTS, one.name)
        assert one.reason.endswith(".")
        assert one.source.startswith("R")


@pytest.mark.parametrize("one", SETTINGS, ids=lambda one: one.name)
def test_every_default_should_pass_its_own_check(one: Any) -> None:
    assert one.check(plain(one.default)) == one.default
    assert one.check(one.default) == one.default


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("appeal_days", 14),
        ("restriction_default_months", 6),
        ("restriction_max_months", 12),
        ("review_first_months", 6),
        ("review_every_months", 12),
        ("warning_live_months", 12),
        ("interim_working_days", 5),
        ("signature_overdue_working_days", 5),
        ("same_day_before", time(16, 30)),
        ("approvals_needed", (Seat.OFFICER, Seat.CHAIR)),
        ("deputy_acts", DeputyActs.STAND_IN),
        ("refusals_alert", 3),
        ("small_number", 5),
        ("foi_working_days", 20),
        ("riddor_days", 15),
        ("debrief_hours", 24),
        ("review_reminder_days", (30, 7)),
        ("digest_weekday", "monday"),
        ("digest_time", time(9, 0)),
        ("retention_not_upheld_months", 6),
        ("retention_warning_months", 24),
        ("retention_restriction_months", 24),
        ("retention_serious_months", 72),
    ],
)
def test_defaults_should_be_those_of_the_requirements(name: str, value: object) -> None:
    assert getattr(DEFAULTS, name) == value


def test_settings_from_nothing_should_be_the_defaults() -> None:
    assert settings_from({}) == DEFAULTS
    assert check_settings({}) == ()


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("appeal_days", 21, 21),
        ("same_day_before", "16:00", time(16, 0)),
        ("same_day_before", time(16, 0), time(16, 0)),
        ("digest_weekday", " Friday ", "friday"),
        ("deputy_acts", "always", DeputyActs.ALWAYS),
        ("approvals_needed", ["mayor", "officer"], (Seat.OFFICER, Seat.MAYOR)),
        ("approvals_needed", ["officer", "chair", "mayor"], (Seat.OFFICER, Seat.CHAIR, Seat.MAYOR)),
        ("review_reminder_days", [7, 60], (60, 7)),
    ],
)
def test_settings_from_should_read_what_toml_writes(name: str, raw: object, value: object) -> None:
    read = settings_from({name: raw})
    assert isinstance(read, PolicySettings)
    assert getattr(read, name) == value


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("appeal_days", 13, "14 to 90"),
        ("appeal_days", "14", "whole number"),
        ("appeal_days", 14.0, "whole number"),
        ("appeal_days", True, "whole number"),
        ("refusals_alert", True, "whole number"),
        ("restriction_max_months", 13, "1 to 12"),
        ("interim_working_days", 6, "1 to 5"),
        ("subject_access_months", 2, "Write 1."),
        ("foi_working_days", 21, "1 to 20"),
        ("small_number", 4, "5 to 20"),
        ("same_day_before", "half past four", "time"),
        ("same_day_before", "17:01", "09:00 to 17:00"),
        ("same_day_before", "16:30+01:00", "time"),
        ("same_day_before", 16, "time"),
        ("digest_weekday", "Montag", "day of the week"),
        ("digest_weekday", 1, "day of the week"),
        ("deputy_acts", "never", "stand_in"),
        ("deputy_acts", 1, "stand_in"),
        ("review_reminder_days", [], "one to five"),
        ("review_reminder_days", [7, 7], "different"),
        ("review_reminder_days", [7, [8]], "one to five"),
        ("review_reminder_days", [0], "1 to 90"),
        ("review_reminder_days", 7, "one to five"),
        ("approvals_needed", [], "without an officer"),
        ("approvals_needed", ["chair"], "let one councillor decide alone"),
        ("approvals_needed", ["mayor"], "let one councillor decide alone"),
        ("approvals_needed", ["chair", "mayor"], "without an officer"),
        ("approvals_needed", ["officer"], "two approvals"),
        ("approvals_needed", ["officer", "officer"], "once"),
        ("approvals_needed", ["officer", "clerk"], "list"),
        ("approvals_needed", ["officer", 3], "list"),
        ("approvals_needed", "officer", "list"),
    ],
)
def test_check_settings_should_refuse_with_what_to_write_and_why(name: str, raw: object, says: str) -> None:
    found = check_settings({name: raw})
    assert [p.field for p in found] == [name]
    assert says in found[0].sentence
    assert "Why: " in found[0].sentence
    assert settings_from({name: raw}) == found


def test_check_settings_should_suggest_the_name_that_was_meant() -> None:
    (problem,) = check_settings({"appeal_day": 14})
    assert problem.code == "unknown_setting"
    assert "appeal_days" in problem.sentence
    (problem,) = check_settings({"xyzzy": 14})
    assert "council.example.toml" in problem.sentence


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"restriction_max_months": 3}, "restriction_max_months"),
        ({"restriction_default_months": 8, "restriction_max_months": 7}, "restriction_default_months"),
        ({"review_every_months": 3}, "review_every_months"),
        ({"interim_reminder_working_days": 4, "interim_working_days": 3}, "interim_reminder_working_days"),
    ],
)
def test_check_settings_should_refuse_settings_that_disagree(values: dict[str, object], field: str) -> None:
    assert [(p.field, p.code) for p in check_settings(values)] == [(field, "settings_disagree")]


def test_check_settings_should_report_everything_at_once() -> None:
    found = check_settings({"appeal_days": 1, "nonsense": 1, "small_number": 2})
    assert {p.field for p in found} == {"appeal_days", "nonsense", "small_number"}


def test_current_settings_should_keep_the_good_and_replace_the_forbidden_by_the_default() -> None:
    settings = current_settings({"appeal_days": 21, "approvals_needed": ["chair"], "gone": 1})
    assert settings.appeal_days == 21
    assert settings.approvals_needed == (Seat.OFFICER, Seat.CHAIR)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 100) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(
    st.dictionaries(st.sampled_from([one.name for one in SETTINGS]) | st.text(max_size=8), _JSON, max_size=6)
)
def test_any_values_should_give_settings_or_problems_and_always_lawful_current_ones(
    values: dict[str, object],
) -> None:
    read = settings_from(values)
    assert isinstance(read, PolicySettings) is (check_settings(values) == ())
    current = current_settings(values)
    assert check_settings(plain_settings(current)) == ()
    assert Seat.OFFICER in current.approvals_needed
    assert len(current.approvals_needed) >= 2


def test_plain_settings_should_survive_json() -> None:
    assert settings_from(json.loads(json.dumps(plain_settings(DEFAULTS)))) == DEFAULTS


def test_plain_should_keep_seconds_and_refuse_what_no_setting_is() -> None:
    assert plain(time(16, 30, 1)) == "16:30:01"
    with pytest.raises(TypeError):
        plain(1.5)


# --- the example file -------------------------------------------------------------------------------


def test_example_file_should_end_with_the_section_written_from_the_settings() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text[text.index("\n[policy]\n") + 1 :] == policy_section(), (
        "policy/settings.py changed: replace the [policy] section of council.example.toml by the text of "
        "policy.settings_toml.policy_section()"
    )


def test_example_file_should_be_the_defaults_and_name_real_offices() -> None:
    example = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert settings_from(example["policy"]) == DEFAULTS
    assert set(example) == {"council", "channels", "offices", "policy"}
    assert set(example["council"]) == {"name", "address", "appeals_contact"}
    assert set(example["channels"]) == {"governance", "councillors"}
    assert {row["office"] for row in example["offices"]} <= set(Office)
    assert {"chief_officer", "chair_fgp"} <= {row["office"] for row in example["offices"]}
