"""The cards of a merge: the posted one with two references, the private one with both records (R41, R46)."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.casefile import CaseFile
from handlers.chat import Button, Card, Confirm, Facts, Text
from handlers.desk import Desk
from handlers.matches import compare, seen_case
from handlers.one_person import records_of
from handlers.person_views import undo_button
from policy.calendars import local_date, say_day
from storage.records import Person
from storage.records_people import Merge

CARD, LOOK = "merge.card", "merge.look"


def merge_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """The posted card: two references and no name (R41)."""
    merge = desk.uow.merges.get(ids["merge"])
    files = files_of(desk, merge, reader) if merge and reader else None
    if merge is None or files is None:
        return None
    both = " and ".join(sorted(one.case.reference for one in files))
    waits = (
        "A colleague says that these two cases are about one person. Another colleague looks at the reasons."
    )
    words = {
        "proposed": waits,
        "merged": "These two cases are about one person.",
        "undone": "The merge was undone.",
    }
    said = words.get(merge.state, "These two cases are about two people.")
    return Card(both, (Text(said),), (Button(LOOK, "Look at the reasons", merge.id),))


def look_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """Who the two records say it is, why they may be one, who said so, and what the reader may do; private."""
    merge = desk.uow.merges.get(ids["merge"])
    files = files_of(desk, merge, reader) if merge and reader else None
    if merge is None or files is None:
        return None
    suggestion = compare(desk, (record_of(desk, merge.kept_id),), (record_of(desk, merge.merged_id),))
    rows = [("Proposed", f"by {desk.name(merge.proposed_by)} on {say_day(local_date(merge.proposed_at))}")]
    if suggestion:
        rows.append(("In common", suggestion.sentence))
    if merge.evidence:
        rows.append(("What shows it", merge.evidence))
    if merge.settled_at is not None:
        word = "Rejected" if merge.state == "rejected" else "Confirmed"
        rows.append((word, f"by {desk.name(merge.settled_by)} on {say_day(local_date(merge.settled_at))}"))
    if merge.undone_at is not None:
        rows.append(("Undone", f"by {desk.name(merge.undone_by)} on {say_day(local_date(merge.undone_at))}"))
    state = {
        "proposed": "Is this one person?",
        "merged": "One person",
        "undone": "Two people: the merge was undone",
    }
    title = state.get(merge.state, "Two people")
    note = (Text("Another colleague must confirm it."),) if _mine(merge, reader) else ()
    buttons = _buttons(merge, reader, files)
    return Card(title, (*side_by_side(*files), Facts(tuple(rows)), *note), buttons)


def _mine(merge: Merge, reader: str | None) -> bool:
    return merge.state == "proposed" and merge.proposed_by == reader


def _buttons(merge: Merge, reader: str | None, files: tuple[CaseFile, CaseFile]) -> tuple[Button, ...]:
    if merge.state == "merged":
        return (undo_button(merge, files[1].case.reference),)
    if merge.state != "proposed":
        return ()
    sure = Confirm(
        "One person?",
        "From now on their cases, restrictions and markers are those of one person. It can be undone.",
        "One person",
    )
    yes = Button("merge.confirm", "One person: merge", merge.id, style="primary", confirm=sure)
    no = Button("merge.reject", "Take it back" if _mine(merge, reader) else "Two people: reject", merge.id)
    return (no,) if _mine(merge, reader) else (yes, no)


def side_by_side(one: CaseFile, other: CaseFile) -> tuple[Facts, Facts]:
    """What the two records say of the person."""
    return _side(one), _side(other)


def _side(file: CaseFile) -> Facts:
    own = file.records[0]
    rows = (
        ("Case", file.case.reference),
        ("Person", own.name or "Not known"),
        ("Contact", own.contact),
        ("Description", own.description),
    )
    return Facts(tuple(row for row in rows if row[1]))


def record_of(desk: Desk, record_id: str) -> Person:
    """One record by itself."""
    return records_of(desk.uow, record_id)[0]


def files_of(desk: Desk, merge: Merge, reader: str) -> tuple[CaseFile, CaseFile] | None:
    """A case of each side, if the reader may see who the person is in both (R17, R41)."""
    kept, merged = (seen_case(desk, one, reader) for one in (merge.kept_id, merge.merged_id))
    return (kept, merged) if kept is not None and merged is not None else None
