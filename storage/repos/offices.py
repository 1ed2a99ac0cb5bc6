"""Who holds which office from when to when, and who is away (R17, R18, R20)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row, insert

from policy.offices import Absence, Holding, Office, Register
from storage.models import ABSENCE, HOLDING
from storage.unit import Repository, change, find, new_id

_ROWS = find(HOLDING).order_by(HOLDING.c.starts, HOLDING.c.id)
_ADD = insert(HOLDING)
_END = change(HOLDING, "id")
_ABSENCES = find(ABSENCE).order_by(ABSENCE.c.starts, ABSENCE.c.id)
_ADD_ABSENCE = insert(ABSENCE)


class OfficeRepo(Repository):
    """The council's register: rows are ended, never removed, so that past decisions stay explained."""

    def register(self) -> Register:
        """Offices and absences, past ones included; the policy asks them for a day."""
        return Register(
            tuple(_holding(row) for row in self._unit.rows(_ROWS)),
            tuple(Absence(row.colleague_id, row.starts, row.ends) for row in self._unit.rows(_ABSENCES)),
        )

    def rows(self) -> tuple[tuple[str, Holding], ...]:
        """Every holding with its row's id, the earliest first."""
        return tuple((row.id, _holding(row)) for row in self._unit.rows(_ROWS))

    def presumed(self, colleague_id: str) -> frozenset[str]:
        """The rows in which a colleague counts as staff only because they began to use the chat (R48)."""
        rows = self._unit.rows(_ROWS)
        return frozenset(
            row.id
            for row in rows
            if row.office == Office.STAFF and row.colleague_id == colleague_id == row.recorded_by
        )

    def add(self, holding: Holding, by: str) -> str:
        """Record a holding; returns its row's id."""
        row_id = new_id()
        self._unit.put(
            _ADD,
            {
                "id": row_id,
                "office": str(holding.office),
                "colleague_id": holding.colleague_id,
                "starts": holding.starts,
                "ends": holding.ends,
                "recorded_by": by,
                "recorded_at": self._unit.now(),
            },
        )
        return row_id

    def end(self, row_id: str, on: date, by: str) -> None:
        """Set the last day of a holding. Who did it stands in the log."""
        self._unit.change(_END, {"ends": on, "recorded_by": by, "recorded_at": self._unit.now()}, id=row_id)

    def add_absence(self, absence: Absence, by: str) -> None:
        """Record that a colleague is away."""
        self._unit.put(
            _ADD_ABSENCE,
            {
                "id": new_id(),
                "colleague_id": absence.colleague_id,
                "starts": absence.starts,
                "ends": absence.ends,
                "recorded_by": by,
                "recorded_at": self._unit.now(),
            },
        )


def _holding(row: Row[Any]) -> Holding:
    return Holding(Office(row.office), row.colleague_id, row.starts, row.ends)
