"""Taking hold of a case before changing it, so that two clicks at one instant come one after the other (R19)."""

from __future__ import annotations

from handlers.casefile import NO_CASE, CaseFile, load
from handlers.desk import Refused, Turn

TRIES = 20


def claim(turn: Turn, case_id: str) -> CaseFile:
    """Raise the case's version, which holds its row until this click ends, then read the case as it is now.

    A click that came second waits for the first and then sees everything it did.
    """
    for _ in range(TRIES):
        case = turn.uow.cases.get(case_id)
        if case is None:
            break
        if turn.uow.cases.bump(case.id, case.version):
            return load(turn, case_id)
    raise Refused(NO_CASE)
