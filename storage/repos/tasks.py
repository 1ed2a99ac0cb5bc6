"""Tasks: what a colleague must do by hand, once, and who did it (R26, R36)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from storage.models import TASK
from storage.to_do import Task
from storage.unit import Repository, add_once, change, find

_ADD = add_once(TASK)
_GET = find(TASK, "id")
_OPEN = find(TASK).where(TASK.c.done_at.is_(None)).order_by(TASK.c.asked_at, TASK.c.id)
_DONE = change(TASK, "id").where(TASK.c.done_at.is_(None))


class TaskRepo(Repository):
    """This council's tasks."""

    def add(self, kind: str, case_id: str, about: str) -> str:
        """Ask for something about a record of a case; asked before, nothing happens. The task's id."""
        id = f"{kind}:{about}"
        values = {"id": id, "kind": kind, "case_id": case_id, "about": about, "done_at": None, "done_by": ""}
        self._unit.put(_ADD, {**values, "asked_at": self._unit.now()})
        return id

    def get(self, id: str) -> Task | None:
        """A task, done or not."""
        row = self._unit.row(_GET, id=id)
        return _plain(row) if row else None

    def open(self) -> tuple[Task, ...]:
        """What is still to be done, the oldest first."""
        return tuple(_plain(row) for row in self._unit.rows(_OPEN))

    def done(self, id: str, by: str) -> bool:
        """It was done; whether it was this colleague who said so first."""
        return self._unit.change(_DONE, {"done_at": self._unit.now(), "done_by": by}, id=id) == 1


def _plain(row: Row[Any]) -> Task:
    return Task(row.id, row.kind, row.case_id, row.about, row.asked_at, row.done_at, row.done_by)
