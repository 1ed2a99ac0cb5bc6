"""Messages filed under a case, and entries beside it, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class Message:
    """A further message of the person, as a named colleague read it (R28).

    `received_on` and `received_at` are the day and clock time in London at which it reached the council. `answers`
    are the questions answered with yes; none of them: it was read and filed.
    """

    id: str
    case_id: str
    channel: str
    received_on: date
    received_at: time | None
    answers: tuple[str, ...]
    read_by: str
    read_at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something written down beside a case, never changed: legal action, how it goes on after an injury (R11, R14).

    `about` is the id of the record it is about ("" = the case), `code` what it says in one word.
    """

    id: str
    case_id: str
    kind: str
    about: str
    code: str
    recorded_by: str
    recorded_at: datetime
    words: Mapping[str, str] = field(default_factory=dict)
