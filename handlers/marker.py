"""A safety marker: proposed with facts, signed by two colleagues, told to the person, ended or run out (R10, R43)."""

from __future__ import annotations

from datetime import timedelta

from handlers import views
from handlers.casefile import CaseFile, load
from handlers.chat import (
    Choice,
    Date,
    Form,
    FormValues,
    LongText,
    OpenForm,
    Option,
    Page,
    Reply,
    Response,
    ShowIf,
    Text,
    ViewRef,
)
from handlers.claim import claim
from handlers.deeds import refusal_now
from handlers.desk import Refused, Turn
from handlers.forms import day, text
from handlers.marker_letters import ask_to_tell_end
from handlers.marker_views import CARD, LOOK
from handlers.marker_words import TELL_OF_MARKER
from handlers.report_form import options
from handlers.tasks import add_task
from handlers.tell import morning, tell_case
from policy.access import Part
from policy.answers import Refusal
from policy.cases import councillor_lock
from policy.decisions import Asked, already_done, case_work_refusal, seat_for
from policy.markers import (
    MarkerFacts,
    Risk,
    approval_refusal,
    approvals_missing,
    check_marker,
    default_expiry,
    seat_refusal,
    shows,
)
from policy.notice_words import loaded_words
from policy.offices import Office, Seat
from policy.person_deeds import MARKER_WITHDRAWN, Deed
from policy.protected import bars_protected_route
from storage.records_people import Marker

WARN_DAYS = timedelta(days=14)
NO_MARKER = Refusal("no_marker", "There is no such marker that you can see.")
SIGNER_TAKES_NO_PART = Refusal(
    "marker_signer_conflict",
    "A colleague who signed this marker takes no part in this case, as is known now. Reject the marker and propose it "
    "again: it needs two names that count.",
)


def open_marker(turn: Turn, case_id: str) -> Response:
    """The button "Propose a safety marker"."""
    return OpenForm(marker_form(turn, case_id, {}))


def marker_form(turn: Turn, case_id: str, _: FormValues) -> Form:
    """The risk, what happened, what to do, until when, and whether the person is told."""
    _may_propose(turn, load(turn, case_id))
    first = (
        Choice(name="risk", label="What is the risk to safety?", options=options(Risk), required=True),
        LongText(
            name="fact",
            label="What happened, and when?",
            hint="Facts only: what the person did or said. No opinion about them.",
            required=True,
            limit=1000,
        ),
        LongText(
            name="advice",
            label="What should a colleague do to be safe?",
            hint="Every colleague who looks the person up reads this, and nothing else. For example: visit in pairs.",
            required=True,
            limit=300,
        ),
        Date(
            name="expires_on",
            label="Last day",
            required=True,
            initial=default_expiry(turn.today, turn.settings.marker_months).isoformat(),
        ),
        Choice(
            name="tell_person",
            label="Will the person be told?",
            hint="They are told, unless telling them raises the risk.",
            options=(Option("yes", "Yes"), Option("no", "No, that would raise the risk")),
            required=True,
        ),
    )
    second = LongText(
        name="not_told_reason",
        label="How would telling them raise the risk?",
        required=True,
        limit=500,
        show_if=ShowIf("tell_person", ("no",)),
    )
    note = Text("A marker is for the safety of colleagues. It limits nothing the person may do.")
    return Form(
        id="marker",
        title="Propose a safety marker",
        submit="Propose",
        context=case_id,
        pages=(Page(first, intro=(note,)), Page((second,))),
    )


