"""What follows when a letter left, or came back, whoever says so: a colleague, or GOV.UK Notify (R26, R30).

The case is taken hold of before; everybody's cards say afterwards how it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from handlers.another_way import another_way_found, ask_another_way, standing_copies
from handlers.case_letters import CLOCK_KINDS
from handlers.casefile import CaseFile, load
from handlers.desk import Turn
from handlers.letter_kinds import KINDS
from handlers.tell import morning, refresh_decision, tell_case
from storage.records import Dispatch, Notice

SOON = timedelta(days=1)
UNSENT = "notice.unsent"


def went(turn: Turn, file: CaseFile, notice: Notice, sent: datetime, by: str) -> None:
    """It left at this London time; `by` is the colleague who sent it or had it sent."""
    turn.uow.notices.add_dispatch(notice.id, notice.method, sent, by)
    turn.uow.notices.mark_sent(notice.id)
    on = sent.date().isoformat()
    turn.log("notice.sent", "notice", notice.id, case=file.case.id, on=on, method=notice.method)
    another_way_found(turn, file, notice)
    KINDS[notice.kind].sent(turn, load(turn, file.case.id), notice)
    tell_of_letter(turn, file.case.id, notice)


def came_back(turn: Turn, file: CaseFile, notice: Notice, back: Iterable[Dispatch]) -> None:
    """These sendings came back. When none is left, or none ever went, another way must be found."""
    copies, there = tuple(back), standing_copies(file, notice)
    for copy in copies:
        turn.uow.notices.bounce(copy.id, turn.now)
    none_left = len(copies) == len(there)
    if none_left:
        turn.uow.notices.void(notice.id)
        if _still_owed(turn, file, notice):
            ask_another_way(turn, file, notice)
            _remind_of_unsent(turn, notice)
    if notice.state == "sent" and (none_left or notice.kind in CLOCK_KINDS):
        KINDS[notice.kind].returned(turn, file, notice)
    turn.log("notice.bounced", "notice", notice.id, case=file.case.id)
    tell_of_letter(turn, file.case.id, notice)


def tell_of_letter(turn: Turn, case_id: str, notice: Notice) -> CaseFile:
    """Everybody's cards say how it stands now; the case as it is now."""
    after = load(turn, case_id)
    tell_case(after)
    decision = next((d for d in after.decisions if d.id == notice.decision_id), None)
    if decision is not None:
        refresh_decision(after, decision)
    return after


def _still_owed(turn: Turn, file: CaseFile, notice: Notice) -> bool:
    """Whether the person should still have it: what it tells of may be over by now."""
    decision = next((d for d in file.decisions if d.id == notice.decision_id), None)
    return KINDS[notice.kind].may(file, decision, notice.about, turn.today) is None


def _remind_of_unsent(turn: Turn, notice: Notice) -> None:
    """The next working morning, while the person is still not told; a reminder that comes by then does it too."""
    due = morning(turn.calendar.next_working_day(turn.today + SOON))
    ids = {"decision": notice.decision_id, "notice": notice.id}
    waiting = turn.uow.reminders.waiting(due)
    if any(
        (r.case_id, r.kind, r.ids.get("decision")) == (notice.case_id, UNSENT, ids["decision"])
        for r in waiting
    ):
        return
    key = f"back:{notice.id}:{turn.today.isoformat()}"
    turn.uow.reminders.add(due, UNSENT, notice.case_id, ids=ids, dedup_key=key)
