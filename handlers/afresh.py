"""What was signed afresh in a case, and the decisions that are made again because of it (R17)."""

from __future__ import annotations

from datetime import datetime

from handlers.appealed import AppealsOf
from policy.conflicts import MAKES_AGAIN
from storage.records import Decision
from storage.records_people import FreshSignature
from storage.uow import UnitOfWork


class MadeAgain(AppealsOf):
    """What was signed afresh in a case; a `CaseFile` is one. A decision somebody would not repeat is made again."""

    fresh: tuple[FreshSignature, ...]

    @property
    def sent_back(self) -> frozenset[str]:
        """The ids of the decisions that are made again, after an appeal or because of a conflict."""
        return super().sent_back | {one.decision_id for one in self._others}

    @property
    def sent_back_at(self) -> tuple[datetime, ...]:
        """When that was."""
        return (*super().sent_back_at, *(one.at for one in self._others))

    @property
    def _others(self) -> tuple[FreshSignature, ...]:
        return tuple(one for one in self.fresh if one.answer in MAKES_AGAIN)


def load_fresh(uow: UnitOfWork, decisions: tuple[Decision, ...]) -> tuple[FreshSignature, ...]:
    """The fresh signatures under a case's decisions."""
    return tuple(one for decision in decisions for one in uow.conflicts.fresh(decision.id))
