"""Every stage of a letter and everything that can be done with it: what is allowed, and each refusal's sentence."""

from __future__ import annotations

import pytest

from policy.letter_stages import REFUSALS, LetterAct, LetterStage, letter_refusal

NONE = "This letter is not written yet. Write it first."
NOT_SENT = "This letter was not sent yet. Record first when it was sent."
SENT = "This notice was sent already. Open the case to see when."
VOID = "This notice no longer counts. Open the case to see the present one."
AGAIN = "This letter was written again or put right since. Open the case to see the present one."
RIGHT = "This notice was put right since. Send the corrected notice and not this one again."
WAIT = "This letter is with GOV.UK Notify. Wait for what becomes of it: the case says so, and you are told if it fails."
UNSENT = "Only a notice that was sent can be corrected. Write this one again instead."
OLD = "This is not the present notice any more. Open the case to see which is."

#                 write  sent  hand over  return  another way  correct
TABLE = {
    "none":       (None, NONE, NONE,      NONE,     NONE,      NONE),
    "written":    (None, None, None,      NOT_SENT, NOT_SENT,  UNSENT),
    "on_its_way": (WAIT, WAIT, WAIT,      WAIT,     WAIT,      WAIT),
    "sent":       (SENT, SENT, SENT,      None,     None,      None),
    "corrected":  (SENT, SENT, SENT,      None,     RIGHT,     None),
    "overtaken":  (SENT, SENT, SENT,      None,     RIGHT,     OLD),
    "returned":   (None, VOID, VOID,      VOID,     None,      OLD),
    "replaced":   (None, VOID, VOID,      VOID,     AGAIN,     OLD),
}  # fmt: skip
ROWS = [
    (LetterStage(stage), act, sentence)
    for stage, row in TABLE.items()
    for act, sentence in zip(LetterAct, row, strict=True)
]


@pytest.mark.parametrize(("stage", "act", "sentence"), ROWS)
def test_letter_should_allow_exactly_what_the_table_says(
    stage: LetterStage, act: LetterAct, sentence: str | None
) -> None:
    refusal = letter_refusal(stage, act)
    assert (refusal.sentence if refusal else None) == sentence


def test_the_table_should_have_every_stage_and_act() -> None:
    assert set(TABLE) == set(LetterStage) == set(REFUSALS)
    assert all(set(row) == set(LetterAct) for row in REFUSALS.values())


def test_a_code_should_stand_for_one_sentence() -> None:
    found = {one.code: one.sentence for row in REFUSALS.values() for one in row.values() if one}
    assert len(found) == len(set(found.values()))
