"""Decisions and the restrictions they make (R15, R20, R26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert

from storage.appealed import Pause
from storage.errors import NotFound
from storage.models import DECISION, PAUSE, RESTRICTION
from storage.records import Decision, Restriction
from storage.unit import Repository, add_once, change, find, new_id

_DECIDE = add_once(DECISION)
_DECISION = find(DECISION, "id")
_OF_PROPOSAL = find(DECISION, "proposal_id")
_DECISIONS = find(DECISION).order_by(DECISION.c.decided_at, DECISION.c.id)
_DECISIONS_OF = find(DECISION, "case_id").order_by(DECISION.c.decided_at, DECISION.c.id)
_RESTRICT = insert(RESTRICTION)
_RESTRICTION = find(RESTRICTION, "id")
_RESTRICTIONS_OF = find(RESTRICTION, "case_id").order_by(RESTRICTION.c.id)
_OF_PERSON = find(RESTRICTION, "person_id").order_by(RESTRICTION.c.id)
_CHANGE = change(RESTRICTION, "id")
_COLUMNS = tuple(name for name in Restriction.__slots__ if name != "pauses")
_PAUSE = insert(PAUSE)
_PAUSES = find(PAUSE, "restriction_id").order_by(PAUSE.c.starts_at, PAUSE.c.id)
_CHANGE_PAUSE = change(PAUSE, "id")


class DecisionRepo(Repository):
    """What was decided."""

    def add(
        self,
        case_id: str,
        kind: str,
        proposal_id: str | None,
        proposal_version: int | None,
        makers: Sequence[Mapping[str, str]],
    ) -> Decision:
        """Record a decision made now. A proposal has one: for a second press the first comes back (R19).

        The makers' names are sealed with the council's key: they outlive the person's erasure (R45).
        """
        unit = self._unit
        decision = Decision(
            new_id(),
            case_id,
            str(kind),
            proposal_id,
            proposal_version,
            unit.now(),
            tuple(dict(one) for one in makers),
        )
        values: dict[str, object] = {name: getattr(decision, name) for name in Decision.__slots__}
        values["makers"] = unit.seal_json(unit.keys.key_id, "decision.makers", decision.id, decision.makers)
        if unit.put(_DECIDE, values) == 1:
            return decision
        row = unit.row(_OF_PROPOSAL, proposal_id=proposal_id)
        if row is None:
            raise NotFound("The decision could not be recorded.")
        return self._decision(row)

    def get(self, decision_id: str) -> Decision | None:
        """One decision."""
        row = self._unit.row(_DECISION, id=decision_id)
        return None if row is None else self._decision(row)

    def of_case(self, case_id: str) -> tuple[Decision, ...]:
        """A case's decisions, the first made first."""
        return tuple(self._decision(row) for row in self._unit.rows(_DECISIONS_OF, case_id=case_id))

    def all(self) -> tuple[Decision, ...]:
        """The council's decisions, the first made first."""
        return tuple(self._decision(row) for row in self._unit.rows(_DECISIONS))

    def _decision(self, row: Row[Any]) -> Decision:
        values = {name: getattr(row, name) for name in Decision.__slots__}
        values["makers"] = tuple(self._unit.open_json("decision.makers", row.id, row.makers) or ())
        return Decision(**values)


