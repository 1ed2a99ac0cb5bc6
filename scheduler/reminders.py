"""Fires reminders: a due row is claimed and its outbox rows written in one transaction (exactly once)."""

from __future__ import annotations

from collections.abc import Callable

from handlers.desk import Desk
from handlers.reminders import fire as fire_one
from storage.records import Reminder
from storage.store import Store, UnitOfWork

BATCH = 50


def fire_due(store: Store, desk: Callable[[UnitOfWork], Desk]) -> int:
    """Fire everything due now; the number of reminders fired. What each says is computed now (R40)."""

    def fire(uow: UnitOfWork, reminder: Reminder) -> None:
        fire_one(desk(uow), reminder)

    total = 0
    while fired := store.fire_reminders(BATCH, fire):
        total += fired
    return total
