"""What reminders say of appeals, whom they are for, and which come again (R40). Asked when they fire and when sent."""

from __future__ import annotations

from collections.abc import Mapping

from handlers import hearers, hearing
from handlers.appeal_tell import remind_undecided, tell_appeal
from handlers.appealed import HEARD, Appealed
from handlers.casefile import CaseFile
from handlers.desk import GOVERNANCE
from policy.notices import AppealClose
from storage.records import Recipient, Reminder


def closing(file: CaseFile, ids: Mapping[str, str]) -> str:
    """Some days before the last day: until when, and whether one has come."""
    close = _close(file, ids)
    if close is None or file.desk.now > close.at or _settled(file, ids):
        return ""
    return f"The appeal period closes at {close.words}. {_received(file, ids) or 'No appeal is recorded so far.'}"


def closed(file: CaseFile, ids: Mapping[str, str]) -> str:
    """On the morning after: whether one has come."""
    close = _close(file, ids)
    if close is None or file.desk.now <= close.at or _settled(file, ids):
        return ""
    nothing = "No appeal is recorded here. One that reached us in time and is found later still counts."
    return f"The appeal period closed at {close.words}. {_received(file, ids) or nothing}"


def undecided(file: CaseFile, ids: Mapping[str, str]) -> str:
    """It should have been decided by now."""
    appealed = _appeal(file, ids)
    return f"An appeal is still undecided. {hearing.next_words(file, appealed)}" if appealed.open else ""


def untold(file: CaseFile, ids: Mapping[str, str]) -> str:
    """It is over, and the person does not know."""
    appealed = _appeal(file, ids)
    return hearing.next_words(file, appealed) if appealed.untold else ""


def readers(file: CaseFile) -> tuple[Recipient, ...]:
    """The officer, the reviewers who have not answered, and the governance channel."""
    people = dict.fromkeys(one.colleague_id for one in file.seats.officer)
    for appealed in file.appeals:
        if appealed.stage in HEARD:
            done = appealed.last_answers(hearers.barred(file, appealed))
            people |= dict.fromkeys(r.colleague_id for r in appealed.reviewers if r.colleague_id not in done)
    return (*(Recipient("colleague", one) for one in people), GOVERNANCE)


def again(file: CaseFile, reminder: Reminder) -> None:
    """It comes again after as many working days; and a reviewer who can't act any more shows on every card."""
    appealed = _appeal(file, reminder.ids)
    remind_undecided(file, appealed)
    tell_appeal(file, appealed)


def _appeal(file: CaseFile, ids: Mapping[str, str]) -> Appealed:
    return hearing.of(file, ids["appeal"])


def _close(file: CaseFile, ids: Mapping[str, str]) -> AppealClose | None:
    decision = next((d for d in file.decisions if d.id == ids.get("decision")), None)
    return file.appeal_close(decision) if decision else None


def _received(file: CaseFile, ids: Mapping[str, str]) -> str:
    """What is recorded of the appeals against this decision; "" when there is none."""
    own = (one for one in file.appeals if one.record.decision_id == ids.get("decision"))
    said = (f"{hearing.received_words(one)} {hearing.next_words(file, one)}" for one in own)
    return " ".join(said)


def _settled(file: CaseFile, ids: Mapping[str, str]) -> bool:
    """Whether an appeal against it has had its outcome: the date says nothing any more."""
    decision = next((d for d in file.decisions if d.id == ids.get("decision")), None)
    return decision is not None and file.heard(decision, file.notices_of(decision)) is not None
