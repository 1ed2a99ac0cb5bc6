"""Messages filed under a case and entries beside it; their words are sealed with the case's key (R11, R14, R28)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from sqlalchemy import Row, insert

from storage.filed import Entry, Message
from storage.models import ENTRY, MESSAGE
from storage.unit import Repository, find, new_id

_ADD = insert(MESSAGE)
_GET = find(MESSAGE, "id")
_OF_CASE = find(MESSAGE, "case_id").order_by(MESSAGE.c.read_at, MESSAGE.c.id)
_ADD_ENTRY = insert(ENTRY)
_ENTRIES = find(ENTRY, "case_id").order_by(ENTRY.c.recorded_at, ENTRY.c.id)


class MessageRepo(Repository):
    """Further messages; none is ever changed."""

    def add(
        self,
        case_id: str,
        *,
        channel: str,
        received_on: date,
        received_at: time | None,
        answers: Iterable[str],
        words: str,
        by: str,
    ) -> Message:
        """File a message, read now by a colleague."""
        unit = self._unit
        codes = tuple(str(one) for one in answers)
        message = Message(
            new_id(), case_id, str(channel), received_on, received_at, codes, by, unit.now(), words
        )
        values: dict[str, object] = {name: getattr(message, name) for name in Message.__slots__}
        values["answers"] = list(codes)
        values["words"] = unit.seal(unit.case_key(case_id), "message.words", message.id, words)
        unit.put(_ADD, values)
        return message

    def get(self, id: str) -> Message | None:
        """One message."""
        row = self._unit.row(_GET, id=id)
        return self._message(row) if row else None

    def of_case(self, case_id: str) -> tuple[Message, ...]:
        """A case's messages, the first read first."""
        return tuple(self._message(row) for row in self._unit.rows(_OF_CASE, case_id=case_id))

    def _message(self, row: Row[Any]) -> Message:
        values = {name: getattr(row, name) for name in Message.__slots__}
        values["answers"] = tuple(row.answers)
        values["words"] = self._unit.open("message.words", row.id, row.words)
        return Message(**values)


class EntryRepo(Repository):
    """Entries beside a case; a later one may say otherwise, the earlier stays on record."""

    def add(
        self, case_id: str, kind: str, code: str, words: Mapping[str, str], by: str, about: str = ""
    ) -> Entry:
        """Write something down."""
        unit = self._unit
        entry = Entry(new_id(), case_id, str(kind), about, str(code), by, unit.now(), dict(words))
        values: dict[str, object] = {name: getattr(entry, name) for name in Entry.__slots__}
        values["words"] = unit.seal_json(unit.case_key(case_id), "entry.words", entry.id, entry.words)
        unit.put(_ADD_ENTRY, values)
        return entry

    def of_case(self, case_id: str) -> tuple[Entry, ...]:
        """A case's entries, the first recorded first."""
        return tuple(self._entry(row) for row in self._unit.rows(_ENTRIES, case_id=case_id))

    def _entry(self, row: Row[Any]) -> Entry:
        values = {name: getattr(row, name) for name in Entry.__slots__}
        values["words"] = self._unit.open_json("entry.words", row.id, row.words) or {}
        return Entry(**values)
