"""Words in pieces, and the words every door says the same: nothing typed is lost where a platform has a limit."""

from __future__ import annotations

import unicodedata
from typing import Final

TONES: Final = {"info": "Note", "success": "Done", "warning": "Please note", "urgent": "Urgent"}
"""What a callout is, in words: never by colour alone."""
NONE: Final = "form.none"
"""The answer that is no answer: a chosen radio button can't be un-chosen. No field's own answer has this value."""
NO_ANSWER: Final = "No answer"
NOTHING: Final = "There is nothing to choose from yet."
PROBLEM: Final = "There is a problem"

_JOINERS: Final = frozenset("\u200d\ufe0e\ufe0f")


def shortened(words: str, limit: int) -> str:
    """The words, or their beginning and an ellipsis. Only for places whose full words stand elsewhere."""
    return words if len(words) <= limit else words[: _cut(words, limit - 1)].rstrip() + "…"


def pieces(words: str, limit: int) -> list[str]:
    """The words in as many pieces as they need, cut at a line or a blank where there is one; nothing is lost."""
    found = []
    while len(words) > limit:
        cut = max(words.rfind("\n", 1, limit), words.rfind(" ", 1, limit)) + 1 or _cut(words, limit)
        found.append(words[:cut])
        words = words[cut:]
    return [*found, words] if words else found


def _cut(words: str, limit: int) -> int:
    """Where to cut so that no sign falls in two: not before an accent, nor inside an emoji made of several."""
    for at in range(limit, max(0, limit - 20), -1):
        if not (
            _joins(words[at]) or words[at - 1] == "\u200d" or (_flag(words[at - 1]) and _flag(words[at]))
        ):
            return at
    return limit


def _joins(sign: str) -> bool:
    return sign in _JOINERS or unicodedata.combining(sign) > 0 or "\U0001f3fb" <= sign <= "\U0001f3ff"


def _flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"
