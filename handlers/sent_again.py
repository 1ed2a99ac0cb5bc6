"""The same letter sent another way: of two the later counts; one that came back counts again (R30)."""

from __future__ import annotations

from datetime import datetime, time

from handlers import views
from handlers.another_way import another_way_found, may_go_again
from handlers.casefile import CaseFile, load
from handlers.chat import (
    Callout,
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
    Time,
    ViewRef,
)
from handlers.claim import claim
from handlers.desk import Refused, Turn
from handlers.forms import clock, needed, text
from handlers.letter_kinds import KINDS
from handlers.letter_went import tell_of_letter
from handlers.notify import of_notice
from handlers.sending import address_problems, sent_problems
from policy.access import Part
from policy.answers import Problem
from policy.calendars import LONDON
from policy.decisions import case_work_refusal
from policy.letter_stages import NOTHING, REPLACED
from policy.notices import METHOD_WORDS, Method
from storage.records import Notice

RULE = (
    "Send the same letter, word for word. If it also went the first way, the person counts as told on the later of the "
    "two days, and the last day to appeal moves with it."
)


def open_again(turn: Turn, notice_id: str) -> Response:
    """The button "Send it another way"."""
    return OpenForm(again_form(turn, notice_id, {}))


def again_form(turn: Turn, notice_id: str, _: FormValues) -> Form:
    """By which other way, where to, when it left."""
    notice = _notice(turn, notice_id)
    file = load(turn, notice.case_id)
    _may(turn, file, notice)
    local = turn.now.astimezone(LONDON)
    return Form(
        id="notice_again",
        title="Send it another way",
        submit="Save",
        context=notice_id,
        pages=(
            Page(
                (
                    Choice(
                        name="method",
                        label="How was it sent?",
                        options=tuple(Option(m.value, METHOD_WORDS[m]) for m in Method),
                        required=True,
                    ),
                    LongText(
                        name="address",
                        label="Which address?",
                        hint="The email address or postal address, exactly as it was used.",
                        limit=500,
                        required=True,
                    ),
                    Date(name="sent_on", label="Which day?", required=True, initial=local.date().isoformat()),
                    Time(
                        name="sent_at",
                        label="At what time?",
                        hint="From 4.30pm an email or a letter by hand counts on the next working day.",
                        required=True,
                        initial=local.strftime("%H:%M"),
                    ),
                ),
                intro=(Callout(RULE),),
            ),
        ),
    )


def submit_again(turn: Turn, notice_id: str, values: FormValues) -> Response:
    """One more sending of the same words; what follows from the day it counts is the kind's own."""
    file = claim(turn, _notice(turn, notice_id).case_id)
    notice = _notice(turn, notice_id)
    _may(turn, file, notice)
    method, address = Method(text(values, "method")), text(values, "address")
    sent = datetime.combine(needed(values, "sent_on"), clock(values, "sent_at") or time(12))
    wanted = of_notice(notice)
    same = Problem("method", "same_way", "It went to this address in this way already. Choose another way.")
    before = {(d.method, d.address or notice.address) for d in file.dispatches[notice.id]}
    turn.check(
        (
            *((same,) if (method.value, address) in before else ()),
            *address_problems(address, method),
            *sent_problems(sent, wanted.decision(file), notice, turn.now),
        )
    )
    over = wanted.refusal(file, sent.date())
    turn.check((Problem("sent_on", over.code, over.sentence),) if over else ())
    turn.uow.notices.add_dispatch(notice.id, method.value, sent, turn.me.id, address)
    turn.uow.notices.sent_again(notice.id)
    on = sent.date().isoformat()
    turn.log("notice.sent_again", "notice", notice.id, case=file.case.id, on=on, method=method.value)
    another_way_found(turn, file, notice)
    told = load(turn, file.case.id)
    KINDS[notice.kind].sent(turn, told, notice)
    tell_of_letter(turn, file.case.id, notice)
    again = ViewRef("case.open", {"case": file.case.id})
    card = views.show(turn, again, turn.me.id)
    return Reply(card or views.said("Saved."), again)


def _may(turn: Turn, file: CaseFile, notice: Notice) -> None:
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), file.case.id)
    if Part.NOTICE not in file.seen_by(turn.me.id):
        raise Refused(REPLACED, file.case.id)
    turn.require(may_go_again(file, notice), file.case.id)


def _notice(turn: Turn, notice_id: str) -> Notice:
    found = turn.uow.notices.get(notice_id)
    if found is None:
        raise Refused(NOTHING)
    return found
