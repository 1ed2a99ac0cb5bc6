"""The actions of the message extension: beside the compose box, in the command box and on a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

REPORT, REPORT_MESSAGE = "report_incident", "report_message"
FILE_MESSAGE, OPEN_CASE = "file_message", "open_case"


@dataclass(frozen=True, slots=True)
class Action:
    """Where Teams shows it, what it is called, what it does."""

    contexts: tuple[str, ...]
    title: str
    does: str


ACTIONS: Final[Mapping[str, Action]] = {
    REPORT: Action(("compose", "commandBox"), "Report an incident", "Opens the report form"),
    REPORT_MESSAGE: Action(
        ("message",), "Report this message", "Opens the report form with this message in it"
    ),
    FILE_MESSAGE: Action(
        ("message",), "File it under a case", "Opens the form of the eight questions with this message in it"
    ),
    OPEN_CASE: Action(("message",), "Open this case", "Shows how the case on this card stands now"),
}
"""By command id."""
