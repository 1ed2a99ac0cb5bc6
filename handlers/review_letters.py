"""The letters about a review: the invitation to comment, and that the restriction has ended (R25, R33, R37).

Both are about a restriction. That one goes on is told by the notice of the decision to continue it.
"""

from __future__ import annotations

from datetime import date

from handlers.casefile import CaseFile
from handlers.desk import Turn
from handlers.letters import Letter, LetterKind, Signer, compose, signed_by_officer
from handlers.reviewing import DUE, review_of, standing_of
from policy.answers import Refusal
from policy.calendars import say_day, say_moment
from policy.notice_words import ROUTES_ALWAYS_OPEN, loaded_words
from policy.notices import Method, expected_day
from policy.offices import title
from policy.reviews import comments_asked_by
from storage.records import Decision, Notice, Restriction

NOTHING = Refusal("review_not_in_force", "This restriction is not in force, so there is nothing to review.")
HELD = Refusal("review_held", "This review was held already. Open the case to see what it decided.")
NOT_ENDED = Refusal("review_not_ended", "No review has ended this restriction, so there is nothing to tell.")


def may_invite(file: CaseFile, _: Decision | None, about: str, __: date) -> Refusal | None:
    """While the restriction is in force and its review is not held."""
    restriction = _restriction(file, about)
    if restriction is None or standing_of(file, restriction) is None:
        return NOTHING
    review = review_of(file, restriction)
    return HELD if review and review.held_at else None


def comment_day(file: CaseFile, _: Decision | None, about: str, method: Method, expected: date) -> date:
    """The day it names for comments, if it leaves as expected: a promise (R37)."""
    desk, restriction = file.desk, _restriction(file, about)
    told = expected_day(method, expected, desk.calendar)
    due = restriction.review_on if restriction and restriction.ends_on is None else None
    return comments_asked_by(told.value, desk.calendar, due, desk.settings.review_invitation_days)


def write_invitation(
    file: CaseFile, decision: Decision | None, about: str, printed: date, dated: date
) -> Letter:
    """What is reviewed, by when, and how to say something; nobody has to."""
    restriction = _restriction(file, about)
    told = file.told_on(decision) if decision else None
    due = restriction.review_on if restriction and restriction.ends_on is None else None
    words = {
        "told": say_day(told.value) if told else "",
        "due": say_day(due) if due else "",
        "comment_before": say_day(printed),
        "always_open": ROUTES_ALWAYS_OPEN,
    }
    subject = "We are looking again at the limits on your contact with the council"
    return Letter(compose(file, "invitation", subject, dated, _signer(file, decision), words))


def invited(turn: Turn, file: CaseFile, notice: Notice) -> None:
    """The invitation left: the review has begun."""
    restriction = _restriction(file, notice.about)
    if restriction is not None:
        turn.uow.reviews.open(restriction.id, file.case.id, DUE, turn.me.id)
        turn.log("review.invited", "restriction", restriction.id, case=file.case.id)


def may_tell_end(file: CaseFile, _: Decision | None, about: str, __: date) -> Refusal | None:
    """Once a review ended the restriction."""
    restriction = _restriction(file, about)
    review = review_of(file, restriction) if restriction else None
    return None if review and review.outcome == "end" else NOT_ENDED


def day_it_leaves(_: CaseFile, __: Decision | None, ___: str, ____: Method, expected: date) -> date:
    """It promises no date."""
    return expected


def write_end(file: CaseFile, decision: Decision | None, about: str, _: date, dated: date) -> Letter:
    """That the limits are over, since when, and why if reasons were given."""
    restriction = _restriction(file, about)
    review = review_of(file, restriction) if restriction else None
    reasons = review.reasons if review else ""
    ended = restriction.ended_at if restriction else None
    words = {"ended": say_moment(ended) if ended else "", "reasons": reasons}
    subject = "The limits on your contact with the council have ended"
    text = compose(file, "review", subject, dated, _signer(file, decision), words)
    return Letter(text, loaded_words(reasons))


def _restriction(file: CaseFile, about: str) -> Restriction | None:
    return next((one for one in file.restrictions if one.id == about), None)


def _signer(file: CaseFile, decision: Decision | None) -> Signer:
    """The officer who acts in the case today; the one who decided may have left long ago."""
    for one in file.seats.officer:
        return Signer(file.desk.name(one.colleague_id), title(one.office))
    if decision is None:
        raise ValueError("a review is of a decision")
    return signed_by_officer(decision)


INVITATION = LetterKind(
    subject="Invitation to the review",
    may=may_invite,
    printed=comment_day,
    write=write_invitation,
    sent=invited,
)
OUTCOME = LetterKind(
    subject="End of the restriction", may=may_tell_end, printed=day_it_leaves, write=write_end
)
