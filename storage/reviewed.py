"""Reviews and corrected notices as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Review:
    """The council's look at one restriction (R37); a restriction has one, and what follows it has its own.

    why: due, or asked (somebody asked for it early). `comments` is what the person said, each with on (ISO day it
    reached the council), how, by (colleague id) and text. outcome: "" while it is not held, end, continue.
    """

    restriction_id: str
    case_id: str
    why: str
    opened_by: str
    opened_at: datetime
    outcome: str
    held_by: str
    office: str
    held_at: datetime | None
    comments: tuple[Mapping[str, str], ...] = ()
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was put right in a notice (R32). `changed` are codes: dates, measures, address, wording.

    `before` and `after` are the proposal form's values that the notice told of, whole; `words` say what was wrong.
    """

    id: str
    case_id: str
    decision_id: str
    notice_id: str
    changed: tuple[str, ...]
    made_by: str
    made_at: datetime
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
