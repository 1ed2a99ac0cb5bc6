"""One case, read whole: every record of it, and what the policy computes from them.

Journeys, cards, look-ups and the command line all ask this page, so that they can't disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from handlers.afresh import MadeAgain, load_fresh
from handlers.appealed import Appealed, load_appeals
from handlers.beside import Beside
from handlers.case_letters import CaseLetters
from handlers.desk import Desk, Refused
from handlers.one_person import records_of, whole
from handlers.readings import facts_of, parties_of, police_part, signature, untold_refusal
from policy.access import CaseFacts, Part, may_see
from policy.answers import Refusal
from policy.behaviour import NoWarningReason, extreme_reason
from policy.calendars import local_date
from policy.cases import Progress, Stage, councillor_lock, stage, unidentified_refusal
from policy.decisions import Parties, Seat, Seats, asked, conflict, late, overdue_from, standing
from policy.findings import (
    Agreement,
    FindingKind,
    compare,
    extreme_confirmed,
)
from policy.safety import PolicePart
from storage.records import (
    Approval,
    Case,
    Decision,
    Dispatch,
    Finding,
    Incident,
    Notice,
    Person,
    PoliceRecord,
    Proposal,
    Restriction,
)
from storage.records_people import Conflict, FreshSignature
from storage.reviewed import Correction, Review

NOTIFIABLE = frozenset({"restriction", "interim", "warning", "continuation"})
"""The decisions the person must be told of in writing (R29)."""

NO_CASE = Refusal("no_case", "There is no case with this reference that you can see.")


@dataclass(frozen=True)
class CaseFile(CaseLetters, MadeAgain, Beside):
    """Everything recorded of one case. Lists are oldest first."""

    desk: Desk
    case: Case
    person: Person
    incidents: tuple[Incident, ...]
    findings: tuple[Finding, ...]
    proposals: tuple[Proposal, ...]
    approvals: tuple[Approval, ...]
    decisions: tuple[Decision, ...]
    restrictions: tuple[Restriction, ...]
    notices: tuple[Notice, ...]
    dispatches: Mapping[str, tuple[Dispatch, ...]]
    police: tuple[PoliceRecord, ...]
    records: tuple[Person, ...]
    """The records merged with the case's own, that one first (R46)."""
    conflicts: tuple[Conflict, ...]
    appeals: tuple[Appealed, ...] = ()
    fresh: tuple[FreshSignature, ...] = ()
    reviews: tuple[Review, ...] = ()
    corrections: tuple[Correction, ...] = ()

    # --- who has a part in it --------------------------------------------------------------------

    @cached_property
    def standing(self) -> tuple[Incident, ...]:
        """The incidents that were not withdrawn."""
        return tuple(i for i in self.incidents if i.withdrawn_at is None)

    @cached_property
    def parties(self) -> Parties:
        """Who has which part in the case, for the conflict rule (R17)."""
        return parties_of(self.incidents, self.person, self.conflicts)

    def free(self, colleague_id: str) -> bool:
        """Whether a colleague has no conflict in this case (R17)."""
        return conflict(colleague_id, self.parties) is None

    @cached_property
    def asked_on(self) -> date:
        """The day the signatures now waited for were asked: the open proposal's, else the case's."""
        return local_date(self.open_proposal.drafted_at) if self.open_proposal else self.findings_asked_on

    @cached_property
    def findings_asked_on(self) -> date:
        """The day the findings were asked for: with the report, or when an appeal sent the decision back (R36)."""
        return local_date(max((self.case.opened_at, *self.sent_back_at)))

    @cached_property
    def seats(self) -> Seats:
        """Who may act in each of the two seats at this moment (R13, R17, R20)."""
        return asked(self.desk.register, self.parties, self.desk.today, self.overdue, self.desk.settings)

    @cached_property
    def due_on(self) -> date:
        """The day from which a missing signature is overdue and the stand-in is asked too (R17)."""
        return overdue_from(
            self.asked_on, self.desk.calendar, self.desk.settings.signature_overdue_working_days
        )

    @cached_property
    def overdue(self) -> frozenset[str]:
        """Colleagues whose finding or approval is late; each stand-in has the same number of days (R17).

        A late finding stays late while a proposal waits, so that a stand-in who signed it can approve too.
        """
        findings: frozenset[str] = frozenset()  # once decided, only a new decision can wait for somebody
        if self.final_decision is None:
            findings = self._late(self.findings_asked_on, self.by_seat.values())
        if self.open_proposal is None:
            return findings
        return findings | self._late(self.asked_on, self.current_approvals)

    def _late(self, asked_on: date, signed: Iterable[Finding | Approval]) -> frozenset[str]:
        return late(
            self.desk.register,
            self.parties,
            asked_on,
            self.desk.today,
            frozenset(one.colleague_id for one in signed),
            self.desk.calendar,
            self.desk.settings,
        )

    # --- findings --------------------------------------------------------------------------------

    @cached_property
    def by_seat(self) -> Mapping[Seat, Finding]:
        """The finding that stands in each seat; before a decision none by a colleague with a conflict (R17)."""
        standing = (f for f in self.findings if f.replaced_at is None and f.seat in set(Seat))
        return {Seat(f.seat): f for f in standing if self.final_decision or self.free(f.colleague_id)}

    def kind_in(self, seat: Seat) -> FindingKind | None:
        """What was found in a seat, or None while it is not signed."""
        found = self.by_seat.get(seat)
        return FindingKind(found.kind) if found else None

    @cached_property
    def agreement(self) -> Agreement:
        """Waiting, agreed or split (R13)."""
        return compare(self.kind_in(Seat.OFFICER), self.kind_in(Seat.CHAIR))

    @cached_property
    def agreed(self) -> FindingKind | None:
        """What both found, or None."""
        return self.kind_in(Seat.OFFICER) if self.agreement is Agreement.AGREED else None

    def finding_by(self, colleague_id: str) -> Finding | None:
        """The standing finding a colleague signed."""
        return next((f for f in self.by_seat.values() if f.colleague_id == colleague_id), None)

    @cached_property
    def stated_extreme(self) -> NoWarningReason | None:
        """The first complete reason for giving no warning among the standing reports (R7)."""
        return next((r for r in map(extreme_reason, map(facts_of, self.standing)) if r), None)

    def extreme(self, officer: FindingKind | None = None) -> bool:
        """Whether the extreme-case reason is confirmed; `officer` = as if that were being signed now."""
        return extreme_confirmed(self.stated_extreme, officer or self.kind_in(Seat.OFFICER))

    # --- proposals and decisions -----------------------------------------------------------------

    @cached_property
    def open_proposal(self) -> Proposal | None:
        """The proposal that waits for approvals."""
        return next((p for p in reversed(self.proposals) if p.state == "open"), None)

    @cached_property
    def current_approvals(self) -> tuple[Approval, ...]:
        """The approvals that count: on the present version of the open proposal, without a conflict (R17, R19)."""
        p = self.open_proposal
        given = (a for a in self.approvals if a.answer == "approved" and self.free(a.colleague_id))
        return tuple(a for a in given if p and a.proposal_id == p.id and a.version == p.version)

    @cached_property
    def decision(self) -> Decision | None:
        """The latest decision."""
        return self.decisions[-1] if self.decisions else None

    # --- notices ---------------------------------------------------------------------------------

    def untold(self, decision: Decision, day: date | None = None) -> Refusal | None:
        """Why the person should not be told of a decision on a day (today), or None while they should (R16)."""
        own = self.restriction_of(decision)
        return untold_refusal(own, day or self.desk.today) if own else None

    def restriction_of(self, decision: Decision) -> Restriction | None:
        """A decision's restriction in its present terms: after an appeal that varied it, the latest (R36)."""
        return next((r for r in reversed(self.restrictions) if r.decision_id == decision.id), None)

    # --- who sees what ---------------------------------------------------------------------------

    def seen_by(self, colleague_id: str) -> frozenset[Part]:
        """The parts of this case a colleague may see at this moment (R17, R41)."""
        return may_see(self.desk.asker(colleague_id), self.facts)

    @cached_property
    def facts(self) -> CaseFacts:
        """The case as the access rule wants it."""
        return CaseFacts(
            parties=self.parties,
            asked=frozenset(a.colleague_id for a in self.seats.everybody),
            signed=frozenset(f.colleague_id for f in self.findings),
            approved=frozenset(a.colleague_id for a in self.approvals),
            reviewers=self.reviewers,
            decided=bool(self.decisions),
        )

    # --- where it stands -------------------------------------------------------------------------

    @cached_property
    def police_part(self) -> PolicePart | None:
        """The latest police part (R8)."""
        return police_part(self.police)

    @cached_property
    def progress(self) -> Progress:
        """The facts the stage is computed from."""
        decision = self.final_decision or self.decision
        moot = decision is not None and bool(self.untold(decision)) and self.told_on(decision) is None
        if decision and moot and decision.kind == "interim":
            decision = None  # it lapsed before the person was told, so it never had an effect
        elif decision and decision.id in self.sent_back:
            decision = None  # it stands until it is made again, and that is what is awaited
        notice = self.notice_of(decision) if decision else None
        close = self.appeal_close(decision) if decision else None
        proposal = self.open_proposal
        needed = self.desk.settings.approvals_needed
        return Progress(
            officer=self.kind_in(Seat.OFFICER),
            chair=self.kind_in(Seat.CHAIR),
            proposal_open=proposal is not None,
            missing=standing(map(signature, self.current_approvals), proposal.version, needed)
            if proposal
            else needed,
            decided=decision is not None,
            notice_owed=decision is not None and decision.kind in NOTIFIABLE and not moot,
            notice_sent=notice is not None and notice.state == "sent",
            appeal_closes_on=close.on if close else None,
            appeal_waiting=any(one.open for one in self.appeals),
            appeal_untold=any(one.untold for one in self.appeals),
            appeal_over=decision is not None and self.heard(decision, self.notices_of(decision)) is not None,
            withdrawn=self.case.withdrawn_at is not None,
            closed=self.case.closed_at is not None,
            seats=self.seats,
        )

    @cached_property
    def stage(self) -> Stage:
        """Where the case stands today."""
        return stage(self.progress, self.desk.today)

    @cached_property
    def final_decision(self) -> Decision | None:
        """The latest decision that is not an urgent interim one; None while an appeal wants it made again (R36)."""
        last = next((d for d in reversed(self.decisions) if d.kind != "interim"), None)
        return None if last and last.id in self.sent_back else last

    @cached_property
    def over(self) -> bool:
        """Whether the case is closed or withdrawn. An appeal of a closed case is work like any other (R35)."""
        return self.stage in (Stage.CLOSED, Stage.WITHDRAWN)

    @cached_property
    def restriction_lock(self) -> Refusal | None:
        """Why no restriction is possible in this case: a councillor, or somebody not identified (R9, R10)."""
        return councillor_lock(self.person.colleague_id is not None) or unidentified_refusal(
            self.person.identified
        )


