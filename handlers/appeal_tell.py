"""Who is told of an appeal: the officer and the Chair, its reviewers, and the governance channel by reference (R36)."""

from __future__ import annotations

from handlers import hearing
from handlers.appealed import Appealed
from handlers.casefile import CaseFile
from handlers.desk import GOVERNANCE
from handlers.tell import morning, refresh_decision, tell_case
from policy.appeal_pause import PauseStage
from policy.offices import Office
from storage.records import Notice

CARD = "appeal.card"
RECEIVED, PAUSED, LIFTED = "appeal_received", "appeal_paused", "appeal_lifted"
"""Letters that say something only while the appeal is open; the last two are each about one pause."""
OUTCOME_LETTER = "appeal_outcome"
UNDECIDED, UNTOLD = "appeal.undecided", "appeal.untold"


def tell_appeal(file: CaseFile, appealed: Appealed) -> None:
    """Bring every card of this appeal up to date, and post it to those who act on it and have none yet."""
    desk, appeal_id = file.desk, appealed.record.id
    key, ids = f"appeal:{appeal_id}", {"appeal": appeal_id}
    for letter in file.notices:
        if letter.state == "ready" and not _still_so(file, appealed, letter):  # written, and no longer so
            desk.uow.notices.void(letter.id)
    desk.uow.outbox.refresh(key, CARD, ids)
    workers = {one.colleague_id for one in file.seats.officer}
    workers |= set(desk.register.holders(Office.CHAIR_FGP, desk.today))
    told = {one for one in workers if hearing.work_refusal(file, one) is None}
    told |= {one.colleague_id for one in appealed.reviewers}
    for colleague_id in sorted(told):
        desk.tell(colleague_id, CARD, ids, card_key=key, once=key)
    desk.tell(GOVERNANCE, CARD, ids, card_key=key, once=key)
    tell_case(file)
    refresh_decision(file, hearing.decision_of(file, appealed))


def _still_so(file: CaseFile, appealed: Appealed, letter: Notice) -> bool:
    """Whether what a letter of this appeal says while it is open is so now; other letters are no matter of it."""
    if letter.kind == RECEIVED and letter.about == appealed.record.id:
        return appealed.open
    if (
        letter.kind in (PAUSED, LIFTED)
        and hearing.of_pause(file, letter.about).record.id == appealed.record.id
    ):
        wanted = PauseStage.PAUSED if letter.kind == PAUSED else PauseStage.LIFTED
        return appealed.open and hearing.pause_stage(file, appealed) is wanted
    return True


def remind_undecided(file: CaseFile, appealed: Appealed) -> None:
    """A reminder for the morning on which the appeal should be decided; it comes again while it is not (R40)."""
    desk = file.desk
    due = hearing.decide_by(file, appealed)
    while due <= desk.today:
        due = desk.calendar.add_working_days(due, desk.settings.appeal_undecided_working_days)
    key = f"{UNDECIDED}:{appealed.record.id}:{due.isoformat()}"
    desk.uow.reminders.add(morning(due), UNDECIDED, file.case.id, {"appeal": appealed.record.id}, key)


def remind_untold(file: CaseFile, appealed: Appealed) -> None:
    """A reminder that the person is still to be told how the appeal ended."""
    desk = file.desk
    due = desk.calendar.add_working_days(desk.today, desk.settings.notice_not_sent_working_days)
    key = f"{UNTOLD}:{appealed.record.id}:{due.isoformat()}"
    desk.uow.reminders.add(morning(due), UNTOLD, file.case.id, {"appeal": appealed.record.id}, key)
