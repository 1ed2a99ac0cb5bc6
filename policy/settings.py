"""Every number and choice that the policy leaves to the council: name, default, reason, and what is allowed.

One table, `SETTINGS`. The defaults are read from `PolicySettings`; `council.example.toml` is written from
both. A value that the law or the policy forbids is refused with the reason, at start-up and on every later
change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, time
from difflib import get_close_matches
from typing import Any

from policy.answers import Problem
from policy.calendars import Calendar
from policy.offices import Seat
from policy.setting_kinds import Check, DeputyActs, Plain, plain
from policy.setting_table import ROWS

__all__ = [
    "SETTINGS",
    "DeputyActs",
    "PolicySettings",
    "Setting",
    "check_settings",
    "council_calendar",
    "current_settings",
    "plain_settings",
    "settings_from",
]


@dataclass(frozen=True, slots=True)
class PolicySettings:
    """A council's settings. Each field is explained in `SETTINGS`; times are on the London clock."""

    approvals_needed: tuple[Seat, ...] = (Seat.OFFICER, Seat.CHAIR)
    deputy_acts: DeputyActs = DeputyActs.STAND_IN
    signature_overdue_working_days: int = 5
    committee_quorum: int = 3
    interim_working_days: int = 5
    warning_live_months: int = 12
    refusals_alert: int = 3
    restriction_default_months: int = 6
    restriction_max_months: int = 12
    review_first_months: int = 6
    review_every_months: int = 12
    review_invitation_days: int = 14
    review_reminder_days: tuple[int, ...] = (30, 7)
    appeal_days: int = 14
    same_day_before: time = time(16, 30)
    first_class_days: int = 2
    second_class_working_days: int = 4
    foi_working_days: int = 20
    subject_access_months: int = 1
    riddor_days: int = 15
    debrief_hours: int = 24
    duty_reminder_working_days: int = 5
    appeal_closing_reminder_days: int = 3
    appeal_split_working_days: int = 5
    appeal_undecided_working_days: int = 10
    restriction_ending_reminder_days: int = 14
    notice_not_sent_working_days: int = 2
    interim_reminder_working_days: int = 1
    digest_weekday: str = "monday"
    digest_time: time = time(9, 0)
    log_review_months: int = 3
    quiet_from: time = time(19, 0)
    quiet_until: time = time(8, 0)
    catch_up_after_hours: int = 6
    proclaimed_holidays: tuple[date, ...] = ()
    small_number: int = 5
    similar_name_percent: int = 85
    marker_months: int = 12
    retention_not_upheld_months: int = 6
    retention_warning_months: int = 24
    retention_restriction_months: int = 24
    retention_serious_months: int = 72
    draft_hours: int = 24
    file_link_minutes: int = 15


@dataclass(frozen=True, slots=True)
class Setting:
    """One row: what it is called, its default, why that default, where it comes from, and what it may be.

    `check` takes a value as written in TOML or JSON and returns it typed; it raises ValueError with a
    sentence.
    """

    name: str
    default: object
    reason: str
    source: str
    check: Check = field(repr=False)


_DEFAULTS: Mapping[str, Any] = {f.name: f.default for f in fields(PolicySettings)}

SETTINGS: tuple[Setting, ...] = tuple(
    Setting(row.name, _DEFAULTS[row.name], row.reason, row.source, row.check) for row in ROWS
)
_BY_NAME: Mapping[str, Setting] = {one.name: one for one in SETTINGS}

# the first must not be more than the second
_AT_MOST: tuple[tuple[str, str], ...] = (
    ("restriction_default_months", "restriction_max_months"),
    ("review_first_months", "review_every_months"),
    ("interim_reminder_working_days", "interim_working_days"),
    ("appeal_closing_reminder_days", "appeal_days"),
)


def check_settings(values: Mapping[str, object]) -> tuple[Problem, ...]:
    """What is wrong with settings as written; those not written have their default. Empty when all is well.

    A `Problem.field` is the name of the setting; its sentence says what to write instead.
    """
    return _read(values)[1]


def settings_from(values: Mapping[str, object]) -> PolicySettings | tuple[Problem, ...]:
    """The settings as written, defaults for the rest; or everything that is wrong with them."""
    read, problems = _read(values)
    return problems or PolicySettings(**read)


def current_settings(values: Mapping[str, object]) -> PolicySettings:
    """The settings a council works with, from values that were checked when they were saved.

    After an upgrade a saved value may be unknown or no longer allowed. It then counts as not written, so that
    work goes on by a lawful default; `check_settings` says so to whoever looks after the computer.
    """
    kept = dict(values)
    while True:
        settings = settings_from(kept)
        if isinstance(settings, PolicySettings):
            return settings
        for problem in settings:
            kept.pop(problem.field, None)


def council_calendar(published: Calendar, settings: PolicySettings) -> Calendar:
    """The published calendar with the days this council's administrator added (R33)."""
    extra = frozenset(settings.proclaimed_holidays)
    return replace(published, extra=published.extra | extra) if extra else published


def plain_settings(settings: PolicySettings) -> dict[str, Plain]:
    """The settings as TOML and JSON write them; `settings_from` reads them back to the same settings."""
    return {one.name: plain(getattr(settings, one.name)) for one in SETTINGS}


def _read(values: Mapping[str, object]) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, raw in values.items():
        setting = _BY_NAME.get(name)
        if setting is None:
            problems.append(Problem(name, "unknown_setting", _unknown(name)))
            continue
        try:
            read[name] = setting.check(raw)
        except ValueError as wrong:
            problems.append(Problem(name, "setting_not_allowed", f"{wrong} Why: {setting.reason}"))
    return read, (*problems, *_together(read))


def _together(read: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Settings that are fine alone and not beside each other. The problem stands at one that was written."""
    whole_set = {**_DEFAULTS, **read}
    return tuple(
        Problem(
            small if small in read else large,
            "settings_disagree",
            f"{small} ({whole_set[small]}) cannot be more than {large} ({whole_set[large]}). Change one of "
            "them.",
        )
        for small, large in _AT_MOST
        if whole_set[small] > whole_set[large]
    )


def _unknown(name: str) -> str:
    near = get_close_matches(name, _BY_NAME, n=1)
    hint = f" Did you mean {near[0]}?" if near else " council.example.toml lists them all."
    return f"There is no setting called {name}.{hint}"
