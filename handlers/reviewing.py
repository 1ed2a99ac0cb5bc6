"""Where the review of a restriction stands: computed from what was sent, said and dated, never stored (R22, R37).

A restriction has one review; what takes its place after a review is a restriction of its own, with its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handlers.casefile import CaseFile
from handlers.contact import dates_of
from policy.answers import Refusal
from policy.calendars import local_date, say_day
from policy.restrictions import ForceReason, in_force
from policy.reviews import (
    ReviewDates,
    ReviewStage,
    comments_until,
    continue_refusal,
    overdue_days,
    overdue_words,
    review_dates,
    review_stage,
)
from storage.records import Notice, Proposal, Restriction
from storage.reviewed import Review

CONTINUATION = "continuation"
"""The kind of a proposal, and of the decision it becomes, that lets a restriction go on after a review."""
INVITATION = "invitation"
OUTCOME = "review"
"""Kinds of letters about a review; each is about the restriction's id."""
ASKED = "asked"
DUE = "due"
PAUSED_WORDS = (
    "An appeal has paused the restriction: the review can end it now, and continues it only once the person was told "
    "how the appeal ended."
)
REVIEW_PAUSED = Refusal("review_paused", PAUSED_WORDS)
REVIEW_OF = "review_of"
"""In the content of a continuation: the restriction that was reviewed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One restriction and its review at this moment. `invited_on` is the day the invitation counts as received.

    `paused`: an appeal has paused the restriction. Its review can end it meanwhile, and can't continue it.
    """

    restriction: Restriction
    review: Review | None
    dates: ReviewDates | None
    letter: Notice | None
    invited_on: date | None
    stage: ReviewStage
    paused: bool = False

    @property
    def promised(self) -> date | None:
        """The day the invitation names for comments, if it was sent."""
        return self.letter.printed_close if self.letter and self.invited_on else None

    @property
    def asked(self) -> bool:
        """Whether somebody asked for it early."""
        return self.review is not None and self.review.why == ASKED

    @property
    def waits(self) -> bool:
        """Whether a colleague has something to do about it, now or once the person has had time."""
        return self.stage not in (ReviewStage.AHEAD, ReviewStage.HELD)


def standing_of(file: CaseFile, restriction: Restriction) -> Standing | None:
    """How the review of a restriction stands; None when there is nothing to review: it is not in force.

    One that an appeal has paused is: the person need not wait for the outcome to be free of it.
    """
    unconfirmed = restriction.interim_lapses_on is not None and restriction.confirmed_at is None
    answer = in_force(dates_of(restriction), file.desk.now)
    paused = answer.reason is ForceReason.PAUSED
    if unconfirmed or not (answer or paused):
        return None
    settings, calendar = file.desk.settings, file.desk.calendar
    review = review_of(file, restriction)
    dates = None
    if restriction.ends_on is None and restriction.review_on is not None:
        days, before = settings.review_invitation_days, settings.review_reminder_days
        dates = review_dates(restriction.review_on, calendar, days, before)
    letter = _invitation(file, restriction)
    told = file.letter_told_on(letter) if letter else None
    invited_on = told.value if told else None
    held_on = local_date(review.held_at) if review and review.held_at else None
    asked = review is not None and review.why == ASKED
    stage = review_stage(dates, file.desk.today, invited_on, held_on, asked=asked)
    return Standing(restriction, review, dates, letter, invited_on, stage, paused)


def _invitation(file: CaseFile, restriction: Restriction) -> Notice | None:
    """The invitation to its review, or to that of the terms it had before an appeal made them milder."""
    same = [r.id for r in file.restrictions if r.decision_id == restriction.decision_id]
    upto = reversed(same[: same.index(restriction.id) + 1])
    return next(filter(None, (file.letter_about(INVITATION, one) for one in upto)), None)


def carried_on(file: CaseFile, restriction: Restriction) -> bool:
    """Whether its review went on with the milder terms of an appeal, unheld."""
    review = review_of(file, restriction)
    present = [r for r in file.restrictions if r.decision_id == restriction.decision_id][-1]
    return present.id != restriction.id and review is not None and review.held_at is None


def standings(file: CaseFile) -> tuple[Standing, ...]:
    """The restrictions of a case that are in force, with their reviews."""
    return tuple(one for r in file.restrictions if (one := standing_of(file, r)))


