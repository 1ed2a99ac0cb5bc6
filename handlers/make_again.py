"""A decision is made again: the two offices sign anew, and the old decision stands until then (R17, R36)."""

from __future__ import annotations

from handlers.casefile import CaseFile, load
from handlers.desk import Turn
from handlers.tell import morning


def make_again(turn: Turn, file: CaseFile, cause_id: str, **detail: str) -> None:
    """Set the findings aside, open a closed case again, and wait for new ones. `cause_id`: what asked for it."""
    turn.uow.findings.set_aside(file.case.id)
    if file.case.closed_at is not None:
        turn.uow.cases.reopen(file.case.id)
    turn.log("decision.sent_back", "case", file.case.id, **detail)
    after = load(turn, file.case.id)
    turn.uow.reminders.add(
        morning(after.due_on),
        "finding.awaited",
        file.case.id,
        ids={"version": "0", "proposal": file.case.id},
        dedup_key=f"finding.awaited:{cause_id}",
    )
