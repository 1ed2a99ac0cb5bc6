"""Adding a note to one's own report, when it can no longer be withdrawn (R12). The report stays as it was."""

from __future__ import annotations

from handlers import views
from handlers.casefile import CaseFile, load
from handlers.chat import Form, FormValues, LongText, OpenForm, Page, Reply, Response, Text, ViewRef
from handlers.claim import claim
from handlers.deeds import refusal_now
from handlers.desk import Refused, Turn
from handlers.forms import text
from handlers.note_views import ADDED
from policy.access import Part
from policy.answers import Refusal
from policy.cases import note_refusal
from policy.person_deeds import Deed
from storage.records import Incident

NO_REPORT = Refusal("no_incident", "There is no such report.")


def open_note(turn: Turn, incident_id: str) -> Response:
    """The button "Add a note to my report"."""
    return OpenForm(note_form(turn, incident_id, {}))


def note_form(turn: Turn, incident_id: str, _: FormValues) -> Form:
    """One box."""
    _own(turn, incident_id)
    field = LongText(
        name="words",
        label="What do you want to add?",
        hint="Those who decide read it beside your report. It can’t be changed afterwards.",
        required=True,
    )
    page = Page((field,), intro=(Text("Your report stays as you sent it."),))
    return Form(
        id="note", title="Add a note to my report", submit="Add note", context=incident_id, pages=(page,)
    )


def submit_note(turn: Turn, incident_id: str, values: FormValues) -> Response:
    """Keep it, and tell those who act on the case that it is there."""
    incident, _ = _own(turn, incident_id)
    file = claim(turn, incident.case_id)
    note = turn.uow.notes.add(file.case.id, incident.id, turn.me.id, text(values, "words"))
    turn.log("note.added", "incident", incident.id, case=file.case.id, note=note.id)
    acting = file.seats.officer if file.final_decision or file.over else file.seats.everybody
    for one in sorted({asked.colleague_id for asked in acting} - {turn.me.id}):
        turn.tell(one, ADDED, {"case": file.case.id, "note": note.id}, once=f"{ADDED}:{note.id}")
    again = ViewRef("case.open", {"case": file.case.id})
    card = views.show(turn, again, turn.me.id) or views.said("Your note is added.")
    return Reply(card, again)


def _own(turn: Turn, incident_id: str) -> tuple[Incident, CaseFile]:
    incident = turn.uow.incidents.get(incident_id)
    if incident is None:
        raise Refused(NO_REPORT)
    file = load(turn, incident.case_id)
    turn.require(note_refusal(turn.me.id, incident.reporter_id), file.case.id)
    turn.require(None if Part.OWN_REPORT in file.seen_by(turn.me.id) else NO_REPORT, file.case.id)
    turn.require(refusal_now(file, Deed.ADD_NOTE), file.case.id)
    return incident, file
