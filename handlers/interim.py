"""An urgent interim restriction: one officer alone, confirmed by a councillor or lapsed (R16)."""

from __future__ import annotations

from handlers.casefile import CaseFile, load
from handlers.chat import (
    FormValues,
    Response,
)
from handlers.claim import claim
from handlers.deadlines import remind_of_lapse
from handlers.desk import Refused, Turn
from handlers.effect import decided_already, enact
from handlers.proposals import (
    NO_PROPOSAL,
    OPEN_ALREADY,
    YES,
    check_content,
    confirm_first,
    content_of,
    locked,
    read_value,
    settled,
)
from handlers.tell import morning, refresh_decision
from policy.answers import Refusal
from policy.calendars import interim_lapses
from policy.cases import councillor_lock
from policy.decisions import (
    Asked,
    ConfirmFirst,
    already_done,
    interim_check,
    interim_confirm_check,
)
from policy.offices import Office

CONFIRMED = "confirmed"
SECOND_NAME = Refusal("second_name", "You imposed this yourself. A different colleague must confirm it.")
OVER = Refusal("interim_over", "This interim restriction was ended, so there is nothing to confirm.")
ONCE = Refusal(
    "interim_once", "An interim restriction was imposed in this case already. Make a proposal instead."
)


def impose(turn: Turn, case_id: str, values: FormValues) -> Response:
    """The chief officer alone; it lapses unless a councillor confirms it in five working days (R16)."""
    file = claim(turn, case_id)
    asked = may_impose(turn, file)
    check_content(turn, file, values)
    saved = turn.uow.proposals.draft(case_id, "interim", content_of(values), turn.me.id)
    turn.uow.approvals.add(
        saved.id, saved.version, turn.me.id, asked.office.value, asked.seat.value, "approved"
    )
    turn.uow.proposals.settle(saved.id, saved.version, "approved")
    lapses = interim_lapses(turn.today, turn.calendar, turn.settings.interim_working_days).value
    enact(turn, load(turn, case_id), saved, "interim", lapses)
    warn = turn.calendar.add_working_days(lapses, -turn.settings.interim_reminder_working_days)
    turn.uow.reminders.add(
        morning(warn),
        "interim.unconfirmed",
        case_id,
        ids={"until": lapses.isoformat()},
        dedup_key=f"interim:{saved.id}",
    )
    after = load(turn, case_id)
    remind_of_lapse(turn, after, after.restrictions[-1].id, lapses)
    return settled(turn, case_id)


def confirm_interim(turn: Turn, value: str) -> Response:
    """The button "Confirm" on an interim restriction, for a councillor of F&GP (R16). `value`: "<decision>[:0:yes]"."""
    seen = read_value(value)
    decision = turn.uow.decisions.get(seen.id)
    if decision is None:
        raise Refused(NO_PROPOSAL)
    file = claim(turn, decision.case_id)
    restriction = file.restriction_of(decision)
    if restriction is None or restriction.interim_lapses_on is None:
        raise Refused(NO_PROPOSAL, file.case.id)
    turn.require(OVER if restriction.ended_at is not None else None, file.case.id)
    turn.require(councillor_lock(file.person.colleague_id is not None), file.case.id)
    answer = interim_confirm_check(
        turn.me.id,
        turn.register,
        file.parties,
        turn.today,
        lapses_on=restriction.interim_lapses_on,
        mayor_confirmed=seen.confirmed,
    )
    if isinstance(answer, ConfirmFirst):
        return confirm_first(answer, "interim.confirm", f"{decision.id}:0:{YES}")
    if isinstance(answer, Refusal):
        raise Refused(answer, file.case.id)
    before = next((a for a in file.approvals if a.answer == CONFIRMED), None)
    if before is not None:
        done = already_done(CONFIRMED, (Office(before.office),), before.at, turn.now)
        return settled(turn, file.case.id, done.sentence)
    if decision.proposal_id is not None and decision.proposal_version is not None:
        added = turn.uow.approvals.add(
            decision.proposal_id,
            decision.proposal_version,
            turn.me.id,
            answer.office.value,
            answer.seat.value,
            CONFIRMED,
        )
        turn.require(None if added else SECOND_NAME, file.case.id)
    if restriction.confirmed_at is None:
        turn.uow.restrictions.confirm(restriction.id, turn.now)
        turn.log("interim.confirmed", "decision", decision.id, case=file.case.id, office=answer.office.value)
        turn.uow.reminders.drop(file.case.id, "interim.unconfirmed")
        refresh_decision(load(turn, file.case.id), decision)
    return settled(turn, file.case.id)


def may_impose(turn: Turn, file: CaseFile) -> Asked:
    """The officer who may impose it now, or a refusal; nothing else may be decided or waiting."""
    answer = interim_check(
        turn.me.id,
        turn.register,
        file.parties,
        turn.today,
        file.overdue,
        turn.settings,
        extreme=file.stated_extreme is not None,
    )
    if isinstance(answer, Refusal):
        raise Refused(answer, file.case.id)
    turn.require(locked(file), file.case.id)
    if file.final_decision:
        raise decided_already(turn, file, file.final_decision)
    turn.require(ONCE if file.decisions else OPEN_ALREADY if file.open_proposal else None, file.case.id)
    return answer
