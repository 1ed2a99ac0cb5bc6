"""Reviews of a restriction: when one must be held, and what it may decide (R22, R37).

Ending is the form's default and takes one colleague. Continuing burdens the person, so it takes
reasons, two approvals, a new notice and a new appeal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from policy.answers import Problem, Refusal
from policy.calendars import Calendar, Day, add_months, say_day

FIRST_REVIEW_MONTHS = 6
NEXT_REVIEW_MONTHS = 12
INVITATION_DAYS = 14
REMINDER_DAYS: tuple[int, ...] = (30, 7)
CONTINUE_APPROVALS = 2
END_APPROVALS = 1


class ReviewOutcome(StrEnum):
    """What a review decides."""

    END = "end"
    CONTINUE = "continue"


DEFAULT_OUTCOME = ReviewOutcome.END

REVIEW_OUTCOME_WORDS: dict[ReviewOutcome, str] = {
    ReviewOutcome.END: "End the restriction",
    ReviewOutcome.CONTINUE: "Continue the restriction",
}


@dataclass(frozen=True, slots=True)
class ReviewDates:
    """The days that lead to one review, each rolled back to a working day (R33).

    `review_on` is the promised day, `hold_by` the last working day on which colleagues can keep the promise.
    """

    review_on: date
    invite_by: Day
    reminders: tuple[Day, ...]
    hold_by: Day


def review_by(
    notified_on: date,
    last_review_on: date | None,
    calendar: Calendar,
    first_months: int = FIRST_REVIEW_MONTHS,
    next_months: int = NEXT_REVIEW_MONTHS,
) -> Day:
    """The latest day for the next review of a permanent restriction (R22).

    Within 6 months of the day the person was notified, then within 12 months of each review.
    """
    if last_review_on is None:
        return calendar.council_duty(add_months(notified_on, first_months))
    return calendar.council_duty(add_months(last_review_on, next_months))


def check_review_on(
    review_on: date | None, latest: Day, today: date, field: str = "review_on"
) -> tuple[Problem, ...]:
    """Problems with the review date of a permanent restriction, `latest` being `review_by`'s answer."""
    if review_on is None:
        return (Problem(field, "review_missing", "Give a review date: a restriction without end needs one."),)
    if review_on <= today:
        return (Problem(field, "review_past", "Choose a review date after today."),)
    if review_on > latest.value:
        sentence = f"The review must be held by {say_day(latest.value)} at the latest."
        return (Problem(field, "review_too_late", sentence),)
    return ()


def review_dates(
    review_on: date,
    calendar: Calendar,
    invitation_days: int = INVITATION_DAYS,
    reminder_days: tuple[int, ...] = REMINDER_DAYS,
) -> ReviewDates:
    """When to invite the person and when to remind colleagues before a review (R37)."""
    return ReviewDates(
        review_on,
        calendar.council_duty(review_on - timedelta(days=invitation_days)),
        tuple(calendar.council_duty(review_on - timedelta(days=days)) for days in reminder_days),
        calendar.council_duty(review_on),
    )


class ReviewStage(StrEnum):
    """Where a review stands, computed from dates when asked."""

    AHEAD = "ahead"
    INVITE = "invite"
    INVITED = "invited"
    DUE = "due"
    OVERDUE = "overdue"
    HELD = "held"


def review_stage(
    dates: ReviewDates | None,
    today: date,
    invited_on: date | None = None,
    held_on: date | None = None,
    *,
    asked: bool = False,
) -> ReviewStage:
    """The stage of the review today. An overdue one leaves the restriction in force (R37).

    `dates` is None for a restriction that ends by itself: it is reviewed only when somebody asks. `asked`: somebody
    did, before it was due, so that the person is to be invited now.
    """
    if held_on is not None:
        return ReviewStage.HELD
    if dates is not None and today > dates.review_on:
        return ReviewStage.OVERDUE
    if dates is not None and today >= dates.hold_by.value:
        return ReviewStage.DUE
    if invited_on is not None:
        return ReviewStage.INVITED
    # The week before the last day to invite is when a colleague should be doing it.
    soon = dates is not None and today >= dates.invite_by.value - timedelta(days=7)
    return ReviewStage.INVITE if asked or soon else ReviewStage.AHEAD


