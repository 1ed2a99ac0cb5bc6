"""Reminders: what is due at an instant, written in the transaction that causes it (R40)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from storage.models import REMINDER
from storage.records import Reminder
from storage.unit import Repository, add_once, find, new_id, remove

_ADD = add_once(REMINDER)
# One that a tick is firing at this moment is left to it: the tick may itself wait for the case this unit has locked,
# and what it then says is computed from what this unit has committed.
_OTHER = REMINDER.alias("free")
_FREE = (
    select(_OTHER.c.id)
    .where(*(_OTHER.c[name] == bindparam(f"at_{name}") for name in ("council_id", "case_id", "kind")))
    .with_for_update(skip_locked=True)
)
_DROP = remove(REMINDER, "case_id", "kind").where(REMINDER.c.fired_at.is_(None), REMINDER.c.id.in_(_FREE))
_WAITING = find(REMINDER).where(REMINDER.c.fired_at.is_(None)).order_by(REMINDER.c.due_at, REMINDER.c.id)
_GET = find(REMINDER, "id")
_FIRED = (
    find(REMINDER)
    .where(REMINDER.c.fired_at >= bindparam("at_since"), REMINDER.c.fired_at < bindparam("at_until"))
    .order_by(REMINDER.c.due_at, REMINDER.c.id)
)
_UNTIL = _WAITING.where(REMINDER.c.due_at <= bindparam("at_until"))


def as_reminder(row: Row[Any]) -> Reminder:
    """A reminder's row as a plain value."""
    return Reminder(row.id, row.council_id, row.due_at, row.kind, row.case_id, row.ids, row.fired_at)


class ReminderRepo(Repository):
    """What a reminder says is computed when it fires; a row holds ids and no words."""

    def add(
        self,
        due_at: datetime,
        kind: str,
        case_id: str,
        ids: Mapping[str, str] | None = None,
        dedup_key: str | None = None,
    ) -> None:
        """Be reminded at an instant; with a `dedup_key` that waits or has fired, nothing happens."""
        self._unit.put(
            _ADD,
            {
                "id": new_id(),
                "due_at": due_at,
                "visible_at": due_at,
                "kind": kind,
                "case_id": case_id,
                "ids": dict(ids or {}),
                "dedup_key": dedup_key,
                "fired_at": None,
                "last_error": "",
            },
        )

    def get(self, id: str) -> Reminder | None:
        """A reminder, waiting or fired."""
        row = self._unit.row(_GET, id=id)
        return as_reminder(row) if row else None

    def fired_between(self, since: datetime, until: datetime) -> tuple[Reminder, ...]:
        """What fired from an instant on and before another, the first due first."""
        return tuple(as_reminder(row) for row in self._unit.rows(_FIRED, since=since, until=until))

    def drop(self, case_id: str, kind: str) -> None:
        """Forget the waiting reminders of this kind about a case; those that fired stay on record."""
        self._unit.change(_DROP, {}, case_id=case_id, kind=kind)

    def waiting(self, until: datetime | None = None) -> tuple[Reminder, ...]:
        """Reminders that have not fired, the first due first; with `until`, those due by then."""
        rows = self._unit.rows(_WAITING) if until is None else self._unit.rows(_UNTIL, until=until)
        return tuple(as_reminder(row) for row in rows)
