"""An appeal comes in: recorded with the day it reached the council; a late one accepted or refused; withdrawn (R35)."""

from __future__ import annotations

from datetime import datetime, time

from handlers import hearing, views
from handlers.appeal_form import appeal_form, late_form, withdrawn_form
from handlers.appeal_tell import CARD, remind_undecided, remind_untold, tell_appeal
from handlers.appealed import ACCEPT, LATE, REFUSE, WITHDRAWN, Appealed
from handlers.casefile import NO_CASE, CaseFile, load
from handlers.chat import Form, FormValues, OpenForm, Replace, Reply, Response, ViewRef
from handlers.claim import claim
from handlers.desk import Refused, Turn
from handlers.forms import clock, needed, several, text
from handlers.tasks import route_taken
from policy.access import Part
from policy.answers import Problem, Refusal
from policy.appeal_stages import AppealEvent, AppealStage, first_stage, move
from policy.appeals import (
    LateAnswer,
    LateVote,
    Received,
    check_appeal,
    late_answer,
    late_by_days,
    late_vote_refusal,
    late_words,
)
from policy.calendars import LONDON, local_date
from policy.cases import parse_reference
from policy.decisions import already_done
from policy.notice_words import loaded_words
from policy.offices import OFFICER_OFFICES, Office
from storage.records import Decision

IN_TIME_NOW = Refusal(
    "in_time_now",
    "The last day to appeal is later than it was when this was recorded. It is in time: accept it.",
)


# --- recording ------------------------------------------------------------------------------------


def type_appeal(turn: Turn, words: str) -> Response:
    """`/incident appeal REF`."""
    reference = parse_reference(words)
    case = turn.uow.cases.by_reference(reference) if reference else None
    if case is None:
        raise Refused(NO_CASE)
    return open_appeal(turn, case.id)


def open_appeal(turn: Turn, value: str) -> Response:
    """The button "Record an appeal". `value`: "<case>", or "<case>:<message>" for one that came in a filed message."""
    return OpenForm(build_appeal(turn, value, {}))


def build_appeal(turn: Turn, value: str, _: FormValues) -> Form:
    """The form, for who may do the case's daily work and while a decision can be appealed."""
    case_id, _colon, message_id = value.partition(":")
    file = load(turn, case_id)
    choices = _choices(turn, file)
    message = turn.uow.messages.get(message_id) if message_id else None
    return appeal_form(file, choices, value, message if message and message.case_id == case_id else None)


def submit_appeal(turn: Turn, value: str, values: FormValues) -> Response:
    """Record it. The day it reached the council decides whether it is late; nothing is refused by itself (R35)."""
    case_id, _colon, message_id = value.partition(":")
    file = claim(turn, case_id)
    choices = _choices(turn, file)
    decision = next((one for one in choices if one.id == text(values, "decision")), choices[0])
    words = text(values, "text")
    at = clock(values, "received_at") or time(12)
    received = datetime.combine(needed(values, "received_on"), at, LONDON)
    turn.check(_at_its_field(check_appeal(received, decision.decided_at, turn.now, words), received, turn))
    late = late_by_days(received, file.appeal_close(decision))
    made = turn.uow.appeals.add(
        case_id=case_id,
        decision_id=decision.id,
        received_at=received,
        received_by=Received(text(values, "received_by")).value,
        grounds=several(values, "ground"),
        text=words,
        recorded_by=turn.me.id,
        late_days=late,
        stage=first_stage(late).value,
    )
    if made is None:
        raise Refused(hearing.OPEN_ALREADY, case_id)
    turn.log(
        "appeal.recorded",
        "appeal",
        made.id,
        case=case_id,
        decision=decision.id,
        received=received.isoformat(),
        by=made.received_by,
        late=str(late),
    )
    route_taken(turn, case_id, message_id, "appeal")
    remind_undecided(*hearing.find(turn, made.id))
    return settled(turn, made.id, f"The appeal is recorded. It is {late_words(late)}.", new=True)


