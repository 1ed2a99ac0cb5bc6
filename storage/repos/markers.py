"""Safety markers: their words are sealed with the person's key, each signature is a row (R43)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row, insert, select

from storage.errors import NotFound
from storage.models import MARKER, MARKER_APPROVAL, PERSON
from storage.records_people import Marker, MarkerApproval
from storage.unit import Repository, add_once, change, find, new_id, where

_ADD = insert(MARKER)
_GET = find(MARKER, "id")
_OF_PERSON = find(MARKER, "person_id").order_by(MARKER.c.id)
_OF_CASE = find(MARKER, "case_id").order_by(MARKER.c.id)
_END = change(MARKER, "id").where(MARKER.c.ended_at.is_(None))
_APPROVE = add_once(MARKER_APPROVAL)
_APPROVALS = find(MARKER_APPROVAL, "marker_id").order_by(MARKER_APPROVAL.c.at, MARKER_APPROVAL.c.colleague_id)
_KEY = select(PERSON.c.key_id).where(where(PERSON, "id"))


class MarkerRepo(Repository):
    """This council's safety markers."""

    def add(
        self,
        *,
        person_id: str,
        case_id: str,
        risk: str,
        tell_person: bool,
        expires_on: date,
        words: Mapping[str, str],
        proposed_by: str,
    ) -> Marker:
        """Propose a marker; it shows nothing until two colleagues have signed it."""
        unit, id = self._unit, new_id()
        row: dict[str, Any] = {
            "id": id,
            "person_id": person_id,
            "case_id": case_id,
            "risk": str(risk),
            "tell_person": tell_person,
            "expires_on": expires_on,
            "proposed_by": proposed_by,
            "proposed_at": unit.now(),
            "ended_by": "",
            "ended_at": None,
        }
        sealed = unit.seal_json(self._key(person_id), "marker.words", id, dict(words))
        unit.put(_ADD, {**row, "words": sealed, "end_words": b""})
        return Marker(**row, words=dict(words))

    def get(self, marker_id: str) -> Marker | None:
        """One marker with its signatures."""
        row = self._unit.row(_GET, id=marker_id)
        return self._marker(row) if row else None

    def of_person(self, person_id: str) -> tuple[Marker, ...]:
        """A record's markers, past ones included, the first proposed first."""
        return tuple(self._marker(row) for row in self._unit.rows(_OF_PERSON, person_id=person_id))

    def of_case(self, case_id: str) -> tuple[Marker, ...]:
        """The markers that arose in a case, past ones included."""
        return tuple(self._marker(row) for row in self._unit.rows(_OF_CASE, case_id=case_id))

    def approve(self, marker_id: str, colleague_id: str, office: str, seat: str) -> bool:
        """Sign a marker; False = this colleague signed it before."""
        values = {"marker_id": marker_id, "colleague_id": colleague_id, "office": office, "seat": seat}
        return self._unit.put(_APPROVE, {**values, "at": self._unit.now()}) == 1

    def end(self, marker_id: str, by: str, why: str) -> bool:
        """End a marker now, before its time; False = it was ended before."""
        marker = self.get(marker_id)
        if marker is None:
            return False
        sealed = self._unit.seal(self._key(marker.person_id), "marker.end_words", marker_id, why)
        values = {"ended_by": by, "ended_at": self._unit.now(), "end_words": sealed}
        return self._unit.change(_END, values, id=marker_id) == 1

    def _key(self, person_id: str) -> str:
        row = self._unit.row(_KEY, id=person_id)
        if row is None:
            raise NotFound("This council has no such person.")
        return str(row.key_id)

    def _marker(self, row: Row[Any]) -> Marker:
        plain = {name: getattr(row, name) for name in Marker.__slots__ if name != "approvals"}
        plain["words"] = self._unit.open_json("marker.words", row.id, row.words) or {}
        plain["end_words"] = self._unit.open("marker.end_words", row.id, row.end_words)
        signed = tuple(
            MarkerApproval(one.colleague_id, one.office, one.seat, one.at)
            for one in self._unit.rows(_APPROVALS, marker_id=row.id)
        )
        return Marker(**plain, approvals=signed)
