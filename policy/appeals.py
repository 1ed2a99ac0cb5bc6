"""Appeals: late or not, who may hear one, and what two reviewers may decide (R35, R36).

"Upheld" means two opposite things to two readers, so no word that people read uses it. Here the stored
value `upheld` is a *decision* upheld: the decision stands and the person's appeal has failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policy.answers import Problem, Refusal
from policy.calendars import local_date
from policy.catalogue import Measure
from policy.notices import AppealClose, Terms, harsher_because, join_reasons

REFUSALS_NEEDED = 2
REVIEWERS_NEEDED = 2


class Ground(StrEnum):
    """Why the person says the decision is wrong. A letter need not name one (use None)."""

    WRONGLY_IDENTIFIED = "wrongly_identified"
    DISPROPORTIONATE = "disproportionate"
    PERSONAL_CIRCUMSTANCES = "personal_circumstances"


GROUND_WORDS: dict[Ground, str] = {
    Ground.WRONGLY_IDENTIFIED: "It was not this person, or it did not happen like this",
    Ground.DISPROPORTIONATE: "The decision goes further than it needs to",
    Ground.PERSONAL_CIRCUMSTANCES: "The person's circumstances were not taken into account",
}


class Received(StrEnum):
    """How a written appeal came. Dictated: a colleague writes it down where writing is a barrier."""

    LETTER = "letter"
    EMAIL = "email"
    WEB_FORM = "web_form"
    DICTATED = "dictated"


RECEIVED_WORDS: dict[Received, str] = {
    Received.LETTER: "By letter",
    Received.EMAIL: "By email",
    Received.WEB_FORM: "By web form",
    Received.DICTATED: "Said to a colleague, who wrote it down",
}


class AppealOutcome(StrEnum):
    """What the reviewers decide about the decision."""

    STANDS = "upheld"
    VARIED = "varied"
    QUASHED = "quashed"
    SENT_BACK = "sent_back"


OUTCOME_WORDS: dict[AppealOutcome, str] = {
    AppealOutcome.STANDS: "The decision stands",
    AppealOutcome.VARIED: "The decision is changed, and is no harsher",
    AppealOutcome.QUASHED: "The decision is cancelled",
    AppealOutcome.SENT_BACK: "The decision goes back to be made again",
}


def outcomes_open(*, limits: bool, stands: bool) -> tuple[AppealOutcome, ...]:
    """What the reviewers may decide about a decision (R36).

    `limits`: it has a restriction that could become milder. `stands`: it is the one the case rests on. One that is not,
    such as an interim restriction or a decision that was replaced, cannot go back: nobody would make it again.
    """
    closed = {AppealOutcome.VARIED: not limits, AppealOutcome.SENT_BACK: not stands}
    return tuple(one for one in OUTCOME_WORDS if not closed.get(one))


# --- receiving --------------------------------------------------------------------------------------


def check_appeal(
    received_at: datetime, decided_at: datetime, now: datetime, text: str
) -> tuple[Problem, ...]:
    """Problems with an appeal as it is typed in; all instants aware.

    `received_at` is when it reached the council, never when it was typed in (R35). Being late is no
    problem here: it is flagged by `late_by_days`.
    """
    problems: list[Problem] = []
    if received_at > now:
        problems.append(Problem("received_on", "in_future", "This is in the future. When did it reach us?"))
    elif local_date(received_at) < local_date(decided_at):
        problems.append(
            Problem("received_on", "before_decision", "This is before the decision was made. Check the date.")
        )
    if not text.strip():
        problems.append(Problem("text", "blank", "Write what the person says, or what the letter asks for."))
    return tuple(problems)


def late_by_days(received_at: datetime, close: AppealClose | None) -> int:
    """How many days late an appeal reached the council; 0 in time, or while no notice has arrived."""
    if close is None:
        return 0
    return max(0, (local_date(received_at) - close.on).days)


def late_words(days: int) -> str:
    """The flag people see: "late by 1 day", or "in time"."""
    if days <= 0:
        return "in time"
    return f"late by {days} day" if days == 1 else f"late by {days} days"


@dataclass(frozen=True, slots=True)
class LateVote:
    """One colleague's answer on a late appeal."""

    colleague_id: str
    accept: bool
    reasons: str


