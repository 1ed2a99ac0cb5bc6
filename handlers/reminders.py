"""What a due reminder does: whether it still applies, whom it is for, and its words (R11, R17, R40, R47).

Both questions are asked when it fires, and the words again when they are sent: a reminder about something that
was done meanwhile is dropped. In the governance channel it carries the reference only (R41).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from handlers.casefile import CaseFile, load
from handlers.chat import Button, Card, Text
from handlers.desk import GOVERNANCE, Desk, Refused
from handlers.tell import MORNING, tell_case
from policy.calendars import local_date, say_day, say_until, start_of_day
from policy.findings import Agreement
from policy.notices import AppealClose
from policy.offices import Seat
from policy.safety import OVER_SEVEN_DAYS, OVER_THREE_DAYS, riddor_due
from policy.seats import FINDING_SEATS, overdue_from, who_may_act
from policy.welfare import DEBRIEF_REMINDER
from storage.records import Incident, Recipient, Reminder


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of reminder: its sentence now ("" = no longer applies), whom it is for, and what else it does."""

    sentence: Callable[[CaseFile, Mapping[str, str]], str]
    readers: Callable[[CaseFile], tuple[Recipient, ...]]
    also: Callable[[CaseFile, Reminder], None] | None = None


def fire(desk: Desk, reminder: Reminder) -> None:
    """Queue the reminder for its readers, once each; nothing if it no longer applies."""
    kind = KINDS[reminder.kind]
    try:
        file = load(desk, reminder.case_id)
    except Refused:
        return
    if not _open(file) or not kind.sentence(file, reminder.ids):
        return
    ids = {**reminder.ids, "kind": reminder.kind, "case": reminder.case_id}
    for reader in kind.readers(file):
        desk.tell(reader, "reminder", ids, once=f"reminder:{reminder.id}")
    if kind.also:
        kind.also(file, reminder)


def reminder_card(desk: Desk, ids: Mapping[str, str]) -> Card | None:
    """The card as it reads now, or None when it no longer applies."""
    file = load(desk, ids["case"])
    sentence = KINDS[ids["kind"]].sentence(file, ids) if _open(file) else ""
    if not sentence:
        return None
    button = Button("case.open", "Open this case", file.case.id)
    return Card(f"Reminder: {file.case.reference}", (Text(sentence),), (button,))


def _open(file: CaseFile) -> bool:
    return file.case.closed_at is None and file.case.withdrawn_at is None


# --- sentences ------------------------------------------------------------------------------------


def _finding(file: CaseFile, _: Mapping[str, str]) -> str:
    if file.final_decision or file.agreement is not Agreement.WAITING:
        return ""
    who = who_may_act(file.seats, file.progress.unsigned)
    return f"A finding is still awaited; it was due before {say_day(file.due_on)}. {who}"


def _approval(file: CaseFile, ids: Mapping[str, str]) -> str:
    proposal = file.open_proposal
    if proposal is None or (proposal.id, str(proposal.version)) != (ids.get("proposal"), ids.get("version")):
        return ""
    who = who_may_act(file.seats, _to_approve(file))
    return f"Version {proposal.version} of the proposal still waits for approval. {who}"


def _notice(file: CaseFile, ids: Mapping[str, str]) -> str:
    decision = next((d for d in file.decisions if d.id == ids.get("decision")), None)
    if decision is None or file.told_on(decision) is not None or file.untold(decision):
        return ""
    made = say_day(local_date(decision.decided_at))
    return (
        f"A decision was made on {made}, and the notice to the person is not recorded as sent. "
        "It takes effect only once the person is notified. The Chief Officer sends it."
    )


def _closing(file: CaseFile, ids: Mapping[str, str]) -> str:
    close = _close(file, ids)
    if close is None or file.desk.now > close.at:
        return ""
    return f"The appeal period closes at {close.words}."


def _closed(file: CaseFile, ids: Mapping[str, str]) -> str:
    close = _close(file, ids)
    if close is None or file.desk.now <= close.at:
        return ""
    return f"The appeal period closed at {close.words}. No appeal is recorded here."


def _interim(file: CaseFile, _: Mapping[str, str]) -> str:
    return interim_sentence(file)


def interim_sentence(file: CaseFile) -> str:
    """By when a councillor must confirm the interim restriction, and who may; "" when none waits (R16)."""
    waiting = [r for r in file.restrictions if r.interim_lapses_on and not r.confirmed_at and not r.ended_at]
    if not waiting or waiting[-1].interim_lapses_on is None:
        return ""
    lapses = waiting[-1].interim_lapses_on
    if file.desk.today > lapses:
        return ""
    return (
        f"The interim restriction lapses at {say_until(lapses)} unless a councillor confirms it. "
        "The Chair, the Vice-Chair or another member of F&GP may confirm it."
    )


