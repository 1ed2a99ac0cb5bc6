"""Appeals: received once, answered by colleagues, moved from stage to stage by conditional writes (R19, R35, R36)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert

from storage.appealed import Appeal, AppealAnswer, AppealReviewer
from storage.models import APPEAL, APPEAL_ANSWER, APPEAL_REVIEWER
from storage.unit import Repository, add_once, change, find, new_id

_ADD = add_once(APPEAL)
_GET = find(APPEAL, "id")
_OF_CASE = find(APPEAL, "case_id").order_by(APPEAL.c.recorded_at, APPEAL.c.id)
_ALL = find(APPEAL).order_by(APPEAL.c.recorded_at, APPEAL.c.id)
_MOVE = change(APPEAL, "id", "stage")
_ANSWER = insert(APPEAL_ANSWER)
_ANSWERS = find(APPEAL_ANSWER, "appeal_id").order_by(APPEAL_ANSWER.c.at, APPEAL_ANSWER.c.id)
_ASSIGN = insert(APPEAL_REVIEWER)
_REVIEWERS = find(APPEAL_REVIEWER, "appeal_id").order_by(APPEAL_REVIEWER.c.assigned_at, APPEAL_REVIEWER.c.id)
_RELEASE = change(APPEAL_REVIEWER, "id").where(APPEAL_REVIEWER.c.released_at.is_(None))


class AppealRepo(Repository):
    """This council's appeals. Words are sealed with the case's key."""

    def add(
        self,
        *,
        case_id: str,
        decision_id: str,
        received_at: datetime,
        received_by: str,
        grounds: Sequence[str],
        text: str,
        recorded_by: str,
        late_days: int,
        stage: str,
    ) -> Appeal | None:
        """Record an appeal that was received; None when one against this decision is open already."""
        unit = self._unit
        unit.lock_case(case_id)
        made = Appeal(
            id=new_id(),
            case_id=case_id,
            decision_id=decision_id,
            received_at=received_at,
            received_by=str(received_by),
            grounds=tuple(str(one) for one in grounds),
            recorded_by=recorded_by,
            recorded_at=unit.now(),
            late_days=late_days,
            stage=str(stage),
            outcome="",
            decided_at=None,
            closed_at=None,
            text=text,
        )
        values: dict[str, object] = {name: getattr(made, name) for name in Appeal.__slots__}
        sealed = self._sealed("appeal", case_id, made.id, text=text, minute_ref="", terms={})
        written = unit.put(_ADD, {**values, "grounds": list(made.grounds), **sealed})
        return made if written == 1 else None

    def get(self, appeal_id: str) -> Appeal | None:
        """One appeal."""
        row = self._unit.row(_GET, id=appeal_id)
        return None if row is None else self._appeal(row)

    def of_case(self, case_id: str) -> tuple[Appeal, ...]:
        """A case's appeals, the first recorded first."""
        return tuple(self._appeal(row) for row in self._unit.rows(_OF_CASE, case_id=case_id))

    def all(self) -> tuple[Appeal, ...]:
        """Every appeal of the council, the first recorded first."""
        return tuple(self._appeal(row) for row in self._unit.rows(_ALL))

    def move(self, appeal_id: str, seen: str, stage: str) -> bool:
        """From the stage that was seen to the next; False: somebody moved it since (R19)."""
        return self._unit.change(_MOVE, {"stage": str(stage)}, id=appeal_id, stage=str(seen)) == 1

    def close(self, appeal_id: str, seen: str, stage: str, at: datetime | None) -> bool:
        """The person was told, or (None) was not after all; False: somebody moved it since."""
        values = {"stage": str(stage), "closed_at": at}
        return self._unit.change(_MOVE, values, id=appeal_id, stage=str(seen)) == 1

    def decide(
        self,
        appeal: Appeal,
        stage: str,
        outcome: str,
        minute_ref: str,
        terms: Mapping[str, Any],
    ) -> bool:
        """Record the outcome now, if it still stands at the stage that was seen: one outcome, ever (R19)."""
        unit = self._unit
        words = self._sealed("appeal", appeal.case_id, appeal.id, minute_ref=minute_ref, terms=terms)
        values = {"stage": str(stage), "outcome": str(outcome), "decided_at": unit.now(), **words}
        return unit.change(_MOVE, values, id=appeal.id, stage=appeal.stage) == 1

    # --- answers and reviewers -----------------------------------------------------------------

    def answer(
        self,
        appeal: Appeal,
        colleague_id: str,
        office: str,
        about: str,
        answer: str,
        *,
        reasons: str = "",
        minute_ref: str = "",
        terms: Mapping[str, Any] | None = None,
    ) -> AppealAnswer:
        """Record a colleague's answer now; an earlier one stays."""
        unit = self._unit
        made = AppealAnswer(
            new_id(), appeal.id, colleague_id, str(office), str(about), str(answer), unit.now(),
            reasons, minute_ref, dict(terms or {}),
        )  # fmt: skip
        words = self._sealed(
            "appeal_answer", appeal.case_id, made.id, reasons=reasons, minute_ref=minute_ref, terms=made.terms
        )
        unit.put(_ANSWER, {**{name: getattr(made, name) for name in AppealAnswer.__slots__}, **words})
        return made

    def answers(self, appeal_id: str) -> tuple[AppealAnswer, ...]:
        """Every answer in an appeal, the first given first."""
        return tuple(self._answer(row) for row in self._unit.rows(_ANSWERS, appeal_id=appeal_id))

    def assign(self, appeal_id: str, colleague_id: str, office: str, by: str) -> AppealReviewer:
        """A councillor is picked to hear the appeal, in the office of this moment."""
        made = AppealReviewer(new_id(), appeal_id, colleague_id, str(office), by, self._unit.now(), None, "")
        self._unit.put(_ASSIGN, {name: getattr(made, name) for name in AppealReviewer.__slots__})
        return made

    def release(self, reviewer_id: str, why: str) -> bool:
        """Somebody else takes this reviewer's place; the row stays. `why` is a code."""
        values = {"released_at": self._unit.now(), "released_why": why}
        return self._unit.change(_RELEASE, values, id=reviewer_id) == 1

    def reviewers(self, appeal_id: str) -> tuple[AppealReviewer, ...]:
        """Everybody who was ever picked for an appeal, the first picked first."""
        rows = self._unit.rows(_REVIEWERS, appeal_id=appeal_id)
        return tuple(AppealReviewer(*(getattr(row, n) for n in AppealReviewer.__slots__)) for row in rows)

    # --- parts ---------------------------------------------------------------------------------

    def _sealed(self, table: str, case_id: str, row_id: str, **words: object) -> dict[str, object]:
        """Words and terms sealed with the case's key, each for its own column."""
        unit = self._unit
        key_id = unit.case_key(case_id)
        return {
            name: unit.seal(key_id, f"{table}.{name}", row_id, value)
            if isinstance(value, str)
            else unit.seal_json(key_id, f"{table}.{name}", row_id, value)
            for name, value in words.items()
        }

    def _appeal(self, row: Row[Any]) -> Appeal:
        values = {name: getattr(row, name) for name in Appeal.__slots__}
        values["grounds"] = tuple(row.grounds)
        return Appeal(**{**values, **self._opened("appeal", row, "text", "minute_ref")})

    def _answer(self, row: Row[Any]) -> AppealAnswer:
        values = {name: getattr(row, name) for name in AppealAnswer.__slots__}
        return AppealAnswer(**{**values, **self._opened("appeal_answer", row, "reasons", "minute_ref")})

    def _opened(self, table: str, row: Row[Any], *words: str) -> dict[str, Any]:
        opened: dict[str, Any] = {
            name: self._unit.open(f"{table}.{name}", row.id, getattr(row, name)) for name in words
        }
        opened["terms"] = self._unit.open_json(f"{table}.terms", row.id, row.terms) or {}
        return opened
