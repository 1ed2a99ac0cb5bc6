"""The kinds of reminder: whether one still applies, its words now, whom it is for (R11, R16, R17, R37, R47).

Both are asked when it fires and again when it is sent: a reminder about something that was done meanwhile is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from handlers import appeal_reminders, injuries, tasks
from handlers.appeal_tell import UNDECIDED, UNTOLD
from handlers.casefile import CaseFile
from handlers.chat import Button
from handlers.corrections import UNSENT, unsent
from handlers.desk import GOVERNANCE
from handlers.marker_letters import at_expiry
from handlers.marker_views import ended_sentence, ending_sentence
from handlers.reviewing import Standing, coming_sentence, overdue_sentence, standing_of
from handlers.tasks import UNBLOCK, add_task
from handlers.tell import morning, tell_case, workers
from policy.calendars import local_date, say_day, say_until
from policy.findings import Agreement
from policy.offices import Seat
from policy.reviews import ReviewStage
from policy.seats import FINDING_SEATS, overdue_from, who_may_act
from policy.welfare import DEBRIEF_REMINDER
from storage.records import Incident, Notice, Recipient, Reminder, Restriction


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of reminder: its sentence now ("" = no longer applies), whom it is for, and what else it does.

    `outlives`: it is about something that goes on when the case is closed; `owed`: even when its report was
    withdrawn. `at_once`: it waits for no morning. `buttons`: what can be pressed beside "Open this case".
    """

    sentence: Callable[[CaseFile, Mapping[str, str]], str]
    readers: Callable[[CaseFile], tuple[Recipient, ...]]
    also: Callable[[CaseFile, Reminder], None] | None = None
    outlives: bool = False
    owed: bool = False
    at_once: bool = False
    buttons: Callable[[CaseFile, Mapping[str, str]], tuple[Button, ...]] = lambda _file, _ids: ()

    def said(self, file: CaseFile, ids: Mapping[str, str]) -> str:
        """The sentence as it is now; "" when there is nothing to say any more."""
        over = file.case.closed_at is not None and not (self.outlives or self.owed)
        over = over or (file.case.withdrawn_at is not None and not self.owed)
        return "" if over else self.sentence(file, ids)

    def asks(self, file: CaseFile, ids: Mapping[str, str]) -> tuple[Recipient, ...]:
        """Whom it is for now; a colleague who put it off for themselves is the only one."""
        only = ids.get("only")
        return tuple(one for one in self.readers(file) if only is None or one.id == only)


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
    letter = next((n for n in file.notices if n.id == ids.get("notice")), None)
    if letter is not None and letter.kind != "decision":
        return _letter(letter)
    decision = next((d for d in file.decisions if d.id == ids.get("decision")), None)
    if decision is None or file.told_on(decision) is not None or file.untold(decision):
        return ""
    made = say_day(local_date(decision.decided_at))
    return (
        f"A decision was made on {made}, and the notice to the person is not recorded as sent. "
        "It takes effect only once the person is notified. The Chief Officer sends it."
    )


def _letter(letter: Notice) -> str:
    if letter.state != "ready":
        return ""
    written = say_day(local_date(letter.prepared_at))
    return (
        f"A letter to the person was written on {written}, and it is not recorded as sent. "
        "The Chief Officer sends it."
    )


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


def _ending(file: CaseFile, ids: Mapping[str, str]) -> str:
    restriction = _running(file, ids)
    if restriction is None or restriction.ends_on is None or file.desk.today > restriction.ends_on:
        return ""
    return (
        f"The restriction ends by itself at {say_until(restriction.ends_on)}. Nothing need be decided. "
        "The Chief Officer sees to it that whatever was blocked is open again from then on."
    )


def _ended(file: CaseFile, ids: Mapping[str, str]) -> str:
    restriction = _running(file, ids)
    if restriction is None or restriction.ends_on is None or file.desk.today <= restriction.ends_on:
        return ""
    return f"The restriction ended at {say_until(restriction.ends_on)}. {_UNBLOCK}"


def _lapsed(file: CaseFile, ids: Mapping[str, str]) -> str:
    restriction = _running(file, ids)
    if restriction is None or restriction.interim_lapses_on is None or restriction.confirmed_at is not None:
        return ""
    if file.desk.today <= restriction.interim_lapses_on:
        return ""
    until = say_until(restriction.interim_lapses_on)
    return f"The interim restriction lapsed at {until}, because no councillor confirmed it. {_UNBLOCK}"


def _review(file: CaseFile, ids: Mapping[str, str]) -> str:
    one = _reviewed(file, ids)
    if one is None or one.stage in (ReviewStage.HELD, ReviewStage.OVERDUE):
        return ""
    return coming_sentence(file, one)


def _overdue(file: CaseFile, ids: Mapping[str, str]) -> str:
    one = _reviewed(file, ids)
    return overdue_sentence(file, one) if one and one.stage is ReviewStage.OVERDUE else ""


def _correction(file: CaseFile, ids: Mapping[str, str]) -> str:
    if not unsent(file, ids.get("correction", "")):
        return ""
    return (
        "A notice was corrected, and the corrected notice is not recorded as sent. "
        "The Chief Officer sends it; the appeal period starts again with it."
    )