def comments_until(
    invited_on: date, invitation_days: int = INVITATION_DAYS, promised: date | None = None
) -> date:
    """The day on which the review can be decided: the person has had the time to comment by then (R37).

    `promised` is the day the invitation names; it is kept when it is the later one.
    """
    counted = invited_on + timedelta(days=invitation_days)
    return counted if promised is None else max(counted, promised)


def comments_asked_by(
    told: date, calendar: Calendar, review_on: date | None, invitation_days: int = INVITATION_DAYS
) -> date:
    """The day an invitation names: comments that reach the council before it are read (R33, R37).

    It rolls forward to a working day, unless that would go past the day on which the review is due.
    """
    counted = told + timedelta(days=invitation_days)
    rolled = calendar.person_deadline(counted).value
    return counted if review_on is not None and counted <= review_on < rolled else rolled


def overdue_days(review_on: date, today: date, held_on: date | None = None) -> int:
    """By how many days a review is overdue; 0 when it is not or has been held."""
    return 0 if held_on is not None else max(0, (today - review_on).days)


def overdue_words(days: int) -> str:
    """ "overdue by 3 days", or "not overdue"."""
    if days <= 0:
        return "not overdue"
    return f"overdue by {days} day" if days == 1 else f"overdue by {days} days"


def check_review(
    outcome: ReviewOutcome,
    reasons: str,
    ends_on: date | None,
    review_on: date | None,
    latest: Day,
    today: date,
) -> tuple[Problem, ...]:
    """Problems with a review's form. Ending asks for nothing; continuing for reasons and a date.

    A continued restriction has an end date after today, or else its next review date.
    """
    if outcome is ReviewOutcome.END:
        return ()
    problems: list[Problem] = []
    if not reasons.strip():
        problems.append(
            Problem("reasons", "blank", "Say why the restriction is still needed. The person will be told.")
        )
    if ends_on is None:
        problems.extend(check_review_on(review_on, latest, today))
    elif ends_on <= today:
        problems.append(Problem("ends_on", "end_past", "Choose an end date after today, or end it now."))
    elif ends_on > latest.value:
        sentence = f"Choose an end date by {say_day(latest.value)}, or give a review date instead."
        problems.append(Problem("ends_on", "end_too_late", sentence))
    return tuple(problems)


def continue_refusal(
    invited_on: date | None,
    today: date,
    invitation_days: int = INVITATION_DAYS,
    promised: date | None = None,
) -> Refusal | None:
    """Why the restriction cannot be continued today, or None: the person has had time to be heard.

    `invited_on` is the day the person counts as having received the invitation; `promised`, the day the invitation
    names, which can only make it later. Ending never waits.
    """
    if invited_on is None:
        return Refusal(
            "review_not_invited",
            "The person has not been invited to comment. Send the invitation first, or end the restriction.",
        )
    ready_on = comments_until(invited_on, invitation_days, promised)
    if today < ready_on:
        return Refusal(
            "review_too_soon",
            f"The person can comment until {say_day(ready_on)}. Continue it then, or end it now.",
        )
    return None


def approvals_needed(outcome: ReviewOutcome) -> int:
    """How many different colleagues must sign the outcome (R37)."""
    return CONTINUE_APPROVALS if outcome is ReviewOutcome.CONTINUE else END_APPROVALS


def approval_refusal(outcome: ReviewOutcome, approved_by: frozenset[str]) -> Refusal | None:
    """Why the outcome does not stand yet, or None; `approved_by` holds different colleagues' ids."""
    missing = approvals_needed(outcome) - len(approved_by)
    if missing <= 0:
        return None
    who = "One more colleague" if missing == 1 else f"{missing} colleagues"
    return Refusal("approvals_missing", f"{who} who may approve a restriction must sign this first.")


def needs_new_notice(outcome: ReviewOutcome) -> bool:
    """Whether the person gets a new notice, which opens a new appeal (R37)."""
    return outcome is ReviewOutcome.CONTINUE
