"""The letter that tells the person of a decision: its words, and the clock it starts (R16, R25, R26, R29-R32)."""

from __future__ import annotations

from datetime import date

from handlers.casefile import NOTIFIABLE, CaseFile, load
from handlers.deadlines import redo_dates
from handlers.desk import Turn
from handlers.letters import Letter, LetterKind, compose, signed_by_officer
from handlers.makers import minute_ref
from handlers.proposal_form import from_record, proposed
from handlers.reviewing import CONTINUATION
from handlers.superseding import settle_starts
from handlers.warned import counts_until, warning_words
from policy.answers import Refusal
from policy.calendars import end_of_day, local_date, say_day
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
    CONTINUATION: "Limits on your contact with the council continue",
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
    parts, action = decision_parts(file, decision, dated)
    if ref := minute_ref(decision):
        on = say_day(local_date(decision.decided_at))
        action = (f"A committee of the council decided this (minute {ref}, recorded on {on}).", *action)
    words = {
        "why": parts.why,
        "action": action,
        "time_limit": parts.time_limit,
        "appeal": appeal_words(AppealClose(printed, end_of_day(printed))),
        "always_open": ROUTES_ALWAYS_OPEN,
        "instead": _instead(file, decision),
    }
    template = "continued" if decision.kind == CONTINUATION else "decision"
    text = compose(file, template, SUBJECTS[decision.kind], dated, signed_by_officer(decision), words)
    return Letter(text, (*check_parts(parts), *loaded_words(parts.why)))


def _instead(file: CaseFile, decision: Decision) -> str:
    """What a new decision takes the place of, in words; "" when the person was told of nothing before (R32)."""
    earlier = file.decisions[: file.decisions.index(decision)]
    told = [day for one in earlier if one.kind != "warning" and (day := file.told_on(one))]
    if not told:
        return ""
    return f"It takes the place of the limits we told you about on {say_day(told[-1].value)}."


def decision_parts(file: CaseFile, decision: Decision, dated: date) -> tuple[NoticeParts, tuple[str, ...]]:
    """The three parts that can't be blank (R29), and the sentences of the second, in a letter of the day `dated`."""
    if decision.kind == "warning":
        action: tuple[str, ...] = WARNING_ACTION
        limit = warning_limit_words(counts_until(file, decision, dated))
        return NoticeParts(warning_words(file, decision), " ".join(action), limit), action
    # The last one: an appeal that varied the decision left the earlier terms beside it.
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


def settle_clock(turn: Turn, file: CaseFile, notice: Notice) -> None:
    """What was sent or came back moves the start of the restriction and the last day to appeal (R26, R30-R32).

    Both are computed anew from every copy that reached the person, and so are the reminders.
    """
    decision = next((d for d in file.decisions if d.id == notice.decision_id), None)
    if decision is not None:
        settle_starts(turn, load(turn, file.case.id), decision)
        redo_dates(turn, load(turn, file.case.id))


DECISION = LetterKind(
    subject="Notice",
    may=may_tell,
    printed=appeal_date,
    write=write_decision,
    sent=settle_clock,
    returned=settle_clock,
)