class LateAnswer(StrEnum):
    """Where a late appeal stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


def late_answer(votes: Iterable[LateVote], refusals_needed: int = REFUSALS_NEEDED) -> LateAnswer:
    """The answer of the votes in the order they were given (R35).

    One colleague accepts: that favours the person. Refusing takes different colleagues, each
    counted once. The first answer reached is kept.
    """
    refused_by: set[str] = set()
    for vote in votes:
        if vote.accept:
            return LateAnswer.ACCEPTED
        refused_by.add(vote.colleague_id)
        if len(refused_by) >= refusals_needed:
            return LateAnswer.REFUSED
    return LateAnswer.WAITING


def late_vote_refusal(votes: Sequence[LateVote], vote: LateVote) -> Refusal | None:
    """Why this vote cannot be taken, or None."""
    answer = late_answer(votes)
    if answer is not LateAnswer.WAITING:
        return Refusal("late_already_answered", f"This late appeal has already been {answer}.")
    if not vote.reasons.strip():
        return Refusal("reasons_needed", "Give your reasons. The person will be told them.")
    if not vote.accept and any(v.colleague_id == vote.colleague_id for v in votes):
        return Refusal(
            "second_name_needed",
            "You have already refused this appeal. A different colleague must also refuse it. "
            "You can still accept it yourself.",
        )
    return None


# --- deciding ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """One reviewer's signature. `terms` says what the decision becomes, and only for "varied"."""

    reviewer_id: str
    outcome: AppealOutcome
    reasons: str
    terms: Terms | None = None


def check_verdict(verdict: Verdict, decision: Terms | None) -> tuple[Problem, ...]:
    """Problems with one verdict on a decision (its terms; None for one without a restriction)."""
    problems: list[Problem] = []
    if not verdict.reasons.strip():
        problems.append(Problem("reasons", "blank", "Give the reasons. The person will be told them."))
    if verdict.outcome is AppealOutcome.VARIED:
        problems.extend(_check_variation(verdict.terms, decision))
    elif verdict.terms is not None:
        problems.append(
            Problem("outcome", "terms_without_change", "Only choose new terms if the decision is changed.")
        )
    return tuple(problems)


def _check_variation(new: Terms | None, old: Terms | None) -> Iterable[Problem]:
    if old is None:
        yield Problem(
            "outcome", "nothing_to_vary", "There is no restriction to change. Choose another outcome."
        )
    elif new is None:
        yield Problem("outcome", "terms_missing", "Say what the decision becomes.")
    elif new == old:
        yield Problem("outcome", "unchanged", "This changes nothing. Choose “The decision stands” instead.")
    elif reasons := harsher_because(old, new):
        yield Problem(
            "outcome",
            "harsher",
            f"An appeal can never end in something harsher, and here {join_reasons(reasons)}. "
            "Choose something milder, or send the decision back.",
        )


class Agreement(StrEnum):
    """Where the reviewers stand."""

    WAITING = "waiting"
    SPLIT = "split"
    AGREED = "agreed"


def agreement(verdicts: Iterable[Verdict], reviewers: frozenset[str]) -> Agreement:
    """Whether both reviewers have signed the same outcome and, if varied, the same terms (R36).

    A reviewer's last verdict replaces an earlier one; anybody else's counts for nothing.
    """
    last: dict[str, Verdict] = {v.reviewer_id: v for v in verdicts if v.reviewer_id in reviewers}
    if len(last) < REVIEWERS_NEEDED or len(last) < len(reviewers):
        return Agreement.WAITING
    different = {(verdict.outcome, verdict.terms) for verdict in last.values()}
    return Agreement.AGREED if len(different) == 1 else Agreement.SPLIT


@dataclass(frozen=True, slots=True)
class Effects:
    """What follows from an outcome. The person is told in every case."""

    ends_restriction: bool = False
    new_notice: bool = False
    new_decision: bool = False


# An appeal does not pause a decision and neither does sending one back: it stands until it is
# remade. The policy is silent, and a restriction that protects staff must not lapse by accident.
EFFECTS: Mapping[AppealOutcome, Effects] = {
    AppealOutcome.STANDS: Effects(),
    AppealOutcome.VARIED: Effects(new_notice=True),
    AppealOutcome.QUASHED: Effects(ends_restriction=True),
    AppealOutcome.SENT_BACK: Effects(new_decision=True),
}

_UNBLOCK: tuple[tuple[frozenset[Measure], str], ...] = (
    (frozenset({Measure.C3}), "Unblock the person on the council's social media."),
    (frozenset({Measure.C4, Measure.C10}), "Unblock the person's email addresses and telephone numbers."),
    (frozenset({Measure.C2, Measure.C8}), "Tell the colleague who handled all contact that this has ended."),
    (frozenset({Measure.C5, Measure.C11}), "Look again at what was filed or refused without an answer."),
)


def unblock_tasks(measures: frozenset[Measure]) -> tuple[str, ...]:
    """What colleagues must undo by hand when a restriction with these measures ends (R36)."""
    tasks = [task for each, task in _UNBLOCK if each & measures]
    return (*tasks, "Tell colleagues that the restriction has ended.") if measures else ()
