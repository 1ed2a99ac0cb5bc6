"""The warnings a person has had, from all their cases: spoken, written, and by decision; until when each counts (R14).

A spoken or written one was recorded in a report. A warning by decision counts from the day the person counts as told,
and until the day its letter says, which can only be earlier.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handlers.casefile import CaseFile, read
from handlers.desk import Desk
from handlers.one_person import records_of
from handlers.readings import warnings_of
from policy.access import Part
from policy.answers import Refusal
from policy.behaviour import WarningGiven
from policy.calendars import add_months
from policy.findings import FindingKind, GivenWarning, IncidentMoment, ladder_refusal
from policy.notices import Method
from storage.records import Decision, Person

WARNING = "warning"
BY_THE_CLOCK = (Method.EMAIL, Method.HAND)
"""Ways by which it is known at what time of the day the person had it."""


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning, with the reference of its case; `formal`: it is a decision of the council."""

    reference: str
    given: GivenWarning
    formal: bool


def warnings_in(file: CaseFile) -> tuple[Warned, ...]:
    """The warnings of one case, those in reports first."""
    reference = file.case.reference
    if file.case.withdrawn_at is not None:
        return ()
    formal = (_formal(file, d) for d in file.decisions if d.kind == WARNING)
    return (
        *(Warned(reference, one, formal=False) for one in warnings_of(file.incidents)),
        *(Warned(reference, one, formal=True) for one in formal if one),
    )


def warnings_for(desk: Desk, person: Person, reader: str | None = None) -> tuple[Warned, ...]:
    """Every warning of a person, in whatever record; with a reader, those in cases this colleague may see (R17)."""
    known = records_of(desk.uow, person.id)
    cases = sorted((c for one in known for c in desk.uow.cases.of_person(one.id)), key=lambda c: c.opened_at)
    files = (read(desk, case) for case in cases)
    return tuple(
        one
        for file in files
        if reader is None or Part.DECISION in file.seen_by(reader)
        for one in warnings_in(file)
    )


def live(desk: Desk, warnings: Iterable[Warned]) -> tuple[Warned, ...]:
    """Those that count today, the one that counts longest last."""
    months = desk.settings.warning_live_months
    found = (one for one in warnings if one.given.is_live(desk.today, months))
    return tuple(sorted(found, key=lambda one: one.given.live_until(months)))


def ladder(file: CaseFile, officer: FindingKind | None = None) -> Refusal | None:
    """Why a restriction can't be reached yet (R14), or None; `officer` = as if that were being signed now."""
    return ladder_refusal(
        (one.given for one in warnings_for(file.desk, file.person)),
        tuple(
            IncidentMoment(i.happened_on, i.happened_at, withdrawn=i.withdrawn_at is not None)
            for i in file.incidents
        ),
        file.extreme(officer),
        file.desk.settings.warning_live_months,
    )


def warning_words(file: CaseFile, decision: Decision) -> str:
    """Why the behaviour is considered unacceptable, as the letter about a warning says it now (R29, R32)."""
    for made in reversed(file.corrections):
        if made.decision_id == decision.id:
            return str(made.after.get("case_for", ""))
    reasons = [f.answers.get("reasons", "") for f in file.by_seat.values()]
    return "\n\n".join(dict.fromkeys(r for r in reasons if r))


def counts_until(file: CaseFile, decision: Decision, dated: date) -> date:
    """The day to print in a letter of a warning dated so; a later letter never makes it later (R14, R32)."""
    promised = [n.expected_on for n in file.notices_of(decision) if n.state == "sent"]
    return add_months(min([*promised, dated]), file.desk.settings.warning_live_months)


def _formal(file: CaseFile, decision: Decision) -> GivenWarning | None:
    told = [
        (day.value, notice)
        for notice in file.notices_of(decision)
        if notice.state == "sent" and (day := file.letter_told_on(notice))
    ]
    if not told:
        return None
    given_on, first = min(told, key=lambda one: one[0])
    at = max(
        (
            copy.sent_local.time()
            for copy in file.dispatches.get(first.id, ())
            if copy.bounced_at is None and Method(copy.method) in BY_THE_CLOCK
            if copy.sent_local.date() == given_on
        ),
        default=None,
    )
    return GivenWarning(
        given_on,
        at,
        words_recorded=True,
        how=WarningGiven.WRITTEN,
        void=decision.id in file.quashed,
        counts_until=counts_until(file, decision, first.expected_on),
    )
