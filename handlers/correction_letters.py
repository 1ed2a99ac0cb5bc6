"""The corrected notice: what was put right, the whole decision as it is now, and a new appeal date (R29, R32)."""

from __future__ import annotations

from datetime import date

from handlers.casefile import CaseFile
from handlers.correction_form import CHANGED_WORDS
from handlers.decision_letters import NOT_DECIDED, appeal_date, decision_parts, settle_clock
from handlers.letters import Letter, LetterKind, compose, signed_by_officer
from policy.answers import Refusal
from policy.calendars import end_of_day, local_date, say_day
from policy.notice_words import ROUTES_ALWAYS_OPEN, appeal_words, check_parts, loaded_words
from policy.notices import AppealClose, Method
from storage.records import Decision, Notice
from storage.reviewed import Correction

NO_CORRECTION = Refusal("no_correction", "Nothing was corrected in this notice. Correct it first.")
SUBJECT = "A correction of what we wrote to you"


def may_correct(file: CaseFile, decision: Decision | None, about: str, day: date) -> Refusal | None:
    """Once a correction was made, while the decision has not come to an end."""
    if decision is None:
        return NOT_DECIDED
    return file.untold(decision, day) if _made(file, about) else NO_CORRECTION


def later_date(file: CaseFile, decision: Decision | None, about: str, method: Method, expected: date) -> date:
    """The new last day to appeal; never before the one that was promised (R32)."""
    letters = file.notices_of(decision) if decision else ()
    promised = [n.printed_close for n in letters if n.state == "sent"]
    return max([appeal_date(file, decision, about, method, expected), *promised])


def write_correction(
    file: CaseFile, decision: Decision | None, about: str, printed: date, dated: date
) -> Letter:
    """What changed comes first, then all of it as it is now."""
    if decision is None:
        raise ValueError("a correction is of a notice about a decision")
    made = _made(file, about)
    parts, action = decision_parts(file, decision, dated)
    words = {
        "earlier": _earlier(file, about),
        "changed": tuple(dict.fromkeys(CHANGED_WORDS[code] for one in made for code in one.changed)),
        "corrected": tuple(one.words for one in made),
        "why": parts.why,
        "action": action,
        "time_limit": parts.time_limit,
        "appeal": appeal_words(AppealClose(printed, end_of_day(printed))),
        "always_open": ROUTES_ALWAYS_OPEN,
    }
    text = compose(file, "correction", SUBJECT, dated, signed_by_officer(decision), words)
    return Letter(text, (*check_parts(parts), *loaded_words(parts.why)))


def _made(file: CaseFile, about: str) -> tuple[Correction, ...]:
    return tuple(one for one in file.corrections if one.notice_id == about)


def _earlier(file: CaseFile, about: str) -> str:
    """The day the corrected notice was sent, in words."""
    sent = [copy.sent_local.date() for copy in file.dispatches.get(about, ())]
    notice: Notice | None = next((n for n in file.notices if n.id == about), None)
    day = min(sent, default=local_date(notice.prepared_at) if notice else file.desk.today)
    return say_day(day)


CORRECTION = LetterKind(
    subject="Corrected notice",
    may=may_correct,
    printed=later_date,
    write=write_correction,
    sent=settle_clock,
    returned=settle_clock,
)
