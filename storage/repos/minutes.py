"""Committees' minutes: recorded by one colleague, confirmed or set aside by another (R17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from storage.minuted import Minute
from storage.models import MINUTE
from storage.unit import Repository, add_once, change, find, new_id

WAITING = "waiting"

_ADD = add_once(MINUTE)
_GET = find(MINUTE, "id")
_OF_CASE = find(MINUTE, "case_id").order_by(MINUTE.c.recorded_at, MINUTE.c.id)
_SETTLE = change(MINUTE, "id", "state")


class MinuteRepo(Repository):
    """A case's minutes; none is deleted."""

    def record(
        self,
        *,
        case_id: str,
        resolution: str,
        about: str,
        version: int,
        met_on: date,
        present: Sequence[str],
        recorded_by: str,
        words: Mapping[str, str],
    ) -> Minute | None:
        """Write down what was resolved; it has no effect yet. None: another minute of this case waits already."""
        unit = self._unit
        one = Minute(
            id=new_id(),
            case_id=case_id,
            resolution=str(resolution),
            about=about,
            version=version,
            met_on=met_on,
            present=tuple(map(str, present)),
            state=WAITING,
            recorded_by=recorded_by,
            recorded_at=unit.now(),
            settled_by="",
            settled_at=None,
            words=dict(words),
        )
        values: dict[str, object] = {name: getattr(one, name) for name in Minute.__slots__}
        sealed = unit.seal_json(unit.case_key(case_id), "committee_minute.words", one.id, one.words)
        values |= {"present": list(one.present), "words": sealed, "end_words": b""}
        return one if unit.put(_ADD, values) == 1 else None

    def get(self, minute_id: str) -> Minute | None:
        """One minute."""
        row = self._unit.row(_GET, id=minute_id)
        return None if row is None else self._minute(row)

    def of_case(self, case_id: str) -> tuple[Minute, ...]:
        """A case's minutes, the first recorded first."""
        return tuple(self._minute(row) for row in self._unit.rows(_OF_CASE, case_id=case_id))

    def settle(self, minute: Minute, state: str, by: str, why: str = "") -> bool:
        """Confirm it or set it aside; False when somebody did one or the other before."""
        unit = self._unit
        sealed = b""
        if why:
            sealed = unit.seal(unit.case_key(minute.case_id), "committee_minute.end_words", minute.id, why)
        values = {"state": str(state), "settled_by": by, "settled_at": unit.now(), "end_words": sealed}
        return unit.change(_SETTLE, values, id=minute.id, state=WAITING) == 1

    def _minute(self, row: Row[Any]) -> Minute:
        unit = self._unit
        values = {name: getattr(row, name) for name in Minute.__slots__}
        values["present"] = tuple(row.present)
        values["words"] = unit.open_json("committee_minute.words", row.id, row.words) or {}
        values["end_words"] = unit.open("committee_minute.end_words", row.id, row.end_words)
        return Minute(**values)
