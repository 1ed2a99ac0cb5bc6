"""Who takes no part in a case, and what was signed afresh because of it (R17)."""

from __future__ import annotations

from sqlalchemy import insert

from storage.models import CONFLICT, FRESH_SIGNATURE
from storage.records_people import Conflict, FreshSignature
from storage.unit import Repository, add_once, change, find, new_id

_ADD = insert(CONFLICT)
_OF_CASE = find(CONFLICT, "case_id").order_by(CONFLICT.c.recorded_at, CONFLICT.c.id)
_WHOSE = change(CONFLICT, "colleague_id")
_LIFT = change(CONFLICT, "id").where(CONFLICT.c.lifted_at.is_(None))
_SIGN = add_once(FRESH_SIGNATURE)
_SIGNED = find(FRESH_SIGNATURE, "decision_id").order_by(FRESH_SIGNATURE.c.at)


class ConflictRepo(Repository):
    """Conflicts of interest, recorded and lifted; none is deleted."""

    def add(self, case_id: str, colleague_id: str, reason: str, words: str, recorded_by: str) -> Conflict:
        """Record that a colleague takes no part in a case from now on."""
        unit = self._unit
        one = Conflict(new_id(), case_id, colleague_id, str(reason), recorded_by, unit.now(), "", None, words)
        values: dict[str, object] = {name: getattr(one, name) for name in Conflict.__slots__}
        sealed = unit.seal(unit.case_key(case_id), "conflict.words", one.id, words)
        unit.put(_ADD, {**values, "words": sealed})
        return one

    def of_case(self, case_id: str) -> tuple[Conflict, ...]:
        """A case's conflicts, lifted ones included, the first recorded first."""
        return tuple(
            Conflict(
                **{
                    **{name: getattr(row, name) for name in Conflict.__slots__},
                    "words": self._unit.open("conflict.words", row.id, row.words),
                }
            )
            for row in self._unit.rows(_OF_CASE, case_id=case_id)
        )

    def lift(self, conflict_id: str, by: str) -> bool:
        """It was recorded in error; False = it was lifted before."""
        values = {"lifted_by": by, "lifted_at": self._unit.now()}
        return self._unit.change(_LIFT, values, id=conflict_id) == 1

    def hand_over(self, before: str, after: str) -> None:
        """What keeps one colleague out of a case keeps another out: both are the same person (R17, R48)."""
        self._unit.change(_WHOSE, {"colleague_id": after}, colleague_id=before)

    def sign_afresh(
        self,
        decision_id: str,
        case_id: str,
        seat: str,
        colleague_id: str,
        office: str,
        answer: str,
        words: str,
    ) -> bool:
        """Sign a decision afresh in one seat; False = somebody did so in this seat before."""
        unit = self._unit
        values = {
            "decision_id": decision_id,
            "seat": str(seat),
            "colleague_id": colleague_id,
            "office": str(office),
            "answer": answer,
            "at": unit.now(),
            "words": unit.seal(
                unit.case_key(case_id), "fresh_signature.words", f"{decision_id}:{seat}", words
            ),
        }
        return unit.put(_SIGN, values) == 1

    def fresh(self, decision_id: str) -> tuple[FreshSignature, ...]:
        """The fresh signatures under a decision."""
        return tuple(
            FreshSignature(
                **{
                    **{name: getattr(row, name) for name in FreshSignature.__slots__},
                    "words": self._unit.open(
                        "fresh_signature.words", f"{row.decision_id}:{row.seat}", row.words
                    ),
                }
            )
            for row in self._unit.rows(_SIGNED, decision_id=decision_id)
        )
