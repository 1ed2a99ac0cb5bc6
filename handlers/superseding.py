"""One decision taking the place of another in the same case: whether it may, and when the older one ends (R26, R32).

The older restriction stays in force until the person counts as told of the new one, and goes on if that came back.
"""

from __future__ import annotations

from datetime import datetime

from handlers.casefile import CaseFile
from handlers.contact import dates_of
from handlers.desk import Turn
from handlers.reviewing import CONTINUATION
from policy.answers import Refusal
from policy.calendars import LONDON
from policy.case_actions import Action, action_refusal
from policy.notices import Dispatch, Method, notification_day, notified_on
from policy.restrictions import ForceReason, in_force, starts_at
from storage.records import Decision, Notice, Restriction

REPLACEABLE = frozenset({"restriction", CONTINUATION})
NOTHING_LEFT = Refusal(
    "restriction_over",
    "There is no restriction to replace. Report what happened since; that begins a new case.",
)


def present_restriction(file: CaseFile) -> Restriction | None:
    """What the final decision put in place, unless it is over: in force, or to start when the person is told."""
    decision = file.final_decision
    for restriction in reversed(file.restrictions):
        answer = in_force(dates_of(restriction), file.desk.now)
        waits = (
            answer.reason in (ForceReason.NOT_NOTIFIED, ForceReason.NOT_STARTED) and not restriction.ended_at
        )
        if decision and restriction.decision_id == decision.id and (answer or waits):
            return restriction
    return None


def new_decision_refusal(file: CaseFile) -> Refusal | None:
    """Why no new decision can be proposed in a case that has a final one, or None (R32).

    Only a restriction that is not over can be replaced by another; findings that differ begin a new case.
    """
    decision = file.final_decision
    if decision is None or file.open_proposal is not None:
        return None
    if decision.kind not in REPLACEABLE or present_restriction(file) is None:
        return NOTHING_LEFT
    return action_refusal(file.stage, Action.PROPOSE)


def start_of(file: CaseFile, decision: Decision) -> datetime | None:
    """The instant a decision's restriction starts: with the first of its notices that reached the person (R26).

    A correction moves no start. Of two channels of one notice the later counts (R30). None: nothing reached them.
    """
    starts = [one for notice in file.notices_of(decision) if (one := start_of_letter(file, notice))]
    # Whatever time of the day was typed for the sending: nothing holds before it was decided.
    return max(min(starts), decision.decided_at) if starts else None


def start_of_letter(file: CaseFile, notice: Notice) -> datetime | None:
    """The instant from which a letter counts as known to the person: what it tells of holds from then on (R26, R30)."""
    if notice.state != "sent":
        return None
    calendar = file.desk.calendar
    copies = [
        Dispatch(Method(d.method), d.sent_local, d.bounced_at is not None)
        for d in file.dispatches.get(notice.id, ())
    ]
    told = notified_on(copies, calendar)
    if told is None:
        return None
    on_that_day = [
        one.sent.replace(tzinfo=LONDON)
        for one in copies
        if not one.returned and notification_day(one.method, one.sent, calendar) == told
    ]
    return starts_at(told.value, max(on_that_day))


def settle_starts(turn: Turn, file: CaseFile, decision: Decision) -> None:
    """Bring the starts in line with what was sent and what came back; the older restrictions end with the new start."""
    begins = start_of(file, decision)
    own = [one for one in file.restrictions if one.decision_id == decision.id]
    for restriction in own:
        if restriction.ended_at is not None:
            continue
        _replace_older(turn, file, restriction, begins)
        varied = len(own) > 1 and restriction.starts_at is not None
        if begins is None or not varied:  # terms that an appeal made milder started with its outcome
            turn.uow.restrictions.start(restriction.id, begins)


def _replace_older(turn: Turn, file: CaseFile, new: Restriction, begins: datetime | None) -> None:
    made = {d.id: number for number, d in enumerate(file.decisions)}
    for older in file.restrictions:
        if made[older.decision_id] >= made[new.decision_id]:
            continue
        replaced = older.ended_at is not None and older.ended_at == new.starts_at
        if older.ended_at is not None and not replaced:
            continue  # a review or an appeal ended it
        if begins is None and not replaced:
            continue
        turn.uow.restrictions.end(older.id, begins)
        if begins is not None and not replaced:
            turn.log("restriction.ended", "restriction", older.id, case=file.case.id)
        elif begins is None:
            turn.log("restriction.goes_on", "restriction", older.id, case=file.case.id)
