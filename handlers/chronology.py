"""A case in the order of time: everything that was reported, signed, decided, sent, received and done (R38).

`events` is the one list; the card that answers a press and the exported file are made from it. A new kind of record
gets a function in `SOURCES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from handlers.case_views import DECISION_WORDS
from handlers.casefile import CaseFile
from handlers.injuries import ABLE, BACK, INJURY, RECORDED, UNABLE
from handlers.letter_kinds import KINDS as LETTERS
from handlers.makers import finding_signer, names_words
from handlers.messages import received_words
from handlers.minute_views import resolution_words
from handlers.reviewing import carried_on
from handlers.tasks import KINDS as TASKS
from handlers.tasks import lower
from policy.appeals import OUTCOME_WORDS, AppealOutcome
from policy.behaviour import Channel
from policy.calendars import at_clock, end_of_day, local_date, london_time, say_clock, say_day, start_of_day
from policy.committee import MinuteState
from policy.findings import FindingKind
from policy.notices import METHOD_WORDS, Method
from policy.offices import Office, title
from policy.safety import POLICE_ROUTE_WORDS, PoliceRoute
from storage.records import Dispatch, Notice

FIRST, LAST = 0, 1
"""Among things of one instant: what comes before, and what follows from it."""
INJURY_WORDS = {
    RECORDED: "Injury recorded in the accident book",
    BACK: "Back at normal work after the injury",
    UNABLE: "Still unable to do normal work after seven days",
    ABLE: "Able to do normal work after seven days",
}
APPEAL_WORDS = {
    "late": "Late appeal",
    "pause": "Restriction while the appeal is open",
    "outcome": "Outcome of the appeal",
    "withdrawn": "Appeal withdrawn",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `at` is aware UTC; `whole_day`: only the day is known. `words`: what somebody wrote."""

    at: datetime
    what: str
    who: str = ""
    words: str = ""
    whole_day: bool = False
    after: int = FIRST

    @property
    def when(self) -> str:
        """The day, and the time where it is known, on the clocks of London."""
        day = say_day(local_date(self.at))
        return day if self.whole_day else f"{day}, {say_clock(london_time(self.at).replace(second=0))}"


def events(file: CaseFile) -> tuple[Event, ...]:
    """Everything of a case up to now, the earliest first."""
    found = (one for source in SOURCES for one in source(file) if one.at <= file.desk.now)
    return tuple(sorted(found, key=lambda one: (one.at, one.after)))


# --- sources ----------------------------------------------------------------------------------------


def _incidents(file: CaseFile) -> Iterator[Event]:
    for one in file.incidents:
        where = lower(Channel(one.channel).words)
        aimed = ", ".join(map(file.desk.name, one.target_ids))
        what = f"Incident ({where}){f', aimed at {aimed}' if aimed else ''}"
        if one.happened_at is None:
            yield Event(start_of_day(one.happened_on), what, words=one.what_happened, whole_day=True)
        else:
            yield Event(at_clock(one.happened_on, one.happened_at), what, words=one.what_happened)
        yield Event(one.reported_at, "Incident reported", file.desk.name(one.reporter_id), after=LAST)
        if one.withdrawn_at:
            yield Event(one.withdrawn_at, "Report withdrawn", file.desk.name(one.reporter_id), after=LAST)
    for note in file.desk.uow.notes.of_case(file.case.id):
        yield Event(note.at, "Note added to a report", file.desk.name(note.author_id), note.words)
    if file.case.closed_at:
        yield Event(file.case.closed_at, "Case closed", after=LAST)


def _findings(file: CaseFile) -> Iterator[Event]:
    for one in file.findings:
        words = "Agrees with the other finding." if one.agrees_with else one.answers.get("reasons", "")
        who = finding_signer(file.desk, one)
        yield Event(one.signed_at, f"Finding signed: {lower(FindingKind(one.kind).words)}", who, words)


