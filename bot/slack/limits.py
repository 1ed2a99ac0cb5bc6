"""Slack's limits, all in one place: counts of blocks and elements, lengths in characters."""

from __future__ import annotations

import unicodedata
from typing import Final

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
MESSAGE_TEXT: Final = 40_000
TITLE: Final = 24
HEADER: Final = 150
PARAGRAPH: Final = 3000
BUTTONS: Final = 25
BUTTON: Final = 75
BUTTON_VALUE: Final = 2000
OPTION: Final = 75
OPTION_VALUE: Final = 150
TICKS: Final = 10
SELECT: Final = 100
LABEL: Final = 2000
ID: Final = 255
TYPED: Final = 3000
METADATA: Final = 3000
CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30

POSTED: Final = 12_000
"""All blocks of a posted message together, as JSON. Slack documents no number and refuses from about 13,200
(`msg_blocks_too_long`); answers to a command are not counted."""
BLOCK_COSTS: Final = 125
"""What Slack was seen to count for a block besides its own JSON."""
VIEW_BYTES: Final = 240_000
"""A whole view as JSON; Slack refuses over 250 kB (`view_too_large`)."""

_JOINERS: Final = frozenset("\u200d\ufe0e\ufe0f")


def shortened(words: str, limit: int) -> str:
    """The words, or their beginning and an ellipsis. Only for places whose full words stand elsewhere."""
    return words if len(words) <= limit else words[: _cut(words, limit - 1)].rstrip() + "…"


def pieces(words: str, limit: int = PARAGRAPH) -> list[str]:
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
