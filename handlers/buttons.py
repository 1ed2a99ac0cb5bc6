"""Which buttons a colleague gets on a case: those the policy would allow at this moment, and no others.

It is courtesy: every press is checked again when it comes (R18). A value is an id and a version.
"""

from __future__ import annotations

from handlers.calendar_file import entries
from handlers.casefile import CaseFile
from handlers.chat import Button, Confirm
from handlers.closing import closing
from handlers.injuries import hurt
from handlers.letter_buttons import letter_buttons
from handlers.note_views import note_buttons
from handlers.reviewing import CONTINUATION, continuation
from handlers.rights import may_approve
from policy.access import Part
from policy.answers import Refusal
from policy.cases import withdraw_refusal
from policy.decisions import (
    Asked,
    case_work_refusal,
    interim_check,
    interim_confirm_check,
    seat_for,
)
from policy.findings import FindingKind

SELDOM = frozenset(
    {
        "calendar.download",
        "case.chronology",
        "conflict.record",
        "decision.record",
        "incident.add",
        "legal.record",
        "marker.propose",
        "merge.propose",
        "notice.again",
        "notice.correct",
        "person.identify",
        "proposal.draft",
    }
)
"""What is needed in few cases; `nearest_first` says when it stands under “More steps”."""


def decision_buttons(file: CaseFile, me: str) -> tuple[Button, ...]:
    """Findings, proposal, interim: what decides the case."""
    if file.over or Part.STORY not in file.seen_by(me):
        return ()
    desk = file.desk
    seat = seat_for(me, desk.register, file.parties, desk.today, file.overdue, desk.settings)
    undecided = file.final_decision is None or file.open_proposal is not None
    asked = seat if isinstance(seat, Asked) and undecided else None
    return (
        *(_signing(file, me) if asked else ()),
        *(_proposal(file, me) if asked else ()),
        *_drafting(file, me),
        *(_imposing(file, me)),
        *_confirming(file, me),
    )


def work_buttons(file: CaseFile, me: str) -> tuple[Button, ...]:
    """The notice, closing: the case's daily work."""
    desk = file.desk
    if file.over or case_work_refusal(me, desk.register, file.parties, desk.today) is not None:
        return ()
    buttons = list(letter_buttons(file))
    if entries(file):
        buttons.append(Button("calendar.download", "Dates for my calendar", file.case.id))
    if closing(file) is None:
        sure = Confirm("Close the case?", "Nothing more can be signed in it.", "Close the case")
        buttons.append(Button("case.close", "Close the case", file.case.id, confirm=sure))
    return tuple(buttons)


def safety_buttons(file: CaseFile, me: str) -> tuple[Button, ...]:
    """Police, injury, legal action: for who does the case's work, also after it is closed (R8, R11, R14)."""
    desk = file.desk
    if case_work_refusal(me, desk.register, file.parties, desk.today) is not None:
        return ()
    injuries = (
        Button("injury.record", "Record how the injury goes on", one.id, opens="injury") for one in hurt(file)
    )
    return (
        Button("police.record", "Record the police part", file.case.id, opens="police"),
        *injuries,
        Button("legal.record", "Record legal advice or action", file.case.id, opens="legal"),
    )


def record_buttons(file: CaseFile) -> tuple[Button, ...]:
    """The public record of each decision: for whoever may see that it was made."""
    many = len(file.decisions) > 1
    return tuple(
        Button("decision.record", f"Public record {n}" if many else "Public record", one.id)
        for n, one in enumerate(file.decisions, 1)
    )


def report_buttons(file: CaseFile, me: str) -> tuple[Button, ...]:
    """Adding an incident; a reporter may withdraw before a finding, and add a note after one (R12)."""
    notes = note_buttons(file, me)
    if file.over:
        return notes
    buttons = [Button("incident.add", "Add an incident", file.case.id, opens="report")]
    for incident in file.standing:
        decided = bool(file.decisions)
        if withdraw_refusal(me, incident.reporter_id, bool(file.findings), decided=decided) is None:
            sure = Confirm(
                "Withdraw your report?", "It will count towards nothing. It stays on record.", "Withdraw"
            )
            buttons.append(
                Button("case.withdraw", "Withdraw my report", incident.id, style="danger", confirm=sure)
            )
    return (*buttons, *notes)


