"""Reporting an incident (policy 5; R1-R12, R47): the report, adding to a case, withdrawing."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers import views
from handlers.case_views import received_card
from handlers.casefile import CaseFile, load
from handlers.chat import FormValues, LongText, OpenForm, Quoted, Reply, Response, ViewRef
from handlers.conflict_views import tell_flags
from handlers.deeds import refusal_now
from handlers.desk import Refused, Turn
from handlers.forms import clock, day, needed, several, text
from handlers.identify import close_paths
from handlers.report_form import report_form
from handlers.tell import ask_for_findings, morning, tell_case
from policy.access import Part
from policy.answers import Problem, Refusal
from policy.behaviour import (
    ActionTaken,
    Category,
    Channel,
    Example,
    NoWarningReason,
    PersonIs,
    ReportFacts,
    WarningGiven,
    check_report,
    is_urgent,
)
from policy.calendars import LONDON, end_of_day, say_day
from policy.cases import withdraw_refusal
from policy.person_deeds import Deed
from policy.safety import OVER_SEVEN_DAYS, OVER_THREE_DAYS, debrief_due
from storage.records import Case, Incident

NOT_YOURS = Refusal("not_your_case", "You can add to your own report, or to a case you investigate.")
CLOSED = Refusal("case_closed", "This case is closed. Make a new report with /incident.")


def open_report(turn: Turn, _: str) -> Response:
    """`/incident` or `/incident report`: the form; with a message of the chat, its words, author and link."""
    quoted = turn.request.quoted
    return OpenForm(report_form(turn, "", {}), values=_from_message(turn, quoted) if quoted else {})


def add_incident(turn: Turn, case_id: str) -> Response:
    """The button "Add an incident": the same form, in a case the asker may add to."""
    _may_add(turn, case_id)
    return OpenForm(report_form(turn, case_id, {}))


def submit_report(turn: Turn, context: str, values: FormValues) -> Response:
    """Save the report, ask the two offices for their findings, tell the reporter and offer support."""
    file = _may_add(turn, context) if context else None
    facts = _facts(values, known=file is not None)
    turn.check(check_report(facts, turn.now))
    turn.check(_councillor_named(values))
    urgent = is_urgent(facts)
    case = file.case if file else _new_case(turn, values, urgent)
    if file and urgent and not file.case.urgent:
        turn.uow.cases.set_urgent(case.id)
    incident = _record(turn, case, values)
    turn.log("incident.reported", "incident", incident.id, case=case.id, channel=incident.channel)
    if file:
        turn.uow.cases.bump(case.id, file.case.version)
    whole = load(turn, case.id)
    ask_for_findings(whole, new=file is None)
    tell_flags(whole)
    _look_after(turn, incident, facts)
    card = received_card(whole, turn.me.id) or views.said("Your report is received.")
    return Reply(card, ViewRef("report.received", {"case": case.id}))


def withdraw(turn: Turn, incident_id: str) -> Response:
    """The reporter takes a report back, before a finding (R12); a case without reports is withdrawn."""
    incident = turn.uow.incidents.get(incident_id)
    if incident is None:
        raise Refused(Refusal("no_incident", "There is no such report."))
    file = load(turn, incident.case_id)
    refusal = withdraw_refusal(
        turn.me.id, incident.reporter_id, bool(file.findings), decided=bool(file.decisions)
    )
    turn.require(refusal or refusal_now(file, Deed.WITHDRAW), file.case.id)
    if incident.withdrawn_at is None:
        turn.uow.incidents.withdraw(incident.id)
        turn.uow.cases.bump(file.case.id, file.case.version)
        if len(file.standing) == 1:
            turn.uow.cases.withdraw(file.case.id, turn.now)
            close_paths(turn, file)
            for kind in ("finding.awaited", "debrief", "injury.day4", "injury.day8"):
                turn.uow.reminders.drop(file.case.id, kind)
        turn.log("incident.withdrawn", "incident", incident.id, case=file.case.id)
        tell_case(load(turn, file.case.id))
    again = ViewRef("case.open", {"case": file.case.id})
    card = views.show(turn, again, turn.me.id)
    return Reply(card or views.said("The report is withdrawn."), again)


# --- parts --------------------------------------------------------------------------------------


def _from_message(turn: Turn, quoted: Quoted) -> FormValues:
    """What is known from a message. Who the report is about is not: a colleague may have passed the words on."""
    when = quoted.sent_at.astimezone(LONDON)
    head = f"Message by {quoted.author or 'somebody'}, {say_day(when.date())}, {when:%H:%M}:"
    room = LongText(name="", label="").limit or 0
    words, rest = quoted.words, "… (the whole message stands at the link)"
    over = len(head) + len(words) + len(quoted.link) + len("\n\n\n\n") - room
    if over > 0:
        words = words[: len(words) - over - len(rest)] + rest
    story = "\n\n".join(filter(None, (head, words, quoted.link)))
    day = min(when.date(), turn.today)
    return {"what_happened": story, "happened_on": day.isoformat(), "happened_at": f"{when:%H:%M}"}


def _may_add(turn: Turn, case_id: str) -> CaseFile:
    file = load(turn, case_id)
    seen = file.seen_by(turn.me.id)
    if not seen & {Part.OWN_REPORT, Part.STORY}:
        raise Refused(NOT_YOURS, case_id)
    if file.case.closed_at or file.case.withdrawn_at:
        raise Refused(CLOSED, case_id)
    return file


def _facts(values: FormValues, *, known: bool) -> ReportFacts:
    reason = text(values, "no_warning_reason")
    warning = text(values, "warning")
    return ReportFacts(
        person_name="known" if known else text(values, "person_name"),
        person_is=None if known else PersonIs(text(values, "person_is")),
        happened_on=day(values, "happened_on"),
        happened_at=clock(values, "happened_at"),
        channel=Channel(text(values, "channel")),
        category=Category(text(values, "category")),
        examples=frozenset(Example(e) for e in several(values, "examples")),
        what_happened=text(values, "what_happened"),
        actions_taken=frozenset(ActionTaken(a) for a in several(values, "actions_taken")),
        warning=WarningGiven(warning) if warning else None,
        warning_words=text(values, "warning_words"),
        no_warning_reason=NoWarningReason(reason) if reason else None,
        no_warning_words=text(values, "no_warning_words"),
        offence={"yes": True, "no": False}.get(text(values, "offence")),
    )


def _councillor_named(values: FormValues) -> tuple[Problem, ...]:
    """Somebody aimed at cannot be the person the report is about."""
    if text(values, "person_colleague") and text(values, "person_colleague") in several(values, "target"):
        sentence = "The councillor the report is about cannot also be who it was aimed at."
        return (Problem("target", "target_is_person", sentence),)
    return ()


def _new_case(turn: Turn, values: FormValues, urgent: bool) -> Case:
    """A new person record and a new case. Likely matches are joined later, by two colleagues (R46)."""
    unknown = text(values, "person_is") == PersonIs.UNKNOWN
    name = text(values, "person_name")
    person = turn.uow.people.add(
        name="" if unknown else name,
        contact=text(values, "person_contact"),
        description=name if unknown else "",
        identified=not unknown,
        colleague_id=text(values, "person_colleague") or None,
    )
    return turn.uow.cases.open(person.id, urgent)


def _record(turn: Turn, case: Case, values: FormValues) -> Incident:
    return turn.uow.incidents.add(
        case_id=case.id,
        reporter_id=turn.me.id,
        target_ids=several(values, "target"),
        channel=text(values, "channel"),
        category=text(values, "category"),
        examples=several(values, "examples"),
        actions_taken=several(values, "actions_taken"),
        happened_on=needed(values, "happened_on"),
        happened_at=clock(values, "happened_at"),
        warning=text(values, "warning"),
        no_warning_reason=text(values, "no_warning_reason"),
        offence=text(values, "offence"),
        injury=text(values, "injury"),
        place=text(values, "place"),
        what_happened=text(values, "what_happened"),
        warning_words=text(values, "warning_words"),
        no_warning_words=text(values, "no_warning_words"),
        offence_words=text(values, "offence_words"),
        adjustments=text(values, "adjustments"),
        characteristic=text(values, "characteristic"),
    )


def _look_after(turn: Turn, incident: Incident, facts: ReportFacts) -> None:
    """Support for those it was aimed at, a debrief after violence or a threat, the days of an injury (R11, R47)."""
    for target in incident.target_ids:
        turn.tell(target, "support.offer", {"case": incident.case_id}, once=f"support:{incident.id}")
    due = debrief_due(_moment(incident), is_urgent(facts), turn.settings.debrief_hours)
    if due is not None:
        turn.uow.reminders.add(
            due,
            "debrief",
            incident.case_id,
            ids={"incident": incident.id},
            dedup_key=f"debrief:{incident.id}",
        )
    if incident.injury == "physical":
        for days, kind in ((OVER_THREE_DAYS, "injury.day4"), (OVER_SEVEN_DAYS, "injury.day8")):
            at = morning(incident.happened_on + timedelta(days=days))
            turn.uow.reminders.add(
                at, kind, incident.case_id, ids={"incident": incident.id}, dedup_key=f"{kind}:{incident.id}"
            )


def _moment(incident: Incident) -> datetime:
    """When it happened; without a clock time, the end of that day or the report, whichever came first."""
    if incident.happened_at is not None:
        return datetime.combine(incident.happened_on, incident.happened_at, LONDON)
    return min(end_of_day(incident.happened_on), incident.reported_at)
