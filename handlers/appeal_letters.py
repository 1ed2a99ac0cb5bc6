"""The letters of an appeal: that we have it, that the limits pause, how it ended, and a decision made again (R36)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handlers import hearing
from handlers.appeal_tell import LIFTED, OUTCOME_LETTER, PAUSED, RECEIVED, remind_untold, tell_appeal
from handlers.appeal_words import DECISION_NAMES
from handlers.appealed import LATE, Appealed
from handlers.casefile import NOTIFIABLE, CaseFile, load
from handlers.decision_letters import decision_parts
from handlers.desk import Turn
from handlers.letters import Letter, LetterKind, Signer, compose
from handlers.pauses import settle_pauses
from policy.answers import Refusal
from policy.appeal_pause import PauseStage
from policy.appeal_stages import AppealEvent, AppealStage, move
from policy.appeals import AppealOutcome, late_words
from policy.calendars import local_date, say_day, say_moment
from policy.notice_words import ROUTES_ALWAYS_OPEN
from policy.notices import Method
from policy.offices import Office, name_offices, title
from storage.records import Decision, Notice

REMADE = "appeal_remade"
OVER = Refusal("appeal_over", "This appeal is over. Write the letter that says how it ended.")
NOT_OVER = Refusal("appeal_not_over", "This appeal has no outcome yet, so there is nothing to tell.")
NOT_PAUSED = Refusal("not_paused", "The restriction is not paused, so there is nothing to tell.")
NOT_LIFTED = Refusal("not_lifted", "The reviewers have not lifted the pause, so there is nothing to tell.")
NOT_REMADE = Refusal("not_remade", "The decision has not been made again, or has a notice of its own.")
_TOOK_NO_PART = "They took no part in the decision."


def remade(file: CaseFile, appealed: Appealed) -> Decision | None:
    """The decision that took the place of one sent back, where it is of a kind that has no notice of its own."""
    last = file.final_decision
    if appealed.outcome is not AppealOutcome.SENT_BACK or last is None or last.kind in NOTIFIABLE:
        return None
    return last if last.id != appealed.record.decision_id else None


# --- may it be sent -------------------------------------------------------------------------------


def _may_receive(file: CaseFile, _: Decision | None, about: str, __: date) -> Refusal | None:
    return None if hearing.of(file, about).open else OVER


def _may_pause(file: CaseFile, _: Decision | None, about: str, __: date) -> Refusal | None:
    appealed = hearing.of_pause(file, about)
    stage = hearing.pause_stage(file, appealed)
    return None if appealed.open and stage is PauseStage.PAUSED else NOT_PAUSED


def _may_lift(file: CaseFile, _: Decision | None, about: str, __: date) -> Refusal | None:
    """Also once it was sent: then it may go another way."""
    appealed = hearing.of_pause(file, about)
    pause = hearing.last_pause(file, appealed)
    lifted = pause is not None and pause.id == about and pause.lifted_at is not None
    return None if appealed.open and lifted else NOT_LIFTED


def _may_end(file: CaseFile, _: Decision | None, about: str, __: date) -> Refusal | None:
    return NOT_OVER if hearing.of(file, about).open else None


def _may_remade(file: CaseFile, _: Decision | None, about: str, __: date) -> Refusal | None:
    return None if remade(file, hearing.of(file, about)) else NOT_REMADE


def _aim(file: CaseFile, _: Decision | None, about: str, __: Method, expected: date) -> date:
    return max(expected, hearing.decide_by(file, hearing.of(file, about)))


def _leaves(_: CaseFile, __: Decision | None, ___: str, ____: Method, expected: date) -> date:
    return expected


# --- what it says ---------------------------------------------------------------------------------


def _write_received(file: CaseFile, _: Decision | None, about: str, printed: date, dated: date) -> Letter:
    appealed = hearing.of(file, about)
    stays = "An appeal does not change the decision while it is looked at. We will tell you if that changes."
    if appealed.stage is AppealStage.LATE:
        late = f"It came after the last day to appeal ({late_words(appealed.record.late_days)})."
        now: tuple[str, ...] = (
            late,
            "We look first at whether to accept it all the same, and will write to you.",
            stays,
        )
    else:
        heard = "Two councillors who took no part in the decision will look at your appeal."
        now = (heard, stays)
    words = {"now": now, "decide_by": say_day(printed)}
    return _letter(file, appealed, "appeal_received", "We have your appeal", dated, words)


def _write_paused(file: CaseFile, _: Decision | None, about: str, __: date, dated: date) -> Letter:
    appealed = hearing.of_pause(file, about)
    words = {"since": _since(file, appealed, dated)}
    return _letter(file, appealed, "appeal_paused", "No limits while we look at your appeal", dated, words)


def _write_lifted(file: CaseFile, _: Decision | None, about: str, __: date, dated: date) -> Letter:
    """The whole of what applies again: the person may have been told of it long ago."""
    appealed = hearing.of_pause(file, about)
    parts, sentences = decision_parts(file, hearing.decision_of(file, appealed), dated)
    words = {
        "since": _since(file, appealed, dated),
        "action": (*sentences, parts.time_limit),
        "always_open": ROUTES_ALWAYS_OPEN,
    }
    return _letter(file, appealed, "appeal_lifted", "The limits apply again", dated, words)


def _since(file: CaseFile, appealed: Appealed, dated: date) -> str:
    pause = hearing.last_pause(file, appealed)
    return say_moment(pause.starts_at) if pause else say_day(dated)


def _write_outcome(file: CaseFile, _: Decision | None, about: str, __: date, dated: date) -> Letter:
    appealed = hearing.of(file, about)
    decision = hearing.decision_of(file, appealed)
    running = hearing.restriction_of(file, appealed)
    action: tuple[str, ...] = ()
    if appealed.outcome is AppealOutcome.VARIED:
        parts, sentences = decision_parts(file, decision, dated)
        action = (*sentences, parts.time_limit)
    words = {
        "decided": _decided(file, appealed),
        "reasons": _reasons(appealed),
        "action": action,
        "next": _next(appealed, paused=_goes_on(file, appealed)),
        "always_open": ROUTES_ALWAYS_OPEN if running else (),
    }
    return _letter(file, appealed, "appeal_outcome", "The outcome of your appeal", dated, words)


def _write_remade(file: CaseFile, _: Decision | None, about: str, __: date, dated: date) -> Letter:
    appealed = hearing.of(file, about)
    words = {"decided": "No warning is given, and your contact with the council is not limited."}
    return _letter(file, appealed, "appeal_remade", "The new decision after your appeal", dated, words)


def _letter(
    file: CaseFile, appealed: Appealed, template: str, subject: str, dated: date, words: Mapping[str, object]
) -> Letter:
    decision = hearing.decision_of(file, appealed)
    made = say_day(local_date(decision.decided_at))
    every = {
        "received": say_day(local_date(appealed.record.received_at)),
        "decision": f"{DECISION_NAMES[decision.kind]} of {made}",
    }
    return Letter(compose(file, template, subject, dated, _signer(file), {**every, **words}))


def _signer(file: CaseFile) -> Signer:
    """The officer in the seat today; where no officer can act, the council itself."""
    if not file.seats.officer:
        return Signer("For the council", "")
    officer = file.seats.officer[0]
    return Signer(file.desk.name(officer.colleague_id), title(officer.office))


def _decided(file: CaseFile, appealed: Appealed) -> tuple[str, ...]:
    if appealed.outcome is None:
        if appealed.stage is AppealStage.WITHDRAWN or hearing.was_withdrawn(appealed):
            return ("You have withdrawn your appeal.", "The decision stands as it is.")
        close = file.appeal_close(hearing.decision_of(file, appealed))
        until = f"It had to reach us by {close.words}." if close else "It came after the last day to appeal."
        late = f"It was {late_words(appealed.record.late_days)}."
        return (until, late, "We have decided not to look at it.", "The decision stands as it is.")
    who = name_offices(Office(one.office) for one in appealed.reviewers)
    heard = f"Your appeal was looked at by {who}. {_TOOK_NO_PART}"
    on = say_moment(appealed.record.decided_at) if appealed.record.decided_at else ""
    said = {
        AppealOutcome.STANDS: "The decision stands as it is.",
        AppealOutcome.VARIED: f"The decision is changed. What applies is milder than before, from {on}.",
        AppealOutcome.QUASHED: f"The decision is cancelled. Nothing of it applies from {on}.",
        AppealOutcome.SENT_BACK: "The decision is to be made again. Until that is done it stands as it is.",
    }[appealed.outcome]
    return (heard, said, f"The council’s record of this: {appealed.record.minute_ref}.")


def _reasons(appealed: Appealed) -> str:
    """What each reviewer, or each colleague who answered a late appeal, gave as reasons; the same words once."""
    if appealed.outcome is not None:
        given = [one.reasons for one in appealed.last_answers().values()]
    else:
        given = [one.reasons for one in appealed.answers if one.about == LATE and one.answer == "refuse"]
        given = [] if hearing.was_withdrawn(appealed) else given
    return "\n\n".join(dict.fromkeys(given))


def _goes_on(file: CaseFile, appealed: Appealed) -> bool:
    """Whether a pause lasts until the person is told of this: its end was not told by another letter."""
    pause = hearing.last_pause(file, appealed)
    return pause is not None and (pause.ends_at is None or file.letter_about(LIFTED, pause.id) is None)


def _next(appealed: Appealed, *, paused: bool) -> tuple[str, ...]:
    match appealed.outcome:
        case AppealOutcome.QUASHED:
            return ("You need not do anything. We open again whatever was blocked.",)
        case AppealOutcome.SENT_BACK:
            said = ["We will write to you about the new decision. You can appeal against that one."]
        case None:
            said = ["The limits in our earlier letter stay as they are, if there are any."]
        case _:
            said = ["The council does not look at another appeal against this decision."]
    if paused:
        said.append("The limits did not apply meanwhile. They apply again from the day you are told of this.")
    return tuple(said)


# --- sent, and come back --------------------------------------------------------------------------


def _outcome_sent(turn: Turn, file: CaseFile, notice: Notice) -> None:
    """The person knows: the appeal is closed, and what was paused holds again from the day they are told (R26)."""
    appealed = hearing.of(file, notice.about)
    following = move(appealed.stage, AppealEvent.TELL_PERSON)
    if isinstance(following, AppealStage):
        turn.uow.appeals.close(appealed.record.id, appealed.stage.value, following.value, turn.now)
        turn.log("appeal.closed", "appeal", appealed.record.id, case=file.case.id)
    settle_pauses(turn, load(turn, file.case.id), appealed)
    tell_appeal(*hearing.find(turn, appealed.record.id))


def _outcome_returned(turn: Turn, file: CaseFile, notice: Notice) -> None:
    """The person does not know after all: the letter is owed again, and a pause goes on (R30)."""
    appealed = hearing.of(file, notice.about)
    before = AppealStage.DECIDED
    if appealed.outcome is None:
        withdrawn = hearing.was_withdrawn(appealed)
        before = AppealStage.WITHDRAWN if withdrawn else AppealStage.REFUSED_LATE
    turn.uow.appeals.close(appealed.record.id, AppealStage.CLOSED.value, before.value, None)
    settle_pauses(turn, load(turn, file.case.id), appealed)
    again = hearing.find(turn, appealed.record.id)
    remind_untold(*again)
    tell_appeal(*again)


def _lift_settled(turn: Turn, file: CaseFile, notice: Notice) -> None:
    """The limits apply again from the day the person is told so; until then the pause goes on (R26, R30)."""
    appealed = hearing.of_pause(file, notice.about)
    settle_pauses(turn, load(turn, file.case.id), appealed)
    tell_appeal(*hearing.find(turn, appealed.record.id))


APPEAL_LETTERS = {
    RECEIVED: LetterKind("We have the appeal", _may_receive, _aim, _write_received),
    PAUSED: LetterKind("The limits pause", _may_pause, _leaves, _write_paused),
    LIFTED: LetterKind(
        "The limits apply again", _may_lift, _leaves, _write_lifted, _lift_settled, _lift_settled
    ),
    OUTCOME_LETTER: LetterKind(
        "Outcome of the appeal", _may_end, _leaves, _write_outcome, _outcome_sent, _outcome_returned
    ),
    REMADE: LetterKind("Decision made again", _may_remade, _leaves, _write_remade),
}
