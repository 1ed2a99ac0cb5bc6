"""Reading a further message under a restriction: eight questions, and the routes they open (R28).

A restriction never closes these routes. Every message is read on its own merits by a named colleague.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from policy.answers import Problem, Refusal
from policy.calendars import FOI_WORKING_DAYS, SUBJECT_ACCESS_MONTHS, Calendar, Day


class Question(StrEnum):
    """The eight questions, in the order they are asked."""

    NEW_INFORMATION = "new_information"
    DIFFERENT_ISSUE = "different_issue"
    FOI = "foi"
    DATA_PROTECTION = "data_protection"
    APPEAL_OR_REVIEW = "appeal_or_review"
    ADJUSTMENT = "adjustment"
    SAFEGUARDING = "safeguarding"
    OTHER_SERVICE = "other_service"


SAME_WITHIN = timedelta(hours=1)
NEARLY = 0.8
"""The share of all their words that two messages have in common when they are nearly the same."""
ENOUGH_WORDS = 5
_WORD = re.compile(r"\w+")
NONE_OF_THESE = "none_of_these"
NONE_OF_THESE_WORDS = "None of these. I have read the message."


@dataclass(frozen=True, slots=True)
class Route:
    """What a yes opens. `due` computes the last day by law from the day of receipt, where there is one.

    `to_do` says in a few words what is then owed; it stands in reminders, and so tells nothing of the message.
    """

    question: str
    action: str
    to_do: str
    at_once: bool = False
    due: Callable[[Calendar, date, int], Day] | None = None


ROUTES: Mapping[Question, Route] = {
    Question.NEW_INFORMATION: Route(
        "Does it bring significant new information?",
        "Pass it to the colleague who handles the matter, who looks at it again.",
        "Look at new information in a message",
    ),
    Question.DIFFERENT_ISSUE: Route(
        "Is it about a different issue from the one restricted?",
        "Deal with it as a new matter. Check first what the restriction covers.",
        "Answer a message about a different matter",
    ),
    Question.FOI: Route(
        "Does it ask for information the council holds (freedom of information)?",
        "Log it as a freedom-of-information request. It need not mention the Act.",
        "Answer a freedom-of-information request",
        due=Calendar.foi_due,
    ),
    Question.DATA_PROTECTION: Route(
        "Does it ask about the person's own data (subject access or data protection)?",
        "Log it as a data-protection request and tell whoever handles these.",
        "Answer a data-protection request",
        due=Calendar.subject_access_due,
    ),
    Question.APPEAL_OR_REVIEW: Route(
        "Does it ask for an appeal or a review?",
        "Record the appeal or the review request, with the time the message reached the council.",
        "Record an appeal or a review request",
    ),
    Question.ADJUSTMENT: Route(
        "Does it say the person needs an adjustment, for example because of a disability?",
        "Tell the chief officer, who decides on the adjustment and whether the restriction must change.",
        "Decide on a request in a message",
    ),
    Question.SAFEGUARDING: Route(
        "Does it raise a safeguarding worry, a threat or an emergency?",
        "Act at once: call 999 if anyone is in danger, and tell the chief officer.",
        "Act on an urgent message",
        at_once=True,
    ),
    Question.OTHER_SERVICE: Route(
        "Does it ask for an unrelated service?",
        "Pass it to that service. It is answered as for anybody else.",
        "Pass on a request for a service",
    ),
}


@dataclass(frozen=True, slots=True)
class OpenRoute:
    """A route one message opened: what to do, by when if the law says so, and whether at once."""

    question: Question
    action: str
    due: Day | None
    at_once: bool


def filing_refusal(*, withdrawn: bool, closed: bool, restricted: bool) -> Refusal | None:
    """Why no message is filed under a case any more, or None (R28).

    Under an open case every message is, and after a restriction too, however long ago it ended: `restricted` says
    that there ever was one. A message that comes after a case without one is an ordinary message.
    """
    if withdrawn or (closed and not restricted):
        return Refusal(
            "filed_no_more",
            "Nothing more is filed under this reference. Answer the message as you would answer anybody. If it is "
            "unacceptable, report it with /incident.",
        )
    return None


def likely_same(words: str, filed: str, age: timedelta | None) -> bool:
    """Whether two messages of one case, day and channel are likely one, filed by two colleagues.

    Their words are (nearly) the same, or one holds the other; or they differ and the other was filed by somebody else
    within the hour (`age`; None for one's own): of a long letter each writes down what matters to them.
    """
    mine, other = _plain(words), _plain(filed)
    if not mine:
        return False
    if age is not None and age <= SAME_WITHIN:
        return True
    if mine == other or (min(len(mine), len(other)) >= ENOUGH_WORDS and _holds(mine, other)):
        return True
    both = set(mine) | set(other)
    return len(set(mine) & set(other)) >= NEARLY * len(both)


def since_words(age: timedelta) -> str:
    """ "just now", "3 minutes ago", "2 hours ago", "4 days ago"."""
    minutes = int(age.total_seconds()) // 60
    for number, unit in ((minutes // 1440, "day"), (minutes // 60, "hour"), (minutes, "minute")):
        if number > 0:
            return f"{number} {unit}{'' if number == 1 else 's'} ago"
    return "just now"


def _plain(words: str) -> tuple[str, ...]:
    """The words without case, marks and layout."""
    return tuple(_WORD.findall(words.casefold()))


def _holds(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether the longer holds the shorter, word for word."""
    short, long = sorted((f" {' '.join(one)} ", f" {' '.join(two)} "), key=len)
    return short in long


def check_reading(answers: Mapping[Question, bool | None], none_of_these: bool) -> tuple[Problem, ...]:
    """Problems with a reading: every question answered, or "none of these" and no yes beside it."""
    yes = any(answers.get(question) for question in Question)
    if none_of_these:
        if yes:
            sentence = "You answered yes above. Untick this, or change that answer."
            return (Problem(NONE_OF_THESE, "contradicts", sentence),)
        return ()
    return tuple(
        Problem(question, "unanswered", "Answer yes or no.")
        for question in Question
        if answers.get(question) is None
    )


def open_routes(
    answers: Mapping[Question, bool | None],
    received_on: date,
    calendar: Calendar,
    *,
    foi_working_days: int = FOI_WORKING_DAYS,
    subject_access_months: int = SUBJECT_ACCESS_MONTHS,
) -> tuple[OpenRoute, ...]:
    """The routes opened by every yes, what cannot wait first. Empty: the message is filed, unanswered.

    `received_on` is the day the message reached the council.
    """
    lengths = {Question.FOI: foi_working_days, Question.DATA_PROTECTION: subject_access_months}
    opened = [
        OpenRoute(
            question,
            route.action,
            route.due(calendar, received_on, lengths[question]) if route.due else None,
            route.at_once,
        )
        for question, route in ROUTES.items()
        if answers.get(question)
    ]
    return tuple(sorted(opened, key=lambda route: not route.at_once))
