"""Investigating: two signed findings in every case, the police part, closing (policy 5; R5, R8, R13, R14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handlers import views
from handlers.casefile import NOTIFIABLE, CaseFile, load
from handlers.chat import (
    Choice,
    Form,
    FormValues,
    LongText,
    OpenForm,
    Option,
    Page,
    Replace,
    Reply,
    Response,
    ShowIf,
    TextField,
    ViewRef,
)
from handlers.claim import claim
from handlers.closing import closing
from handlers.desk import Refused, Turn
from handlers.effect import decide_by_findings, decided_already, take_effect
from handlers.finding_form import finding_form
from handlers.forms import text
from handlers.readings import facts_of
from handlers.tell import tell_case, tell_decision
from handlers.warned import ladder
from policy.answers import Problem, Refusal
from policy.behaviour import Category, Example, check_no_warning
from policy.decisions import Asked, already_done, case_work_refusal, seat_for
from policy.findings import FindingFacts, FindingKind, check_finding, is_final
from policy.offices import Office, Seat
from policy.safety import POLICE_ROUTE_WORDS, PolicePart, PoliceRoute, check_police
from storage.records import Finding

ENDED = Refusal("case_ended", "This case is closed or withdrawn, so nothing more can be signed.")
REPLACED = Refusal(
    "finding_changed", "This finding was signed again since you saw it. Here is the case as it is now."
)
OWN = Refusal("own_finding", "This is your own finding. The other office signs too.")


# --- findings -------------------------------------------------------------------------------------


def open_finding(turn: Turn, case_id: str) -> Response:
    """The button "Sign a finding"."""
    file = load(turn, case_id)
    _seat(turn, file)
    return OpenForm(finding_form(file))


def build_finding(turn: Turn, case_id: str, _: FormValues) -> Form:
    """The form, for who may sign at this moment."""
    file = load(turn, case_id)
    _seat(turn, file)
    return finding_form(file)


def submit_finding(turn: Turn, case_id: str, values: FormValues) -> Response:
    """Sign in the seat the colleague may fill now; two that agree and need no proposal decide the case."""
    file = claim(turn, case_id)
    asked = _seat(turn, file)
    answers = {n: text(values, n) for n in ("circumstances", "same_issue", "dealt_with", "burden", "reasons")}
    sign(turn, file, asked, FindingKind(text(values, "finding")), answers, None)
    return after_signing(turn, case_id)


def agree(turn: Turn, finding_id: str) -> Response:
    """One press: the second office agrees with the first's finding (R13)."""
    file, first = other_finding(turn, finding_id)
    own = file.finding_by(turn.me.id)
    if own is not None and own.kind == first.kind:  # pressing twice counts once, and is no mistake
        done = already_done("signed", (Office(own.office),), own.signed_at, turn.now)
        return after_signing(turn, file.case.id, done.sentence)
    asked = _seat(turn, file)
    sign(turn, file, asked, FindingKind(first.kind), first.answers, first.id)
    return after_signing(turn, file.case.id)


def other_finding(turn: Turn, finding_id: str) -> tuple[CaseFile, Finding]:
    """The case, held, and the standing finding to agree with."""
    found = turn.uow.findings.get(finding_id)
    if found is None:
        raise Refused(REPLACED)
    file = claim(turn, found.case_id)
    first = next((f for f in file.by_seat.values() if f.id == finding_id), None)
    if first is None:
        raise Refused(REPLACED, file.case.id, ViewRef("case.open", {"case": file.case.id}))
    if first.colleague_id == turn.me.id:
        raise Refused(OWN, file.case.id)
    return file, first


def sign(
    turn: Turn,
    file: CaseFile,
    asked: Asked,
    kind: FindingKind,
    answers: Mapping[str, str],
    agrees: str | None,
) -> None:
    """Check the finding and record it in the office and seat of this moment."""
    turn.check(check_finding(_facts(file, asked, kind, answers)))
    signed = turn.uow.findings.sign(
        case_id=file.case.id,
        colleague_id=turn.me.id,
        office=asked.office.value,
        seat=asked.seat.value,
        kind=kind.value,
        answers=dict(answers),
        agrees_with=agrees,
        extreme_confirmed=asked.seat is Seat.OFFICER and file.extreme(kind),
    )
    turn.log(
        "finding.signed", "finding", signed.id, case=file.case.id, kind=kind.value, office=asked.office.value
    )


def finding_problems(
    turn: Turn, file: CaseFile, kind: FindingKind, answers: Mapping[str, str], *, field: str = "finding"
) -> tuple[Problem, ...]:
    """What stops a committee from finding this (R17): the rules of any finding. `field`: where the kind is chosen."""
    asked = Asked(turn.me.id, Office.COUNCILLOR, Seat.OFFICER, "Resolved by a committee.")
    problems = check_finding(_facts(file, asked, kind, answers))
    return tuple(replace(one, field=field) if one.field == "finding" else one for one in problems)


