"""A report's notes as they are read beside it, and the button that adds one (R12)."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.casefile import CaseFile, load
from handlers.chat import Block, Button, Card, Facts, Text
from handlers.desk import Desk
from policy.access import Part
from policy.calendars import say_day, say_moment
from policy.cases import note_refusal

ADDED = "note.added"


def note_blocks(file: CaseFile, incident_id: str) -> list[Block]:
    """The notes to one report, the first written first."""
    blocks: list[Block] = []
    for note in file.desk.uow.notes.of_case(file.case.id):
        if note.incident_id == incident_id:
            blocks += [Facts((("Note added", say_moment(note.at)),)), Text(note.words)]
    return blocks


def note_buttons(file: CaseFile, me: str) -> tuple[Button, ...]:
    """Once a report can't be withdrawn any more, whoever made it can add to it."""
    if not file.findings and not file.decisions and not file.over:
        return ()
    mine = [one for one in file.incidents if note_refusal(me, one.reporter_id) is None]
    several = len(mine) > 1
    return tuple(
        Button(
            "note.add",
            f"Add a note to my report of {say_day(one.happened_on)}"
            if several
            else "Add a note to my report",
            one.id,
            opens="note",
        )
        for one in mine
    )


def added_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """The posted card: that there is a note, and no word of it (R41)."""
    file = load(desk, ids["case"])
    if reader is None or Part.STORY not in file.seen_by(reader):
        return None
    words = "The colleague who reported has added a note."
    return Card(file.case.reference, (Text(words),), (Button("case.open", "Open this case", file.case.id),))