_UNBLOCK = "The Chief Officer sees to it that nothing stays blocked."


def _running(file: CaseFile, ids: Mapping[str, str]) -> Restriction | None:
    """The restriction the reminder is about, once the person was told and unless it was ended before its time."""
    found = next((r for r in file.restrictions if r.id == ids.get("restriction")), None)
    return found if found and found.starts_at is not None and found.ended_at is None else None


def _reviewed(file: CaseFile, ids: Mapping[str, str]) -> Standing | None:
    """Its review, while that is the one the reminder is about."""
    found = _running(file, ids)
    if found is None or found.review_on != date.fromisoformat(ids["review"]):
        return None
    return standing_of(file, found)


def _debrief(file: CaseFile, ids: Mapping[str, str]) -> str:
    return DEBRIEF_REMINDER if _incident(file, ids) else ""


def _incident(file: CaseFile, ids: Mapping[str, str]) -> Incident | None:
    """The report the reminder is about, unless it was withdrawn."""
    return next((i for i in file.standing if i.id == ids.get("incident")), None)


def _to_approve(file: CaseFile) -> tuple[Seat, ...]:
    """The seats whose signature the open proposal lacks, for a finding or an approval."""
    return file.progress.awaited or FINDING_SEATS


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


def _workers(file: CaseFile) -> tuple[Recipient, ...]:
    return (*(Recipient("colleague", one) for one in workers(file)), GOVERNANCE)


def _at_once(file: CaseFile) -> tuple[Recipient, ...]:
    return (*(Recipient("colleague", one) for one in workers(file, at_once=True)), GOVERNANCE)


def _ask_stand_ins(file: CaseFile, reminder: Reminder) -> None:
    """A late signature: the stand-in gets the card too, and has as many days before the next reminder (R17)."""
    tell_case(file)
    calendar, days = file.desk.calendar, file.desk.settings.signature_overdue_working_days
    due = file.due_on
    while due <= file.desk.today:
        due = overdue_from(due, calendar, days)
    key = f"{reminder.kind}:{reminder.case_id}:{reminder.ids.get('version', '')}:{due.isoformat()}"
    file.desk.uow.reminders.add(
        morning(due), reminder.kind, reminder.case_id, ids=reminder.ids, dedup_key=key
    )


def _unblock(file: CaseFile, reminder: Reminder) -> None:
    """Whoever must open again what was blocked gets a card with a "Done" button (R26, R36)."""
    restriction = next(r for r in file.restrictions if r.id == reminder.ids["restriction"])
    add_task(file.desk, UNBLOCK, file.case.id, restriction.id, (one.id for one in _chief(file)))


def _chase(file: CaseFile, reminder: Reminder) -> None:
    """Every day, until the review is held (R37)."""
    tomorrow = file.desk.today + timedelta(days=1)
    key = f"{reminder.kind}:{reminder.ids['restriction']}:{reminder.ids['review']}:{tomorrow.isoformat()}"
    file.desk.uow.reminders.add(morning(tomorrow), reminder.kind, reminder.case_id, reminder.ids, key)


KINDS: Mapping[str, Kind] = {
    "finding.awaited": Kind(_finding, _unsigned, _ask_stand_ins),
    "approval.awaited": Kind(_approval, _approvers, _ask_stand_ins),
    "notice.unsent": Kind(_notice, _governance),
    "appeal.closing": Kind(appeal_reminders.closing, _governance),
    "appeal.closed": Kind(appeal_reminders.closed, _governance),
    UNDECIDED: Kind(
        appeal_reminders.undecided, appeal_reminders.readers, appeal_reminders.again, outlives=True
    ),
    UNTOLD: Kind(appeal_reminders.untold, _governance, outlives=True),
    "restriction.ending": Kind(_ending, _governance, outlives=True),
    "restriction.ended": Kind(_ended, _governance, _unblock, outlives=True),
    "review.coming": Kind(_review, _governance, outlives=True),
    "review.overdue": Kind(_overdue, _governance, _chase, outlives=True),
    UNSENT: Kind(_correction, _governance, outlives=True),
    "interim.unconfirmed": Kind(_interim, _everybody),
    "interim.lapsed": Kind(_lapsed, _governance, _unblock, outlives=True),
    "marker.ending": Kind(ending_sentence, _governance, outlives=True),
    "marker.ended": Kind(ended_sentence, _governance, at_expiry, outlives=True),
    "debrief": Kind(_debrief, _chief),
    "injury.day4": Kind(injuries.day4, _chief, outlives=True, buttons=injuries.day4_buttons),
    "injury.day8": Kind(injuries.day8, _chief, outlives=True, buttons=injuries.day8_buttons),
    **{
        one: Kind(tasks.owed, _workers, owed=True, buttons=tasks.done_button)
        for one in (tasks.COMING, tasks.DUE, tasks.OVERDUE, tasks.WAITING)
    },
    tasks.URGENT: Kind(tasks.owed, _at_once, owed=True, at_once=True, buttons=tasks.done_button),
}
