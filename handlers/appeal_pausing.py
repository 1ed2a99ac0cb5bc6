"""Pausing a restriction while its appeal is heard, and lifting the pause again: two names each (R26, R36)."""

from __future__ import annotations

from handlers import hearers, hearing
from handlers.appeal import held, office_of, settled
from handlers.appeal_hear import require_reviewer
from handlers.appealed import PAUSE, Appealed
from handlers.casefile import CaseFile
from handlers.chat import Response
from handlers.desk import Refused, Turn
from policy.answers import Refusal
from policy.appeal_pause import PauseStage, PauseVote, PauseWish, pause_move, pause_refusal
from storage.records import Restriction

NOTHING_TO_PAUSE = Refusal("nothing_to_pause", "There is no restriction in force that could pause.")
ASKED_ALREADY = {
    PauseWish.PAUSE: "You have asked for the pause already.",
    PauseWish.LIFT: "You have asked to lift the pause already.",
}
LOGGED = {PauseWish.PAUSE: "appeal.pause_asked", PauseWish.LIFT: "appeal.lift_asked"}


def press_pause(turn: Turn, appeal_id: str) -> Response:
    """The button "Pause the restriction": with both reviewers' names it does not hold until the person is told."""
    return _press(turn, appeal_id, PauseWish.PAUSE)


def press_lift(turn: Turn, appeal_id: str) -> Response:
    """The button "Lift the pause": with both names the limits apply again, once the person is told so."""
    return _press(turn, appeal_id, PauseWish.LIFT)


def _press(turn: Turn, appeal_id: str, wish: PauseWish) -> Response:
    file, appealed = held(turn, appeal_id)
    require_reviewer(turn, file, appealed)
    restriction = hearing.restriction_of(file, appealed)
    if restriction is None or restriction.starts_at is None:
        raise Refused(NOTHING_TO_PAUSE, file.case.id)
    before, stage = appealed.pause_wish(turn.me.id), hearing.pause_stage(file, appealed)
    if before is wish:  # pressing twice counts once, and is no mistake
        return settled(turn, appeal_id, ASKED_ALREADY[wish])
    turn.require(pause_refusal(stage, wish, before), file.case.id)
    turn.uow.appeals.answer(appealed.record, turn.me.id, office_of(turn, councillor=True), PAUSE, wish.value)
    turn.log(LOGGED[wish], "appeal", appeal_id, case=file.case.id)
    barred = hearers.barred(file, appealed)
    given = [vote for vote in appealed.pause_votes if vote.reviewer_id not in barred]
    both = frozenset(one.colleague_id for one in appealed.reviewers)
    after = pause_move(stage, (*given, PauseVote(turn.me.id, wish)), both)
    if after is not stage:
        _enact(turn, file, appealed, restriction, after)
    return settled(turn, appeal_id)


def _enact(turn: Turn, file: CaseFile, appealed: Appealed, restriction: Restriction, to: PauseStage) -> None:
    """A pause holds at once; lifted, it goes on until the person was told (R26)."""
    pause, restrictions = hearing.last_pause(file, appealed), turn.uow.restrictions
    runs_on = pause is not None and pause.ends_at is None
    if to is PauseStage.LIFTED and pause is not None:
        restrictions.lift(pause.id, turn.now)
    elif pause is not None and runs_on:
        restrictions.lift(pause.id, None)
    else:
        restrictions.pause(restriction.id, appealed.record.id)
    action = "restriction.pause_lifted" if to is PauseStage.LIFTED else "restriction.paused"
    turn.log(action, "restriction", restriction.id, case=file.case.id, appeal=appealed.record.id)
