"""What is due, as data: what Civility will remind people of, and what is owed by when. No names."""

from __future__ import annotations

from policy.calendars import LONDON, end_of_day
from storage.store import Store


def due_rows(store: Store) -> list[dict[str, str]]:
    """One row for each reminder and each task with a last day: due_at (on London's clocks), kind, reference."""
    rows = []
    for council in store.councils():
        with store.read(council.id) as uow:
            waiting = [(one.due_at, one.kind, one.case_id) for one in uow.reminders.waiting()]
            owed = [(end_of_day(t.due_on), t.kind, t.case_id) for t in uow.tasks.open() if t.due_on]
            for at, kind, case_id in sorted((*waiting, *owed)):
                case = uow.cases.get(case_id)
                due_at = at.astimezone(LONDON).isoformat(timespec="seconds")
                rows.append({"due_at": due_at, "kind": kind, "reference": case.reference if case else ""})
    return rows
