"""A task, as a plain value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Task:
    """What a colleague must do by hand; `about` is the id of the record it is about. `done_at` None: still to do.

    `due_on` is its last day, where the law or the policy gives one.
    """

    id: str
    kind: str
    case_id: str
    about: str
    asked_at: datetime
    due_on: date | None
    done_at: datetime | None
    done_by: str
