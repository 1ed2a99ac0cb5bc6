"""Where a letter to the person stands: computed from what was written, sent, corrected and came back (R30, R32)."""

from __future__ import annotations

from handlers.case_letters import CLOCK_KINDS
from handlers.casefile import CaseFile
from handlers.posting_words import has_failed, open_posting
from policy.answers import Refusal
from policy.letter_stages import LetterAct, LetterStage, letter_refusal
from storage.records import Notice


def letter_stage(file: CaseFile, notice: Notice | None) -> LetterStage:
    """The stage of one version of a letter; None: nothing is written."""
    if notice is None:
        return LetterStage.NONE
    if notice.state == "ready":
        waits = open_posting(file.desk, notice.id) is not None
        return LetterStage.ON_ITS_WAY if waits else LetterStage.WRITTEN
    put_right = any(one.notice_id == notice.id for one in file.corrections)
    if notice.state == "sent":
        if _overtaken(file, notice):
            return LetterStage.OVERTAKEN
        return LetterStage.CORRECTED if put_right else LetterStage.SENT
    left = bool(file.dispatches.get(notice.id)) or has_failed(file.desk, notice.id)
    last = [one for one in file.notices if same_letter(one) == same_letter(notice)][-1]
    if left and last.id == notice.id and not put_right:
        return LetterStage.RETURNED
    return LetterStage.REPLACED


def may(file: CaseFile, notice: Notice | None, act: LetterAct) -> Refusal | None:
    """Why this can't be done with the letter now, or None."""
    return letter_refusal(letter_stage(file, notice), act)


def same_letter(notice: Notice) -> tuple[str, str, str]:
    """What the versions of one letter have in common: its kind, what it is about, the decision it tells of."""
    return notice.kind, notice.about, notice.decision_id or ""


def _overtaken(file: CaseFile, notice: Notice) -> bool:
    """Whether a later notice of the same decision went: a corrected one (R32)."""
    if notice.kind not in CLOCK_KINDS:
        return False
    own = [n for n in file.notices if n.kind in CLOCK_KINDS and n.decision_id == notice.decision_id]
    return any(one.state == "sent" for one in own[own.index(notice) + 1 :])
