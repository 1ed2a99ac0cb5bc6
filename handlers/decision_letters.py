"""The letter that tells the person of a decision: its words, and the clock it starts (R16, R25, R26, R29-R32)."""

from __future__ import annotations

from datetime import date, datetime

from handlers.casefile import NOTIFIABLE, CaseFile
from handlers.deadlines import forget_dates, remind_of_dates
from handlers.desk import Turn
from handlers.letters import Letter, LetterKind, compose, signed_by_officer
from handlers.proposal_form import from_record, proposed
from policy.answers import Refusal
from policy.calendars import LONDON, add_months, end_of_day
from policy.notice_words import (
    ROUTES_ALWAYS_OPEN,
    NoticeParts,
    appeal_words,
    check_parts,
    interim_limit_words,
    loaded_words,
    time_limit_words,
    warning_limit_words,
)
from policy.notices import AppealClose, Method, expected_close
from policy.restriction_words import notice_sentences
from policy.restrictions import starts_at
from storage.records import Decision, Notice

NOT_DECIDED = Refusal("nothing_to_send", "There is no decision to send yet.")
WARNING_ACTION = (
    "This is a warning. Please change the behaviour described above.",
    "If it happens again, we may limit how you contact the council.",
)
SUBJECTS = {
    "restriction": "Limits on your contact with the council",
    "interim": "Urgent interim limits on your contact with the council",
    "warning": "A warning about behaviour towards the council",
}


def may_tell(file: CaseFile, decision: Decision | None, _: str, day: date) -> Refusal | None:
    """A decision the person must be told of, while it has not lapsed (R16)."""
    if decision is None or decision.kind not in NOTIFIABLE:
        return NOT_DECIDED
    return file.untold(decision, day)


def appeal_date(file: CaseFile, _: Decision | None, __: str, method: Method, expected: date) -> date:
    """The last day to appeal, if it leaves as expected: what is printed, and a promise (R32)."""
    return expected_close(method, expected, file.desk.calendar, file.desk.settings.appeal_days).on


def write_decision(file: CaseFile, decision: Decision | None, _: str, printed: date, dated: date) -> Letter:
    """The notice of a decision."""
    if decision is None:
        raise ValueError("a notice tells of a decision")
    parts, action = decision_parts(file, decision)
    words = {
        "why": parts.why,
        "action": action,
        "time_limit": parts.time_limit,
        "appeal": appeal_words(AppealClose(printed, end_of_day(printed))),
        "always_open": ROUTES_ALWAYS_OPEN,
    }
    text = compose(file, "decision", SUBJECTS[decision.kind], dated, signed_by_officer(decision), words)
    return Letter(text, (*check_parts(parts), *loaded_words(parts.why)))


def decision_parts(file: CaseFile, decision: Decision) -> tuple[NoticeParts, tuple[str, ...]]:
    """The three parts that can't be blank (R29), and the sentences of the second."""
    if decision.kind == "warning":
        reasons = [f.answers.get("reasons", "") for f in file.by_seat.values()]
        why = "\n\n".join(dict.fromkeys(r for r in reasons if r))
        last = max(i.happened_on for i in file.standing)
        action: tuple[str, ...] = WARNING_ACTION
        until = add_months(last, file.desk.settings.warning_live_months)
        return NoticeParts(why, " ".join(action), warning_limit_words(until)), action
    restriction = [r for r in file.restrictions if r.decision_id == decision.id][-1]
    content = from_record(restriction.content)
    draft = proposed(file.desk, content)
    action = notice_sentences(draft)
    lapses = None if restriction.confirmed_at else restriction.interim_lapses_on
    if lapses:
        limit = interim_limit_words(lapses, restriction.ends_on, restriction.review_on)
    else:
        limit = time_limit_words(restriction.ends_on, restriction.review_on)
    return NoticeParts(draft.case_for, " ".join(action), limit), action


# --- sent, and come back --------------------------------------------------------------------------


def start_clock(turn: Turn, file: CaseFile, notice: Notice) -> None:
    """The person counts as notified: the restriction gets its start, the appeal its last day (R26, R30, R31)."""
    decision = next((d for d in file.decisions if d.id == notice.decision_id), None)
    if decision is None:
        return
    told, close = file.told_on(decision), file.appeal_close(decision)
    if told is None or close is None:
        return
    sent = max(copy.sent_local for copy in file.dispatches[notice.id]).replace(tzinfo=LONDON)
    for restriction in file.restrictions:
        if restriction.decision_id == decision.id:
            begins = starts_at(told.value, sent)
            turn.uow.restrictions.start(restriction.id, begins)
            _end_interim(turn, file, decision, begins)
    remind_of_dates(turn, file, decision)


def stop_clock(turn: Turn, file: CaseFile, notice: Notice) -> None:
    """The person is not notified after all: nothing is in force, and none of the dates holds (R30)."""
    for restriction in file.restrictions:
        if restriction.decision_id == notice.decision_id:
            turn.uow.restrictions.start(restriction.id, None)
    forget_dates(turn, file)


def _end_interim(turn: Turn, file: CaseFile, decision: Decision, at: datetime) -> None:
    """It takes the place of the interim one, or of one an appeal wanted made again, from the moment it starts."""
    for earlier in file.restrictions:
        replaced = earlier.interim_lapses_on or earlier.decision_id in file.sent_back
        if earlier.decision_id != decision.id and replaced and not earlier.ended_at:
            turn.uow.restrictions.end(earlier.id, at)
            turn.log("restriction.ended", "restriction", earlier.id, case=file.case.id)


DECISION = LetterKind(
    subject="Notice",
    may=may_tell,
    printed=appeal_date,
    write=write_decision,
    sent=start_clock,
    returned=stop_clock,
)
