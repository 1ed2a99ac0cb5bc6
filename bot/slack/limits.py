"""Slack's limits, all in one place: counts of blocks and elements, lengths in characters."""

from __future__ import annotations

from typing import Final

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
MESSAGE_TEXT: Final = 40_000
TITLE: Final = 24
HEADER: Final = 150
PARAGRAPH: Final = 3000
BUTTONS: Final = 25
BUTTON: Final = 75
OPTION: Final = 75
OPTION_VALUE: Final = 150
TICKS: Final = 10
SELECT: Final = 100
LABEL: Final = 2000
TYPED: Final = 3000
METADATA: Final = 3000
CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30


def shortened(words: str, limit: int) -> str:
    """The words, or their beginning and an ellipsis. Only for places whose full words stand elsewhere."""
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def pieces(words: str, limit: int = PARAGRAPH) -> list[str]:
    """The words in as many pieces as they need, cut at a line or a blank where there is one; nothing is lost."""
    found = []
    while len(words) > limit:
        cut = max(words.rfind("\n", 1, limit), words.rfind(" ", 1, limit)) + 1 or limit
        found.append(words[:cut])
        words = words[cut:]
    return [*found, words] if words else found
