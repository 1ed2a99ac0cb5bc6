"""What the scheduler asks for across councils: claiming outbox rows, settling them, firing reminders.

`visible_at` is due time, retry time and lease in one. A claim is one short transaction; a claimed row that is
never settled (a crash) becomes visible again when its lease ends.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, case, exists, func, select, text, tuple_, update

from storage.engine import Database
from storage.models import OUTBOX, REMINDER
from storage.models_queue import WAITING
from storage.records import Outgoing, Reminder
from storage.repos.outbox import POST, as_outgoing
from storage.repos.reminders import as_reminder
from storage.unit import where
from storage.uow import UnitOfWork

log = logging.getLogger("civility.storage")

RETRY_REMINDER = timedelta(minutes=5)
MOST_ERROR = 300

_EARLIER = OUTBOX.alias("earlier")
_IN_TURN = ~exists().where(
    OUTBOX.c.card_key != "",
    text("earlier.sent_at IS NULL AND earlier.parked_at IS NULL AND earlier.card_key <> ''"),
    *(
        _EARLIER.c[name] == OUTBOX.c[name]
        for name in ("council_id", "card_key", "recipient_kind", "recipient_id")
    ),
    _EARLIER.c.id < OUTBOX.c.id,
)
_IS_WAITING = text(f"outbox.{WAITING.replace(' AND ', ' AND outbox.')}")
_DUE = (
    select(OUTBOX)
    .where(_IS_WAITING, OUTBOX.c.visible_at <= bindparam("at_now"), _IN_TURN)
    .order_by(OUTBOX.c.visible_at, OUTBOX.c.id)
)
_CLAIM = (
    update(OUTBOX)
    .where(where(OUTBOX, "id"))
    .values(
        visible_at=bindparam("at_until"), attempts=OUTBOX.c.attempts + 1, sending_since=bindparam("at_now")
    )
)
_SETTLE = update(OUTBOX).where(where(OUTBOX, "id"))
_ROW = select(OUTBOX).where(where(OUTBOX, "id"))
_DUE_REMINDERS = (
    select(REMINDER)
    .where(REMINDER.c.fired_at.is_(None), REMINDER.c.visible_at <= bindparam("at_now"))
    .order_by(REMINDER.c.visible_at, REMINDER.c.id)
)
_THESE_REMINDERS = _DUE_REMINDERS.where(
    tuple_(REMINDER.c.council_id, REMINDER.c.id).in_(bindparam("at_ids", expanding=True))
)
_SETTLE_REMINDER = update(REMINDER).where(where(REMINDER, "id"))


_QUEUE = select(
    func.count().label("waiting"),
    func.sum(case((OUTBOX.c.visible_at <= bindparam("at_now"), 1), else_=0)).label("due"),
    func.min(case((OUTBOX.c.visible_at <= bindparam("at_now"), OUTBOX.c.visible_at))).label("oldest"),
).where(_IS_WAITING)
_PARKED = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.parked_at.is_not(None))
_OLDEST_REMINDER = select(func.min(REMINDER.c.visible_at)).where(
    REMINDER.c.fired_at.is_(None), REMINDER.c.visible_at <= bindparam("at_now")
)


@dataclass(frozen=True, slots=True)
class Queue:
    """Numbers of what is to be done. Ages: for how long the oldest has been due and nobody took it; zero for none."""

    waiting: int
    due: int
    parked: int
    oldest_message: timedelta
    oldest_reminder: timedelta


def _age(since: datetime | None, now: datetime) -> timedelta:
    return max(now - since, timedelta()) if since else timedelta()


class Due(ABC):
    """The scheduler's half of the store."""

    _database: Database
    _now: Callable[[], datetime]

    @abstractmethod
    def write(self, council_id: str) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work."""

    # --- the outbox ----------------------------------------------------------------------------

    def claim_outbox(self, limit: int, lease: timedelta) -> tuple[Outgoing, ...]:
        """Claim up to `limit` due rows for `lease`, the longest due first. No two callers get the same row.

        A row waits while an older unsent one for the same recipient and card does. A returned row's
        `sending_since` is set when an earlier claim ended without a word: look before sending again.
        """
        now = self._now().astimezone(UTC)
        with self._database.writing() as connection:
            statement = _DUE.limit(limit)
            if not self._database.is_sqlite:
                statement = statement.with_for_update(skip_locked=True, of=OUTBOX)
            rows = connection.execute(statement, {"at_now": now}).fetchall()
            if not rows:
                connection.rollback()
                return ()
            connection.execute(
                _CLAIM,
                [
                    {
                        "at_council_id": row.council_id,
                        "at_id": row.id,
                        "at_now": now,
                        "at_until": now + lease,
                    }
                    for row in rows
                ],
            )
            connection.commit()
        return tuple(_claimed(row, now + lease) for row in rows)

    def outbox_waits(self) -> bool:
        """Whether anything is due now; asks without joining the writers' queue."""
        now = self._now().astimezone(UTC)
        with self._database.reading() as connection:
            return connection.execute(_DUE.limit(1), {"at_now": now}).first() is not None

    def queue(self) -> Queue:
        """How the outbox and the reminders of every council stand; cheap, because only what waits is indexed."""
        now = self._now().astimezone(UTC)
        with self._database.reading() as connection:
            box = connection.execute(_QUEUE, {"at_now": now}).one()
            parked = connection.execute(_PARKED).scalar_one()
            due = connection.execute(_OLDEST_REMINDER, {"at_now": now}).scalar()
        return Queue(box.waiting, box.due or 0, parked, _age(box.oldest, now), _age(due, now))

    def mark_sent(self, council_id: str, id: str, *copies: tuple[str, str, str]) -> None:
        """Platforms took it: platform, channel and message id of each copy, all remembered at once or none.

        The row itself keeps the first; where a card's copies stand is remembered for each.
        """
        platform, channel, message_id = copies[0]
        with self._database.writing() as connection:
            at = {"at_council_id": council_id, "at_id": id}
            row = connection.execute(_ROW, at).first()
            if row is None:
                return
            values = {
                "sent_at": self._now(),
                "platform": platform,
                "channel": channel,
                "message_id": message_id,
                "sending_since": None,
                "last_error": "",
            }
            connection.execute(_SETTLE, {**values, **at})
            if row.card_key:
                copy = {
                    name: getattr(row, name)
                    for name in ("council_id", "card_key", "recipient_kind", "recipient_id", "view", "ids")
                }
                places = [
                    dict(zip(("platform", "channel", "message_id"), one, strict=True)) for one in copies
                ]
                connection.execute(POST, [{**copy, **place} for place in places])
            connection.commit()

    def mark_dropped(self, council_id: str, id: str) -> None:
        """It no longer applies: never sent, and done with."""
        self._settle(council_id, id, {"sent_at": self._now(), "dropped": True, "sending_since": None})

    def retry_at(self, council_id: str, id: str, when: datetime, error: str) -> None:
        """It failed and is tried again at an instant. The error is kept for `civility doctor`."""
        self._settle(
            council_id, id, {"visible_at": when, "sending_since": None, "last_error": error[:MOST_ERROR]}
        )

    def park(self, council_id: str, id: str, error: str) -> None:
        """It will never be taken: set aside, and shown by `civility doctor`."""
        self._settle(
            council_id,
            id,
            {"parked_at": self._now(), "sending_since": None, "last_error": error[:MOST_ERROR]},
        )

    # --- reminders -----------------------------------------------------------------------------

    def fire_reminders(self, limit: int, fire: Callable[[UnitOfWork, Reminder], None]) -> int:
        """Claim up to `limit` due reminders and call `fire` for each in the transaction that marks it fired.

        Exactly once, whatever the number of processes. When `fire` fails, nothing of that one reminder is kept,
        it is tried again in five minutes, and the others go on. Returns how many fired.
        """
        now = self._now().astimezone(UTC)
        with self._database.reading() as connection:
            rows = connection.execute(_DUE_REMINDERS.limit(limit), {"at_now": now}).fetchall()
        by_council: dict[str, list[tuple[str, str]]] = {}
        for row in rows:
            by_council.setdefault(row.council_id, []).append((row.council_id, row.id))
        return sum(self._fire_council(council_id, ids, now, fire) for council_id, ids in by_council.items())

    def _fire_council(
        self,
        council_id: str,
        ids: list[tuple[str, str]],
        now: datetime,
        fire: Callable[[UnitOfWork, Reminder], None],
    ) -> int:
        fired = 0
        with self.write(council_id) as uow:
            connection = uow.connection
            statement = _THESE_REMINDERS
            if not self._database.is_sqlite:
                statement = statement.with_for_update(skip_locked=True)
            for row in connection.execute(statement, {"at_now": now, "at_ids": ids}).fetchall():
                at = {"at_council_id": council_id, "at_id": row.id}
                try:
                    with uow.log.savepoint():
                        fire(uow, as_reminder(row))
                        connection.execute(_SETTLE_REMINDER, {"fired_at": now, **at})
                    fired += 1
                except Exception as failed:
                    log.exception("reminder %s of kind %s could not be fired", row.id, row.kind)
                    error = type(failed).__name__
                    later = {"visible_at": now + RETRY_REMINDER, "last_error": error}
                    connection.execute(_SETTLE_REMINDER, {**later, **at})
            uow.commit()
        return fired

    def _settle(self, council_id: str, id: str, values: dict[str, object]) -> None:
        with self._database.writing() as connection:
            connection.execute(_SETTLE, {**values, "at_council_id": council_id, "at_id": id})
            connection.commit()


def _claimed(row: Row[Any], until: datetime) -> Outgoing:
    before = as_outgoing(row)
    return Outgoing(
        id=before.id,
        council_id=before.council_id,
        recipient=before.recipient,
        view=before.view,
        ids=before.ids,
        card_key=before.card_key,
        attempts=before.attempts + 1,
        created_at=before.created_at,
        visible_at=until,
        last_error=before.last_error,
        sending_since=before.sending_since,
    )
