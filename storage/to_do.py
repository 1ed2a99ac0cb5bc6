"""A task, as a plain value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Task:
    """What a colleague must do by hand; `about` is the id of the record it is about. `done_at` None: still to do."""

    id: str
    kind: str
    case_id: str
    about: str
    asked_at: datetime
    done_at: datetime | None
    done_by: str
