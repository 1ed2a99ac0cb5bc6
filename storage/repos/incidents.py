"""Incidents: the story sealed with the case's key, what is sensitive in a table of its own (R42)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from sqlalchemy import Row, String, bindparam, cast, insert, select

from storage.models import INCIDENT, SENSITIVE
from storage.records import Incident
from storage.unit import Repository, change, find, new_id

_ADD = insert(INCIDENT)
_ADD_SENSITIVE = insert(SENSITIVE)
_GET = find(INCIDENT, "id")
_OF_CASE = find(INCIDENT, "case_id").order_by(INCIDENT.c.reported_at, INCIDENT.c.id)
_SENSITIVE = find(SENSITIVE, "incident_id")
_CHANGE = change(INCIDENT, "id")
_REPORTED_BY = change(INCIDENT, "reporter_id")
_AIMED_AT = select(INCIDENT.c.id, INCIDENT.c.target_ids).where(
    INCIDENT.c.council_id == bindparam("at_council_id"),
    cast(INCIDENT.c.target_ids, String).contains(bindparam("at_target")),
)

_WORDS = ("place", "what_happened", "warning_words", "no_warning_words")
_APART = ("offence", "offence_words", "adjustments", "characteristic")
_PLAIN = tuple(name for name in Incident.__slots__ if name not in {*_WORDS, *_APART})
_LISTS = ("target_ids", "examples", "actions_taken")


class IncidentRepo(Repository):
    """What happened."""

    def add(
        self,
        *,
        case_id: str,
        reporter_id: str,
        channel: str,
        category: str,
        happened_on: date,
        happened_at: time | None = None,
        target_ids: Sequence[str] = (),
        examples: Sequence[str] = (),
        actions_taken: Sequence[str] = (),
        warning: str = "",
        no_warning_reason: str = "",
        offence: str = "",
        injury: str = "",
        place: str = "",
        what_happened: str = "",
        warning_words: str = "",
        no_warning_words: str = "",
        offence_words: str = "",
        adjustments: str = "",
        characteristic: str = "",
    ) -> Incident:
        """Record an incident, reported now."""
        incident = Incident(
            id=new_id(),
            case_id=case_id,
            reporter_id=reporter_id,
            target_ids=tuple(target_ids),
            channel=channel,
            category=category,
            examples=tuple(examples),
            actions_taken=tuple(actions_taken),
            happened_on=happened_on,
            happened_at=happened_at,
            warning=warning,
            no_warning_reason=no_warning_reason,
            offence=offence,
            injury=injury,
            reported_at=self._unit.now(),
            withdrawn_at=None,
            place=place,
            what_happened=what_happened,
            warning_words=warning_words,
            no_warning_words=no_warning_words,
            offence_words=offence_words,
            adjustments=adjustments,
            characteristic=characteristic,
        )
        self._write(incident)
        return incident

    def get(self, incident_id: str) -> Incident | None:
        """One incident."""
        row = self._unit.row(_GET, id=incident_id)
        return None if row is None else self._incident(row)

    def of_case(self, case_id: str) -> tuple[Incident, ...]:
        """A case's incidents, the first reported first, withdrawn ones included."""
        return tuple(self._incident(row) for row in self._unit.rows(_OF_CASE, case_id=case_id))

    def withdraw(self, incident_id: str) -> None:
        """Withdraw an incident: it counts towards nothing (R12)."""
        self._unit.change(_CHANGE, {"withdrawn_at": self._unit.now()}, id=incident_id)

    def hand_over(self, before: str, after: str) -> None:
        """What one colleague reported or met counts as another's: both are the same person (R48)."""
        unit = self._unit
        unit.change(_REPORTED_BY, {"reporter_id": after}, reporter_id=before)
        for row in unit.rows(_AIMED_AT, target=before):
            targets = dict.fromkeys(after if one == before else one for one in row.target_ids)
            unit.change(_CHANGE, {"target_ids": list(targets)}, id=row.id)

    def _write(self, incident: Incident) -> None:
        unit, key_id = self._unit, self._unit.case_key(incident.case_id)
        values: dict[str, object] = {name: getattr(incident, name) for name in _PLAIN}
        for name in _LISTS:
            values[name] = list(getattr(incident, name))
        for name in _WORDS:
            values[name] = unit.seal(key_id, f"incident.{name}", incident.id, getattr(incident, name))
        unit.put(_ADD, values)
        unit.put_all(
            _ADD_SENSITIVE,
            [
                {
                    "incident_id": incident.id,
                    "kind": kind,
                    "sealed": unit.seal(key_id, f"sensitive.{kind}", incident.id, text),
                }
                for kind in _APART
                if (text := getattr(incident, kind))
            ],
        )

    def _incident(self, row: Row[Any]) -> Incident:
        unit = self._unit
        apart = {
            one.kind: unit.open(f"sensitive.{one.kind}", row.id, one.sealed)
            for one in unit.rows(_SENSITIVE, incident_id=row.id)
        }
        values: Mapping[str, Any] = {
            **{name: getattr(row, name) for name in _PLAIN},
            **{name: tuple(getattr(row, name)) for name in _LISTS},
            **{name: unit.open(f"incident.{name}", row.id, getattr(row, name)) for name in _WORDS},
            **{name: apart.get(name, "") for name in _APART},
        }
        return Incident(**values)
