"""Who may see what of a case: the one access rule (R17, R34, R41, R48).

Every journey, card, look-up and queued message asks `may_see` at its moment. The table of every role and
every part is written out in `tests/policy/test_access.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from policy.answers import Refusal
from policy.offices import COUNCILLOR_OFFICES, Office
from policy.seats import Parties, conflict


class Part(StrEnum):
    """The parts of a case that are shown or hidden as a whole.

    `decision` is its kind and dates. `characteristic`, `health` and `offence` are kept apart (R42).
    `own_report` is what the asker reported, or what was reported as aimed at the asker.
    """

    REFERENCE = "reference"
    STAGE = "stage"
    OWN_REPORT = "own_report"
    STORY = "story"
    PERSON = "person"
    CONTACT = "contact"
    CHARACTERISTIC = "characteristic"
    HEALTH = "health"
    OFFENCE = "offence"
    FINDINGS = "findings"
    PROPOSAL = "proposal"
    DECISION = "decision"
    NOTICE = "notice"
    APPEAL = "appeal"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Asker:
    """The colleague who asks, with the offices held today. A guest has what the register grants (R48)."""

    colleague_id: str
    offices: frozenset[Office] = frozenset()
    guest: bool = False


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the rule needs of a case: its parties, and colleague ids by what they were asked or have signed.

    `asked`: who may sign now (`seats.asked`), and a Mayor who confirmed acting early. `signed` and `approved`
    are of any time. `reviewers` were picked for its appeal. `decided`: a decision was made.
    """

    parties: Parties = field(default_factory=Parties)
    asked: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()
    approved: frozenset[str] = frozenset()
    reviewers: frozenset[str] = frozenset()
    decided: bool = False


EVERYTHING: frozenset[Part] = frozenset(Part) - {Part.OWN_REPORT}
OWN: frozenset[Part] = frozenset({Part.REFERENCE, Part.STAGE, Part.OWN_REPORT})
DECISION_NOTICE: frozenset[Part] = frozenset({Part.REFERENCE, Part.DECISION})
NOTHING: frozenset[Part] = frozenset()

# The deputy's office works for the chief officer, so it sees what the chief officer sees.
_INVESTIGATING = frozenset({Office.CHIEF_OFFICER, Office.DEPUTY_CHIEF_OFFICER, Office.CHAIR_FGP})
_REPORTED_TO = _INVESTIGATING | {Office.VICE_CHAIR_FGP, Office.MEMBER_FGP}
# The Mayor is among them: kept free for the appeal, and so without sight of a case until asked.
_STANDING_IN = frozenset({Office.VICE_CHAIR_FGP, Office.MEMBER_FGP, Office.MAYOR, Office.DEPUTY_MAYOR})


def may_see(asker: Asker, facts: CaseFacts) -> frozenset[Part]:
    """The parts of the case this colleague may see now; empty is nothing, not even that it exists.

    In order: without an office nothing (former holders, unknown guests); the person nothing; a conflict
    leaves one's own report; then the offices; a councillor's decision notice; a reporter's own report.
    """
    me = asker.colleague_id
    if not asker.offices or me == facts.parties.person:
        return NOTHING
    own = OWN if me in facts.parties.reporters | facts.parties.targets else NOTHING
    if conflict(me, facts.parties):
        return own
    if _sees_everything(asker, facts):
        return EVERYTHING | own
    if facts.decided and asker.offices & COUNCILLOR_OFFICES:
        return DECISION_NOTICE | own
    return own


def _sees_everything(asker: Asker, facts: CaseFacts) -> bool:
    if asker.offices & _INVESTIGATING:
        return True
    if asker.offices & _STANDING_IN and asker.colleague_id in facts.asked | facts.signed | facts.approved:
        return True
    return bool(asker.offices & COUNCILLOR_OFFICES) and asker.colleague_id in facts.reviewers


def may_check(asker: Asker) -> Refusal | None:
    """Why this colleague may not ask "what may I do if they contact us?", or None (R27).

    Any colleague in the register may, whatever their part in a case: it protects them and tells no story.
    """
    return None if asker.offices else _unknown(asker)


def may_list(asker: Asker) -> Refusal | None:
    """Why this colleague gets no list of cases, or None. Each line of the list still asks `may_see`."""
    if not asker.offices:
        return _unknown(asker)
    if asker.offices <= {Office.STAFF}:
        return Refusal(
            "list_not_yours",
            "The list of cases is for the Chief Officer, the Deputy Chief Officer and councillors. Type "
            "/incident mine for your own reports, or /incident check to ask what you may do.",
        )
    return None


def may_summarise(asker: Asker) -> Refusal | None:
    """Why this colleague may not see the committee's report before it is public, or None (R39)."""
    if asker.offices & _REPORTED_TO:
        return None
    return Refusal(
        "summary_not_yours",
        "The summary is for the Chief Officer, the Deputy Chief Officer and the members of F&GP. Ask one of them.",
    )


def may_publish(asker: Asker) -> Refusal | None:
    """Why this colleague may not make a report for the committee, nor see one that was not made, or None (R39).

    Those who see every case learn nothing from a draft. Two drafts put beside each other could tell others more.
    """
    if asker.offices & _INVESTIGATING:
        return None
    return may_summarise(asker) or Refusal(
        "summary_not_made",
        "No report was made for this period yet. The Chief Officer or the Chair of F&GP makes it.",
    )


def _unknown(asker: Asker) -> Refusal:
    who = "Guests" if asker.guest else "Former colleagues"
    return Refusal(
        "not_in_register",
        f"{who} cannot use this. Ask the Chief Officer to enter you in the register of offices.",
    )
