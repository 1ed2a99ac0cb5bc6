"""Teams' limits, all in one place: sizes in bytes of UTF-8, lengths in characters, counts."""

from __future__ import annotations

import json
from typing import Final

MESSAGE: Final = 28_000
"""A whole activity with its cards. Microsoft's pages say from 28 to 100 KB; the least of them holds everywhere."""
DIALOG: Final = 80_000
"""A card in a dialog: it is the answer to an invoke and is stored nowhere."""
ACTIONS: Final = 6
"""Buttons in a row: Teams drops those beyond the sixth."""
ROW: Final = 64
"""Letters of all buttons in a row; the rest stand in the next, because a narrow chat cuts what is longer."""
BUTTON: Final = 40
"""Beyond this a button may be cut on a telephone: its words also stand in its tooltip."""
PARAGRAPH: Final = 4000
FACT: Final = 100
"""Facts up to this stand beside their label; longer ones stand below it."""
FACTS: Final = 20
ROWS: Final = 25
COLUMNS: Final = 4
"""Wider tables can't be read in a chat: their rows become lines."""
EXPANDED: Final = 7
"""Up to this many answers are all shown; more become a list to choose from."""
TITLE: Final = 64


def weight(made: object) -> int:
    """How many bytes JSON takes on its way."""
    return len(json.dumps(made, ensure_ascii=False).encode("utf-8", "surrogatepass"))