def after_signing(turn: Turn, case_id: str, note: str = "") -> Response:
    """Decide what the signatures that stand now decide, tell everybody, show the card."""
    file = load(turn, case_id)
    officer, chair = file.kind_in(Seat.OFFICER), file.kind_in(Seat.CHAIR)
    if file.final_decision:
        pass  # pressed twice: nothing is decided again
    elif officer and is_final(officer, chair) and officer is not FindingKind.RESTRICTION:
        decision = decide_by_findings(turn, file, officer.value)
        file = load(turn, case_id)
        if decision.kind in NOTIFIABLE:
            tell_decision(file, decision)
    else:
        take_effect(turn, file)
        file = load(turn, case_id)
    tell_case(file)
    again = ViewRef("case.card", {"case": case_id})
    card = views.show(turn, again, turn.me.id) or views.gone()
    return Replace(views.with_note(card, note) if note else card, again)


def _seat(turn: Turn, file: CaseFile) -> Asked:
    if file.over:
        raise Refused(ENDED, file.case.id)
    answer = seat_for(turn.me.id, turn.register, file.parties, turn.today, file.overdue, turn.settings)
    if isinstance(answer, Refusal):
        raise Refused(answer, file.case.id)
    if file.final_decision:
        raise decided_already(turn, file, file.final_decision)
    return answer


def _facts(file: CaseFile, asked: Asked, kind: FindingKind, answers: Mapping[str, str]) -> FindingFacts:
    reports = [facts_of(i) for i in file.standing]
    officer = kind if asked.seat is Seat.OFFICER else None
    # The Chair may sign first: the ladder then stands if the officer's signature would confirm the reason.
    would_confirm = officer or file.kind_in(Seat.OFFICER) or kind
    return FindingFacts(
        kind=kind,
        reasons=answers.get("reasons", ""),
        circumstances=answers.get("circumstances", ""),
        categories=frozenset(Category(i.category) for i in file.standing),
        examples=frozenset(Example(e) for i in file.standing for e in i.examples),
        standing_incidents=len(file.standing),
        same_issue={"yes": True, "no": False}.get(answers.get("same_issue", "")),
        dealt_with=answers.get("dealt_with", ""),
        burden=answers.get("burden", ""),
        person_is_councillor=file.person.colleague_id is not None,
        person_identified=file.person.identified,
        extreme_reason_missing=any(check_no_warning(r) for r in reports),
        ladder=ladder(file, would_confirm) if kind is FindingKind.RESTRICTION else None,
    )


# --- police and closing ---------------------------------------------------------------------------


def open_police(turn: Turn, case_id: str) -> Response:
    """The button "Record the police part"."""
    return OpenForm(police_form(turn, case_id, {}))


def police_form(turn: Turn, case_id: str, _: FormValues) -> Form:
    """999, 101, online, or why not (R8)."""
    file = load(turn, case_id)
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), case_id)
    routes = tuple(Option(r.value, POLICE_ROUTE_WORDS[r]) for r in PoliceRoute)
    last = file.police[-1] if file.police else None
    said = last.words if last else {}
    told = ShowIf("route", tuple(r.value for r in PoliceRoute if r is not PoliceRoute.NOT_REFERRED))
    return Form(
        id="police",
        title="The police part",
        submit="Save",
        context=case_id,
        pages=(
            Page(
                (
                    Choice(
                        name="route",
                        label="Were the police told?",
                        options=routes,
                        required=True,
                        initial=last.referred if last else None,
                    ),
                )
            ),
            Page(
                (
                    TextField(
                        name="force",
                        label="Which police force?",
                        required=True,
                        show_if=told,
                        initial=said.get("force"),
                    ),
                    TextField(
                        name="log_number",
                        label="Log number",
                        hint="You can add it later. If the police gave none, write “none given”.",
                        show_if=told,
                        initial=said.get("log_number"),
                    ),
                    LongText(
                        name="outcome",
                        label="What came of it?",
                        hint="You can add it later, also once the case is closed.",
                        limit=1000,
                        show_if=told,
                        initial=said.get("outcome"),
                    ),
                    TextField(
                        name="reason_not",
                        label="Why were the police not told?",
                        required=True,
                        limit=1000,
                        show_if=ShowIf("route", (PoliceRoute.NOT_REFERRED.value,)),
                        initial=said.get("reason_not"),
                    ),
                ),
            ),
        ),
    )


def submit_police(turn: Turn, case_id: str, values: FormValues) -> Response:
    """Save the police part; a later one replaces it in what is asked, the earlier stays on record."""
    file = claim(turn, case_id)
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), case_id)
    words = {n: text(values, n) for n in ("force", "log_number", "reason_not")}
    route = PoliceRoute(text(values, "route"))
    turn.check(check_police(PolicePart(route=route, **words)))
    if text(values, "outcome"):
        words["outcome"] = text(values, "outcome")
    turn.uow.police.add(case_id, route.value, words, turn.me.id)
    turn.log("police.recorded", "case", case_id, route=route.value)
    tell_case(load(turn, case_id))
    again = ViewRef("case.open", {"case": case_id})
    card = views.show(turn, again, turn.me.id)
    return Reply(card or views.said("Saved."), again)


def close(turn: Turn, case_id: str) -> Response:
    """The button "Close the case": only when nothing is owed any more (R8, R13)."""
    file = claim(turn, case_id)
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), case_id)
    turn.require(closing(file), case_id)
    turn.uow.cases.close(case_id, turn.now)
    turn.log("case.closed", "case", case_id)
    tell_case(load(turn, case_id))
    again = ViewRef("case.card", {"case": case_id})
    card = views.show(turn, again, turn.me.id)
    return Replace(card or views.gone(), again)
