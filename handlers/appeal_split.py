"""Reviewers who can't agree make room for others: nobody is replaced for the answer they gave (R36)."""

from __future__ import annotations

from handlers import hearers, hearing
from handlers.appeal import held, moved, office_of, require_move, settled
from handlers.appeal_hear import hand_to
from handlers.appealed import SPLIT, Appealed
from handlers.casefile import CaseFile
from handlers.chat import Choices, Form, FormValues, LongText, OpenForm, Option, Page, Response, Text
from handlers.desk import Refused, Turn, Wrong
from handlers.forms import several, text
from policy.answers import Problem
from policy.appeal_stages import AppealEvent
from policy.offices import Office, name_offices, title
from policy.reviewers import REVIEWER_OFFICES, SplitChange, pair_refusal

REPLACED = "replaced"


def open_split(turn: Turn, appeal_id: str) -> Response:
    """The button "Pick other reviewers"."""
    return OpenForm(build_split(turn, appeal_id, {}))


def build_split(turn: Turn, appeal_id: str, _: FormValues) -> Form:
    """Who makes room, by the rule and not by choice, and who may take the places."""
    file, appealed = hearing.find(turn, appeal_id)
    change = _change(turn, file, appealed)
    leaving = [one for one in appealed.reviewers if one.colleague_id in change.leave]
    who = name_offices(Office(one.office) for one in leaving)
    both = (
        "Both reviewers make room"
        if change.picks > 1
        else f"One other councillor is free, so {who} makes room"
    )
    intro = (
        Text("The reviewers were given time to agree, and do not."),
        Text(
            f"{both}. Nobody chooses who goes: that would choose the answer. Their answers stay in the record."
        ),
    )
    register = hearers.councillors(turn)
    offered = tuple(
        Option(one, f"{turn.name(one)}, {title(next(o for o in REVIEWER_OFFICES if o in register[one]))}")
        for one in change.free
    )
    fields = (
        Choices(
            name="reviewers",
            label="Who hears it now?",
            hint="Choose two." if change.picks > 1 else "",
            options=offered,
            required=True,
            initial=change.free[: change.picks],
        ),
        LongText(
            name="reasons",
            label="What was done to help them agree?",
            hint="For example: they met twice. It stays in the record of the appeal.",
            required=True,
            limit=1000,
        ),
    )
    return Form(
        id="appeal_split",
        title="Pick other reviewers",
        pages=(Page(fields, intro=intro),),
        submit="Save",
        context=appeal_id,
    )


def submit_split(turn: Turn, appeal_id: str, values: FormValues) -> Response:
    """The new reviewers decide afresh; where one stays, that one's answer stays too."""
    file, appealed = held(turn, appeal_id)
    change = _change(turn, file, appealed)
    picks = several(values, "reviewers")
    stays = tuple(one.colleague_id for one in appealed.reviewers if one.colleague_id not in change.leave)
    barred = Problem("reviewers", "reviewer_left", "Choose among those who did not hear it yet.")
    turn.check(() if set(picks) <= set(change.free) else (barred,))
    register = hearers.councillors(turn)
    refusal = pair_refusal(
        (*stays, *picks),
        register,
        hearers.parties_of(file, appealed),
        hearers.absent(turn, register) | change.leave,
    )
    if refusal is not None:
        raise Wrong((Problem("reviewers", refusal.code, refusal.sentence),))
    moved(turn, file, appealed, AppealEvent.ASSIGN)
    turn.uow.appeals.answer(
        appealed.record, turn.me.id, office_of(turn), SPLIT, REPLACED, reasons=text(values, "reasons")
    )
    for one in appealed.reviewers:
        if one.colleague_id in change.leave:
            turn.uow.appeals.release(one.id, SPLIT)
            turn.log(
                "appeal.released",
                "appeal",
                appeal_id,
                case=file.case.id,
                reviewer=one.colleague_id,
                why=SPLIT,
            )
    hand_to(turn, appealed, picks, register)
    return settled(turn, appeal_id)


def _change(turn: Turn, file: CaseFile, appealed: Appealed) -> SplitChange:
    """Who makes room; stops unless this colleague works the case and the time to agree is over."""
    turn.require(hearing.work_refusal(file, turn.me.id), file.case.id)
    require_move(file, appealed, AppealEvent.ASSIGN)
    change = hearers.others_for(file, appealed)
    if not isinstance(change, SplitChange):
        raise Refused(change, file.case.id)
    return change
