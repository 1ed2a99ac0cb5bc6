"""The notice: writing it, previewing it, recording that it was sent or came back (policy 5; R26, R29-R32)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from handlers import views
from handlers.casefile import NOTIFIABLE, CaseFile, load
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
    Text,
    Time,
    ViewRef,
)
from handlers.claim import claim
from handlers.deadlines import forget_dates, remind_of_dates
from handlers.desk import Refused, Turn
from handlers.forms import clock, needed, text
from handlers.letters import write_notice
from handlers.tell import morning, refresh_decision, tell_case
from policy.access import Part
from policy.answers import Problem, Refusal
from policy.calendars import LONDON, local_date, say_day
from policy.notices import METHOD_WORDS, Method, expected_close
from policy.people import normalise_email
from policy.restrictions import starts_at
from storage.records import Decision, Notice

NOT_DECIDED = Refusal("nothing_to_send", "There is no decision to send yet.")
NOT_YOURS = Refusal("notice_not_yours", "Only the offices that decide this case may do this.")
SENT_ALREADY = Refusal("notice_sent_already", "This notice was sent already. Open the case to see when.")
VOID = Refusal("notice_void", "This notice no longer counts. Open the case to see the present one.")
SOON = timedelta(days=1)


# --- writing --------------------------------------------------------------------------------------


def open_notice(turn: Turn, decision_id: str) -> Response:
    """The button "Prepare the notice"."""
    _file_of(turn, decision_id)
    return OpenForm(notice_form(turn, decision_id, {}))


def notice_form(turn: Turn, decision_id: str, _: FormValues) -> Form:
    """How it will go, where to, and on which day: the day decides the date that is printed (R29)."""
    file = _file_of(turn, decision_id)
    decision = next(d for d in file.decisions if d.id == decision_id)
    turn.require(file.untold(decision), file.case.id)
    methods = tuple(Option(m.value, METHOD_WORDS[m]) for m in Method)
    expected = turn.calendar.next_working_day(turn.today)
    return Form(
        id="notice",
        title="Prepare the notice",
        submit="Write the notice",
        context=decision_id,
        pages=(
            Page(
                (
                    Choice(name="method", label="How will it be sent?", options=methods, required=True),
                    LongText(
                        name="address",
                        label="Which address?",
                        hint="The email address or postal address, exactly as it will be used.",
                        limit=500,
                        required=True,
                        initial=_address(file.person.contact),
                    ),
                    Date(
                        name="expected_on",
                        label="Which day will it leave?",
                        hint="The appeal date printed in the notice is counted from this day. It is a promise.",
                        required=True,
                        initial=expected.isoformat(),
                    ),
                ),
            ),
        ),
    )


def submit_notice(turn: Turn, decision_id: str, values: FormValues) -> Response:
    """Write the notice and show it. Nothing is sent: the council sends it, then says so."""
    decision, file = _claimed(turn, decision_id)
    current = file.notice_of(decision)
    turn.require(SENT_ALREADY if current and current.state == "sent" else None, file.case.id)
    turn.require(file.untold(decision), file.case.id)
    method, expected = Method(text(values, "method")), needed(values, "expected_on")
    turn.check(_expected_problems(expected, turn.today, text(values, "address"), method))
    close = expected_close(method, expected, turn.calendar, turn.settings.appeal_days)
    letter = write_notice(file, decision, close, expected)
    if letter.problems:
        sentence = " ".join(p.sentence for p in letter.problems)
        turn.require(Refusal("notice_words", f"The notice can't be written yet. {sentence}"), file.case.id)
    if current:
        turn.uow.notices.void(current.id)
    notice = turn.uow.notices.add(
        case_id=file.case.id,
        decision_id=decision.id,
        version=len(file.notices_of(decision)) + 1,
        method=method.value,
        expected_on=expected,
        printed_close=close.on,
        prepared_by=turn.me.id,
        address=text(values, "address"),
        text=letter.text,
    )
    turn.log("notice.prepared", "notice", notice.id, case=file.case.id, closes=close.on.isoformat())
    due = morning(turn.calendar.next_working_day(expected + SOON))
    turn.uow.reminders.add(
        due, "notice.unsent", file.case.id, ids={"decision": decision.id}, dedup_key=f"notice:{notice.id}"
    )
    tell_case(load(turn, file.case.id))
    return _shown(turn, ViewRef("notice.preview", {"notice": notice.id}))


def preview(turn: Turn, notice_id: str) -> Response:
    """The notice exactly as it will be sent, for those who may see the case."""
    notice = _notice(turn, notice_id)
    file = load(turn, notice.case_id)
    turn.require(None if Part.NOTICE in file.seen_by(turn.me.id) else NOT_YOURS, file.case.id)
    turn.log("notice.previewed", "notice", notice.id, case=file.case.id)
    return _shown(turn, ViewRef("notice.preview", {"notice": notice.id}))


# --- sending --------------------------------------------------------------------------------------


def open_sent(turn: Turn, notice_id: str) -> Response:
    """The button "Record that it was sent"."""
    _file_of(turn, _notice(turn, notice_id).decision_id)
    return OpenForm(sent_form(turn, notice_id, {}))


def sent_form(turn: Turn, notice_id: str, _: FormValues) -> Form:
    """When it left the council, or was handed over: this day starts the appeal clock (R30)."""
    notice = _notice(turn, notice_id)
    local = turn.now.astimezone(LONDON)
    return Form(
        id="notice_sent",
        title="Record that it was sent",
        submit="Save",
        context=notice_id,
        pages=(
            Page(
                (
                    Date(name="sent_on", label="Which day?", required=True, initial=local.date().isoformat()),
                    Time(
                        name="sent_at",
                        label="At what time?",
                        hint="From 4.30pm an email or a letter by hand counts on the next working day.",
                        required=True,
                        initial=local.strftime("%H:%M"),
                    ),
                ),
                intro=(
                    Text(
                        f"{METHOD_WORDS[Method(notice.method)]}. Give the day and time it was sent or handed over."
                    ),
                ),
            ),
        ),
    )


def submit_sent(turn: Turn, notice_id: str, values: FormValues) -> Response:
    """The person counts as notified: the restriction gets its start, the appeal its last day (R26, R30-R32)."""
    notice = _notice(turn, notice_id)
    decision, file = _claimed(turn, notice.decision_id)
    notice = _notice(turn, notice_id)
    turn.require({"sent": SENT_ALREADY, "void": VOID}.get(notice.state), file.case.id)
    sent_on, sent_at = needed(values, "sent_on"), clock(values, "sent_at")
    sent = datetime.combine(sent_on, sent_at or time(12))
    turn.check(_sent_problems(sent, decision, turn.now))
    over = file.untold(decision, sent_on)
    turn.check((Problem("sent_on", over.code, over.sentence),) if over else ())
    turn.uow.notices.add_dispatch(notice.id, notice.method, sent, turn.me.id)
    turn.uow.notices.mark_sent(notice.id)
    turn.log(
        "notice.sent", "notice", notice.id, case=file.case.id, on=sent_on.isoformat(), method=notice.method
    )
    told = load(turn, file.case.id)
    _start_clock(turn, told, decision, sent.replace(tzinfo=LONDON))
    tell_case(told)
    refresh_decision(told, decision)
    return _shown(turn, ViewRef("case.open", {"case": file.case.id}))


def bounced(turn: Turn, notice_id: str) -> Response:
    """The notice came back: the person is not notified, the clock is void, another way must be found (R30)."""
    notice = _notice(turn, notice_id)
    decision, file = _claimed(turn, notice.decision_id)
    turn.require(None if notice.state == "sent" else VOID, file.case.id)
    for copy in file.dispatches.get(notice.id, ()):
        if copy.bounced_at is None:
            turn.uow.notices.bounce(copy.id, turn.now)
    turn.uow.notices.void(notice.id)
    for restriction in file.restrictions:
        if restriction.decision_id == decision.id:
            turn.uow.restrictions.start(restriction.id, None)
    forget_dates(turn, file)
    turn.log("notice.bounced", "notice", notice.id, case=file.case.id)
    after = load(turn, file.case.id)
    tell_case(after)
    refresh_decision(after, decision)
    for asked in after.seats.officer:
        turn.tell(asked.colleague_id, "notice.bounced", {"case": file.case.id}, once=f"bounced:{notice.id}")
    return _shown(turn, ViewRef("case.open", {"case": file.case.id}))


# --- parts ----------------------------------------------------------------------------------------


def _start_clock(turn: Turn, file: CaseFile, decision: Decision, sent: datetime) -> None:
    told, close = file.told_on(decision), file.appeal_close(decision)
    if told is None or close is None:
        return
    for restriction in file.restrictions:
        if restriction.decision_id == decision.id:
            begins = starts_at(told.value, sent)
            turn.uow.restrictions.start(restriction.id, begins)
            _end_interim(turn, file, decision, begins)
    remind_of_dates(turn, file, decision)


def _end_interim(turn: Turn, file: CaseFile, decision: Decision, at: datetime) -> None:
    """The final restriction takes the place of the interim one from the moment it starts (R16)."""
    for earlier in file.restrictions:
        if earlier.decision_id != decision.id and earlier.interim_lapses_on and not earlier.ended_at:
            turn.uow.restrictions.end(earlier.id, at)
            turn.log("restriction.ended", "restriction", earlier.id, case=file.case.id)


def _claimed(turn: Turn, decision_id: str) -> tuple[Decision, CaseFile]:
    decision = turn.uow.decisions.get(decision_id)
    if decision is None:
        raise Refused(NOT_DECIDED)
    file = claim(turn, decision.case_id)
    _may_send(turn, file, decision)
    return decision, file


def _file_of(turn: Turn, decision_id: str) -> CaseFile:
    decision = turn.uow.decisions.get(decision_id)
    if decision is None:
        raise Refused(NOT_DECIDED)
    file = load(turn, decision.case_id)
    _may_send(turn, file, decision)
    return file


def _may_send(turn: Turn, file: CaseFile, decision: Decision) -> None:
    if Part.NOTICE not in file.seen_by(turn.me.id):
        raise Refused(NOT_YOURS, file.case.id)
    if decision.kind not in NOTIFIABLE:
        raise Refused(NOT_DECIDED, file.case.id)


def _notice(turn: Turn, notice_id: str) -> Notice:
    notice = turn.uow.notices.get(notice_id)
    if notice is None:
        raise Refused(NOT_DECIDED)
    return notice


def _address(contact: str) -> str:
    """The email address in what is known of the person, else all of it: a postal address may be there."""
    pieces = re.split(r"[,;\s]+", contact)
    return next((piece for piece in pieces if normalise_email(piece)), contact)


def _expected_problems(expected: date, today: date, address: str, method: Method) -> tuple[Problem, ...]:
    problems = []
    if expected < today:
        problems.append(Problem("expected_on", "in_past", "This day is over. Give today or a later day."))
    if expected > today + timedelta(days=28):
        sentence = f"A notice should leave soon. Give a day up to {say_day(today + timedelta(days=28))}."
        problems.append(Problem("expected_on", "too_late", sentence))
    if method is Method.EMAIL and not normalise_email(address):
        sentence = "Give one email address and nothing else, such as name@example.org."
        problems.append(Problem("address", "no_email", sentence))
    return tuple(problems)


def _sent_problems(sent: datetime, decision: Decision, now: datetime) -> tuple[Problem, ...]:
    if sent.replace(tzinfo=LONDON) > now + timedelta(minutes=1):
        sentence = "This is in the future. Give the day and time it was sent."
        return (Problem("sent_on" if sent.date() > local_date(now) else "sent_at", "in_future", sentence),)
    if sent.date() < local_date(decision.decided_at):
        sentence = (
            f"The decision was made on {say_day(local_date(decision.decided_at))}; it can't be sent before."
        )
        return (Problem("sent_on", "before_decision", sentence),)
    return ()


def _shown(turn: Turn, again: ViewRef) -> Reply:
    card = views.show(turn, again, turn.me.id)
    return Reply(card or views.said("Saved."), again)
