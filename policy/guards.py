"""What stops a restriction from being proposed: the whole set is checked, not each measure (R21-R24)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from policy.answers import Problem, Refusal
from policy.calendars import add_months, say_day
from policy.catalogue import (
    FIELDS_NEEDED,
    OTHER,
    WRITING,
    Contact,
    Duration,
    Measure,
    Proposed,
    Scope,
    c4_route,
    in_order,
    open_routes,
)
from policy.contradictions import contradictions
from policy.protected import bars_protected_route

DEFAULT_MONTHS = 6
LONGEST_MONTHS = 12
FIRST_REVIEW_MONTHS = 6
"""R22: the policy is silent on lengths; these are named settings of the council."""


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """What the case knows that bears on a proposal.

    `target_ids`: the colleagues the behaviour was aimed at. `writing_is_hard`: the person finds writing hard.
    """

    target_ids: frozenset[str] = frozenset()
    writing_is_hard: bool = False


def default_end(expected: date, months: int = DEFAULT_MONTHS) -> date:
    """The end date to offer: `months` after the expected notification, not rounded (R22, R33)."""
    return add_months(expected, months)


def default_review(expected: date, months: int = FIRST_REVIEW_MONTHS) -> date:
    """The first review date to offer for a permanent restriction (R22)."""
    return add_months(expected, months)


def check_proposal(
    proposed: Proposed,
    facts: ProposalFacts,
    expected: date,
    longest_months: int = LONGEST_MONTHS,
    review_months: int = FIRST_REVIEW_MONTHS,
) -> tuple[Problem, ...]:
    """What stops this restriction from being proposed, in the order of the form; empty when nothing does.

    `expected` is the day the person is expected to be notified.
    """
    return (
        *_measures(proposed, facts),
        *_scope(proposed),
        *_dates(proposed, expected, longest_months, review_months),
        *_needed(proposed),
        *_contacts(proposed, facts),
        *(p for field in _FREE_TEXT for p in bars_protected_route(getattr(proposed, field), field)),
        *_answers(proposed),
    )


def _measures(proposed: Proposed, facts: ProposalFacts) -> Iterable[Problem]:
    if not proposed.measures:
        yield Problem("measures", "measures_missing", "Choose at least one measure.")
        return
    clashes = contradictions(proposed)
    yield from clashes
    routes = open_routes(proposed)
    if not routes and not clashes:
        sentence = (
            "This closes every route to the council. Leave at least one open: take a measure out, name "
        )
        sentence += "the route that stays, or limit it to one issue or one service."
        yield Problem("measures", "no_route_left", sentence)
    only_writing = bool(routes) and WRITING.issuperset(routes)
    if only_writing and facts.writing_is_hard and _is_blank(proposed.alternative):
        sentence = "This person finds writing hard, and only writing stays open. Say how they can reach the "
        sentence += "council without it: for example, who takes down what they say, when and where."
        yield Problem("alternative", "writing_is_hard", sentence)


def _scope(proposed: Proposed) -> Iterable[Problem]:
    if proposed.scope is None:
        yield Problem("scope", "scope_missing", "Choose what this covers.")
    elif proposed.scope is Scope.ONE_SERVICE and _is_blank(proposed.scope_detail):
        yield Problem("scope_detail", "scope_detail_missing", "Name the service that this covers.")


def _dates(proposed: Proposed, expected: date, longest: int, review: int) -> Iterable[Problem]:
    if proposed.duration is None:
        yield Problem("duration", "duration_missing", "Choose temporary or permanent.")
    elif proposed.duration is Duration.TEMPORARY:
        yield from _temporary(proposed.ends_on, expected, longest)
    else:
        yield from _permanent(proposed, expected, review)


def _temporary(ends_on: date | None, expected: date, longest: int) -> Iterable[Problem]:
    last = add_months(expected, longest)
    if ends_on is None:
        yield Problem("ends_on", "ends_on_missing", "Give the last day of this restriction.")
    elif ends_on < expected:
        sentence = f"The person is expected to be told on {say_day(expected)}. Give a later last day."
        yield Problem("ends_on", "ends_before_it_starts", sentence)
    elif ends_on > last:
        sentence = f"A temporary restriction lasts at most {longest} months: until {say_day(last)}."
        yield Problem("ends_on", "ends_too_late", sentence)


def outdated_refusal(proposed: Proposed, expected: date) -> Refusal | None:
    """Why a proposal that waited can't be approved as it is: its date is over before the person is told (R22).

    `expected` is the day the person is expected to be told if it is approved today.
    """
    lasts = proposed.duration is Duration.TEMPORARY
    on = proposed.ends_on if lasts else proposed.review_on
    if on is None or on >= expected:
        return None
    return Refusal(
        "proposal_outdated",
        f"This waited too long: the person would be told on {say_day(expected)}, and its "
        f"{'last day' if lasts else 'review date'} is {say_day(on)}. Change the proposal first.",
    )


def _permanent(proposed: Proposed, expected: date, review: int) -> Iterable[Problem]:
    last = add_months(expected, review)
    if proposed.ends_on is not None:
        sentence = "A permanent restriction has no last day. Take it out, or choose temporary."
        yield Problem("ends_on", "permanent_with_end", sentence)
    if proposed.review_on is None:
        yield Problem("review_on", "review_on_missing", "Give the day by which this is first reviewed.")
    elif proposed.review_on < expected:
        sentence = f"The person is expected to be told on {say_day(expected)}. Give a later review date."
        yield Problem("review_on", "review_before_it_starts", sentence)
    elif proposed.review_on > last:
        sentence = f"The first review comes within {review} months: by {say_day(last)}."
        yield Problem("review_on", "review_too_late", sentence)


def _needed(proposed: Proposed) -> Iterable[Problem]:
    asked = dict.fromkeys(f for m in in_order(proposed.measures) for f in FIELDS_NEEDED[m] if f in _ASK)
    if Measure.C4 in proposed.measures and c4_route(proposed) is None:
        sentence = "Give one email address or one telephone number, on the first line."
        yield Problem("detail", "address_missing", sentence)
    elif proposed.measures & OTHER and _is_blank(proposed.other_text):
        yield Problem("detail", "detail_missing", "Say what the person may and may not do.")
    for field in asked:
        if _is_blank(getattr(proposed, field)):
            yield Problem(field, f"{field}_missing", _ASK[field])
    if Measure.C9 in proposed.measures and _EVERYTHING.match(proposed.c9_issue.strip()):
        sentence = "Name the one issue, or the few. This is so wide that it covers everything."
        yield Problem("c9_issue", "c9_issue_too_wide", sentence)
    counts_blank = _is_blank(proposed.c10_counts)
    if Measure.C10 in proposed.measures and not counts_blank and not re.search(r"\d", proposed.c10_counts):
        sentence = "Give the counts and the dates in figures: how many, how long, from when to when."
        yield Problem("c10_counts", "c10_counts_without_figures", sentence)


def _contacts(proposed: Proposed, facts: ProposalFacts) -> Iterable[Problem]:
    named = ((Measure.C2, "c2_contact", proposed.c2_contact), (Measure.C8, "contact", proposed.contact))
    for measure, field, contact in named:
        if measure in proposed.measures:
            yield from _contact(field, contact, facts)


def _contact(field: str, contact: Contact | None, facts: ProposalFacts) -> Iterable[Problem]:
    if contact is None:
        yield Problem(field, f"{field}_missing", "Choose the colleague who will deal with the person.")
        return
    if contact.colleague_id in facts.target_ids:
        sentence = "The behaviour was aimed at this colleague. Choose another colleague."
        yield Problem(field, "contact_is_target", sentence)
    if not contact.agreed:
        sentence = "This colleague must agree first. Ask them, then record that they agreed."
        yield Problem(field, "contact_not_agreed", sentence)
    if not contact.has_cover:
        sentence = "Say that somebody covers for this colleague when they are away."
        yield Problem(field, "contact_without_cover", sentence)


def _answers(proposed: Proposed) -> Iterable[Problem]:
    for field, sentence in _FIVE_ANSWERS:
        if _is_blank(getattr(proposed, field)):
            yield Problem(field, f"{field}_missing", sentence)


def _is_blank(text: str) -> bool:
    """Spaces, dashes and full stops answer nothing. "None" can be an answer, so it counts as one."""
    return not any(character.isalnum() for character in text)


_ASK = {
    "c5_answer": "Link the answer the council gave before: its date and reference.",
    "c7_times": "Give the days and the times at which the person may telephone.",
    "c9_issue": "Name the issue narrowly.",
    "c10_counts": "Give the counts and the dates: how many, how long, from when to when.",
    "c11_reason": "Say which exceptional circumstances call for this.",
    "other_why": "Say why none of the other measures is enough.",
}
_EVERYTHING = re.compile(
    r"(?:everything|anything|whatever|all|any|(?:all|any|every) (?:and all )?"
    r"(?:contact|correspondence|issue|matter|subject|topic)s?)"
    r"(?:$|[\s.,]+(?:$|else\b|at all\b|(?:to do with|concerning|about) the council\b))",
    re.IGNORECASE,
)
_FREE_TEXT = ("scope_detail", "detail", "c7_times", "c9_issue", "alternative")
"""The fields whose words the notice prints as what the person may and may not do."""
_FIVE_ANSWERS = (
    (
        "adjustments",
        "Say which adjustments are known, asked for and offered, and if this bites harder on this person.",
    ),
    (
        "proportionate",
        "Say why this is proportionate, and what was tried: a meeting, mediation, an adjustment.",
    ),
    ("access_left", "Say what access to services remains."),
    ("case_for", "Give the case for this restriction."),
    ("case_against", "Give the case against this restriction."),
)
