"""Findings: what an investigator signed; a later one in the same seat replaces the earlier (R13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, insert

from storage.models import FINDING
from storage.records import Finding
from storage.unit import Repository, change, find, new_id

_SIGN = insert(FINDING)
_REPLACE = change(FINDING, "case_id", "seat").where(FINDING.c.replaced_at.is_(None))
_REPLACE_ALL = change(FINDING, "case_id").where(FINDING.c.replaced_at.is_(None))
_GET = find(FINDING, "id")
_OF_CASE = find(FINDING, "case_id").order_by(FINDING.c.signed_at, FINDING.c.id)


class FindingRepo(Repository):
    """The signed findings of a case."""

    def sign(
        self,
        *,
        case_id: str,
        colleague_id: str,
        office: str,
        seat: str,
        kind: str,
        agrees_with: str | None = None,
        extreme_confirmed: bool = False,
        answers: Mapping[str, str] | None = None,
    ) -> Finding:
        """Sign now; the one standing in this seat is marked as replaced, nothing is deleted."""
        unit = self._unit
        unit.lock_case(case_id)
        finding = Finding(
            id=new_id(),
            case_id=case_id,
            colleague_id=colleague_id,
            office=str(office),
            seat=str(seat),
            kind=str(kind),
            signed_at=unit.now(),
            agrees_with=agrees_with,
            extreme_confirmed=extreme_confirmed,
            replaced_at=None,
            answers=dict(answers or {}),
        )
        unit.change(_REPLACE, {"replaced_at": finding.signed_at}, case_id=case_id, seat=finding.seat)
        values: dict[str, object] = {name: getattr(finding, name) for name in Finding.__slots__}
        values["answers"] = unit.seal_json(
            unit.case_key(case_id), "finding.answers", finding.id, finding.answers
        )
        unit.put(_SIGN, values)
        return finding

    def set_aside(self, case_id: str) -> None:
        """Every finding that stands is to be signed again (R36): all are marked as replaced, none is deleted."""
        self._unit.change(_REPLACE_ALL, {"replaced_at": self._unit.now()}, case_id=case_id)

    def get(self, finding_id: str) -> Finding | None:
        """One finding."""
        row = self._unit.row(_GET, id=finding_id)
        return None if row is None else self._finding(row)

    def of_case(self, case_id: str) -> tuple[Finding, ...]:
        """Every finding of a case, replaced ones included, the first signed first."""
        return tuple(self._finding(row) for row in self._unit.rows(_OF_CASE, case_id=case_id))

    def _finding(self, row: Row[Any]) -> Finding:
        values = {name: getattr(row, name) for name in Finding.__slots__}
        values["answers"] = self._unit.open_json("finding.answers", row.id, row.answers) or {}
        return Finding(**values)