def _debrief(file: CaseFile, ids: Mapping[str, str]) -> str:
    return DEBRIEF_REMINDER if _incident(file, ids) else ""


def _day4(file: CaseFile, ids: Mapping[str, str]) -> str:
    incident = _injury(file, ids)
    if incident is None:
        return ""
    return (
        f"A colleague was hurt on {say_day(incident.happened_on)}. If they could not do their normal work for "
        f"more than {OVER_THREE_DAYS - 1} days, record the injury in the accident book."
    )


def _day8(file: CaseFile, ids: Mapping[str, str]) -> str:
    incident = _injury(file, ids)
    if incident is None:
        return ""
    due = riddor_due(incident.happened_on, file.desk.calendar)
    return (
        f"A colleague was hurt on {say_day(incident.happened_on)}. Are they still unable to do their normal work, "
        f"more than {OVER_SEVEN_DAYS - 1} days later? If so, report it to the Health and Safety Executive "
        f"(RIDDOR) by {say_day(due.value)}."
    )


def _incident(file: CaseFile, ids: Mapping[str, str]) -> Incident | None:
    """The report the reminder is about, unless it was withdrawn."""
    return next((i for i in file.standing if i.id == ids.get("incident")), None)


def _injury(file: CaseFile, ids: Mapping[str, str]) -> Incident | None:
    incident = _incident(file, ids)
    return incident if incident and incident.injury == "physical" else None


def _to_approve(file: CaseFile) -> tuple[Seat, ...]:
    """The seats whose signature the open proposal lacks, for a finding or an approval."""
    return file.progress.awaited or FINDING_SEATS


def _close(file: CaseFile, ids: Mapping[str, str]) -> AppealClose | None:
    decision = next((d for d in file.decisions if d.id == ids.get("decision")), None)
    return file.appeal_close(decision) if decision else None


# --- readers --------------------------------------------------------------------------------------


def _unsigned(file: CaseFile) -> tuple[Recipient, ...]:
    return _asked(file, file.progress.unsigned)


def _approvers(file: CaseFile) -> tuple[Recipient, ...]:
    return _asked(file, _to_approve(file))


def _everybody(file: CaseFile) -> tuple[Recipient, ...]:
    return _asked(file, Seat)


def _asked(file: CaseFile, seats: Iterable[Seat]) -> tuple[Recipient, ...]:
    """Those who may act in these seats now, and the governance channel."""
    people = dict.fromkeys(one.colleague_id for seat in seats for one in file.seats.of(seat))
    return (*(Recipient("colleague", one) for one in people), GOVERNANCE)


def _governance(file: CaseFile) -> tuple[Recipient, ...]:
    return (*_chief(file), GOVERNANCE)


def _chief(file: CaseFile) -> tuple[Recipient, ...]:
    """The chief officer, or whoever stands in the officer's seat."""
    return tuple(Recipient("colleague", one.colleague_id) for one in file.seats.officer)


def _ask_stand_ins(file: CaseFile, reminder: Reminder) -> None:
    """A late signature: the stand-in gets the card too, and has as many days before the next reminder (R17)."""
    tell_case(file)
    calendar, days = file.desk.calendar, file.desk.settings.signature_overdue_working_days
    due = file.due_on
    while due <= file.desk.today:
        due = overdue_from(due, calendar, days)
    key = f"{reminder.kind}:{reminder.case_id}:{reminder.ids.get('version', '')}:{due.isoformat()}"
    at = start_of_day(due) + MORNING
    file.desk.uow.reminders.add(at, reminder.kind, reminder.case_id, ids=reminder.ids, dedup_key=key)


KINDS: Mapping[str, Kind] = {
    "finding.awaited": Kind(_finding, _unsigned, _ask_stand_ins),
    "approval.awaited": Kind(_approval, _approvers, _ask_stand_ins),
    "notice.unsent": Kind(_notice, _governance),
    "appeal.closing": Kind(_closing, _governance),
    "appeal.closed": Kind(_closed, _governance),
    "interim.unconfirmed": Kind(_interim, _everybody),
    "debrief": Kind(_debrief, _chief),
    "injury.day4": Kind(_day4, _chief),
    "injury.day8": Kind(_day8, _chief),
}
