"""Letters to the person: writing one, reading it, recording that it was sent or came back (policy 5; R26, R29-R32).

The same for every kind of letter; what a kind adds is in `letter_kinds.py`. A letter is named by a button's value:
`DECISION`, or `DECISION:KIND:ABOUT` (`CASE:KIND:ABOUT` for one that tells of no decision).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers import views
from handlers.another_way import standing_copies
from handlers.case_letters import CLOCK_KINDS
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
    Text,
    Time,
    ViewRef,
)
from handlers.claim import claim
from handlers.decision_letters import NOT_DECIDED
from handlers.desk import Refused, Turn
from handlers.files import want_files
from handlers.forms import clock, needed, text
from handlers.letter_kinds import KINDS
from handlers.letter_standing import may
from handlers.letter_went import UNSENT, came_back, went
from handlers.letters import LetterKind
from handlers.sending import expected_problems, sent_problems
from handlers.tell import morning, tell_case
from policy.access import Part
from policy.answers import Problem, Refusal
from policy.calendars import LONDON
from policy.decisions import case_work_refusal
from policy.letter_stages import VOID, LetterAct
from policy.notices import METHOD_WORDS, Method
from policy.people import normalise_email
from storage.records import Decision, Notice

NOT_YOURS = Refusal("notice_not_yours", "Only the offices that decide this case may do this.")
SOON = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The letter that a button asks for."""

    case_id: str
    decision_id: str
    kind: str
    about: str

    def decision(self, file: CaseFile) -> Decision | None:
        """The decision it tells of, if any."""
        return next((d for d in file.decisions if d.id == self.decision_id), None)

    def refusal(self, file: CaseFile, day: date) -> Refusal | None:
        """Why it should not go to the person on a day, or None."""
        return _kind(self.kind).may(file, self.decision(file), self.about, day)


# --- writing --------------------------------------------------------------------------------------


def open_notice(turn: Turn, value: str) -> Response:
    """The button "Prepare the notice"."""
    form, wanted = notice_form(turn, value, {}), _wanted(turn, value)
    file = load(turn, wanted.case_id)
    current = file.letter_about(wanted.kind, wanted.about, wanted.decision_id)
    turn.require(may(file, current, LetterAct.WRITE), file.case.id)
    return OpenForm(form)


def notice_form(turn: Turn, value: str, _: FormValues) -> Form:
    """How it will go, where to, and on which day: the day decides the date that is printed (R29)."""
    wanted = _wanted(turn, value)
    file = load(turn, wanted.case_id)
    _may_send(turn, file)
    turn.require(wanted.refusal(file, turn.today), file.case.id)
    methods = tuple(Option(m.value, METHOD_WORDS[m]) for m in Method)
    expected = turn.calendar.next_working_day(turn.today)
    date_hint = (
        "The appeal date printed in the notice is counted from this day. It is a promise."
        if wanted.kind in CLOCK_KINDS
        else "The letter carries this date. Any last day it names is counted from it, and is a promise."
    )
    return Form(
        id="notice",
        title="Prepare the notice",
        submit="Write the notice",
        context=value,
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
                        hint=date_hint,
                        required=True,
                        initial=expected.isoformat(),
                    ),
                ),
            ),
        ),
    )