def _decisions(file: CaseFile) -> Iterator[Event]:
    uow = file.desk.uow
    for proposal in file.proposals:
        for number in range(1, proposal.version + 1):
            version = uow.proposals.get(proposal.id, number)
            if version is not None:
                who = file.desk.name(version.drafted_by)
                yield Event(version.drafted_at, f"Proposal, version {number}", who)
    for approval in file.approvals:
        who = _office(file, approval.colleague_id, approval.office)
        what = f"Version {approval.version} {approval.answer}"
        yield Event(approval.at, what, who, approval.reason)
    for decision in file.decisions:
        who = names_words(decision)
        what = f"Decision: {lower(DECISION_WORDS[decision.kind])}"
        yield Event(decision.decided_at, what, who, after=LAST)
    for minute in file.minutes:
        what = f"Committee’s minute {minute.reference} recorded: {lower(resolution_words(minute))}"
        yield Event(
            minute.recorded_at, what, file.desk.name(minute.recorded_by), minute.words.get("reasons", "")
        )
        if minute.settled_at:
            what = f"Committee’s minute {minute.reference}: {lower(MinuteState(minute.state).words)}"
            yield Event(minute.settled_at, what, file.desk.name(minute.settled_by), minute.end_words)
    for one in uow.referrals.of_case(file.case.id):
        what = f"Referred to the Monitoring Officer on {say_day(one.referred_on)}"
        yield Event(one.recorded_at, what, file.desk.name(one.recorded_by), one.words)
    for conflict in file.conflicts:
        whose = file.desk.name(conflict.colleague_id)
        yield Event(conflict.recorded_at, f"Takes no part: {whose}", file.desk.name(conflict.recorded_by))
        if conflict.lifted_at:
            yield Event(conflict.lifted_at, f"Takes part again: {whose}", file.desk.name(conflict.lifted_by))


def _restrictions(file: CaseFile) -> Iterator[Event]:
    for one in file.restrictions:
        if one.starts_at:
            decided = next((d.decided_at for d in file.decisions if d.id == one.decision_id), one.starts_at)
            yield Event(max(one.starts_at, decided), "Restriction in force", after=LAST)
        if one.confirmed_at:
            yield Event(one.confirmed_at, "Interim restriction confirmed")
        elif one.interim_lapses_on and not one.ended_at:
            yield Event(end_of_day(one.interim_lapses_on), "Interim restriction lapsed, not confirmed")
        if one.ended_at:
            yield Event(one.ended_at, "Restriction ended", after=LAST)
        elif one.ends_on and one.starts_at:
            yield Event(end_of_day(one.ends_on), "Last moment of the restriction")


def _letters(file: CaseFile) -> Iterator[Event]:
    for one in file.notices:
        name = f"{LETTERS[one.kind].subject}, version {one.version}"
        yield Event(
            one.prepared_at, f"Letter written: {lower(name)}", file.desk.name(one.prepared_by), one.text
        )
        for copy in file.dispatches.get(one.id, ()):
            how = lower(METHOD_WORDS[Method(copy.method)])
            what = f"Letter sent ({how}): {lower(name)}"
            yield Event(_left(one, copy), what, file.desk.name(copy.recorded_by), after=LAST)
            if copy.bounced_at:
                yield Event(copy.bounced_at, f"Letter came back: {lower(name)}", after=LAST)
    for decision in file.decisions:
        told = file.told_on(decision)
        if told:
            what = f"The person counts as told of the decision: {lower(DECISION_WORDS[decision.kind])}"
            pairs = ((n, c) for n in file.notices_of(decision) for c in file.dispatches.get(n.id, ()))
            before = (_left(n, c) for n, c in pairs if c.sent_local.date() <= told.value)
            at = max((start_of_day(told.value), decision.decided_at, *before))
            yield Event(at, what, whole_day=True, after=LAST + 1)