def _choices(turn: Turn, file: CaseFile) -> tuple[Decision, ...]:
    """The decisions that can be appealed, for a colleague who may work the case; else a refusal."""
    if Part.STAGE not in file.seen_by(turn.me.id):
        raise Refused(NO_CASE, file.case.id)
    turn.require(hearing.work_refusal(file, turn.me.id), file.case.id)
    found = hearing.appealable(file)
    if not found:
        raise Refused(hearing.nothing_to_appeal(file), file.case.id)
    return found


def _at_its_field(problems: tuple[Problem, ...], received: datetime, turn: Turn) -> tuple[Problem, ...]:
    """A time later today is wrong at the time, not at the day."""
    today = received.date() == local_date(turn.now)
    return tuple(
        Problem("received_at", one.code, "This is later than now. At what time did it reach us?")
        if today and one.code == "in_future"
        else one
        for one in problems
    )


# --- late -----------------------------------------------------------------------------------------


def open_accept(turn: Turn, appeal_id: str) -> Response:
    """The button "Accept it though it is late"."""
    return OpenForm(build_late(turn, f"{ACCEPT}:{appeal_id}", {}))


def open_refuse(turn: Turn, appeal_id: str) -> Response:
    """The button "Refuse it as late"."""
    return OpenForm(build_late(turn, f"{REFUSE}:{appeal_id}", {}))


def build_late(turn: Turn, context: str, _: FormValues) -> Form:
    """Asks for the reasons; `context` is "accept:<appeal>" or "refuse:<appeal>"."""
    answer, appeal_id = _answer_in(context)
    file, appealed = hearing.find(turn, appeal_id)
    _may_answer(turn, file, appealed, answer, "-")
    return late_form(file, appealed, answer, context)


def submit_late(turn: Turn, context: str, values: FormValues) -> Response:
    """One name accepts, two refuse; the first answer reached is kept (R35)."""
    answer, appeal_id = _answer_in(context)
    file, appealed = held(turn, appeal_id)
    vote = _may_answer(turn, file, appealed, answer, text(values, "reasons"))
    turn.check(loaded_words(vote.reasons, "reasons"))
    turn.uow.appeals.answer(appealed.record, turn.me.id, office_of(turn), LATE, answer, reasons=vote.reasons)
    turn.log("appeal.late_answered", "appeal", appeal_id, case=file.case.id, answer=answer)
    result = late_answer((*_late_votes(file, appealed), vote))
    if result is not LateAnswer.WAITING:
        event = AppealEvent.ACCEPT_LATE if result is LateAnswer.ACCEPTED else AppealEvent.REFUSE_LATE
        moved(turn, file, appealed, event)
        if result is LateAnswer.REFUSED:
            remind_untold(*hearing.find(turn, appeal_id))
    return settled(turn, appeal_id)


def _answer_in(context: str) -> tuple[str, str]:
    """The answer and the appeal's id. Refuses what is neither of the two: a context comes back from outside."""
    answer, _colon, appeal_id = context.partition(":")
    if answer not in (ACCEPT, REFUSE):
        raise Refused(hearing.NO_APPEAL)
    return answer, appeal_id


def _may_answer(turn: Turn, file: CaseFile, appealed: Appealed, answer: str, reasons: str) -> LateVote:
    turn.require(hearing.work_refusal(file, turn.me.id), file.case.id)
    vote = LateVote(turn.me.id, answer == ACCEPT, reasons)
    done = next((one for one in reversed(appealed.answers) if one.about == LATE), None)
    if appealed.stage is not AppealStage.LATE and done is not None:
        word = "accepted" if done.answer == ACCEPT else "refused"
        raise Refused(already_done(word, (Office(done.office),), done.at, turn.now), file.case.id)
    require_move(file, appealed, AppealEvent.ACCEPT_LATE if vote.accept else AppealEvent.REFUSE_LATE)
    turn.require(late_vote_refusal(_late_votes(file, appealed), vote), file.case.id)
    close = file.appeal_close(hearing.decision_of(file, appealed))
    if not vote.accept and close is not None and late_by_days(appealed.record.received_at, close) == 0:
        raise Refused(IN_TIME_NOW, file.case.id)
    return vote


