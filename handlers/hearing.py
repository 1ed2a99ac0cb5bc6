"""Who may do what in an appeal, and where it stands in a sentence: its journeys, cards and reminders ask here."""

from __future__ import annotations

from datetime import date

from handlers import hearers
from handlers.appealed import HEARD, REFUSE, WITHDRAWN, Appealed, terms_from
from handlers.casefile import NOTIFIABLE, CaseFile, load
from handlers.desk import Desk, Refused
from policy.answers import Refusal
from policy.appeal_pause import PauseStage
from policy.appeal_stages import AppealStage
from policy.appeals import OUTCOME_WORDS, REVIEWERS_NEEDED, AppealOutcome, late_words, outcomes_open
from policy.calendars import local_date, say_day
from policy.case_actions import Action, action_refusal
from policy.decisions import case_work_refusal
from policy.notices import Terms
from policy.offices import Office, name_offices
from policy.reviewers import NOT_SPLIT_LONG, SplitChange
from storage.appealed import AppealAnswer, Pause
from storage.records import Decision, Restriction

NO_APPEAL = Refusal("no_appeal", "There is no such appeal, or none that you can see.")
NOT_NOTIFIED = Refusal(
    "not_notified",
    "The person has not been told of a decision in this case yet, so there is nothing to appeal.",
)
OPEN_ALREADY = Refusal(
    "appeal_open",
    "An appeal against this decision is recorded already. Add what is new to that one’s papers.",
)


def find(desk: Desk, appeal_id: str) -> tuple[CaseFile, Appealed]:
    """An appeal and its case as they are now. Refuses with one sentence whether it is missing or another's."""
    record = desk.uow.appeals.get(appeal_id)
    if record is None:
        raise Refused(NO_APPEAL)
    file = load(desk, record.case_id)
    return file, of(file, appeal_id)


def of(file: CaseFile, appeal_id: str) -> Appealed:
    """An appeal of a case by its id."""
    found = next((one for one in file.appeals if one.record.id == appeal_id), None)
    if found is None:
        raise Refused(NO_APPEAL)
    return found


def decision_of(file: CaseFile, appealed: Appealed) -> Decision:
    """The decision it challenges."""
    return next(d for d in file.decisions if d.id == appealed.record.decision_id)


def restriction_of(file: CaseFile, appealed: Appealed) -> Restriction | None:
    """The restriction of that decision in its present terms, unless it was ended."""
    found = file.restriction_of(decision_of(file, appealed))
    return found if found and found.ended_at is None else None


def outcomes(file: CaseFile, appealed: Appealed) -> tuple[AppealOutcome, ...]:
    """What its reviewers may decide as the case stands now (R36)."""
    final = file.final_decision
    return outcomes_open(
        limits=restriction_of(file, appealed) is not None,
        stands=final is not None and final.id == appealed.record.decision_id,
    )


def new_terms(answer: AppealAnswer) -> Terms:
    """What a reviewer wants the decision to become. ValueError for an answer that changes nothing."""
    found = terms_from(answer.terms)
    if found is None:
        raise ValueError("only a decision that is varied has new terms")
    return found


def work_refusal(file: CaseFile, colleague_id: str) -> Refusal | None:
    """Why this colleague may not record, answer or prepare an appeal, or None: it is the case's daily work."""
    return case_work_refusal(colleague_id, file.desk.register, file.parties, file.desk.today)


# --- what can be appealed -------------------------------------------------------------------------


def appealable(file: CaseFile) -> tuple[Decision, ...]:
    """The decisions an appeal can be recorded against now, the newest first (R35)."""
    return tuple(d for d in reversed(file.decisions) if appeal_refusal(file, d) is None)


