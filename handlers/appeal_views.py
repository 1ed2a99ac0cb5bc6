"""The card of an appeal, by reference only, and its buttons on every card: only those open to the reader (R41)."""

from __future__ import annotations

from collections.abc import Mapping

from handlers import appeal_letters, hearers, hearing
from handlers.appeal_tell import LIFTED, OUTCOME_LETTER, PAUSED, RECEIVED
from handlers.appeal_words import history_blocks, others_answer
from handlers.appealed import ACCEPT, HEARD, Appealed
from handlers.casefile import CaseFile
from handlers.chat import Block, Button, Callout, Card, Confirm, Text
from handlers.desk import Desk
from handlers.pauses import pause_buttons
from policy.access import Part
from policy.appeal_pause import PauseStage
from policy.appeal_stages import AppealStage
from policy.appeals import OUTCOME_WORDS, AppealOutcome
from policy.conflicts import FreshAnswer
from policy.reviewers import SplitChange


def appeal_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """Where an appeal stands and who acts next: for its reviewers, those who work the case, and a channel."""
    file, appealed = hearing.find(desk, ids["appeal"])
    title = f"Appeal: {file.case.reference}"
    body = (Text(hearing.next_words(file, appealed)),)
    if reader is None:
        return Card(title, body, (Button("case.open", "Open this case", file.case.id),))
    reviews = hearers.review_refusal(file, appealed, reader) is None
    works = hearing.work_refusal(file, reader) is None
    if not (reviews or works) or Part.APPEAL not in file.seen_by(reader):
        return None
    reading = Button("case.open", "Read the case" if reviews else "Open this case", file.case.id)
    return Card(title, (*_note(appealed), *body), (reading, *_of_one(file, appealed, reader)))


def appeal_buttons(file: CaseFile, me: str) -> tuple[Button, ...]:
    """What this colleague may do now about the appeals of a case, recording one included."""
    buttons = [button for one in file.appeals for button in _of_one(file, one, me)]
    if hearing.may_record(file, me):
        buttons.append(Button("appeal.record", "Record an appeal", file.case.id, opens="appeal"))
    return tuple(buttons)


def appeals_of_case(file: CaseFile) -> tuple[Block, ...]:
    """Every appeal of a case whole, for its own private card."""
    return tuple(block for one in file.appeals for block in history_blocks(file, one))


def outcome_rows(file: CaseFile, decision_id: str) -> list[tuple[str, str]]:
    """What an appeal changed about a decision, for cards that show decisions: the kind of outcome, no reason."""
    return [
        ("After an appeal", hearing.over_words(one))
        for one in file.appeals
        if one.record.decision_id == decision_id and one.outcome is not None
    ]


def sent_back_note(file: CaseFile) -> tuple[Block, ...]:
    """While a decision is made again, after an appeal or because of a conflict."""
    last = next((d for d in reversed(file.decisions) if d.kind != "interim"), None)
    if last is None or last.id not in file.sent_back:
        return ()
    heard = (one for one in file.appeals if one.outcome is AppealOutcome.SENT_BACK)
    after = "After an appeal the" if any(one.record.decision_id == last.id for one in heard) else "The"
    words = f"{after} decision is made again, with new findings. Until then the old one stands."
    if any(one.decision_id == last.id and one.answer == FreshAnswer.CLOSED for one in file.fresh):
        words = (
            "The person is a councillor and was not told of the decision. It has no effect and is made again."
        )
    return (Callout(words, "warning"),)


# --- buttons --------------------------------------------------------------------------------------


def _of_one(file: CaseFile, appealed: Appealed, me: str) -> tuple[Button, ...]:
    reviewer = _reviewer(file, appealed, me) if hearers.review_refusal(file, appealed, me) is None else []
    worker = _worker(file, appealed, me) if hearing.work_refusal(file, me) is None else []
    return (*reviewer, *worker)


def _reviewer(file: CaseFile, appealed: Appealed, me: str) -> list[Button]:
    if appealed.stage not in HEARD:
        return []
    one, buttons = appealed.record, []
    mine = appealed.last_answers().get(me)
    other = others_answer(file, appealed, me)
    label = "Decide again" if mine else "Decide"
    buttons.append(
        Button("appeal.decide", label, one.id, style="default" if mine else "primary", opens="appeal_outcome")
    )
    if other is not None and (mine is None or appealed.stage is AppealStage.SPLIT):
        words = f"You sign the same outcome with the same reasons: “{OUTCOME_WORDS[AppealOutcome(other.answer)]}”."
        sure = Confirm("Agree with the other reviewer?", words, "Agree and sign")
        buttons.append(
            Button("appeal.agree", "Agree with the other reviewer", f"{one.id}:{other.id}", confirm=sure)
        )
    return [*buttons, *pause_buttons(file, appealed, me)]


def _worker(file: CaseFile, appealed: Appealed, me: str) -> list[Button]:
    one, buttons = appealed.record, []
    if appealed.stage is AppealStage.LATE:
        buttons.append(
            Button(
                "appeal.accept_late",
                "Accept it though it is late",
                one.id,
                style="primary",
                opens="appeal_late",
            )
        )
        if not any(vote.colleague_id == me and not vote.accept for vote in appealed.late_votes):
            buttons.append(
                Button("appeal.refuse_late", "Refuse it as late", one.id, style="danger", opens="appeal_late")
            )
    elif appealed.stage is AppealStage.WAITING_FOR_REVIEWERS:
        buttons.append(
            Button("appeal.assign", "Pick the reviewers", one.id, style="primary", opens="appeal_reviewers")
        )
    elif appealed.stage in HEARD and hearers.unable(file, appealed):
        buttons.append(
            Button(
                "appeal.assign", "Pick another reviewer", one.id, style="primary", opens="appeal_reviewers"
            )
        )
    elif isinstance(hearers.others_for(file, appealed), SplitChange):
        buttons.append(Button("appeal.split", "Pick other reviewers", one.id, opens="appeal_split"))
    buttons += _letters(file, appealed)
    if appealed.open:
        buttons.append(
            Button("appeal.withdraw", "The person withdraws the appeal", one.id, opens="appeal_withdrawn")
        )
    return buttons


def _letters(file: CaseFile, appealed: Appealed) -> list[Button]:
    """The letters the person should have now and nobody has written; the rest have buttons like every letter."""
    one, pause = appealed.record, hearing.last_pause(file, appealed)
    stage = hearing.pause_stage(file, appealed) if appealed.open else PauseStage.NONE
    about = pause.id if pause else ""
    remade = appeal_letters.remade(file, appealed) is not None
    due = [
        (appealed.open, RECEIVED, one.id, "Write that we have the appeal"),
        (stage is PauseStage.PAUSED, PAUSED, about, "Write that the limits pause"),
        (stage is PauseStage.LIFTED, LIFTED, about, "Write that the limits apply again"),
        (appealed.untold, OUTCOME_LETTER, one.id, "Write how the appeal ended"),
        (remade, appeal_letters.REMADE, one.id, "Write that it was made again"),
    ]
    return [
        Button("notice.prepare", label, f"{one.decision_id}:{kind}:{about}", opens="notice")
        for wanted, kind, about, label in due
        if wanted and file.letter_about(kind, about) is None
    ]


def _note(appealed: Appealed) -> tuple[Block, ...]:
    """That a late one was accepted stays in sight."""
    accepted = appealed.open and appealed.stage is not AppealStage.LATE
    if accepted and any(one.about == "late" and one.answer == ACCEPT for one in appealed.answers):
        return (Text(f"{hearing.received_words(appealed)} It was accepted.", small=True),)
    return ()
