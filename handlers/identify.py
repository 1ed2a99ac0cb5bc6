"""Saying who the person is: later, or better; or that it is a councillor of this council (R9, R10)."""

from __future__ import annotations

from handlers import views
from handlers.casefile import NOTIFIABLE, CaseFile, load
from handlers.chat import (
    Choice,
    Form,
    FormValues,
    OpenForm,
    Page,
    Person,
    Reply,
    Response,
    ShowIf,
    TextField,
    ViewRef,
)
from handlers.claim import claim
from handlers.conflict_views import tell_flags
from handlers.deeds import refusal_now
from handlers.desk import Turn
from handlers.effect import overtake
from handlers.forms import text
from handlers.make_again import make_again
from handlers.report_form import colleague_options, options
from handlers.tell import tell_case
from policy.answers import Problem
from policy.behaviour import PersonIs
from policy.conflicts import FreshAnswer
from policy.decisions import case_work_refusal
from policy.findings import FindingKind
from policy.markers import approvals_missing
from policy.offices import Office, Seat
from policy.person_deeds import Deed

NAME_STANDS = (
    "A decision about this person was made, so the name stays as it is. If it was the wrong person, the decision "
    "itself must be changed."
)
LOCKED = frozenset({FindingKind.WARNING, FindingKind.RESTRICTION})
"""Findings that can't be carried out when the person is a councillor (R10)."""
KINDS = (PersonIs.MEMBER_OF_PUBLIC, PersonIs.COUNCILLOR)


def open_identify(turn: Turn, case_id: str) -> Response:
    """The button "Say who the person is"."""
    return OpenForm(identify_form(turn, case_id, {}))


def identify_form(turn: Turn, case_id: str, _: FormValues) -> Form:
    """The form, with what is recorded already; for those who may work the case."""
    file = load(turn, case_id)
    _may(turn, file)
    own = file.records[0]
    is_now = (
        PersonIs.COUNCILLOR if own.colleague_id else PersonIs.MEMBER_OF_PUBLIC if own.identified else None
    )
    councillor = ShowIf("person_is", (PersonIs.COUNCILLOR.value,))
    first = (
        Choice(
            name="person_is",
            label="Who is the person?",
            options=options(KINDS),
            required=True,
            initial=is_now.value if is_now else None,
        ),
        TextField(name="person_name", label="The person’s name", initial=own.name or None),
        TextField(
            name="person_contact",
            label="Their email address, telephone number or address",
            hint="Only what the council already has.",
            initial=own.contact or None,
        ),
    )
    second = (
        Person(
            name="person_colleague",
            label="Which councillor?",
            hint="This colleague loses sight of the case at once. Warnings, restrictions and markers are closed; "
            "the matter can be referred to the Monitoring Officer.",
            options=colleague_options(turn, only_councillors=True),
            required=True,
            show_if=councillor,
            initial=own.colleague_id,
        ),
    )
    title = "Correct who the person is" if file.person.identified else "Say who the person is"
    return Form(id="identify", title=title, submit="Save", context=case_id, pages=(Page(first), Page(second)))


def submit_identify(turn: Turn, case_id: str, values: FormValues) -> Response:
    """Record who it is. The description first given stays; likely matches are then shown with the case."""
    file = claim(turn, case_id)
    _may(turn, file)
    councillor = text(values, "person_colleague")
    name = text(values, "person_name") or (turn.name(councillor) if councillor else "")
    turn.check(_problems(file, name, councillor))
    was = file.records[0]
    turn.uow.people.update(
        was.id, name=name, contact=text(values, "person_contact"), identified=True, colleague_id=councillor
    )
    code = "corrected" if was.identified else "identified"
    turn.log(f"person.{code}", "person", was.id, case=case_id, councillor="yes" if councillor else "no")
    after = load(turn, case_id)
    if councillor:
        close_paths(turn, after)
        after = load(turn, case_id)
    tell_case(after)
    tell_flags(after)
    again = ViewRef("case.open", {"case": case_id})
    card = views.show(turn, again, turn.me.id)
    return Reply(card or views.gone(), again)


def close_paths(turn: Turn, file: CaseFile) -> None:
    """The person is a councillor: a proposal and markers that wait are overtaken; what is in force stays (R10).

    Ending a restriction is a decision of its own, which the card of the case asks for. One that the person was never
    told of has burdened nobody: it ends, and the case is decided again. So are findings that can't be carried out.
    """
    if file.open_proposal is not None:
        overtake(turn, file, file.open_proposal)
    for marker in turn.uow.markers.of_case(file.case.id):
        if marker.ended_at is None and approvals_missing(marker.approved_by):
            turn.uow.markers.end(marker.id, turn.me.id, "")
            turn.log("marker.overtaken", "marker", marker.id, case=file.case.id)
    for restriction in file.restrictions:
        if restriction.starts_at is None and restriction.ended_at is None:
            turn.uow.restrictions.end(restriction.id, turn.now)
            turn.log("restriction.ended", "restriction", restriction.id, case=file.case.id)
    _decide_again(turn, file)


def _decide_again(turn: Turn, file: CaseFile) -> None:
    decision = file.final_decision
    if decision is None:
        if any(one.kind in LOCKED for one in file.by_seat.values()):
            turn.uow.findings.set_aside(file.case.id)
            turn.log("findings.set_aside", "case", file.case.id)
        return
    if decision.kind not in NOTIFIABLE or any(file.dispatches.get(n.id) for n in file.notices_of(decision)):
        return
    office = next(one for one in Office if one in turn.offices(turn.me.id))
    turn.uow.conflicts.sign_afresh(
        decision.id,
        file.case.id,
        Seat.OFFICER.value,
        turn.me.id,
        office.value,
        FreshAnswer.CLOSED.value,
        "",
    )
    make_again(turn, file, f"{decision.id}:councillor", decision=decision.id)


def _may(turn: Turn, file: CaseFile) -> None:
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), file.case.id)
    turn.require(refusal_now(file, Deed.SAY_WHO), file.case.id)


def _problems(file: CaseFile, name: str, councillor: str) -> tuple[Problem, ...]:
    own = file.records[0]
    if not name:
        return (Problem("person_name", "name_missing", "Give the person’s name."),)
    if file.decisions and own.identified and name != own.name:
        return (Problem("person_name", "name_stands", NAME_STANDS),)
    aimed_at = {target for one in file.standing for target in one.target_ids}
    if councillor and councillor in aimed_at:
        sentence = "The councillor the report is about cannot also be who it was aimed at."
        return (Problem("person_colleague", "target_is_person", sentence),)
    return ()