def _late_votes(file: CaseFile, appealed: Appealed) -> tuple[LateVote, ...]:
    """The answers that count: none of a colleague who takes no part, as is known now (R17)."""
    return tuple(one for one in appealed.late_votes if file.free(one.colleague_id))


# --- withdrawn ------------------------------------------------------------------------------------


def open_withdrawn(turn: Turn, appeal_id: str) -> Response:
    """The button "The person withdraws it"."""
    return OpenForm(build_withdrawn(turn, appeal_id, {}))


def build_withdrawn(turn: Turn, appeal_id: str, _: FormValues) -> Form:
    """Asks how that is known."""
    file, appealed = hearing.find(turn, appeal_id)
    turn.require(hearing.work_refusal(file, turn.me.id), file.case.id)
    require_move(file, appealed, AppealEvent.WITHDRAW)
    return withdrawn_form(appealed, appeal_id)


def submit_withdrawn(turn: Turn, appeal_id: str, values: FormValues) -> Response:
    """The person takes it back: the decision stands, and they are told that it is recorded."""
    file, appealed = held(turn, appeal_id)
    turn.require(hearing.work_refusal(file, turn.me.id), file.case.id)
    moved(turn, file, appealed, AppealEvent.WITHDRAW)
    reasons = text(values, "reasons")
    turn.uow.appeals.answer(
        appealed.record, turn.me.id, office_of(turn), WITHDRAWN, WITHDRAWN, reasons=reasons
    )
    turn.log("appeal.withdrawn", "appeal", appeal_id, case=file.case.id)
    remind_untold(*hearing.find(turn, appeal_id))
    return settled(turn, appeal_id)


# --- shared with the hearing ------------------------------------------------------------------------


def settled(turn: Turn, appeal_id: str, note: str = "", *, new: bool = False) -> Response:
    """Everybody's cards up to date, and the asker's own as the answer; `new` = beside what was pressed."""
    file, appealed = hearing.find(turn, appeal_id)
    tell_appeal(file, appealed)
    again = ViewRef(CARD, {"appeal": appeal_id})
    card = views.show(turn, again, turn.me.id) or views.gone()
    shown = views.with_note(card, note) if note else card
    return Reply(shown, again) if new else Replace(shown, again)


def held(turn: Turn, appeal_id: str) -> tuple[CaseFile, Appealed]:
    """The appeal and its case, held so that two clicks at one instant come one after the other (R19)."""
    record = turn.uow.appeals.get(appeal_id)
    if record is None:
        raise Refused(hearing.NO_APPEAL)
    file = claim(turn, record.case_id)
    return file, hearing.of(file, appeal_id)


def require_move(file: CaseFile, appealed: Appealed, event: AppealEvent) -> AppealStage:
    """The stage this event leads to, or a refusal that says where the appeal stands."""
    following = move(appealed.stage, event)
    if isinstance(following, Refusal):
        raise Refused(following, file.case.id)
    return following


def moved(turn: Turn, file: CaseFile, appealed: Appealed, event: AppealEvent) -> None:
    """Move it on, if it still stands where it was seen (R19)."""
    following = require_move(file, appealed, event)
    if not turn.uow.appeals.move(appealed.record.id, appealed.stage.value, following.value):
        raise Refused(hearing.NO_APPEAL, file.case.id)


def office_of(turn: Turn, *, councillor: bool = False) -> str:
    """The office a colleague acts in now: the first that fits, in the order of the register of offices."""
    held_now = turn.offices(turn.me.id)
    fitting = [one for one in Office if one in held_now and (one in OFFICER_OFFICES) is not councillor]
    return (fitting or [one for one in Office if one in held_now])[0].value