def submit_marker(turn: Turn, case_id: str, values: FormValues) -> Response:
    """Save it; whoever may sign has signed by proposing (as with a restriction), the others are asked."""
    file = claim(turn, case_id)
    _may_propose(turn, file)
    facts = _facts(values)
    turn.check(check_marker(facts, turn.today, turn.settings.marker_months))
    turn.check(bars_protected_route(facts.advice, "advice"))
    # The letter to the person carries both: what it may not say is told now, not when it can't be written any more.
    turn.check((*loaded_words(facts.fact, "fact"), *loaded_words(facts.advice, "advice")))
    if facts.risk is None or facts.expires_on is None:
        raise ValueError("the check lets no marker pass without risk and last day")
    marker = turn.uow.markers.add(
        person_id=file.person.id,
        case_id=case_id,
        risk=facts.risk.value,
        tell_person=bool(facts.tell_person),
        expires_on=facts.expires_on,
        words={"fact": facts.fact, "advice": facts.advice, "not_told_reason": facts.not_told_reason},
        proposed_by=turn.me.id,
    )
    turn.log("marker.proposed", "marker", marker.id, case=case_id, risk=marker.risk)
    seat = seat_for(turn.me.id, turn.register, file.parties, turn.today, file.overdue, turn.settings)
    if isinstance(seat, Asked):
        _sign(turn, file, marker, seat)
    _tell(turn, file, marker)
    return _shown(turn, marker)


def look(turn: Turn, marker_id: str) -> Response:
    """The button "Read the marker"; the look is in the log."""
    marker, file = _marker_of(turn, marker_id)
    if Part.STORY not in file.seen_by(turn.me.id):
        raise Refused(NO_MARKER, file.case.id)
    turn.log("marker.looked_at", "marker", marker.id, case=file.case.id)
    return _shown(turn, marker)


def approve(turn: Turn, marker_id: str) -> Response:
    """The button "Sign the marker": with the second signature it is shown."""
    marker, _ = _marker_of(turn, marker_id)
    file = claim(turn, marker.case_id)
    marker, _ = _marker_of(turn, marker_id)
    seat = seat_for(turn.me.id, turn.register, file.parties, turn.today, file.overdue, turn.settings)
    if isinstance(seat, Refusal):
        raise Refused(seat, file.case.id)
    turn.require(councillor_lock(file.person.colleague_id is not None), file.case.id)
    turn.require(MARKER_WITHDRAWN if file.case.withdrawn_at else None, file.case.id)
    _still_waiting(turn, marker)
    turn.require(approval_refusal(marker.approved_by, turn.me.id), marker.id)
    turn.require(None if all(map(file.free, marker.approved_by)) else SIGNER_TAKES_NO_PART, marker.id)
    turn.require(seat_refusal((Seat(one.seat) for one in marker.approvals), seat.seat), marker.id)
    _sign(turn, file, marker, seat)
    return _after(turn, file, marker)


def open_end(turn: Turn, marker_id: str) -> Response:
    """The button "End the marker" or "Reject the marker"."""
    return OpenForm(end_form(turn, marker_id, {}))


def end_form(turn: Turn, marker_id: str, _: FormValues) -> Form:
    """Why it goes: the history keeps it."""
    marker, file = _marker_of(turn, marker_id)
    _may_end(turn, file)
    _not_over(turn, marker)
    waits = bool(approvals_missing(marker.approved_by))
    field = LongText(name="why", label="Why?", required=True, limit=500)
    title, submit = ("Reject the marker", "Reject") if waits else ("End the marker", "End it now")
    return Form(id="marker_end", title=title, submit=submit, context=marker_id, pages=(Page((field,)),))


def submit_end(turn: Turn, marker_id: str, values: FormValues) -> Response:
    """One colleague is enough: it favours the person. It is over at once."""
    before, _ = _marker_of(turn, marker_id)
    file = claim(turn, before.case_id)
    _may_end(turn, file)
    marker, _ = _marker_of(turn, marker_id)
    _not_over(turn, marker)
    turn.uow.markers.end(marker.id, turn.me.id, text(values, "why"))
    code = "rejected" if approvals_missing(marker.approved_by) else "ended"
    turn.log(f"marker.{code}", "marker", marker.id, case=file.case.id)
    if code == "ended":
        ask_to_tell_end(file, marker)
    return _after(turn, file, marker)


