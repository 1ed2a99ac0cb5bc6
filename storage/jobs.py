"""What the worker of letters asks for across councils: claiming documents to make, and letters to hand to a service.

A claim sets `visible_at` forward, as for the outbox: what a crash left undone becomes visible again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Table, bindparam, select, text, update

from storage.engine import Database
from storage.models import DOCUMENT, POSTING, UPLOAD
from storage.models_files import UNSETTLED, WANTED
from storage.models_uploads import OPEN
from storage.unit import where


class Jobs:
    """The letters' half of the scheduler's store."""

    _database: Database
    _now: Callable[[], datetime]

    def claim_documents(self, limit: int, lease: timedelta) -> tuple[tuple[str, str], ...]:
        """Up to `limit` documents that are to be made now: (council's id, document's id), each for one caller."""
        return self._claim(DOCUMENT, WANTED, limit, lease)

    def claim_postings(self, limit: int, lease: timedelta) -> tuple[tuple[str, str], ...]:
        """Up to `limit` letters to hand over or to ask about now: (council's id, posting's id)."""
        return self._claim(POSTING, UNSETTLED, limit, lease)

    def claim_uploads(self, limit: int, lease: timedelta) -> tuple[tuple[str, str], ...]:
        """Up to `limit` files to show or to take away now: (council's id, upload's id)."""
        return self._claim(UPLOAD, OPEN, limit, lease)

    def posting_council(self, posting_id: str) -> str | None:
        """The council a posting belongs to, by the reference that GOV.UK Notify gives back."""
        statement = select(POSTING.c.council_id).where(POSTING.c.id == bindparam("at_id"))
        with self._database.reading() as connection:
            return connection.execute(statement, {"at_id": posting_id}).scalar()

    def _claim(self, table: Table, waiting: str, limit: int, lease: timedelta) -> tuple[tuple[str, str], ...]:
        now = self._now().astimezone(UTC)
        due = (
            select(table.c.council_id, table.c.id)
            .where(text(waiting), table.c.visible_at <= bindparam("at_now"))
            .order_by(table.c.visible_at, table.c.id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            if connection.execute(due, {"at_now": now}).first() is None:
                return ()
        claim = (
            update(table)
            .where(where(table, "id"))
            .values(visible_at=bindparam("at_until"), attempts=table.c.attempts + 1)
        )
        with self._database.writing() as connection:
            if not self._database.is_sqlite:
                due = due.with_for_update(skip_locked=True)
            found = [(row.council_id, row.id) for row in connection.execute(due, {"at_now": now})]
            if found:
                until = now + lease
                connection.execute(
                    claim, [{"at_council_id": c, "at_id": i, "at_until": until} for c, i in found]
                )
            connection.commit()
        return tuple(found)
