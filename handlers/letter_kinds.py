"""Every kind of letter to the person: one line a kind. Each journey supplies its own in its own module."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.appeal_letters import APPEAL_LETTERS
from handlers.correction_letters import CORRECTION
from handlers.decision_letters import DECISION
from handlers.letters import LetterKind
from handlers.marker_letters import MARKER_LETTERS
from handlers.review_letters import INVITATION, OUTCOME

KINDS: Mapping[str, LetterKind] = {
    "decision": DECISION,
    **APPEAL_LETTERS,
    "correction": CORRECTION,
    "invitation": INVITATION,
    "review": OUTCOME,
    **MARKER_LETTERS,
}
