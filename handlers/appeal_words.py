"""What an appeal says, in blocks: for its forms and for the case's own card. Private: it tells the story (R41)."""

from __future__ import annotations

from datetime import datetime

from handlers import hearers, hearing
from handlers.appealed import LATE, OUTCOME, PAUSE, SPLIT, Appealed
from handlers.casefile import CaseFile
from handlers.chat import Block, Facts, Text
from policy.appeals import (
    GROUND_WORDS,
    OUTCOME_WORDS,
    RECEIVED_WORDS,
    AppealOutcome,
    Ground,
    Received,
    late_words,
)
from policy.calendars import local_date, say_day, say_moment
from policy.catalogue import Measure
from policy.offices import Office, title
from storage.appealed import AppealAnswer
from storage.records import Decision

DECISION_NAMES = {
    "restriction": "the restriction",
    "interim": "the urgent interim restriction",
    "warning": "the warning",
    "continuation": "the continued restriction",
}
ANSWER_WORDS = {
    (LATE, "accept"): "accepted it though it was late",
    (LATE, "refuse"): "refused it because it was late",
    (PAUSE, "pause"): "wants the restriction not to hold until it is decided",
    (PAUSE, "lift"): "wants the restriction to hold again before it is decided",
    ("withdrawn", "withdrawn"): "recorded that the person withdrew it",
    (SPLIT, "replaced"): "picked other reviewers, because these could not agree",
}


def decision_words(decision: Decision) -> str:
    """A decision in a list to choose from: "The restriction of Wednesday 14 October 2026"."""
    name = DECISION_NAMES[decision.kind]
    return f"{name[0].upper()}{name[1:]} of {say_day(local_date(decision.decided_at))}"


def appeal_blocks(file: CaseFile, appealed: Appealed) -> tuple[Block, ...]:
    """What was received: against which decision, when, how, why, and the person's words."""
    one = appealed.record
    rows = [
        ("Appeal against", decision_words(hearing.decision_of(file, appealed))),
        ("Reached the council", f"{say_moment(one.received_at)}, {late_words(one.late_days)}"),
        ("How", RECEIVED_WORDS[Received(one.received_by)]),
        ("Written down by", f"{file.desk.name(one.recorded_by)}, {say_moment(one.recorded_at)}"),
    ]
    if one.grounds:
        rows.append(("The person says", "; ".join(GROUND_WORDS[Ground(ground)] for ground in one.grounds)))
    return (Facts(tuple(rows)), Text(one.text))


def history_blocks(file: CaseFile, appealed: Appealed) -> tuple[Block, ...]:
    """Everything of an appeal for the case's own card: what was received, who heard it, each answer, the outcome."""
    desk = file.desk
    rows = []
    for picked in appealed.picked:
        until = f", until {say_moment(picked.released_at)}" if picked.released_at else ""
        rows.append(("Reviewer", f"{desk.name(picked.colleague_id)}, {title(Office(picked.office))}{until}"))
    for answer in appealed.answers:
        who = f"{desk.name(answer.colleague_id)}, {title(Office(answer.office))}, {say_moment(answer.at)}"
        rows.append((who, _said(answer)))
    rows.append(("Where it stands", hearing.next_words(file, appealed)))
    if appealed.record.minute_ref:
        rows.append(("Decided by", appealed.record.minute_ref))
    return (*appeal_blocks(file, appealed), Facts(tuple(rows)))


def others_answer(file: CaseFile, appealed: Appealed, me: str) -> AppealAnswer | None:
    """What the other reviewer answered last, if anything that counts."""
    given = appealed.last_answers(hearers.barred(file, appealed))
    return next((answer for who, answer in given.items() if who != me), None)


def terms_words(answer: AppealAnswer) -> str:
    """New terms in a line: which limits stay, until when, what they cover."""
    kept = answer.terms
    if not kept:
        return ""
    stays = "; ".join(Measure(one).words for one in kept["measures"])
    until = (
        f"until {say_day(datetime.fromisoformat(kept['ends_on']).date())}" if kept["ends_on"] else "no end"
    )
    return f" Limits that stay: {stays}; {until}; {kept['scope'].replace('_', ' ')}."


def _said(answer: AppealAnswer) -> str:
    if answer.about == OUTCOME:
        return f"{OUTCOME_WORDS[AppealOutcome(answer.answer)]}.{terms_words(answer)} {answer.reasons}"
    words = ANSWER_WORDS[answer.about, answer.answer]
    return f"{words}: {answer.reasons}" if answer.reasons else words
