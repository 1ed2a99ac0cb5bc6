"""What lies beside a case, on its card: the police part, and the person's newest messages (R8, R28)."""

from __future__ import annotations

from handlers.casefile import CaseFile
from handlers.chat import Block, Facts, Text
from handlers.messages import message_blocks
from policy.safety import POLICE_ROUTE_WORDS, PoliceRoute

NEWEST = 3
"""As many of the person's messages stand on the card of a case."""


def beside_blocks(file: CaseFile) -> list[Block]:
    """Everything beside the case that those who see it read."""
    return [*_police(file), *_messages(file)]


def _police(file: CaseFile) -> list[Block]:
    part = file.police_part
    if part is None or part.route is None:
        return []
    rows = [("Police", POLICE_ROUTE_WORDS[PoliceRoute(part.route)])]
    rows += [
        (label, value)
        for label, value in (
            ("Force", part.force),
            ("Log number", part.log_number),
            ("Reason", part.reason_not),
        )
        if value
    ]
    return [Facts(tuple(rows))]


def _messages(file: CaseFile) -> list[Block]:
    """The newest messages; every one stands in the order of events."""
    blocks: list[Block] = []
    if len(file.messages) > NEWEST:
        blocks.append(Text(f"{len(file.messages)} messages are filed here. The newest {NEWEST}:"))
    for message in file.messages[-NEWEST:]:
        blocks += message_blocks(file, message)
    return blocks
