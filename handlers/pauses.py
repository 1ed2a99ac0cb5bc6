"""A pause of a restriction: what a reviewer can ask for, and that it lasts until the person is told (R26, R36)."""

from __future__ import annotations

from datetime import datetime

from handlers import hearing
from handlers.appeal_tell import LIFTED, OUTCOME_LETTER
from handlers.appealed import Appealed
from handlers.casefile import CaseFile
from handlers.chat import Button, Confirm
from handlers.desk import Turn
from handlers.superseding import start_of_letter
from policy.appeal_pause import PauseStage, PauseWish


def pause_buttons(file: CaseFile, appealed: Appealed, me: str) -> list[Button]:
    """What a reviewer can ask for now, unless they asked for it last."""
    running, mine = hearing.restriction_of(file, appealed), appealed.pause_wish(me)
    if running is None or running.starts_at is None:
        return []
    stage, id = hearing.pause_stage(file, appealed), appealed.record.id
    if stage is PauseStage.PAUSED and mine is not PauseWish.LIFT:
        words = (
            "If both reviewers ask for it, the restriction holds again from the day the person is told so."
        )
        sure = Confirm("Lift the pause?", words, "Ask to lift it")
        return [Button("appeal.lift", "Lift the pause", id, confirm=sure)]
    if mine is PauseWish.PAUSE:
        return []
    words = (
        "If both reviewers ask for it, the restriction does not hold until the person is told the outcome."
    )
    sure = Confirm("Pause the restriction?", words, "Ask for the pause")
    return [Button("appeal.pause", "Pause the restriction", id, confirm=sure)]


def settle_pauses(turn: Turn, file: CaseFile, appealed: Appealed) -> None:
    """Bring the ends of this appeal's pauses in line with what the person was told.

    A letter that came back told nothing. Of the lifting and the outcome the first they were told of counts. A pause
    that another one followed without their knowing lasted until that one.
    """
    outcome = _told_at(file, OUTCOME_LETTER, appealed.record.id)
    for restriction in file.restrictions:
        own = [one for one in restriction.pauses if one.appeal_id == appealed.record.id]
        for number, pause in enumerate(own):
            lifted = _told_at(file, LIFTED, pause.id)
            follows = own[number + 1].starts_at if number + 1 < len(own) else outcome
            ends = min((at for at in (lifted, follows) if at is not None), default=None)
            if ends != pause.ends_at:
                turn.uow.restrictions.resume(pause.id, ends)


def _told_at(file: CaseFile, kind: str, about: str) -> datetime | None:
    letter = file.letter_about(kind, about)
    return start_of_letter(file, letter) if letter else None
