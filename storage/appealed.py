"""Appeals as plain values: what was received, each answer, each reviewer, and pauses of a restriction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Appeal:
    """The person's challenge to one decision (R35). `received_at` is when it reached the council.

    `stage` is an `AppealStage`; `outcome` an `AppealOutcome`, "" while there is none. `terms` says what a varied
    decision became: measures, ends_on, review_on, scope, scope_detail.
    """

    id: str
    case_id: str
    decision_id: str
    received_at: datetime
    received_by: str
    grounds: tuple[str, ...]
    recorded_by: str
    recorded_at: datetime
    late_days: int
    stage: str
    outcome: str
    decided_at: datetime | None
    closed_at: datetime | None
    text: str = ""
    minute_ref: str = ""
    terms: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AppealAnswer:
    """One colleague's answer. about: late (accept, refuse), pause (pause), outcome (an `AppealOutcome`), withdrawn."""

    id: str
    appeal_id: str
    colleague_id: str
    office: str
    about: str
    answer: str
    at: datetime
    reasons: str = ""
    minute_ref: str = ""
    terms: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AppealReviewer:
    """A councillor picked to hear an appeal; `released_at` None: still to hear it."""

    id: str
    appeal_id: str
    colleague_id: str
    office: str
    assigned_by: str
    assigned_at: datetime
    released_at: datetime | None
    released_why: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which a restriction does not hold; `ends_at` None: until the person is told that it holds again.

    `lifted_at`: both reviewers lifted it before the outcome.
    """

    id: str
    restriction_id: str
    appeal_id: str
    starts_at: datetime
    ends_at: datetime | None
    lifted_at: datetime | None = None
