"""The days after an injury, and legal action: their forms and buttons, at any step of a case (R8, R11, R14)."""

from __future__ import annotations

from dataclasses import replace

from handlers import views
from handlers.casefile import NO_CASE, CaseFile, load
from handlers.chat import (
    Button,
    Card,
    Checkbox,
    Choice,
    Date,
    Field,
    Form,
    FormValues,
    LongText,
    OpenForm,
    Option,
    Page,
    Replace,
    Reply,
    Response,
    Text,
    TextField,
    ViewRef,
)
from handlers.claim import claim
from handlers.desk import Refused, Turn
from handlers.forms import day, text, ticked
from handlers.injuries import ABLE, BACK, INJURY, LEGAL, RECORDED, UNABLE, hurt, injury_of, report_by
from handlers.tasks import RIDDOR, add_task
from handlers.tell import tell_case, workers
from policy.answers import Problem
from policy.calendars import say_day
from policy.decisions import case_work_refusal
from policy.safety import InjuryDuty, injury_flags
from storage.records import Incident

ANSWERS = (Option(UNABLE, "Yes, still unable"), Option(ABLE, "No, back at normal work"))
LEGAL_WORDS = ("advice", "authority", "outcome")


# --- after an injury --------------------------------------------------------------------------------


def open_injury(turn: Turn, incident_id: str) -> Response:
    """The button "Record how it goes on"."""
    return OpenForm(injury_form(turn, incident_id, {}))


def injury_form(turn: Turn, incident_id: str, _: FormValues) -> Form:
    """The accident book, back at work since when; from day 8 the question whether they are still unable (R11)."""
    file, incident = _hurt(turn, incident_id)
    injury = injury_of(file, incident)
    unasked = replace(injury, still_unable=None)  # an answer may change: it can become worse again
    asks = any(one.duty is InjuryDuty.ASK for one in injury_flags(unasked, turn.today, turn.calendar))
    back = injury.back_on.isoformat() if injury.back_on else None
    fields: list[Field] = [
        Checkbox(name=RECORDED, label="It is in the accident book"),
        Date(
            name="back_on",
            label="First day back at normal work",
            hint="Leave this empty while they are not back.",
            initial=back,
        ),
    ]
    if asks:
        label = "Are they still unable to do their normal work, more than seven days later?"
        fields.append(Choice(name="still_unable", label=label, options=ANSWERS))
    intro = (Text(f"{file.case.reference}: a colleague was hurt on {say_day(incident.happened_on)}."),)
    return Form(
        id="injury",
        title="After the injury",
        submit="Save",
        context=incident_id,
        pages=(Page(tuple(fields), intro=intro),),  # type: ignore[arg-type]
    )


def submit_injury(turn: Turn, incident_id: str, values: FormValues) -> Response:
    """Write down what is new; "still unable" asks for the report to the Health and Safety Executive."""
    file, incident = _hurt(turn, incident_id, hold=True)
    back_on, answer = day(values, "back_on"), text(values, "still_unable")
    turn.check(_problems(turn, incident, values))
    if ticked(values, RECORDED):
        _write(turn, file, incident, RECORDED)
    if back_on is not None:
        _write(turn, file, incident, BACK, {"back_on": back_on.isoformat()})
    if answer:
        _write(turn, file, incident, answer)
    return _saved(turn, file.case.id)


def press_recorded(turn: Turn, incident_id: str) -> Response:
    """The button "It is in the accident book" of day 4."""
    file, incident = _hurt(turn, incident_id, hold=True)
    _write(turn, file, incident, RECORDED)
    return _noted(file, "It is in the accident book.")


def press_unable(turn: Turn, incident_id: str) -> Response:
    """ "Yes" on day 8: the report is due 15 days after the accident (R11)."""
    file, incident = _hurt(turn, incident_id, hold=True)
    _write(turn, file, incident, UNABLE)
    by = say_day(report_by(turn, incident))
    return _noted(file, f"The injury must be reported to the Health and Safety Executive by {by}.")


def press_able(turn: Turn, incident_id: str) -> Response:
    """ "No" on day 8: nothing has to be reported."""
    file, incident = _hurt(turn, incident_id, hold=True)
    _write(turn, file, incident, ABLE)
    return _noted(file, "Nothing has to be reported. If it changes, record it on the case.")