def load(desk: Desk, case_id: str) -> CaseFile:
    """Read a case whole. Refuses with "no such case" when there is none."""
    file: CaseFile | None = desk.files.get(case_id)
    if file is None:
        case = desk.uow.cases.get(case_id)
        if case is None:
            raise Refused(NO_CASE)
        file = read(desk, case)
        if not desk.uow.writing:
            desk.files[case_id] = file
    return file


def read(desk: Desk, case: Case) -> CaseFile:
    """The same for a case at hand, which is not held: enough to look at beside the one that is changed."""
    uow = desk.uow
    records = records_of(uow, case.person_id)
    if not records:
        raise Refused(NO_CASE)
    proposals = uow.proposals.of_case(case.id)
    notices = uow.notices.of_case(case.id)
    decisions = uow.decisions.of_case(case.id)
    restrictions = uow.restrictions.of_case(case.id)
    return CaseFile(
        desk=desk,
        case=case,
        person=whole(records),
        incidents=uow.incidents.of_case(case.id),
        findings=uow.findings.of_case(case.id),
        proposals=proposals,
        approvals=tuple(a for p in proposals for a in uow.approvals.of(p.id)),
        decisions=decisions,
        restrictions=restrictions,
        notices=notices,
        dispatches={n.id: uow.notices.dispatches(n.id) for n in notices},
        police=uow.police.of_case(case.id),
        records=records,
        conflicts=uow.conflicts.of_case(case.id),
        appeals=load_appeals(uow, case.id),
        fresh=load_fresh(uow, decisions),
        reviews=uow.reviews.of_case(case.id) if restrictions else (),
        corrections=uow.corrections.of_case(case.id) if notices else (),
    )
