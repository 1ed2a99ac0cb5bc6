"""Notices, their sendings, and the police part (R8, R29, R30)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert

from storage.models import DISPATCH, NOTICE, POLICE
from storage.records import Dispatch, Notice, PoliceRecord
from storage.unit import Repository, change, find, new_id

READY = "ready"
SENT = "sent"
VOID = "void"

_ADD = insert(NOTICE)
_GET = find(NOTICE, "id")
_OF_CASE = find(NOTICE, "case_id").order_by(NOTICE.c.prepared_at, NOTICE.c.id)
_VERSIONS = find(NOTICE, "case_id", "kind", "about").order_by(NOTICE.c.version.desc())
_CHANGE = change(NOTICE, "id")
_MARK_SENT = change(NOTICE, "id").where(NOTICE.c.state == READY)
_SEND = insert(DISPATCH)
_DISPATCHES = find(DISPATCH, "notice_id").order_by(DISPATCH.c.sent_local, DISPATCH.c.id)
_BOUNCE = change(DISPATCH, "id")
_ADD_POLICE = insert(POLICE)
_POLICE_OF = find(POLICE, "case_id").order_by(POLICE.c.recorded_at, POLICE.c.id)
_WORDS = ("address", "text")


class NoticeRepo(Repository):
    """What the person is told. `text` is exactly what is sent, sealed with the case's key."""

    def add(
        self,
        *,
        case_id: str,
        decision_id: str = "",
        kind: str = "decision",
        about: str = "",
        method: str,
        expected_on: date,
        printed_close: date,
        prepared_by: str,
        address: str = "",
        text: str = "",
        version: int | None = None,
    ) -> Notice:
        """A letter ready to be sent; the next version of its kind about the same thing unless one is given."""
        unit = self._unit
        unit.lock_case(case_id)
        notice = Notice(
            id=new_id(),
            case_id=case_id,
            decision_id=decision_id,
            version=self._next_version(case_id, decision_id, kind, about) if version is None else version,
            state=READY,
            method=str(method),
            expected_on=expected_on,
            printed_close=printed_close,
            prepared_by=prepared_by,
            prepared_at=unit.now(),
            address=address,
            text=text,
            kind=kind,
            about=about,
        )
        key_id = unit.case_key(case_id)
        values: dict[str, object] = {name: getattr(notice, name) for name in Notice.__slots__}
        values["decision_id"] = decision_id or None
        for name in _WORDS:
            values[name] = unit.seal(key_id, f"notice.{name}", notice.id, getattr(notice, name))
        unit.put(_ADD, values)
        return notice

    def get(self, notice_id: str) -> Notice | None:
        """One notice."""
        row = self._unit.row(_GET, id=notice_id)
        return None if row is None else self._notice(row)

    def of_case(self, case_id: str) -> tuple[Notice, ...]:
        """A case's notices, the first prepared first, void ones included."""
        return tuple(self._notice(row) for row in self._unit.rows(_OF_CASE, case_id=case_id))

    def mark_sent(self, notice_id: str) -> bool:
        """From ready to sent; False when it was not ready (sent by somebody else, or void)."""
        return self._unit.change(_MARK_SENT, {"state": SENT}, id=notice_id) == 1

    def void(self, notice_id: str) -> None:
        """The notice counts no more."""
        self._unit.change(_CHANGE, {"state": VOID}, id=notice_id)

    def add_dispatch(
        self, notice_id: str, method: str, sent_local: datetime, by: str, address: str = ""
    ) -> Dispatch:
        """Record one sending. `sent_local` is the clock on the wall in London, without a zone."""
        unit, sent = self._unit, sent_local.replace(tzinfo=None)
        dispatch = Dispatch(new_id(), notice_id, str(method), sent, by, unit.now(), None, address)
        values: dict[str, object] = {name: getattr(dispatch, name) for name in Dispatch.__slots__}
        row = unit.row(_GET, id=notice_id)
        if address and row is not None:
            values["address"] = unit.seal(
                unit.case_key(row.case_id), "dispatch.address", dispatch.id, address
            )
        unit.put(_SEND, {**values, "address": values["address"] or b""})
        return dispatch

    def sent_again(self, notice_id: str) -> None:
        """A notice that came back went out another way: it counts again."""
        self._unit.change(_CHANGE, {"state": SENT}, id=notice_id)

    def dispatches(self, notice_id: str) -> tuple[Dispatch, ...]:
        """Every sending of a notice, the first sent first, bounced ones included."""
        rows = self._unit.rows(_DISPATCHES, notice_id=notice_id)
        return tuple(self._dispatch(row) for row in rows)

    def bounce(self, dispatch_id: str, at: datetime) -> None:
        """It came back: the person was not notified by this sending (R30)."""
        self._unit.change(_BOUNCE, {"bounced_at": at}, id=dispatch_id)

    def _dispatch(self, row: Row[Any]) -> Dispatch:
        values = {name: getattr(row, name) for name in Dispatch.__slots__}
        return Dispatch(**{**values, "address": self._unit.open("dispatch.address", row.id, row.address)})

    def _next_version(self, case_id: str, decision_id: str, kind: str, about: str) -> int:
        rows = self._unit.rows(_VERSIONS, case_id=case_id, kind=kind, about=about)
        return max((row.version for row in rows if (row.decision_id or "") == decision_id), default=0) + 1

    def _notice(self, row: Row[Any]) -> Notice:
        values = {name: getattr(row, name) for name in Notice.__slots__}
        values["decision_id"] = row.decision_id or ""
        for name in _WORDS:
            values[name] = self._unit.open(f"notice.{name}", row.id, values[name])
        return Notice(**values)


class PoliceRepo(Repository):
    """The answers to the police part; the latest one counts."""

    def add(self, case_id: str, referred: str, words: Mapping[str, str], by: str) -> PoliceRecord:
        """Record how it was referred, or why not."""
        unit = self._unit
        record = PoliceRecord(new_id(), case_id, str(referred), by, unit.now(), dict(words))
        values: dict[str, object] = {name: getattr(record, name) for name in PoliceRecord.__slots__}
        values["words"] = unit.seal_json(
            unit.case_key(case_id), "police_record.words", record.id, record.words
        )
        unit.put(_ADD_POLICE, values)
        return record

    def of_case(self, case_id: str) -> tuple[PoliceRecord, ...]:
        """Every answer, the first recorded first."""
        return tuple(self._record(row) for row in self._unit.rows(_POLICE_OF, case_id=case_id))

    def _record(self, row: Row[Any]) -> PoliceRecord:
        values = {name: getattr(row, name) for name in PoliceRecord.__slots__}
        values["words"] = self._unit.open_json("police_record.words", row.id, row.words) or {}
        return PoliceRecord(**values)
