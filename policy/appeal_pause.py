"""Pausing a restriction while its appeal is heard, and lifting the pause again before the outcome (R26, R36).

Both need both reviewers. A pause holds at once, because that favours the person; a lifted one goes on until the person
is told that the limits apply again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from policy.answers import Refusal
from policy.appeals import REVIEWERS_NEEDED


class PauseStage(StrEnum):
    """Where the pause of a restriction stands. LIFTED: by both reviewers, and the person is still to be told."""

    NONE = "none"
    PAUSED = "paused"
    LIFTED = "lifted"


class PauseWish(StrEnum):
    """What a reviewer can ask for."""

    PAUSE = "pause"
    LIFT = "lift"


PAUSE_MOVES: Mapping[tuple[PauseStage, PauseWish], PauseStage] = {
    (PauseStage.NONE, PauseWish.PAUSE): PauseStage.PAUSED,
    (PauseStage.PAUSED, PauseWish.LIFT): PauseStage.LIFTED,
    (PauseStage.LIFTED, PauseWish.PAUSE): PauseStage.PAUSED,
}
"""What both reviewers together can bring about; whatever is not here is refused."""
NOT_PAUSED = Refusal("pause_none", "The restriction is not paused, so there is nothing to lift.")
PAUSED_ALREADY = Refusal("pause_already", "The restriction is paused already.")
LIFTED_ALREADY = Refusal(
    "pause_lifted", "The pause is lifted already. The restriction holds again once the person is told."
)
_REFUSALS: Mapping[tuple[PauseStage, PauseWish], Refusal] = {
    (PauseStage.NONE, PauseWish.LIFT): NOT_PAUSED,
    (PauseStage.PAUSED, PauseWish.PAUSE): PAUSED_ALREADY,
    (PauseStage.LIFTED, PauseWish.LIFT): LIFTED_ALREADY,
}


@dataclass(frozen=True, slots=True)
class PauseVote:
    """One reviewer's wish."""

    reviewer_id: str
    wish: PauseWish


def pause_move(stage: PauseStage, votes: Iterable[PauseVote], reviewers: frozenset[str]) -> PauseStage:
    """Where the pause stands after these wishes, in the order given; each reviewer's last counts, nobody else's.

    It moves only where both ask for the same and that is a move from `stage`; otherwise it stays.
    """
    last = {vote.reviewer_id: vote.wish for vote in votes if vote.reviewer_id in reviewers}
    wishes = set(last.values())
    if len(last) < REVIEWERS_NEEDED or len(last) < len(reviewers) or len(wishes) > 1:
        return stage
    return PAUSE_MOVES.get((stage, wishes.pop()), stage)


def pause_refusal(stage: PauseStage, wish: PauseWish, before: PauseWish | None = None) -> Refusal | None:
    """Why a reviewer can't ask for this now, or None. `before`: what they asked for last.

    Whoever asked for the opposite can take that back as long as the other one has not asked for it too.
    """
    refusal = _REFUSALS.get((stage, wish))
    return None if before is not None and before is not wish else refusal
