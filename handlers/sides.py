"""What stands beside a case's story: the person's records and markers, who takes no part; with their buttons."""

from __future__ import annotations

from handlers.casefile import CaseFile
from handlers.chat import Block, Button
from handlers.conflict_views import conflict_part
from handlers.marker_letters import marker_letter_buttons
from handlers.marker_views import marker_part
from handlers.person_views import people_part


def sides(file: CaseFile, reader: str) -> tuple[tuple[Block, ...], tuple[Button, ...]]:
    """The blocks and the buttons, as far as this reader may see and press them."""
    parts = (people_part(file, reader), marker_part(file, reader), conflict_part(file, reader))
    buttons = (*marker_letter_buttons(file, reader), *(b for _, buttons in parts for b in buttons))
    return tuple(b for blocks, _ in parts for b in blocks), buttons
