"""Whether a case can be closed now: its card, the digest and the button all ask here (R8, R13)."""

from __future__ import annotations

from dataclasses import replace

from handlers.appeal_letters import APPEAL_LETTERS, REMADE, remade
from handlers.casefile import CaseFile
from handlers.corrections import LETTER, unsent
from handlers.reviewing import INVITATION, OUTCOME, ending_untold, standings
from policy.answers import Refusal
from policy.cases import close_refusal

COUNTED = frozenset({*APPEAL_LETTERS, LETTER, INVITATION, OUTCOME})
"""The letters besides the notice that must not be left behind."""
BY_REVIEW = frozenset({"review_waiting", "letter_owed"})
"""Refusals that say no more than what is said of a review beside them."""


def closing(file: CaseFile) -> Refusal | None:
    """Why the case can't be closed now, or None. An interim restriction is no end of it (R13, R16)."""
    facts = replace(
        file.progress,
        decided=file.final_decision is not None,
        review_waiting=any(one.waits for one in standings(file)),
        letter_owed=_letter_owed(file),
    )
    return close_refusal(facts, file.case.urgent, file.police_part)


def _letter_owed(file: CaseFile) -> bool:
    """Whether one was written and did not go, or should be written: a restriction ended, a decision made again."""
    if ending_untold(file) or any(one.state == "ready" and one.kind in COUNTED for one in file.notices):
        return True
    if any(unsent(file, one.id) for one in file.corrections):
        return True
    again = (one for one in file.appeals if remade(file, one) is not None)
    return any(not _went(file, one.record.id) for one in again)


def _went(file: CaseFile, appeal_id: str) -> bool:
    letter = file.letter_about(REMADE, appeal_id)
    return letter is not None and letter.state == "sent"