def appeal_refusal(file: CaseFile, decision: Decision) -> Refusal | None:
    """Why no appeal against this decision can be recorded now, or None. Being late is no reason."""
    if refusal := action_refusal(file.stage, Action.RECORD_APPEAL):
        return refusal
    notices = file.notices_of(decision)
    if decision.kind not in NOTIFIABLE or not any(file.dispatches.get(one.id) for one in notices):
        return NOT_NOTIFIED
    if any(one.open for one in file.appeals if one.record.decision_id == decision.id):
        return OPEN_ALREADY
    if settled := file.heard(decision, notices):
        on = say_day(local_date(settled.record.decided_at or settled.record.recorded_at))
        return Refusal(
            "appeal_settled",
            f"An appeal against this decision was decided on {on}. It can’t be appealed again.",
        )
    return None


def may_record(file: CaseFile, colleague_id: str) -> bool:
    """Whether this colleague may record an appeal in this case now."""
    return work_refusal(file, colleague_id) is None and bool(appealable(file))


def nothing_to_appeal(file: CaseFile) -> Refusal:
    """Why no decision of this case can be appealed now."""
    refusals = (appeal_refusal(file, d) for d in reversed(file.decisions) if d.kind in NOTIFIABLE)
    return next(filter(None, refusals), None) or NOT_NOTIFIED


# --- where it stands ------------------------------------------------------------------------------


def decide_by(file: CaseFile, appealed: Appealed) -> date:
    """The day by which the council means to decide it, counted from the day it was recorded (R40)."""
    days = file.desk.settings.appeal_undecided_working_days
    return file.desk.calendar.add_working_days(local_date(appealed.record.recorded_at), days)


def received_words(appealed: Appealed) -> str:
    """ "An appeal was received on Tuesday 24 November 2026, late by 1 day." """
    on = say_day(local_date(appealed.record.received_at))
    return f"An appeal was received on {on}, {late_words(appealed.record.late_days)}."


def next_words(file: CaseFile, appealed: Appealed) -> str:
    """Who acts next in an appeal, and by when; for one that is over, how it ended. References and offices only."""
    by = f"It should be decided by {say_day(decide_by(file, appealed))}."
    match appealed.stage:
        case AppealStage.LATE:
            return f"{received_words(appealed)} {_late(appealed)} The Chief Officer sees to it. {by}"
        case AppealStage.WAITING_FOR_REVIEWERS:
            return f"An appeal waits for two reviewers. The Chief Officer picks them. {by}"
        case AppealStage.WITH_REVIEWERS | AppealStage.SPLIT:
            return f"{_heard(file, appealed)}{_paused(file, appealed)} {by}"
        case AppealStage.DECIDED:
            return f"{over_words(appealed)} The Chief Officer tells the person."
        case AppealStage.REFUSED_LATE | AppealStage.WITHDRAWN:
            return f"{over_words(appealed)} The Chief Officer tells the person."
        case AppealStage.CLOSED:
            return f"{over_words(appealed)} The person was told."


def over_words(appealed: Appealed) -> str:
    """How an appeal ended; "" while it has not."""
    if appealed.outcome is not None and appealed.record.decided_at is not None:
        on = say_day(local_date(appealed.record.decided_at))
        return f"The appeal was decided on {on}. {OUTCOME_WORDS[appealed.outcome]}."
    if appealed.open:
        return ""
    refused = any(one.answer == REFUSE for one in appealed.answers) and not was_withdrawn(appealed)
    return "The appeal was refused because it was late." if refused else "The appeal was withdrawn."


def was_withdrawn(appealed: Appealed) -> bool:
    """Whether the person took it back."""
    return any(one.about == WITHDRAWN for one in appealed.answers)


def appeals_words(file: CaseFile) -> str:
    """What is awaited in the appeals of a case, in a few sentences; "" when nothing is."""
    waiting = (one for one in file.appeals if one.open or one.untold)
    return " ".join(next_words(file, one) for one in waiting)


def last_pause(file: CaseFile, appealed: Appealed) -> Pause | None:
    """The latest pause of the restriction because of this appeal, over or not."""
    own = restriction_of(file, appealed)
    found = [one for one in own.pauses if one.appeal_id == appealed.record.id] if own else []
    return found[-1] if found else None


