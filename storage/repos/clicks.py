"""What makes a click safe to repeat: deliveries already committed, and drafts of unfinished forms (R19)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, text

from storage.models import DELIVERY, DRAFT
from storage.records import Delivery, Draft
from storage.unit import Repository, add_or_replace, find, remove, where

_SEEN = find(DELIVERY, "id")
_RECORD = insert(DELIVERY)
_OLD = DELIVERY.delete().where(where(DELIVERY), DELIVERY.c.at < bindparam("at_before"))
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended(:at_council_id || '/' || :at_id, 0))")
_DRAFT = find(DRAFT, "nonce", "colleague_id")
_DROP = remove(DRAFT, "nonce")
_PURGE = DRAFT.delete().where(where(DRAFT), DRAFT.c.saved_at < bindparam("at_before"))
_SAVE = add_or_replace(DRAFT)


class DeliveryRepo(Repository):
    """Clicks already committed."""

    def seen(self, delivery_id: str) -> Delivery | None:
        """The record of a click that was committed before, or None.

        On PostgreSQL the same click arriving twice at once waits here for the first one's end, as it does on
        SQLite for every writer.
        """
        if self._unit.writing and not self._unit.is_sqlite:
            self._unit.rows(_ONE_AT_A_TIME, id=delivery_id)
        row = self._unit.row(_SEEN, id=delivery_id)
        return None if row is None else Delivery(row.id, row.at, row.view, row.ids)

    def record(self, delivery_id: str, view: str, ids: Mapping[str, str]) -> None:
        """Remember a click with what it changed, in the transaction that changes it."""
        self._unit.put(_RECORD, {"id": delivery_id, "at": self._unit.now(), "view": view, "ids": dict(ids)})

    def purge(self, before: datetime) -> int:
        """Forget clicks committed before an instant; returns how many."""
        return self._unit.change(_OLD, {}, before=before)


class DraftRepo(Repository):
    """What somebody has typed so far, sealed with the council's key. Only its writer gets it back."""

    def get(self, nonce: str, colleague_id: str) -> Draft | None:
        """A colleague's draft."""
        row = self._unit.row(_DRAFT, nonce=nonce, colleague_id=colleague_id)
        if row is None:
            return None
        values = self._unit.open_json("draft.content", f"{nonce}/{colleague_id}", row.content)
        return Draft(nonce, colleague_id, row.form, values or {}, row.saved_at)

    def save(self, nonce: str, colleague_id: str, form: str, values: Mapping[str, Any]) -> None:
        """Keep what was typed; the same nonce again replaces it."""
        place = f"{nonce}/{colleague_id}"
        self._unit.put(
            _SAVE,
            {
                "nonce": nonce,
                "colleague_id": colleague_id,
                "form": form,
                "saved_at": self._unit.now(),
                "content": self._unit.seal_json(self._unit.keys.key_id, "draft.content", place, dict(values)),
            },
        )

    def drop(self, nonce: str) -> None:
        """The form was finished."""
        self._unit.change(_DROP, {}, nonce=nonce)

    def purge(self, before: datetime) -> int:
        """Drop drafts saved before an instant; returns how many."""
        return self._unit.change(_PURGE, {}, before=before)
