"""Safety markers as they are shown: in the look-up, on the case, on their own card, in reminders (R27, R41, R43)."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.casefile import CaseFile, load
from handlers.chat import Block, Button, Callout, Card, Confirm, Facts, Text
from handlers.desk import Desk
from handlers.marker_words import told_words
from policy.access import Part
from policy.calendars import local_date, say_day, say_moment, say_until
from policy.cases import councillor_lock
from policy.decisions import Asked, case_work_refusal, seat_for
from policy.markers import Risk, approvals_missing, shows
from policy.offices import Office, title
from storage.records import Person
from storage.records_people import Marker

CARD, LOOK = "marker.card", "marker.look"


def markers_now(desk: Desk, person: Person) -> tuple[Marker, ...]:
    """The markers shown about a person at this moment, in all their records, computed from approvals and dates."""
    every = (m for one in desk.uow.merges.group(person.id) for m in desk.uow.markers.of_person(one))
    return tuple(one for one in every if state(desk, one) is None)


def state(desk: Desk, marker: Marker) -> str | None:
    """Why a marker is not shown now, as a sentence; None while it is."""
    refusal = shows(marker.approved_by, marker.expires_on, desk.now, marker.ended_at)
    return refusal.sentence if refusal else None


def safety_block(marker: Marker) -> Callout:
    """What a colleague needs to be safe, without the story: the risk, what to do, until when (R27)."""
    advice = marker.words.get("advice", "")
    until = say_until(marker.expires_on)
    return Callout(
        f"Safety marker: {Risk(marker.risk).words}. {advice} It is shown until {until}.", "warning"
    )


def marker_part(file: CaseFile, reader: str) -> tuple[tuple[Block, ...], tuple[Button, ...]]:
    """The person's markers with their history, and what the reader may do, for those who may read the case."""
    if Part.STORY not in file.seen_by(reader):
        return (), ()
    desk = file.desk
    markers = [m for one in file.records for m in desk.uow.markers.of_person(one.id)]
    blocks: list[Block] = []
    buttons: list[Button] = []
    for marker in markers:
        blocks += _whole(file, marker)
        if marker.case_id == file.case.id:  # one of another case is signed and ended there
            buttons += marker_buttons(file, marker, reader)
        if state(desk, marker) is None and file.person.colleague_id is not None:
            sentence = (
                "The person is a councillor of this council. Take advice, and end the marker if it must go."
            )
            blocks.append(Callout(sentence, "warning"))
    work = case_work_refusal(reader, desk.register, file.parties, desk.today) is None
    if work and file.restriction_lock is None and file.case.withdrawn_at is None:
        buttons.append(Button("marker.propose", "Propose a safety marker", file.case.id, opens="marker"))
    return tuple(blocks), tuple(buttons)


def marker_buttons(file: CaseFile, marker: Marker, me: str) -> list[Button]:
    """Signing and ending, as far as this colleague may now."""
    desk = file.desk
    buttons = []
    work = case_work_refusal(me, desk.register, file.parties, desk.today) is None
    if marker.ended_at is not None or desk.today > marker.expires_on:
        return []
    waits = bool(approvals_missing(marker.approved_by))
    seat = seat_for(me, desk.register, file.parties, desk.today, file.overdue, desk.settings)
    if waits and isinstance(seat, Asked) and me not in marker.approved_by and not _locked(file):
        sure = Confirm("Sign this marker?", "Colleagues who look the person up will see it.", "Sign")
        buttons.append(Button("marker.approve", "Sign the marker", marker.id, style="primary", confirm=sure))
    if work or isinstance(seat, Asked):
        label = "Reject the marker" if waits else "End the marker"
        buttons.append(Button("marker.end", label, marker.id, style="danger", opens="marker_end"))
    return buttons


def marker_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """The posted card: the reference and what is awaited, no name and no risk (R41)."""
    found = _found(desk, ids, reader)
    if found is None:
        return None
    marker, file = found
    opening = Button(LOOK, "Read the marker", marker.id, style="primary")
    words = state(desk, marker) or f"A safety marker is shown until {say_until(marker.expires_on)}."
    return Card(file.case.reference, (Text(words),), (opening,))


def look_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """A marker whole, with its history and buttons; private."""
    found = _found(desk, ids, reader)
    if found is None or reader is None:
        return None
    marker, file = found
    return Card(
        f"Safety marker: {file.case.reference}",
        (Facts((("Person", file.person.name),)), *_whole(file, marker)),
        tuple(marker_buttons(file, marker, reader)),
    )


def ending_sentence(file: CaseFile, ids: Mapping[str, str]) -> str:
    """The reminder before a marker's last day; "" when it is not shown any more."""
    marker = file.desk.uow.markers.get(ids["marker"])
    if marker is None or state(file.desk, marker) is not None:
        return ""
    return (
        f"The safety marker ends by itself at {say_until(marker.expires_on)}. If the risk is still there, propose a "
        "new one with what happened since."
    )


def ended_sentence(file: CaseFile, ids: Mapping[str, str]) -> str:
    """The reminder after a marker's last day; "" when it was ended before."""
    marker = file.desk.uow.markers.get(ids["marker"])
    if marker is None or marker.ended_at is not None or file.desk.today <= marker.expires_on:
        return ""
    return f"The safety marker ended at {say_until(marker.expires_on)} and is no longer shown."


def _found(desk: Desk, ids: Mapping[str, str], reader: str | None) -> tuple[Marker, CaseFile] | None:
    marker = desk.uow.markers.get(ids["marker"])
    if marker is None or reader is None:
        return None
    file = load(desk, marker.case_id)
    return (marker, file) if Part.STORY in file.seen_by(reader) else None


def _locked(file: CaseFile) -> bool:
    """Whether the person is a councillor, so that nothing more is signed (R10)."""
    return councillor_lock(file.person.colleague_id is not None) is not None


def _whole(file: CaseFile, marker: Marker) -> tuple[Block, ...]:
    desk = file.desk
    words, name = marker.words, desk.name
    rows = [
        ("Safety marker", Risk(marker.risk).words),
        ("What happened", words.get("fact", "")),
        ("What to do", words.get("advice", "")),
        ("Shown until", say_until(marker.expires_on)),
        ("Is the person told?", told_words(file, marker)),
        ("Proposed", f"by {name(marker.proposed_by)}, {say_moment(marker.proposed_at)}"),
    ]
    rows += [
        ("Signed", f"by {name(one.colleague_id)}, {title(Office(one.office))}, {say_moment(one.at)}")
        for one in marker.approvals
    ]
    if marker.ended_at is not None:
        why = f": {marker.end_words}" if marker.end_words else ""
        rows.append(("Ended", f"by {name(marker.ended_by)}, {say_day(local_date(marker.ended_at))}{why}"))
    now = state(desk, marker)
    blocks: list[Block] = [Facts(tuple(row for row in rows if row[1]))]
    return (*blocks, Callout(now)) if now else tuple(blocks)
