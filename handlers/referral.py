"""The person is a councillor: the matter goes to the Monitoring Officer, and here stands when and by whom (R10)."""

from __future__ import annotations

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
    ViewRef,
)
from handlers.claim import claim
from handlers.deeds import refusal_now
from handlers.desk import Turn
from handlers.forms import needed, text
from handlers.person_views import HOW
from handlers.tell import tell_case
from policy.answers import Problem
from policy.calendars import local_date, say_day
from policy.decisions import case_work_refusal
from policy.person_deeds import Deed


def open_referral(turn: Turn, case_id: str) -> Response:
    """The button "Record a referral to the Monitoring Officer"."""
    return OpenForm(referral_form(turn, case_id, {}))


def referral_form(turn: Turn, case_id: str, _: FormValues) -> Form:
    """When and how it went; who recorded it is known."""
    _may(turn, load(turn, case_id))
    fields = (
        Date(
            name="referred_on", label="Which day was it sent?", required=True, initial=turn.today.isoformat()
        ),
        Choice(name="how", label="How?", options=tuple(Option(*one) for one in HOW.items()), required=True),
        LongText(name="words", label="Anything to note?", hint="For example their reference.", limit=1000),
    )
    return Form(
        id="referral",
        title="Referral to the Monitoring Officer",
        submit="Save",
        context=case_id,
        pages=(Page(fields),),
    )


def submit_referral(turn: Turn, case_id: str, values: FormValues) -> Response:
    """Record it. A second referral is one more line, never a change of the first."""
    file = claim(turn, case_id)
    _may(turn, file)
    on = needed(values, "referred_on")
    if on > turn.today:
        turn.check(
            (Problem("referred_on", "in_future", "This day is still to come. Give the day it was sent."),)
        )
    opened = min([local_date(file.case.opened_at), *(one.happened_on for one in file.incidents)])
    if on < opened:
        sentence = f"That is before anything happened here. Give {say_day(opened)} or a later day."
        turn.check((Problem("referred_on", "too_early", sentence),))
    turn.uow.referrals.add(case_id, on, text(values, "how"), text(values, "words"), turn.me.id)
    turn.log("referral.recorded", "case", case_id, to="monitoring_officer", on=on.isoformat())
    tell_case(load(turn, case_id))
    again = ViewRef("case.open", {"case": case_id})
    return Reply(views.show(turn, again, turn.me.id) or views.gone(), again)


def _may(turn: Turn, file: CaseFile) -> None:
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), file.case.id)
    turn.require(refusal_now(file, Deed.RECORD_REFERRAL), file.case.id)
