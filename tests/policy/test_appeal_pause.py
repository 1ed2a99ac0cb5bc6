"""A pause and its lifting: every stage and wish, what both reviewers bring about, and each refusal's sentence (R36)."""

from __future__ import annotations

import pytest

from policy.appeal_pause import PauseStage, PauseVote, PauseWish, pause_move, pause_refusal

MAYOR, OTHER = "mayor", "other"
BOTH = frozenset({MAYOR, OTHER})
P, L = PauseWish.PAUSE, PauseWish.LIFT
NONE = "The restriction is not paused, so there is nothing to lift."
PAUSED = "The restriction is paused already."
LIFTED = "The pause is lifted already. The restriction holds again once the person is told."
#          both ask for a pause  both ask to lift it
TABLE = {
    "none":   ("paused", None,   "none",   NONE),
    "paused": ("paused", PAUSED, "lifted", None),
    "lifted": ("paused", None,   "lifted", LIFTED),
}  # fmt: skip


@pytest.mark.parametrize("stage", list(PauseStage))
def test_pause_should_move_exactly_as_the_table_says(stage: PauseStage) -> None:
    paused, no_pause, lifted, no_lift = TABLE[stage]
    for wish, following, sentence in ((P, paused, no_pause), (L, lifted, no_lift)):
        assert pause_move(stage, (PauseVote(MAYOR, wish), PauseVote(OTHER, wish)), BOTH) == following
        refusal = pause_refusal(stage, wish)
        assert (refusal.sentence if refusal else None) == sentence
        opposite = L if wish is P else P
        assert pause_refusal(stage, wish, opposite) is None  # one can always take back what one asked for


@pytest.mark.parametrize(
    ("votes", "moved"),
    [
        ([], False),
        ([(MAYOR, L)], False),
        ([(MAYOR, L), (MAYOR, L)], False),
        ([(MAYOR, L), ("stranger", L)], False),
        ([(MAYOR, L), (OTHER, P)], False),
        ([(MAYOR, L), (OTHER, L)], True),
        ([(MAYOR, L), (MAYOR, P), (OTHER, L)], False),
        ([(MAYOR, P), (OTHER, L), (MAYOR, L)], True),
    ],
)
def test_pause_should_be_lifted_by_the_last_wish_of_both_reviewers_only(
    votes: list[tuple[str, PauseWish]], moved: bool
) -> None:
    given = [PauseVote(who, wish) for who, wish in votes]
    assert (pause_move(PauseStage.PAUSED, given, BOTH) is PauseStage.LIFTED) is moved
