"""Reviews of restrictions, and what was put right in a notice (R32, R37). Words are sealed with the case's key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, insert

from storage.models import CORRECTION, REVIEW
from storage.reviewed import Correction, Review
from storage.unit import Repository, add_once, change, find, new_id

NOT_HELD = ""

_OPEN = add_once(REVIEW)
_GET = find(REVIEW, "restriction_id")
_OF_CASE = find(REVIEW, "case_id").order_by(REVIEW.c.opened_at, REVIEW.c.restriction_id)
_CHANGE = change(REVIEW, "restriction_id")
_HOLD = _CHANGE.where(REVIEW.c.outcome == NOT_HELD)
_ADD = insert(CORRECTION)
_CORRECTIONS = find(CORRECTION, "case_id").order_by(CORRECTION.c.made_at, CORRECTION.c.id)
_WORDS = ("before", "after")


class ReviewRepo(Repository):
    """One review a restriction."""

    def open(self, restriction_id: str, case_id: str, why: str, by: str) -> Review:
        """Begin the review of a restriction; one that was begun before comes back as it is."""
        values = {
            "restriction_id": restriction_id,
            "case_id": case_id,
            "why": str(why),
            "opened_by": by,
            "opened_at": self._unit.now(),
            "outcome": NOT_HELD,
            "held_by": "",
            "office": "",
            "held_at": None,
            "comments": b"",
            "reasons": b"",
        }
        self._unit.put(_OPEN, values)
        return self._review(self._unit.row(_GET, restriction_id=restriction_id))

    def carry(self, review: Review, restriction_id: str) -> None:
        """A restriction that takes the place of another, in new terms, takes its review too; the earlier row stays."""
        unit = self._unit
        values: dict[str, object] = {name: getattr(review, name) for name in Review.__slots__}
        said = list(review.comments)
        sealed = unit.seal_json(unit.case_key(review.case_id), "review.comments", restriction_id, said)
        values |= {"restriction_id": restriction_id, "comments": sealed if said else b"", "reasons": b""}
        unit.put(_OPEN, values)

    def get(self, restriction_id: str) -> Review | None:
        """The review of a restriction, if it was begun."""
        row = self._unit.row(_GET, restriction_id=restriction_id)
        return None if row is None else self._review(row)

    def of_case(self, case_id: str) -> tuple[Review, ...]:
        """A case's reviews, the first begun first."""
        return tuple(self._review(row) for row in self._unit.rows(_OF_CASE, case_id=case_id))

    def comment(self, review: Review, comment: Mapping[str, str]) -> None:
        """Add what the person said; what was there stays."""
        sealed = self._unit.seal_json(
            self._unit.case_key(review.case_id),
            "review.comments",
            review.restriction_id,
            [*review.comments, dict(comment)],
        )
        self._unit.change(_CHANGE, {"comments": sealed}, restriction_id=review.restriction_id)

    def hold(self, review: Review, outcome: str, reasons: str, by: str, office: str) -> bool:
        """Record the outcome now; False when it was held already: one outcome, ever (R19)."""
        unit, place = self._unit, review.restriction_id
        values: dict[str, object] = {
            "outcome": str(outcome),
            "held_by": by,
            "office": str(office),
            "held_at": unit.now(),
            "reasons": unit.seal(unit.case_key(review.case_id), "review.reasons", place, reasons)
            if reasons
            else b"",
        }
        return unit.change(_HOLD, values, restriction_id=review.restriction_id) == 1

    def _review(self, row: Row[Any] | Any) -> Review:
        values = {name: getattr(row, name) for name in Review.__slots__}
        opened = self._unit.open_json("review.comments", row.restriction_id, row.comments)
        values["comments"] = tuple(opened or ())
        values["reasons"] = self._unit.open("review.reasons", row.restriction_id, row.reasons)
        return Review(**values)


class CorrectionRepo(Repository):
    """What was put right in notices; nothing here is ever changed."""

    def add(
        self,
        *,
        case_id: str,
        decision_id: str,
        notice_id: str,
        changed: Sequence[str],
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        words: str,
        by: str,
    ) -> Correction:
        """Record a correction made now."""
        unit = self._unit
        made = Correction(
            new_id(),
            case_id,
            decision_id,
            notice_id,
            tuple(changed),
            by,
            unit.now(),
            dict(before),
            dict(after),
            words,
        )
        key_id = unit.case_key(case_id)
        values: dict[str, object] = {name: getattr(made, name) for name in Correction.__slots__}
        values["changed"] = list(made.changed)
        for name in _WORDS:
            values[name] = unit.seal_json(key_id, f"correction.{name}", made.id, getattr(made, name))
        values["words"] = unit.seal(key_id, "correction.words", made.id, words)
        unit.put(_ADD, values)
        return made

    def of_case(self, case_id: str) -> tuple[Correction, ...]:
        """A case's corrections, the first made first."""
        return tuple(self._correction(row) for row in self._unit.rows(_CORRECTIONS, case_id=case_id))

    def _correction(self, row: Row[Any]) -> Correction:
        values = {name: getattr(row, name) for name in Correction.__slots__}
        values["changed"] = tuple(row.changed)
        for name in _WORDS:
            values[name] = self._unit.open_json(f"correction.{name}", row.id, getattr(row, name)) or {}
        values["words"] = self._unit.open("correction.words", row.id, row.words)
        return Correction(**values)