def _appeals(file: CaseFile) -> Iterator[Event]:
    for appeal in file.appeals:
        one = appeal.record
        yield Event(one.received_at, "Appeal reached the council", words=one.text)
        yield Event(one.recorded_at, "Appeal recorded", file.desk.name(one.recorded_by), after=LAST)
        for reviewer in appeal.picked:
            who = _office(file, reviewer.colleague_id, reviewer.office)
            yield Event(reviewer.assigned_at, "Picked to hear the appeal", who)
        for answer in appeal.answers:
            who = _office(file, answer.colleague_id, answer.office)
            said = answer.answer
            if said in set(AppealOutcome):
                said = lower(OUTCOME_WORDS[AppealOutcome(said)])
            about = APPEAL_WORDS.get(answer.about, "Appeal")
            yield Event(answer.at, f"{about}: {said}", who, answer.reasons)
        if one.decided_at and one.outcome:
            what = f"Appeal decided: {lower(OUTCOME_WORDS[AppealOutcome(one.outcome)])}"
            yield Event(one.decided_at, what, words=one.minute_ref, after=LAST)


def _beside(file: CaseFile) -> Iterator[Event]:
    name = file.desk.name
    for police in file.police:
        words = "; ".join(filter(None, police.words.values()))
        what = f"Police: {lower(POLICE_ROUTE_WORDS[PoliceRoute(police.referred)])}"
        yield Event(police.recorded_at, what, name(police.recorded_by), words)
    for entry in file.entries:
        what = INJURY_WORDS[entry.code] if entry.kind == INJURY else "Legal advice or action"
        words = "; ".join(filter(None, entry.words.values()))
        if entry.code == BACK:
            words = say_day(date.fromisoformat(entry.words["back_on"]))
        yield Event(entry.recorded_at, what, name(entry.recorded_by), words)
    for message in file.messages:
        what = f"Message ({lower(Channel(message.channel).words)}) received {received_words(message)}"
        yield Event(message.read_at, f"{what}; read and filed", name(message.read_by), message.words)
    for task in file.tasks:
        to_do = lower(TASKS[task.kind].to_do)
        last = f"; last day {say_day(task.due_on)}" if task.due_on else ""
        yield Event(task.asked_at, f"Asked for: {to_do}{last}", after=LAST)
        if task.done_at:
            yield Event(task.done_at, f"Done: {to_do}", name(task.done_by), after=LAST)


def _markers(file: CaseFile) -> Iterator[Event]:
    for one in file.desk.uow.markers.of_case(file.case.id):
        name = file.desk.name
        yield Event(
            one.proposed_at, "Safety marker proposed", name(one.proposed_by), one.words.get("fact", "")
        )
        for approval in one.approvals:
            who = _office(file, approval.colleague_id, approval.office)
            yield Event(approval.at, "Safety marker signed", who, after=LAST)
        if one.ended_at:
            yield Event(one.ended_at, "Safety marker ended", name(one.ended_by), one.end_words)


def _reviews(file: CaseFile) -> Iterator[Event]:
    name = file.desk.name
    carried = {r.id for r in file.restrictions if carried_on(file, r)}
    for one in (review for review in file.reviews if review.restriction_id not in carried):
        yield Event(one.opened_at, "Review of the restriction opened", name(one.opened_by), after=LAST)
        if one.held_at:
            ended = {"end": "the restriction ends", "continue": "the restriction is to go on"}
            what = f"Review held: {ended.get(one.outcome, one.outcome)}"
            yield Event(one.held_at, what, name(one.held_by), one.reasons)
        for said in one.comments:
            on = start_of_day(date.fromisoformat(said["on"]))
            yield Event(on, "The person commented for the review", words=said.get("text", ""), whole_day=True)


def _corrections(file: CaseFile) -> Iterator[Event]:
    for one in file.corrections:
        who = file.desk.name(one.made_by)
        yield Event(one.made_at, f"Notice put right ({', '.join(one.changed)})", who, one.words)


SOURCES: tuple[Callable[[CaseFile], Iterable[Event]], ...] = (
    _incidents,
    _findings,
    _decisions,
    _restrictions,
    _letters,
    _appeals,
    _beside,
    _markers,
    _reviews,
    _corrections,
)


def _left(letter: Notice, copy: Dispatch) -> datetime:
    """When a letter left. The clock it was noted from shows no seconds, and it was written first."""
    return max(london_time(copy.sent_local), letter.prepared_at)


def _office(file: CaseFile, colleague_id: str, office: str) -> str:
    """A colleague with the office of the time (R20)."""
    return f"{file.desk.name(colleague_id)}, {title(Office(office))}"
