"""Telling the person of a safety marker: what a colleague is asked to do, and whether it was done (R43)."""

from __future__ import annotations

from handlers.casefile import CaseFile
from policy.calendars import say_day
from storage.records_people import Marker

MARKER, MARKER_END = "marker", "marker_end"
"""The kinds of letter."""
TELL_OF_MARKER, TELL_OF_MARKER_END = "marker_tell", "marker_end_tell"
"""The kinds of task."""

MARKER_ENDED = (
    "A safety marker has ended, and the person was told of it when it began. Please tell them that it has ended:",
    "open the case and press “Write that the marker has ended”. The letter is written for you.",
)


def tell_words(file: CaseFile, marker_id: str) -> tuple[str, ...]:
    """The task of telling the person: which letter to write (R43)."""
    marker = file.desk.uow.markers.get(marker_id)
    until = f" It ends by {say_day(marker.expires_on)}." if marker else ""
    return (
        "A safety marker was signed, and the person is to be told. Please write to them:",
        f"open the case and press “Write the letter about the marker”. The letter is written for you.{until}",
        "If you tell them in another way, press “Done” once you have.",
    )


def told(file: CaseFile, marker: Marker) -> bool:
    """Whether the person was told of a marker: by a letter that went, or as a colleague recorded by hand."""
    letter = file.letter_about(MARKER, marker.id)
    by_hand = any(
        one.kind == TELL_OF_MARKER and one.about == marker.id and one.done_at is not None
        for one in file.tasks
    )
    return by_hand or (letter is not None and letter.state == "sent")


def told_words(file: CaseFile, marker: Marker) -> str:
    """Whether the person is told, in words; where not, why (R43)."""
    if not marker.tell_person:
        return f"No: {marker.words.get('not_told_reason', '')}"
    letter = file.letter_about(MARKER, marker.id)
    day = file.letter_told_on(letter) if letter else None
    if day is not None:
        return f"Yes, by a letter that counts as received on {say_day(day.value)}"
    return "Yes" if told(file, marker) else "Yes, still to be done"
