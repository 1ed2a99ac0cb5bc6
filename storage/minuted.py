"""A committee's minute, as a plain value (R17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Minute:
    """What a committee resolved, as one colleague recorded it. state: waiting, confirmed, set_aside.

    `about` and `version`: the proposal (in that version) or the decision it speaks of; "" and 0 for a finding.
    `present`: the councillors who resolved it. `words`: reference, and the answers of the form. `settled_by`
    confirmed it or set it aside; `end_words` says why it was set aside.
    """

    id: str
    case_id: str
    resolution: str
    about: str
    version: int
    met_on: date
    present: tuple[str, ...]
    state: str
    recorded_by: str
    recorded_at: datetime
    settled_by: str
    settled_at: datetime | None
    words: Mapping[str, str] = field(default_factory=dict)
    end_words: str = ""

    @property
    def reference(self) -> str:
        """How the council calls it: "F&GP 26/114"."""
        return self.words.get("reference", "")
