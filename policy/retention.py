"""How long a case is kept, and who may erase it (R45).

Periods are settings; the defaults are the constants below. The longest that applies wins, and a case
that is open, in force or on legal hold has no end at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policy.answers import Refusal
from policy.calendars import add_months, say_day

WITHDRAWN_MONTHS = 6
WARNING_MONTHS = 24
RESTRICTION_MONTHS = 24
SERIOUS_MONTHS = 72
ERASURE_APPROVALS = 2


class RetentionClass(StrEnum):
    """Why a case is kept."""

    WITHDRAWN = "withdrawn"
    WARNING = "warning"
    RESTRICTION = "restriction"
    SERIOUS = "serious"


CLASS_WORDS: dict[RetentionClass, str] = {
    RetentionClass.WITHDRAWN: "The report was withdrawn or not upheld",
    RetentionClass.WARNING: "A finding or a warning, counted from the last incident",
    RetentionClass.RESTRICTION: "A restriction, counted from the day it ended",
    RetentionClass.SERIOUS: "The police, an injury or a legal claim, counted from the day the case closed",
}


@dataclass(frozen=True, slots=True)
class Periods:
    """How many calendar months each class is kept."""

    withdrawn: int = WITHDRAWN_MONTHS
    warning: int = WARNING_MONTHS
    restriction: int = RESTRICTION_MONTHS
    serious: int = SERIOUS_MONTHS


@dataclass(frozen=True, slots=True)
class RetentionFacts:
    """What decides how long a case is kept. Days are local; `closed_on` None means still open.

    `upheld` False means the report was withdrawn, found not unacceptable, or its decision quashed.
    `restriction_ended_on` is the last day of the last restriction. `serious` means that the police,
    an injury or a legal claim is part of the case.
    """

    closed_on: date | None
    last_incident_on: date
    upheld: bool
    had_restriction: bool = False
    restriction_ended_on: date | None = None
    serious: bool = False
    legal_hold: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when a case is kept, that day included, and why. `until` None: no end is known yet."""

    until: date | None
    sentence: str
    because: RetentionClass | None = None


def keep_until(facts: RetentionFacts, periods: Periods | None = None) -> Kept:
    """The last day the case is kept (R45)."""
    if facts.legal_hold:
        return Kept(None, "Kept for as long as the legal hold lasts.")
    if facts.closed_on is None:
        return Kept(None, "Kept because the case is open.")
    if facts.had_restriction and facts.restriction_ended_on is None:
        return Kept(None, "Kept because the restriction has not ended.")
    until, because = max(
        _ends(facts, facts.closed_on, periods or Periods()), key=lambda candidate: candidate[0]
    )
    return Kept(until, f"{CLASS_WORDS[because]}: kept until {say_day(until)}.", because)


def _ends(facts: RetentionFacts, closed_on: date, periods: Periods) -> list[tuple[date, RetentionClass]]:
    """The last day by every class that applies; never empty."""
    if facts.upheld:
        ends = [(add_months(facts.last_incident_on, periods.warning), RetentionClass.WARNING)]
    else:
        ends = [(add_months(closed_on, periods.withdrawn), RetentionClass.WITHDRAWN)]
    # A quashed restriction limited the person for a while all the same, but a decision that should not
    # have been made is no reason to keep their name longer.
    if facts.upheld and facts.restriction_ended_on is not None:
        ends.append((add_months(facts.restriction_ended_on, periods.restriction), RetentionClass.RESTRICTION))
    if facts.serious:
        ends.append((add_months(closed_on, periods.serious), RetentionClass.SERIOUS))
    return ends


def may_go(kept: Kept, today: date) -> bool:
    """Whether the time is over: from the day after the last one."""
    return kept.until is not None and today > kept.until


def erasure_refusal(
    facts: RetentionFacts, approved_by: frozenset[str], approvals: int = ERASURE_APPROVALS
) -> Refusal | None:
    """Why the case cannot be erased now, or None; `approved_by` holds different colleagues' ids.

    Before its time is over it may still go, when the person asks and two colleagues agree; a legal
    hold, an open case and a restriction in force stop that too.
    """
    if facts.legal_hold:
        return Refusal(
            "legal_hold", "This case is on legal hold. Two colleagues can erase it once that is lifted."
        )
    if facts.closed_on is None:
        return Refusal("case_open", "This case is open. Close it before it is erased.")
    if facts.had_restriction and facts.restriction_ended_on is None:
        return Refusal(
            "restriction_in_force", "A restriction has not ended. End it before the case is erased."
        )
    if len(approved_by) < approvals:
        return Refusal("second_name_needed", "Two different colleagues must agree to erase a case.")
    return None