# --- parts --------------------------------------------------------------------------------------------


def _may_propose(turn: Turn, file: CaseFile) -> None:
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), file.case.id)
    turn.require(refusal_now(file, Deed.PROPOSE_MARKER), file.case.id)


def _may_end(turn: Turn, file: CaseFile) -> None:
    seat = seat_for(turn.me.id, turn.register, file.parties, turn.today, file.overdue, turn.settings)
    if not isinstance(seat, Asked):
        turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), file.case.id)


def _facts(values: FormValues) -> MarkerFacts:
    return MarkerFacts(
        risk=Risk(text(values, "risk")),
        fact=text(values, "fact"),
        advice=text(values, "advice"),
        expires_on=day(values, "expires_on"),
        tell_person={"yes": True, "no": False}.get(text(values, "tell_person")),
        not_told_reason=text(values, "not_told_reason"),
    )


def _marker_of(turn: Turn, marker_id: str) -> tuple[Marker, CaseFile]:
    marker = turn.uow.markers.get(marker_id)
    if marker is None:
        raise Refused(NO_MARKER)
    return marker, load(turn, marker.case_id)


def _still_waiting(turn: Turn, marker: Marker) -> None:
    _not_over(turn, marker)
    if marker.approvals and not approvals_missing(marker.approved_by):
        last, offices = marker.approvals[-1], [Office(one.office) for one in marker.approvals]
        raise Refused(already_done("signed", offices, last.at, turn.now), marker.id, _ref(marker))


def _not_over(turn: Turn, marker: Marker) -> None:
    over = shows(marker.approved_by, marker.expires_on, turn.now, marker.ended_at)
    if over is not None and over.code != "marker_not_approved":
        raise Refused(over, marker.id, _ref(marker))
    if turn.today > marker.expires_on:
        raise Refused(
            Refusal("marker_expired", "The last day of this marker is past."), marker.id, _ref(marker)
        )


def _sign(turn: Turn, file: CaseFile, marker: Marker, seat: Asked) -> None:
    turn.uow.markers.approve(marker.id, turn.me.id, seat.office.value, seat.seat.value)
    turn.log("marker.signed", "marker", marker.id, case=file.case.id, office=seat.office.value)
    signed = turn.uow.markers.get(marker.id)
    if signed is None or approvals_missing(signed.approved_by):
        return
    turn.log(
        "marker.shown_from_now", "marker", marker.id, case=file.case.id, until=marker.expires_on.isoformat()
    )
    if marker.tell_person:
        add_task(
            turn, TELL_OF_MARKER, file.case.id, marker.id, (one.colleague_id for one in file.seats.officer)
        )
    warn = turn.calendar.previous_working_day(marker.expires_on - WARN_DAYS)
    for kind, on in (("marker.ending", warn), ("marker.ended", marker.expires_on + timedelta(days=1))):
        if on > turn.today:
            ids = {"marker": marker.id}
            turn.uow.reminders.add(morning(on), kind, file.case.id, ids=ids, dedup_key=f"{kind}:{marker.id}")


def _tell(turn: Turn, file: CaseFile, marker: Marker) -> None:
    key = f"{CARD}:{marker.id}"
    for one in sorted({asked.colleague_id for asked in file.seats.everybody} - {turn.me.id}):
        turn.tell(one, CARD, {"marker": marker.id}, card_key=key, once=key)


def _after(turn: Turn, file: CaseFile, marker: Marker) -> Response:
    turn.uow.outbox.refresh(f"{CARD}:{marker.id}", CARD, {"marker": marker.id})
    tell_case(load(turn, file.case.id))
    return _shown(turn, marker)


def _ref(marker: Marker) -> ViewRef:
    return ViewRef(LOOK, {"marker": marker.id})


def _shown(turn: Turn, marker: Marker) -> Response:
    return Reply(views.show(turn, _ref(marker), turn.me.id) or views.gone(), _ref(marker))