def pause_stage(file: CaseFile, appealed: Appealed) -> PauseStage:
    """Where the pause stands now; one that is over stands nowhere."""
    pause = last_pause(file, appealed)
    if pause is None or (pause.ends_at is not None and pause.ends_at <= file.desk.now):
        return PauseStage.NONE
    return PauseStage.PAUSED if pause.lifted_at is None else PauseStage.LIFTED


def is_paused(file: CaseFile, appealed: Appealed) -> bool:
    """Whether the restriction does not hold now because of this appeal."""
    return pause_stage(file, appealed) is not PauseStage.NONE


def lift_untold(file: CaseFile, appealed: Appealed) -> bool:
    """Whether the reviewers lifted a pause and the person does not know yet."""
    pause = last_pause(file, appealed)
    return pause is not None and pause.ends_at is None and pause.lifted_at is not None


def of_pause(file: CaseFile, pause_id: str) -> Appealed:
    """The appeal that a pause belongs to."""
    pauses = (one for restriction in file.restrictions for one in restriction.pauses)
    return of(file, next((one.appeal_id for one in pauses if one.id == pause_id), pause_id))


def _late(appealed: Appealed) -> str:
    if any(not vote.accept for vote in appealed.late_votes):
        return "One colleague has refused it: a second one must refuse it too, or one accepts it."
    return "One colleague can accept it; refusing it takes two."


def _heard(file: CaseFile, appealed: Appealed) -> str:
    who = name_offices(Office(one.office) for one in appealed.reviewers)
    if appealed.stage is AppealStage.SPLIT:
        words = f"The reviewers ({who}) do not agree yet. They talk it over; then either answers again."
        return f"{words}{_split(file, appealed)}"
    if gone := hearers.unable(file, appealed):
        offices = (Office(one.office) for one in appealed.reviewers if one.colleague_id in gone)
        who = name_offices(offices)
        return (
            f"{who[0].upper()}{who[1:]} can’t hear the appeal now. The Chief Officer picks another reviewer."
        )
    given = len(appealed.last_answers(hearers.barred(file, appealed)))
    return f"The appeal is with {who}: {given} of {REVIEWERS_NEEDED} have answered."


def _split(file: CaseFile, appealed: Appealed) -> str:
    """From when others may hear it, or that it is time to pick them."""
    until, others = hearers.split_until(file, appealed), hearers.others_for(file, appealed)
    if isinstance(others, SplitChange):
        return " The time to agree is over: the Chief Officer picks other reviewers."
    if until is not None and others is NOT_SPLIT_LONG:
        return f" From {say_day(until)} other reviewers can be picked."
    return f" {others.sentence}" if until is not None else ""


def _paused(file: CaseFile, appealed: Appealed) -> str:
    pause = last_pause(file, appealed)
    match pause_stage(file, appealed):
        case PauseStage.PAUSED:
            return " Meanwhile the restriction does not hold."
        case PauseStage.LIFTED if pause is not None and pause.ends_at is None:
            return (
                " The reviewers lifted the pause. The restriction holds again once the person is told: "
                "the Chief Officer writes to them."
            )
        case PauseStage.LIFTED if pause is not None and pause.ends_at is not None:
            return f" The restriction holds again from {say_day(local_date(pause.ends_at))}."
    return ""


def waits_for(file: CaseFile, colleague_id: str) -> bool:
    """Whether an appeal of this case waits for this colleague: to answer, to pick, to decide, or to tell."""
    officers = {one.colleague_id for one in file.seats.officer}
    for one in file.appeals:
        if one.stage in HEARD:
            done = (
                one.last_answers(hearers.barred(file, one)) if one.stage is AppealStage.WITH_REVIEWERS else {}
            )
            mine = hearers.review_refusal(file, one, colleague_id) is None and colleague_id not in done
            others = hearers.unable(file, one) or isinstance(hearers.others_for(file, one), SplitChange)
            if mine or (colleague_id in officers and (others or lift_untold(file, one))):
                return True
        elif (one.open or one.untold) and colleague_id in officers:
            return True
    return False
