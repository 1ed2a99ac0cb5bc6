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