def _signing(file: CaseFile, me: str) -> list[Button]:
    own = file.finding_by(me)
    other = next((f for f in file.by_seat.values() if f.colleague_id != me), None)
    proposal = file.open_proposal
    decided = file.final_decision is not None  # then a finding is signed only with an approval of what is new
    if continuation(file) or (decided and own is not None):
        return []
    if own is not None:
        return [Button("finding.sign", "Sign a different finding", file.case.id, opens="finding")]
    buttons = []
    if other is not None:
        kind = FindingKind(other.kind)
        if proposal and kind is FindingKind.RESTRICTION and may_approve(file, me):
            value = f"{other.id}:{proposal.id}:{proposal.version}"
            label = f"Agree, and approve version {proposal.version}"
            sure = Confirm(
                "Sign both?", f"You sign the finding “{kind.words}” and approve the proposal.", "Sign both"
            )
            buttons.append(Button("finding.agree_approve", label, value, style="primary", confirm=sure))
        if decided:
            return buttons
        sure = Confirm("Sign this finding?", f"You sign the same finding: “{kind.words}”.", "Agree and sign")
        buttons.append(
            Button("finding.agree", "Agree with the finding", other.id, style="primary", confirm=sure)
        )
    label = "Sign a different finding" if other else "Sign a finding"
    buttons.append(
        Button("finding.sign", label, file.case.id, style="default" if other else "primary", opens="finding")
    )
    return buttons


def _proposal(file: CaseFile, me: str) -> list[Button]:
    proposal = file.open_proposal
    if proposal is None:
        return []
    value = f"{proposal.id}:{proposal.version}"
    own = file.finding_by(me)
    buttons = []
    signed = any(a.colleague_id == me for a in file.current_approvals)
    if not may_approve(file, me):
        return []
    found = own is not None and own.kind == FindingKind.RESTRICTION
    if (found or proposal.kind == CONTINUATION) and not signed:
        sure = Confirm("Approve?", f"You approve version {proposal.version} in your office.", "Approve")
        label = f"Approve version {proposal.version}"
        buttons.append(Button("proposal.approve", label, value, style="primary", confirm=sure))
    if proposal.kind == CONTINUATION:
        buttons.append(Button("review.change", "Change it and ask again", value, opens="review"))
    if not signed:
        buttons.append(Button("proposal.reject", "Reject", value, style="danger", opens="rejection"))
    return buttons


def _drafting(file: CaseFile, me: str) -> list[Button]:
    desk = file.desk
    again = (
        file.final_decision is not None and file.open_proposal is None
    )  # offered on the private card alone
    if file.restriction_lock or again or continuation(file):
        return []
    if case_work_refusal(me, desk.register, file.parties, desk.today) is not None:
        return []
    if not any(f.kind == FindingKind.RESTRICTION for f in file.by_seat.values()):
        return []
    proposal = file.open_proposal
    if proposal is None:
        return [
            Button("proposal.draft", "Propose a restriction", file.case.id, style="primary", opens="proposal")
        ]
    value = f"{proposal.id}:{proposal.version}"
    return [Button("proposal.change", "Change the proposal", value, opens="proposal")]


def _imposing(file: CaseFile, me: str) -> list[Button]:
    desk = file.desk
    if file.decisions or file.open_proposal or file.restriction_lock:
        return []
    answer = interim_check(
        me,
        desk.register,
        file.parties,
        desk.today,
        file.overdue,
        desk.settings,
        extreme=file.stated_extreme is not None,
    )
    if isinstance(answer, Refusal):
        return []
    return [Button("interim.impose", "Impose an urgent interim restriction", file.case.id, opens="proposal")]


def _confirming(file: CaseFile, me: str) -> list[Button]:
    desk = file.desk
    locked = file.person.colleague_id is not None
    for restriction in file.restrictions if file.final_decision is None and not locked else ():
        if restriction.interim_lapses_on is None or restriction.confirmed_at or restriction.ended_at:
            continue
        answer = interim_confirm_check(
            me, desk.register, file.parties, desk.today, lapses_on=restriction.interim_lapses_on
        )
        if isinstance(answer, Asked):
            return [
                Button(
                    "interim.confirm",
                    "Confirm the interim restriction",
                    restriction.decision_id,
                    style="primary",
                )
            ]
    return []