def submit_notice(turn: Turn, value: str, values: FormValues) -> Response:
    """Write the letter and show it. Nothing is sent: the council sends it, then says so."""
    wanted = _wanted(turn, value)
    file = claim(turn, wanted.case_id)
    _may_send(turn, file)
    decision, kind = wanted.decision(file), _kind(wanted.kind)
    current = file.letter_about(wanted.kind, wanted.about, wanted.decision_id)
    turn.require(may(file, current, LetterAct.WRITE), file.case.id)
    turn.require(wanted.refusal(file, turn.today), file.case.id)
    method, expected = Method(text(values, "method")), needed(values, "expected_on")
    turn.check(expected_problems(expected, turn.today, text(values, "address"), method))
    printed = kind.printed(file, decision, wanted.about, method, expected)
    letter = kind.write(file, decision, wanted.about, printed, expected)
    if letter.problems:
        sentence = " ".join(p.sentence for p in letter.problems)
        turn.require(Refusal("notice_words", f"The notice can't be written yet. {sentence}"), file.case.id)
    if current:
        turn.uow.notices.void(current.id)
    notice = turn.uow.notices.add(
        case_id=file.case.id,
        decision_id=wanted.decision_id,
        kind=wanted.kind,
        about=wanted.about,
        method=method.value,
        expected_on=expected,
        printed_close=printed,
        prepared_by=turn.me.id,
        address=text(values, "address"),
        text=letter.text,
    )
    want_files(turn, notice)
    turn.log("notice.prepared", "notice", notice.id, case=file.case.id, closes=printed.isoformat())
    due = morning(turn.calendar.next_working_day(expected + SOON))
    turn.uow.reminders.add(
        due,
        UNSENT,
        file.case.id,
        ids={"decision": wanted.decision_id, "notice": notice.id},
        dedup_key=f"notice:{notice.id}",
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
    notice = _notice(turn, notice_id)
    file = load(turn, notice.case_id)
    _may_send(turn, file)
    turn.require(may(file, notice, LetterAct.RECORD_SENT), file.case.id)
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
    """The person counts as told: what follows from that is the kind's own (R26, R30-R32)."""
    notice, file = claimed(turn, notice_id)
    turn.require(may(file, notice, LetterAct.RECORD_SENT), file.case.id)
    sent_on, sent_at = needed(values, "sent_on"), clock(values, "sent_at")
    sent = datetime.combine(sent_on, sent_at or time(12))
    wanted = of_notice(notice)
    turn.check(sent_problems(sent, wanted.decision(file), notice, turn.now))
    over = wanted.refusal(file, sent_on)
    turn.check((Problem("sent_on", over.code, over.sentence),) if over else ())
    went(turn, file, notice, sent, turn.me.id)
    return _shown(turn, ViewRef("case.open", {"case": file.case.id}))


def bounced(turn: Turn, value: str) -> Response:
    """The letter came back: the person is not told, any clock is void, another way must be found (R30).

    `value` is the letter's id, or "letter:sending" where only one of its sendings came back: the other still counts.
    """
    notice_id, _, copy_id = value.partition(":")
    notice, file = claimed(turn, notice_id)
    turn.require(may(file, notice, LetterAct.RECORD_RETURN), file.case.id)
    there = standing_copies(file, notice)
    back = tuple(copy for copy in there if copy_id in ("", copy.id))
    turn.require(None if back else VOID, file.case.id)
    came_back(turn, file, notice, back)
    return _shown(turn, ViewRef("case.open", {"case": file.case.id}))


# --- parts ----------------------------------------------------------------------------------------


def _wanted(turn: Turn, value: str) -> Wanted:
    """The letter a button's value names. Refuses what there is no decision, no case or no such kind for."""
    id, _, rest = value.partition(":")
    kind, _, about = rest.partition(":")
    decision = turn.uow.decisions.get(id)
    if decision is not None:
        return Wanted(decision.case_id, decision.id, kind or "decision", about)
    if turn.uow.cases.get(id) is None:
        raise Refused(NOT_DECIDED)
    return Wanted(id, "", kind or "decision", about)


def of_notice(notice: Notice) -> Wanted:
    """A letter that was written, as what its button asked for."""
    return Wanted(notice.case_id, notice.decision_id, notice.kind, notice.about)


def _kind(kind: str) -> LetterKind:
    found = KINDS.get(kind)
    if found is None:
        raise Refused(NOT_DECIDED)
    return found


def claimed(turn: Turn, notice_id: str) -> tuple[Notice, CaseFile]:
    """The letter and its case, read after taking hold of it."""
    file = claim(turn, _notice(turn, notice_id).case_id)
    _may_send(turn, file)
    return _notice(turn, notice_id), file


def _may_send(turn: Turn, file: CaseFile) -> None:
    """Those who decide the case; a reviewer of its appeal reads letters and sends none."""
    me = turn.me.id
    works = case_work_refusal(me, turn.register, file.parties, turn.today) is None
    if Part.NOTICE not in file.seen_by(me) or (me in file.reviewers and not works):
        raise Refused(NOT_YOURS, file.case.id)


def _notice(turn: Turn, notice_id: str) -> Notice:
    notice = turn.uow.notices.get(notice_id)
    if notice is None:
        raise Refused(NOT_DECIDED)
    return notice


def _address(contact: str) -> str:
    """The email address in what is known of the person, else all of it: a postal address may be there."""
    pieces = re.split(r"[,;\s]+", contact)
    return next((piece for piece in pieces if normalise_email(piece)), contact)


def _shown(turn: Turn, again: ViewRef) -> Reply:
    card = views.show(turn, again, turn.me.id)
    return Reply(card or views.said("Saved."), again)