class RestrictionRepo(Repository):
    """Limits on contact. No column says "in force": that is computed from the dates (R26)."""

    def add(
        self,
        *,
        case_id: str,
        person_id: str,
        decision_id: str,
        measures: Sequence[str],
        scope: str = "",
        ends_on: date | None = None,
        review_on: date | None = None,
        starts_at: datetime | None = None,
        interim_lapses_on: date | None = None,
        content: Mapping[str, Any] | None = None,
    ) -> Restriction:
        """Record a restriction; it starts when the person is notified."""
        unit = self._unit
        restriction = Restriction(
            id=new_id(),
            case_id=case_id,
            person_id=person_id,
            decision_id=decision_id,
            measures=tuple(str(one) for one in measures),
            scope=str(scope),
            ends_on=ends_on,
            review_on=review_on,
            starts_at=starts_at,
            ended_at=None,
            interim_lapses_on=interim_lapses_on,
            confirmed_at=None,
            content=dict(content or {}),
        )
        key_id = unit.case_key(case_id)
        values: dict[str, object] = {name: getattr(restriction, name) for name in _COLUMNS}
        values["measures"] = list(restriction.measures)
        values["scope"] = unit.seal(key_id, "restriction.scope", restriction.id, restriction.scope)
        values["content"] = unit.seal_json(key_id, "restriction.content", restriction.id, restriction.content)
        unit.put(_RESTRICT, values)
        return restriction

    def get(self, restriction_id: str) -> Restriction | None:
        """One restriction."""
        row = self._unit.row(_RESTRICTION, id=restriction_id)
        return None if row is None else self._restriction(row)

    def of_case(self, case_id: str) -> tuple[Restriction, ...]:
        """A case's restrictions, the first imposed first."""
        return tuple(self._restriction(row) for row in self._unit.rows(_RESTRICTIONS_OF, case_id=case_id))

    def of_person(self, person_id: str) -> tuple[Restriction, ...]:
        """A person's restrictions from every case, the first imposed first."""
        return tuple(self._restriction(row) for row in self._unit.rows(_OF_PERSON, person_id=person_id))

    def start(self, restriction_id: str, starts_at: datetime | None) -> None:
        """Set the instant the person was notified, from which it is in force (R26); None: they were not (R30)."""
        self._unit.change(_CHANGE, {"starts_at": starts_at}, id=restriction_id)

    def end(self, restriction_id: str, at: datetime | None) -> None:
        """End it early; None: what was to take its place did not reach the person, so it goes on."""
        self._unit.change(_CHANGE, {"ended_at": at}, id=restriction_id)

    def correct(
        self,
        restriction: Restriction,
        *,
        measures: Sequence[str],
        scope: str,
        ends_on: date | None,
        review_on: date | None,
        content: Mapping[str, Any],
    ) -> None:
        """Put its terms right (R32): never harsher ones, which the journey has made sure of."""
        unit = self._unit
        key_id = unit.case_key(restriction.case_id)
        values: dict[str, object] = {
            "measures": [str(one) for one in measures],
            "scope": unit.seal(key_id, "restriction.scope", restriction.id, str(scope)),
            "ends_on": ends_on,
            "review_on": review_on,
            "content": unit.seal_json(key_id, "restriction.content", restriction.id, dict(content)),
        }
        unit.change(_CHANGE, values, id=restriction.id)

    def confirm(self, restriction_id: str, at: datetime) -> None:
        """A councillor confirms an interim restriction, so that it does not lapse (R16)."""
        self._unit.change(_CHANGE, {"confirmed_at": at}, id=restriction_id)

    def pause(self, restriction_id: str, appeal_id: str) -> Pause:
        """From now on it does not hold, until `resume` (R36)."""
        pause = Pause(new_id(), restriction_id, appeal_id, self._unit.now(), None)
        self._unit.put(_PAUSE, {name: getattr(pause, name) for name in Pause.__slots__})
        return pause

    def resume(self, pause_id: str, at: datetime | None) -> None:
        """What was paused holds again from an instant, unless it was ended meanwhile; None: not yet after all."""
        self._unit.change(_CHANGE_PAUSE, {"ends_at": at}, id=pause_id)

    def lift(self, pause_id: str, at: datetime | None) -> None:
        """Both reviewers lifted the pause; None: they want it again. It ends with `resume`."""
        self._unit.change(_CHANGE_PAUSE, {"lifted_at": at}, id=pause_id)

    def _restriction(self, row: Row[Any]) -> Restriction:
        unit = self._unit
        values = {name: getattr(row, name) for name in _COLUMNS}
        pauses = unit.rows(_PAUSES, restriction_id=row.id)
        values["pauses"] = tuple(Pause(*(getattr(one, n) for n in Pause.__slots__)) for one in pauses)
        values["measures"] = tuple(row.measures)
        values["scope"] = unit.open("restriction.scope", row.id, row.scope)
        values["content"] = unit.open_json("restriction.content", row.id, row.content) or {}
        return Restriction(**values)
