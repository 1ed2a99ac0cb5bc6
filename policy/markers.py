"""Markers: a safety warning for staff about a person; it limits nothing the person may do (R43).

A marker is about a risk to safety, states fact and not opinion, needs two colleagues, is told to the person
unless that raises the risk, and expires. The councillor lock (R10) is the case's, as for restrictions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from policy.answers import Problem, Refusal
from policy.calendars import add_months, local_date, say_day
from policy.offices import Seat
from policy.worded import Worded

LONGEST_MONTHS = 12
"""A marker lasts at most this long before it is looked at again (R43; a named setting)."""


APPROVALS_NEEDED = 2


class Risk(Worded):
    """The risks to safety a marker may be about; nothing else is one (R43)."""

    VIOLENCE = "violence", "Violence"
    THREAT = "threat", "Threat of violence"
    WEAPON = "weapon", "Weapon or dangerous object"
    ANIMAL = "animal", "Dangerous animal"
    HARASSMENT = "harassment", "Stalking or harassment of a colleague"
    PREMISES = "premises", "Danger at the premises"


@dataclass(frozen=True, slots=True)
class MarkerFacts:
    """A marker as typed.

    `fact` is what happened and when, `advice` what a colleague should do to be safe. `tell_person` False
    needs `not_told_reason`: how telling would raise the risk. None is not answered yet.
    """

    risk: Risk | None = None
    fact: str = ""
    advice: str = ""
    expires_on: date | None = None
    tell_person: bool | None = None
    not_told_reason: str = ""


def default_expiry(today: date, months: int = LONGEST_MONTHS) -> date:
    """The expiry day to offer."""
    return add_months(today, months)


def check_marker(
    facts: MarkerFacts, today: date, longest_months: int = LONGEST_MONTHS
) -> tuple[Problem, ...]:
    """What stops this marker from being proposed, in the order of the form; empty when nothing does (R43)."""
    problems: list[Problem] = []
    if facts.risk is None:
        sentence = "Choose the risk to safety. A marker is for nothing else."
        problems.append(Problem("risk", "risk_missing", sentence))
    problems += _words(facts)
    problems += _expiry(facts.expires_on, today, longest_months)
    if facts.tell_person is None:
        sentence = "Say whether the person will be told. They are, unless that raises the risk."
        problems.append(Problem("tell_person", "tell_person_missing", sentence))
    elif facts.tell_person is False and not facts.not_told_reason.strip():
        sentence = "Say how telling the person would raise the risk."
        problems.append(Problem("not_told_reason", "not_told_reason_missing", sentence))
    return tuple(problems)


def opinions(text: str) -> tuple[str, ...]:
    """The words in a text that judge a person instead of stating a fact, each once, as typed (R43).

    Words between quotation marks are somebody's own and are let through. A net, not a judge: the two
    colleagues who approve still read the text.
    """
    found = _OPINION.findall(_QUOTED.sub(" ", text))
    return tuple({word.casefold(): word for word in found}.values())


def approval_refusal(approved_by: Iterable[str], colleague_id: str) -> Refusal | None:
    """Why this colleague cannot approve the marker now, or None. One colleague counts once (R43).

    Whether the colleague's office may approve is asked in `decisions.py`.
    """
    if colleague_id in set(approved_by):
        sentence = "You have approved this marker already. It needs another colleague as well."
        return Refusal("marker_same_colleague", sentence)
    return None


def seat_refusal(signed: Iterable[Seat], seat: Seat) -> Refusal | None:
    """Why a signature in this seat cannot be the one that completes the marker, or None.

    An officer is always one of the two: the law lets a council act through an officer, never through councillors
    one by one.
    """
    seats = (*signed, seat)
    if len(seats) < APPROVALS_NEEDED or Seat.OFFICER in seats:
        return None
    sentence = (
        "A councillor has signed this marker. It needs an officer beside: the Chief Officer or the Deputy."
    )
    return Refusal("marker_needs_officer", sentence)


def approvals_missing(approved_by: Iterable[str]) -> int:
    """How many approvals a marker still needs: two different colleagues in all (R43)."""
    return max(0, APPROVALS_NEEDED - len(set(approved_by)))


WITHDRAWN = Refusal("marker_withdrawn", "This marker was withdrawn.")
NOT_APPROVED = Refusal("marker_not_approved", "This marker waits for two colleagues to approve it.")


def shows(
    approved_by: Iterable[str], expires_on: date, at: datetime, withdrawn_at: datetime | None = None
) -> Refusal | None:
    """Why the marker is not shown at an aware instant, or None when it is (R43).

    It is shown through its last day, Europe/London, once two colleagues approved it, until it is withdrawn.
    """
    if withdrawn_at is not None and at >= withdrawn_at:
        return WITHDRAWN
    if approvals_missing(approved_by):
        return NOT_APPROVED
    if local_date(at) > expires_on:
        return Refusal("marker_expired", f"This marker expired on {say_day(expires_on)}.")
    return None


def letter_refusal(
    approved_by: Iterable[str], expires_on: date, ended_at: datetime | None, day: date, *, tell_person: bool
) -> Refusal | None:
    """Why the person is not written to about a marker on a day, or None (R43)."""
    if not tell_person:
        return Refusal(
            "marker_not_told",
            "Two colleagues recorded that telling the person raises the risk, so nothing is sent.",
        )
    if ended_at is not None:
        return WITHDRAWN
    if approvals_missing(approved_by):
        return NOT_APPROVED
    if day > expires_on:
        return Refusal("marker_expired", f"This marker expires on {say_day(expires_on)}, before that day.")
    return None


def _words(facts: MarkerFacts) -> Iterable[Problem]:
    if not facts.fact.strip():
        yield Problem("fact", "fact_missing", "Say what happened, and when.")
    if not facts.advice.strip():
        sentence = "Say what a colleague should do to be safe, such as “visit in pairs”."
        yield Problem("advice", "advice_missing", sentence)
    for field, text in (("fact", facts.fact), ("advice", facts.advice)):
        if found := opinions(text):
            sentence = f"“{found[0]}” is an opinion. Say what the person did or said, and when."
            yield Problem(field, "opinion_not_fact", sentence)


def _expiry(expires_on: date | None, today: date, longest_months: int) -> Iterable[Problem]:
    last = add_months(today, longest_months)
    if expires_on is None:
        yield Problem("expires_on", "expires_on_missing", "Give the last day of this marker.")
    elif expires_on < today:
        yield Problem("expires_on", "expires_in_past", "This day is past. Give a later last day.")
    elif expires_on > last:
        sentence = f"A marker lasts at most {longest_months} months: until {say_day(last)}."
        yield Problem("expires_on", "expires_too_late", sentence)


_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")
_SOMEBODY = r"(?:man|woman|person|individual|resident|customer|caller)"
_OPINION = re.compile(
    r"\b(?:seem(?:s|ed)?|appear(?:s|ed) to be|apparently|allegedly|probably|possibly|perhaps|maybe"
    r"|i (?:think|feel|believe)|in my (?:view|opinion)|could be|might be|known to be|said to be"
    r"|reputation|rumou?r|difficult|awkward|nasty|unpleasant|horrible|weird|strange|odd|dodgy|creepy"
    rf"|(?:aggressive|dangerous|violent) {_SOMEBODY}"
    r"|trouble[- ]?maker|time[- ]?waster|nuisance|vexatious|bully|bullie|thug|yob|liar|nutter|lunatic"
    r"|crank|psycho|crazy|mad|mental|unstable|unhinged|deranged|paranoid|hysterical"
    r"|drunkard|junkie|druggie|offender)s?\b",
    re.IGNORECASE,
)