def review_of(file: CaseFile, restriction: Restriction) -> Review | None:
    """The review of a restriction, if it was begun; held or not."""
    return next((one for one in file.reviews if one.restriction_id == restriction.id), None)


def continuation(file: CaseFile) -> Proposal | None:
    """The proposal to let a restriction go on that waits for approval."""
    found = file.open_proposal
    return found if found and found.kind == CONTINUATION else None


def review_waits(file: CaseFile) -> bool:
    """Whether a review in this case needs a colleague, even when the case is closed (R37)."""
    return any(one.waits for one in standings(file)) or bool(ending_untold(file))


def officer_acts(file: CaseFile) -> bool:
    """Whether the next step of a review is the chief officer's at this moment: nothing but the person's time runs."""
    if continuation(file):
        return False
    return bool(ending_untold(file)) or any(
        one.waits
        and not (one.stage is ReviewStage.INVITED and too_soon(file, one))
        and not (one.paused and one.invited_on)  # it can be ended, and waits for the appeal otherwise
        for one in standings(file)
    )


def review_words(file: CaseFile) -> str:
    """Who acts next in the reviews of this case, and by when; "" when nothing is to be done."""
    said = [] if continuation(file) else [standing_words(file, one) for one in standings(file)]
    said += ["The Chief Officer writes to the person that the restriction has ended."] * bool(
        ending_untold(file)
    )
    return " ".join(filter(None, said))


def standing_words(file: CaseFile, one: Standing) -> str:
    """The same for one review."""
    if one.stage is ReviewStage.OVERDUE and one.dates:
        return overdue_sentence(file, one)
    if not one.waits:
        return ""
    return coming_sentence(file, one)


def coming_sentence(file: CaseFile, one: Standing) -> str:
    """By when the review is due, and who does what next."""
    due = f"The restriction is due for review by {say_day(one.dates.review_on)}." if one.dates else ""
    if one.asked and one.stage in (ReviewStage.INVITE, ReviewStage.INVITED):
        due = "An early review of the restriction was asked for."
    return f"{due} {_next(file, one)}".strip()


def overdue_sentence(file: CaseFile, one: Standing) -> str:
    """An overdue review leaves the restriction in force (R37)."""
    if one.dates is None:
        return ""
    on = one.dates.review_on
    late = overdue_words(overdue_days(on, file.desk.today))
    act = _next(file, one) if one.stage is ReviewStage.OVERDUE else ""
    stays = "" if one.paused else "The restriction stays in force until then. "
    return f"The review of the restriction was due by {say_day(on)} and is {late}. {stays}{act}".strip()


def _next(file: CaseFile, one: Standing) -> str:
    """Who does what next."""
    if continuation(file):
        return "To continue it waits for approval."
    if one.paused and (one.invited_on or one.stage in (ReviewStage.DUE, ReviewStage.OVERDUE)):
        return PAUSED_WORDS
    if one.letter is not None and one.invited_on is None:
        return "The invitation is written. The Chief Officer sends it and records when it went."
    if one.invited_on is not None:
        until = comments_until(one.invited_on, file.desk.settings.review_invitation_days, one.promised)
        if too_soon(file, one):
            return f"The person was invited and can comment until {say_day(until)}. Then it is decided."
        return "The time to comment is over. The Chief Officer holds the review."
    late = one.dates is None or file.desk.today > one.dates.invite_by.value
    if one.asked and (one.dates is None or one.stage is ReviewStage.INVITE):
        return "The Chief Officer invites the person to comment, or ends it."
    if one.dates and not late:
        return f"The Chief Officer invites the person to comment by {say_day(one.dates.invite_by.value)}."
    return "The Chief Officer holds the review."


def too_soon(file: CaseFile, one: Standing) -> Refusal | None:
    """Why the restriction can't be continued today, or None: the person has had the time to comment (R37).

    While an appeal has paused it, it is not continued over the heads of those who hear the appeal.
    """
    if one.paused:
        return REVIEW_PAUSED
    days = file.desk.settings.review_invitation_days
    return continue_refusal(one.invited_on, file.desk.today, days, one.promised)


def ending_untold(file: CaseFile) -> tuple[Review, ...]:
    """Reviews that ended a restriction, of which the person has not been told yet."""
    return tuple(
        one
        for one in file.reviews
        if one.outcome == "end" and not _was_sent(file.letter_about(OUTCOME, one.restriction_id))
    )


def _was_sent(letter: Notice | None) -> bool:
    return letter is not None and letter.state == "sent"
