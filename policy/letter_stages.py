"""What may be done with a letter to the person in each of its states: one table, and the sentence of each refusal.

Writing it, recording that it went or came back, sending the same words another way (R30), correcting it (R32). Who may
do it is another question (`decisions.case_work_refusal`); a journey asks both.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from policy.answers import Refusal


class LetterStage(StrEnum):
    """Where one version of a letter stands; computed from what was written, sent and corrected."""

    NONE = "none"
    """Nothing is written."""
    WRITTEN = "written"
    """Written and not sent."""
    ON_ITS_WAY = "on_its_way"
    """With GOV.UK Notify, which has not said yet what became of it."""
    SENT = "sent"
    """A copy is out that has not come back, and what it says is right."""
    CORRECTED = "corrected"
    """The same, but what it says was put right, and the corrected notice has not gone."""
    OVERTAKEN = "overtaken"
    """The corrected notice went: that one is the present one."""
    RETURNED = "returned"
    """Every copy came back, and no other version was written."""
    REPLACED = "replaced"
    """Another version took its place, or it was put right after it came back."""


class LetterAct(StrEnum):
    """What a colleague can do with it."""

    WRITE = "write"
    RECORD_SENT = "record_sent"
    HAND_OVER = "hand_over"
    RECORD_RETURN = "record_return"
    SEND_ANOTHER_WAY = "send_another_way"
    CORRECT = "correct"


NOTHING = Refusal("letter_none", "This letter is not written yet. Write it first.")
NOT_SENT = Refusal("not_sent_yet", "This letter was not sent yet. Record first when it was sent.")
SENT_ALREADY = Refusal("notice_sent_already", "This notice was sent already. Open the case to see when.")
VOID = Refusal("notice_void", "This notice no longer counts. Open the case to see the present one.")
REPLACED = Refusal(
    "letter_replaced",
    "This letter was written again or put right since. Open the case to see the present one.",
)
PUT_RIGHT = Refusal(
    "letter_put_right", "This notice was put right since. Send the corrected notice and not this one again."
)
ON_ITS_WAY = Refusal(
    "notify_on_its_way",
    "This letter is with GOV.UK Notify. Wait for what becomes of it: the case says so, and you are told if it fails.",
)
UNSENT = Refusal(
    "correction_not_sent", "Only a notice that was sent can be corrected. Write this one again instead."
)
NOT_PRESENT = Refusal(
    "correction_old", "This is not the present notice any more. Open the case to see which is."
)

_S, _A = LetterStage, LetterAct
# Every stage and act; None is allowed.
REFUSALS: Mapping[LetterStage, Mapping[LetterAct, Refusal | None]] = {
    _S.NONE: {_A.WRITE: None, **{one: NOTHING for one in _A if one is not _A.WRITE}},
    _S.WRITTEN: {
        _A.WRITE: None,
        _A.RECORD_SENT: None,
        _A.HAND_OVER: None,
        _A.RECORD_RETURN: NOT_SENT,
        _A.SEND_ANOTHER_WAY: NOT_SENT,
        _A.CORRECT: UNSENT,
    },
    _S.ON_ITS_WAY: dict.fromkeys(_A, ON_ITS_WAY),
    _S.SENT: {
        _A.WRITE: SENT_ALREADY,
        _A.RECORD_SENT: SENT_ALREADY,
        _A.HAND_OVER: SENT_ALREADY,
        _A.RECORD_RETURN: None,
        _A.SEND_ANOTHER_WAY: None,
        _A.CORRECT: None,
    },
    _S.CORRECTED: {
        _A.WRITE: SENT_ALREADY,
        _A.RECORD_SENT: SENT_ALREADY,
        _A.HAND_OVER: SENT_ALREADY,
        _A.RECORD_RETURN: None,
        _A.SEND_ANOTHER_WAY: PUT_RIGHT,
        _A.CORRECT: None,
    },
    _S.OVERTAKEN: {
        _A.WRITE: SENT_ALREADY,
        _A.RECORD_SENT: SENT_ALREADY,
        _A.HAND_OVER: SENT_ALREADY,
        _A.RECORD_RETURN: None,
        _A.SEND_ANOTHER_WAY: PUT_RIGHT,
        _A.CORRECT: NOT_PRESENT,
    },
    _S.RETURNED: {
        _A.WRITE: None,
        _A.RECORD_SENT: VOID,
        _A.HAND_OVER: VOID,
        _A.RECORD_RETURN: VOID,
        _A.SEND_ANOTHER_WAY: None,
        _A.CORRECT: NOT_PRESENT,
    },
    _S.REPLACED: {
        _A.WRITE: None,
        _A.RECORD_SENT: VOID,
        _A.HAND_OVER: VOID,
        _A.RECORD_RETURN: VOID,
        _A.SEND_ANOTHER_WAY: REPLACED,
        _A.CORRECT: NOT_PRESENT,
    },
}


def letter_refusal(stage: LetterStage, act: LetterAct) -> Refusal | None:
    """Why this can't be done with a letter that stands there, or None (R30, R32)."""
    return REFUSALS[stage][act]
