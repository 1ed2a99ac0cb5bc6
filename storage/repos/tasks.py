"""Tasks: what a colleague must do by hand, once, and who did it (R26, R36)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row

from storage.models import TASK
from storage.to_do import Task
from storage.unit import Repository, add_once, change, find

_ADD = add_once(TASK)
_GET = find(TASK, "id")
_OF_CASE = find(TASK, "case_id").order_by(TASK.c.asked_at, TASK.c.id)
_OPEN = find(TASK).where(TASK.c.done_at.is_(None)).order_by(TASK.c.asked_at, TASK.c.id)
_DONE = change(TASK, "id").where(TASK.c.done_at.is_(None))


class TaskRepo(Repository):
    """This council's tasks."""

    def add(self, kind: str, case_id: str, about: str, due_on: date | None = None) -> str:
        """Ask for something about a record of a case; asked before, nothing happens. The task's id."""
        id = f"{kind}:{about}"
        values = {"id": id, "kind": kind, "case_id": case_id, "about": about, "due_on": due_on}
        self._unit.put(_ADD, {**values, "asked_at": self._unit.now(), "done_at": None, "done_by": ""})
        return id

    def get(self, id: str) -> Task | None:
        """A task, done or not."""
        row = self._unit.row(_GET, id=id)
        return _plain(row) if row else None

    def of_case(self, case_id: str) -> tuple[Task, ...]:
        """A case's tasks, done or not, the first asked first."""
        return tuple(_plain(row) for row in self._unit.rows(_OF_CASE, case_id=case_id))

    def open(self) -> tuple[Task, ...]:
        """What is still to be done, the oldest first."""
        return tuple(_plain(row) for row in self._unit.rows(_OPEN))

    def done(self, id: str, by: str) -> bool:
        """It was done; whether it was this colleague who said so first."""
        return self._unit.change(_DONE, {"done_at": self._unit.now(), "done_by": by}, id=id) == 1


def _plain(row: Row[Any]) -> Task:
    return Task(*(getattr(row, name) for name in Task.__slots__))
