"""Whether something may be recorded about the people of a case as it stands now; who may is asked beside it."""

from __future__ import annotations

from handlers.casefile import CaseFile
from policy.answers import Refusal
from policy.person_deeds import Deed, case_state, deed_refusal, person_state


def refusal_now(file: CaseFile, deed: Deed) -> Refusal | None:
    """Why this cannot be recorded in the case at this moment, or None."""
    case = case_state(
        any_finding=bool(file.findings),
        decided=file.final_decision is not None,
        closed=file.case.closed_at is not None,
        withdrawn=file.case.withdrawn_at is not None,
    )
    councillor = file.person.colleague_id is not None
    return deed_refusal(deed, case, person_state(identified=file.person.identified, councillor=councillor))
