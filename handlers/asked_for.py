"""A filed message that asks for an appeal or a review: the buttons that open that route in earnest (R28).

They stand on the answer to who filed it, on the message, and on the card of whoever is asked to see to it; each reader
gets those they may press. What was asked is done when one of them was used.
"""

from __future__ import annotations

from handlers import hearing
from handlers.casefile import CaseFile, load
from handlers.chat import Button, Confirm
from handlers.desk import Desk
from handlers.reviewing import Standing, standings
from policy.messages import Question
from policy.reviews import ReviewStage
from storage.filed import Message

ASK_WHICH = (
    "It asks for an appeal or a review. Press which of the two it is: an appeal says that a decision is wrong; a "
    "review asks whether a restriction is still needed."
)


def asks(message: Message) -> bool:
    """Whether its reader found that it asks for an appeal or a review."""
    return Question.APPEAL_OR_REVIEW in message.answers


def route_buttons(file: CaseFile, message: Message, me: str) -> tuple[Button, ...]:
    """Recording the appeal, with what the message says; starting the review of a restriction in force.

    The person need not know in which case it stands: those of their other cases are offered too, by reference.
    """
    if not asks(message) or hearing.work_refusal(file, me) is not None:
        return ()
    buttons = []
    if hearing.may_record(file, me):
        value = f"{file.case.id}:{message.id}"
        buttons.append(Button("appeal.record", "Record an appeal", value, style="primary", opens="appeal"))
    running = _running(file, me)
    several = len(running) > 1
    return (*buttons, *(_review(file, *one, message, several=several) for one in running))


def nothing_open(file: CaseFile, message: Message, me: str) -> str:
    """Why there is nothing to press, for who could press it; else ""."""
    if not asks(message) or hearing.work_refusal(file, me) is not None or route_buttons(file, message, me):
        return ""
    return f"{hearing.nothing_to_appeal(file).sentence} No restriction is in force that could be reviewed."


def belongs(desk: Desk, message: Message, case_id: str) -> bool:
    """Whether a message may be about this case: it is filed there, or in another case of the same person."""
    return message.case_id == case_id or case_id in _cases(load(desk, message.case_id))


def _running(file: CaseFile, me: str) -> tuple[tuple[CaseFile, Standing], ...]:
    """The person's restrictions whose review can begin or goes on, in the cases this colleague works."""
    others = (load(file.desk, one) for one in _cases(file) if one != file.case.id)
    return tuple(
        (one, standing)
        for one in (file, *others)
        if hearing.work_refusal(one, me) is None
        for standing in standings(one)
        if standing.stage is not ReviewStage.HELD
    )


def _cases(file: CaseFile) -> tuple[str, ...]:
    """The cases of the person, in whatever record."""
    return tuple(case.id for one in file.records for case in file.desk.uow.cases.of_person(one.id))


def _review(file: CaseFile, its: CaseFile, one: Standing, message: Message, *, several: bool) -> Button:
    """Start it; one that is under way already takes the message as what the person says."""
    value = f"{one.restriction.id}:{message.id}"
    which = f": {its.case.reference}" if several or its.case.id != file.case.id else ""
    if one.waits:
        label = f"Record what the person said for the review{which}"
        return Button("review.comment", label, value, opens="review_comment")
    sure = Confirm("Start the review?", "The person is then invited to comment, or it is ended.", "Start it")
    return Button("review.ask", f"Start the early review{which}", value, confirm=sure)
