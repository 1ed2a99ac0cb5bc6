"""Findings: what two investigators sign, and the ladder to a restriction (policy 3, 5; R5, R12-R14).

The ladder is: an informal request to change, a warning, a restriction. Police referral and legal action stand
beside it. They are recorded in forms of their own at any step, whatever the finding. As a finding they say
that this is the answer to what happened; they close no rung and need none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from policy.answers import Problem, Refusal
from policy.behaviour import Category, Example, NoWarningReason, WarningGiven
from policy.calendars import add_months
from policy.notice_words import loaded_words
from policy.worded import Worded

WARNING_LIVES_MONTHS = 12
"""A warning supports a restriction for this many months (R14; a named setting, the policy is silent)."""

PERSISTENCE = (
    "Being persistent, or writing a lot, is not unacceptable by itself. It can be when it is about the same "
    "issue, the council has dealt with that issue in line with its policy, and others carry the burden."
)
"""The rule of R5 (policy 3), shown beside the three questions."""

PERSISTENCE_ONLY = frozenset(
    {Example.AMOUNT_OF_INFORMATION, Example.VOLUME, Example.B2, Example.B3, Example.B6}
)
"""Grounds and examples that describe persistence or volume and nothing beside it (R5)."""


class FindingKind(Worded):
    """The outcomes an investigator can sign (R13)."""

    NOT_UNACCEPTABLE = "not_unacceptable", "Not unacceptable"
    MORE_INFORMATION = "more_information", "More information is needed"
    NO_ACTION = "no_action", "Unacceptable, no further action"
    WARNING = "warning", "Unacceptable: a warning"
    RESTRICTION = "restriction", "Unacceptable: a communication restriction"
    POLICE = "police", "Unacceptable: refer to the police"
    LEGAL_ACTION = "legal_action", "Unacceptable: take legal action"

    @property
    def says_unacceptable(self) -> bool:
        """Whether this finding holds the behaviour to be unacceptable."""
        return self not in (FindingKind.NOT_UNACCEPTABLE, FindingKind.MORE_INFORMATION)

    @property
    def beside_the_ladder(self) -> bool:
        """Police referral and legal action: possible at any step, whatever the ladder says (R14)."""
        return self in (FindingKind.POLICE, FindingKind.LEGAL_ACTION)


class Agreement(Worded):
    """How two signed findings stand to each other (R13); `words` is what the case card says."""

    WAITING = "waiting", "Waiting for the second finding."
    AGREED = "agreed", "Both findings agree."
    SPLIT = "split", "Split: discuss. The two findings differ. Talk it over; either of you can sign again."


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """A finding as typed, with what the case knows. Field names are those of the form `finding`.

    `categories` and `examples` are those of the incidents relied on, withdrawn ones left out; their number is
    `standing_incidents`. `same_issue`: were the contacts about the same issue; `dealt_with`: when, how and
    by whom it was dealt with in line with council policy; `burden`: what burden on others (R5).
    `extreme_reason_missing`: an incident says "no warning given" without its complete reason (R7).
    `ladder` is the answer of `ladder_refusal` for a case that would lead to a restriction.
    """

    kind: FindingKind | None = None
    reasons: str = ""
    circumstances: str = ""
    categories: frozenset[Category] = frozenset()
    examples: frozenset[Example] = frozenset()
    standing_incidents: int = 1
    same_issue: bool | None = None
    dealt_with: str = ""
    burden: str = ""
    person_is_councillor: bool = False
    person_identified: bool = True
    extreme_reason_missing: bool = False
    ladder: Refusal | None = None


def check_finding(facts: FindingFacts) -> tuple[Problem, ...]:
    """What stops this finding from being signed; empty when nothing does (R5, R7, R9, R10, R12, R13, R14)."""
    problems: list[Problem] = []
    if facts.kind is None:
        problems.append(Problem("finding", "finding_missing", "Choose the finding."))
    if not facts.reasons.strip():
        problems.append(Problem("reasons", "reasons_missing", "Give your reasons in a sentence or two."))
    if facts.kind is not None and facts.kind.says_unacceptable:
        problems += [*_standing(facts), *_demands(facts), *_locks(facts, facts.kind)]
    if facts.kind is FindingKind.WARNING:  # its letter prints the reasons as they are signed
        problems += loaded_words(facts.reasons, "reasons")
    return tuple(problems)


def compare(first: FindingKind | None, second: FindingKind | None) -> Agreement:
    """How the chief officer's and the Chair's findings stand to each other; None is not signed yet (R13)."""
    if first is None or second is None:
        return Agreement.WAITING
    return Agreement.AGREED if first is second else Agreement.SPLIT


def is_final(first: FindingKind | None, second: FindingKind | None) -> bool:
    """Whether the two findings settle the case: signed, agreed and not a call for more information (R13)."""
    return compare(first, second) is Agreement.AGREED and first is not FindingKind.MORE_INFORMATION


def extreme_confirmed(stated: NoWarningReason | None, chief_officer: FindingKind | None) -> bool:
    """Whether the reason for giving no warning is confirmed (R7).

    `stated` is the complete reason (`policy.behaviour.extreme_reason`). The chief officer, or who stands in,
    confirms it by signing a finding that the behaviour was unacceptable; None is not signed yet.
    """
    return stated is not None and chief_officer is not None and chief_officer.says_unacceptable


@dataclass(frozen=True, slots=True)
class GivenWarning:
    """A warning the person had. Day and clock time are London's; `given_at` None is not recorded.

    `how` is spoken or written. `void`: its incident was withdrawn, or the warning was quashed on appeal.
    `counts_until` is the last day a letter promised; None: counted from the day it was given.
    """

    given_on: date
    given_at: time | None
    words_recorded: bool
    how: WarningGiven = WarningGiven.SPOKEN
    void: bool = False
    counts_until: date | None = None

    def live_until(self, months: int = WARNING_LIVES_MONTHS) -> date:
        """The last day on which an incident can rely on it (R14). A promised day can only make it earlier."""
        counted = add_months(self.given_on, months)
        return counted if self.counts_until is None else min(counted, self.counts_until)

    def is_live(self, today: date, months: int = WARNING_LIVES_MONTHS) -> bool:
        """Whether it counts on a day: it was given, was not taken back and has not run out."""
        given = self.how is not WarningGiven.NOT_GIVEN and not self.void
        return given and self.given_on <= today <= self.live_until(months)


@dataclass(frozen=True, slots=True)
class IncidentMoment:
    """When an incident relied on happened, in London; a withdrawn one counts towards nothing (R12)."""

    happened_on: date
    happened_at: time | None = None
    withdrawn: bool = False


def ladder_refusal(
    warnings: Iterable[GivenWarning],
    incidents: Iterable[IncidentMoment],
    extreme_confirmed: bool,
    months: int = WARNING_LIVES_MONTHS,
) -> Refusal | None:
    """Why the ladder does not yet reach a restriction, or None when it does (R14).

    It does when one incident that still counts follows a live warning: spoken or written, its words
    recorded, given before that incident and at most `months` calendar months before it; or when the
    extreme-case reason is confirmed. Of several reasons the nearest miss is told.
    """
    relied_on = [incident for incident in incidents if not incident.withdrawn]
    if not relied_on:
        return _LADDER[_Rung.NO_INCIDENT]
    if extreme_confirmed:
        return None
    rungs = [_rung(warning, incident, months) for warning in warnings for incident in relied_on]
    nearest = max(rungs, key=_RUNGS.index, default=_Rung.NO_WARNING)
    return None if nearest is _Rung.LIVE else _LADDER[nearest]


class _Rung(StrEnum):
    """How near a warning and an incident come to allowing a restriction, furthest first."""

    NO_INCIDENT = "no_standing_incident"
    NO_WARNING = "no_warning"
    AFTER = "warning_not_before_incident"
    SAME_DAY = "warning_order_unknown"
    EXPIRED = "warning_too_old"
    NO_WORDS = "warning_words_missing"
    LIVE = "live"


_RUNGS = tuple(_Rung)


def _rung(warning: GivenWarning, incident: IncidentMoment, months: int) -> _Rung:
    if warning.void or warning.how is WarningGiven.NOT_GIVEN:
        return _Rung.NO_WARNING
    if warning.given_on > incident.happened_on:
        return _Rung.AFTER
    if warning.given_on == incident.happened_on:
        if warning.given_at is None or incident.happened_at is None:
            return _Rung.SAME_DAY
        if warning.given_at >= incident.happened_at:
            return _Rung.AFTER
    if incident.happened_on > warning.live_until(months):
        return _Rung.EXPIRED
    return _Rung.LIVE if warning.words_recorded else _Rung.NO_WORDS


_INSTEAD = " Until then you can find that a warning is the answer."
_LADDER_WORDS = {
    _Rung.NO_INCIDENT: "No incident in this case still counts: every one was withdrawn.",
    _Rung.NO_WARNING: "A restriction needs an earlier warning, or an extreme-case reason which "
    "the chief officer confirmed by signing the finding." + _INSTEAD,
    _Rung.AFTER: "The warning did not come before the incident. "
    "A restriction needs an incident that follows a warning." + _INSTEAD,
    _Rung.SAME_DAY: "The warning and the incident are on one day. Record the time of both, "
    "to show that the warning came first.",
    _Rung.EXPIRED: "The warning is too old to count for this incident." + _INSTEAD,
    _Rung.NO_WORDS: "The words of the warning are not recorded. Add them to the report it was given in.",
}
_LADDER = {rung: Refusal(rung.value, sentence) for rung, sentence in _LADDER_WORDS.items()}


def _standing(facts: FindingFacts) -> Iterable[Problem]:
    if facts.standing_incidents < 1:
        sentence = "Every incident of this case was withdrawn, so only “not unacceptable” can be found."
        yield Problem("finding", "no_standing_incident", sentence)
    if facts.extreme_reason_missing:
        sentence = "A report says that no warning was given, but not why. Ask for the reason before you sign."
        yield Problem("finding", "no_warning_reason_missing", sentence)


def _demands(facts: FindingFacts) -> Iterable[Problem]:
    if Category.UNREASONABLE_DEMANDS not in facts.categories:
        return
    if facts.same_issue is None:
        yield Problem(
            "same_issue", "same_issue_missing", "Say whether the contacts were about the same issue."
        )
    if not facts.dealt_with.strip():
        sentence = "Say when, how and by whom the issue was dealt with in line with council policy."
        yield Problem("dealt_with", "dealt_with_missing", sentence)
    if not facts.burden.strip():
        yield Problem("burden", "burden_missing", "Say what burden the contacts put on others.")
    demands = {e for e in facts.examples if e.category is Category.UNREASONABLE_DEMANDS}
    only_persistent = demands <= PERSISTENCE_ONLY and Category.AGGRESSIVE_OR_ABUSIVE not in facts.categories
    if facts.same_issue is False and only_persistent:
        sentence = (
            "Persistence or volume alone is never unacceptable, and these contacts were not about the same "
        )
        sentence += "issue. Choose “not unacceptable” or “more information”."
        yield Problem("finding", "persistence_alone", sentence)


def _locks(facts: FindingFacts, kind: FindingKind) -> Iterable[Problem]:
    if kind not in (FindingKind.WARNING, FindingKind.RESTRICTION):
        return
    if facts.person_is_councillor:
        sentence = "The person is a councillor of this council, so warnings and restrictions are closed. "
        sentence += "Refer the matter to the Monitoring Officer; the police and staff support stay open."
        yield Problem("finding", "person_is_councillor", sentence)
    if kind is not FindingKind.RESTRICTION:
        return
    if not facts.person_identified:
        sentence = "Nobody is identified yet, so no restriction is possible. Record who it was first."
        yield Problem("finding", "person_not_identified", sentence)
    if facts.ladder is not None:
        yield Problem("finding", facts.ladder.code, facts.ladder.sentence)