def _hurt(turn: Turn, incident_id: str, *, hold: bool = False) -> tuple[CaseFile, Incident]:
    """The case and the report in which somebody was hurt, for who does the case's daily work."""
    found = turn.uow.incidents.get(incident_id)
    if found is None:
        raise Refused(NO_CASE)
    file = claim(turn, found.case_id) if hold else load(turn, found.case_id)
    _may(turn, file)
    incident = next((one for one in hurt(file) if one.id == incident_id), None)
    if incident is None:
        raise Refused(NO_CASE, file.case.id)
    return file, incident


def _write(
    turn: Turn, file: CaseFile, incident: Incident, code: str, words: dict[str, str] | None = None
) -> None:
    """One entry; what is written there already is not written twice."""
    last = [one for one in turn.uow.entries.of_case(file.case.id) if one.about == incident.id]
    if code in (UNABLE, ABLE):
        last = [one for one in last if one.code in (UNABLE, ABLE)][-1:]
    if any(one.code == code and one.words == (words or {}) for one in last):
        return
    turn.uow.entries.add(file.case.id, INJURY, code, words or {}, turn.me.id, incident.id)
    turn.log("injury.recorded", "incident", incident.id, case=file.case.id, what=code)
    if code == UNABLE:
        due = report_by(turn, incident)
        add_task(turn, RIDDOR, file.case.id, incident.id, workers(file), due)


def _problems(turn: Turn, incident: Incident, values: FormValues) -> list[Problem]:
    back_on, answer = day(values, "back_on"), text(values, "still_unable")
    if not (ticked(values, RECORDED) or back_on or answer):
        return [Problem(RECORDED, "blank", "Record at least one of these.")]
    if back_on is not None and back_on < incident.happened_on:
        return [Problem("back_on", "before", "This is before the day of the injury.")]
    if back_on is not None and back_on > turn.today:
        return [Problem("back_on", "in_future", "This day is in the future. Record it once they are back.")]
    if back_on is not None and answer == UNABLE:
        return [Problem("back_on", "contradicts", "They are back, or still unable: leave one of these out.")]
    return []


# --- legal action -----------------------------------------------------------------------------------


def open_legal(turn: Turn, case_id: str) -> Response:
    """The button "Record legal advice or action"."""
    return OpenForm(legal_form(turn, case_id, {}))


def legal_form(turn: Turn, case_id: str, _: FormValues) -> Form:
    """Advice taken, authority, outcome (R14), with what was recorded last."""
    file = load(turn, case_id)
    _may(turn, file)
    last = next((one.words for one in reversed(file.entries) if one.kind == LEGAL), {})
    return Form(
        id="legal",
        title="Legal advice or action",
        submit="Save",
        context=case_id,
        pages=(
            Page(
                (
                    LongText(
                        name="advice",
                        label="What advice was taken?",
                        hint="From whom, when, and what it was.",
                        required=True,
                        initial=last.get("advice"),
                    ),
                    TextField(
                        name="authority",
                        label="Who gave authority to act?",
                        hint="Such as minute F&GP 26/114, or the officer’s decision and its date. It may come later.",
                        initial=last.get("authority"),
                    ),
                    LongText(
                        name="outcome",
                        label="What came of it?",
                        hint="It may come later.",
                        initial=last.get("outcome"),
                    ),
                ),
            ),
        ),
    )


def submit_legal(turn: Turn, case_id: str, values: FormValues) -> Response:
    """Save it; a later one is what counts, the earlier stays on record."""
    file = claim(turn, case_id)
    _may(turn, file)
    words = {name: text(values, name) for name in LEGAL_WORDS if text(values, name)}
    entry = turn.uow.entries.add(case_id, LEGAL, "recorded", words, turn.me.id)
    turn.log("legal.recorded", "case", case_id, entry=entry.id)
    return _saved(turn, case_id)


# --- parts ------------------------------------------------------------------------------------------


def _may(turn: Turn, file: CaseFile) -> None:
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), file.case.id)


def _noted(file: CaseFile, sentence: str) -> Response:
    opening = Button("case.open", "Open this case", file.case.id)
    return Replace(Card(f"Recorded: {file.case.reference}", (Text(sentence),), (opening,)))


def _saved(turn: Turn, case_id: str) -> Response:
    tell_case(load(turn, case_id))
    again = ViewRef("case.open", {"case": case_id})
    card = views.show(turn, again, turn.me.id)
    return Reply(card or views.said("Saved."), again)
