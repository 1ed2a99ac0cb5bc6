"""Records as the policy reads them: a report, its warning, an approval."""

from __future__ import annotations

from datetime import date

from policy.answers import Refusal
from policy.behaviour import (
    ActionTaken,
    Category,
    Channel,
    Example,
    NoWarningReason,
    ReportFacts,
    WarningGiven,
)
from policy.calendars import say_until
from policy.conflicts import ConflictReason
from policy.decisions import Approval as Signature
from policy.decisions import Parties
from policy.findings import GivenWarning
from policy.offices import Office, Seat
from policy.safety import PolicePart, PoliceRoute
from storage.records import Approval, Incident, Person, PoliceRecord, Restriction
from storage.records_people import Conflict


def parties_of(incidents: tuple[Incident, ...], person: Person, recorded: tuple[Conflict, ...]) -> Parties:
    """Who has which part in a case, for the conflict rule (R17). Withdrawn reports and lifted conflicts bar nobody."""
    standing = [one for one in recorded if one.lifted_at is None]

    def noted(reason: ConflictReason) -> frozenset[str]:
        return frozenset(one.colleague_id for one in standing if one.reason == reason)

    aimed_at = frozenset(t for i in incidents if i.withdrawn_at is None for t in i.target_ids)
    return Parties(
        reporters=frozenset(i.reporter_id for i in incidents),
        targets=aimed_at | noted(ConflictReason.TARGET),
        witnesses=noted(ConflictReason.WITNESS),
        person=person.colleague_id,
        interested=noted(ConflictReason.INTEREST) | noted(ConflictReason.PERSON),
    )


def signature(approval: Approval) -> Signature:
    """A recorded approval as the policy reads it."""
    return Signature(
        approval.colleague_id, Office(approval.office), Seat(approval.seat), approval.version, approval.at
    )


def facts_of(incident: Incident) -> ReportFacts:
    """A recorded incident as the policy reads a report."""
    return ReportFacts(
        person_name="recorded",
        happened_on=incident.happened_on,
        happened_at=incident.happened_at,
        channel=Channel(incident.channel),
        category=Category(incident.category),
        examples=frozenset(Example(e) for e in incident.examples),
        what_happened=incident.what_happened,
        actions_taken=frozenset(ActionTaken(a) for a in incident.actions_taken),
        warning=WarningGiven(incident.warning) if incident.warning else None,
        warning_words=incident.warning_words,
        no_warning_reason=NoWarningReason(incident.no_warning_reason) if incident.no_warning_reason else None,
        no_warning_words=incident.no_warning_words,
        offence={"yes": True, "no": False}.get(incident.offence),
    )


def warnings_of(incidents: tuple[Incident, ...]) -> tuple[GivenWarning, ...]:
    """The warnings recorded in reports: given when the incident happened (R7)."""
    return tuple(
        GivenWarning(
            i.happened_on,
            i.happened_at,
            words_recorded=bool(i.warning_words),
            how=WarningGiven(i.warning),
            void=i.withdrawn_at is not None,
        )
        for i in incidents
        if i.warning in (WarningGiven.SPOKEN.value, WarningGiven.WRITTEN.value)
    )


def police_part(recorded: tuple[PoliceRecord, ...]) -> PolicePart | None:
    """The latest police part as the policy reads it (R8)."""
    if not recorded:
        return None
    last, words = recorded[-1], recorded[-1].words
    return PolicePart(
        PoliceRoute(last.referred),
        words.get("force", ""),
        words.get("log_number", ""),
        words.get("reason_not", ""),
    )


def untold_refusal(restriction: Restriction, today: date) -> Refusal | None:
    """Why the person should not be told any more of a restriction that never started, or None (R16, R26)."""
    lapses = None if restriction.confirmed_at else restriction.interim_lapses_on
    if restriction.ended_at is not None:
        return Refusal("ended", "This restriction was ended, so there is nothing to send.")
    if restriction.starts_at is None and restriction.ends_on is not None and today > restriction.ends_on:
        return Refusal(
            "ran_out",
            f"This restriction was to last until {say_until(restriction.ends_on)}, so there is nothing to send.",
        )
    if lapses is not None and today > lapses:
        return Refusal(
            "interim_lapsed",
            f"This interim restriction lapsed at {say_until(lapses)}, so there is nothing to send.",
        )
    return None
