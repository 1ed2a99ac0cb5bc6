"""What is shown of a committee's minute: on the case, on its own card, and the buttons (R17, R41).

Those who resolved it read the minute and no more of the case, until one of them confirms it and so answers for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from handlers.casefile import CaseFile, load
from handlers.chat import Block, Button, Callout, Card, Confirm, Facts, Text
from handlers.desk import Desk
from handlers.flags import flags
from handlers.makers import COMMITTEE
from handlers.reviewing import CONTINUATION
from policy.access import Part
from policy.answers import Refusal
from policy.calendars import say_day, say_moment
from policy.committee import MinuteState, Resolved, record_refusal, resolutions, settle_refusal
from policy.findings import FindingKind
from policy.seats import conflict
from storage.minuted import Minute

CARD, LOOK = "minute.card", "minute.look"
WAITS = "A committee’s minute is recorded. It has no effect until a second colleague confirms it."


def options_now(file: CaseFile) -> tuple[FindingKind | Resolved, ...]:
    """What a committee can resolve in this case at this moment."""
    proposal = None if file.over else file.open_proposal
    return resolutions(
        undecided=file.final_decision is None and not file.over,
        proposal=proposal is not None,
        continuation=proposal is not None and proposal.kind == CONTINUATION,
        flagged=any(not file.seats.of(one.signed.seat) for one in flags(file)),
    )


def waiting(file: CaseFile) -> Minute | None:
    """The minute that waits for a second colleague."""
    return next((one for one in file.minutes if one.state == MinuteState.WAITING), None)


def may_read(file: CaseFile, minute: Minute, reader: str) -> bool:
    """Whether this colleague reads a minute: who sees the case, or resolved it; never with a conflict."""
    if conflict(reader, file.parties) is not None or not file.desk.offices(reader):
        return False
    return Part.STORY in file.seen_by(reader) or reader in minute.present


def recording_refusal(file: CaseFile, me: str) -> Refusal | None:
    """Why this colleague may not record a minute at this moment, or None."""
    desk = file.desk
    return record_refusal(
        me,
        desk.register,
        file.parties,
        desk.today,
        file.seats,
        waits=waiting(file) is not None,
        anything=bool(options_now(file)),
    )


def settling_refusal(file: CaseFile, minute: Minute, me: str, *, confirm: bool) -> Refusal | None:
    """Why this colleague may not confirm a minute (or set it aside) at this moment, or None."""
    desk = file.desk
    return settle_refusal(
        me,
        minute.recorded_by,
        MinuteState(minute.state),
        desk.register,
        file.parties,
        desk.today,
        file.seats,
        confirm=confirm,
        involved={me} if may_read(file, minute, me) else (),
    )


def resolution_words(minute: Minute) -> str:
    """What was resolved, in words."""
    if minute.resolution in set(FindingKind):
        return FindingKind(minute.resolution).words
    return Resolved(minute.resolution).words


def minute_buttons(file: CaseFile, me: str) -> tuple[Button, ...]:
    """Recording, where no officer can act; reading one that waits."""
    if file.seats.officer or Part.STORY not in file.seen_by(me):
        return ()
    held = waiting(file)
    if held is not None:
        return (Button(LOOK, "Read the committee’s minute", held.id, style="primary"),)
    if recording_refusal(file, me) is not None:
        return ()
    label = "Record the committee’s minute"
    return (Button("minute.record", label, file.case.id, style="primary", opens="minute"),)


def minute_blocks(file: CaseFile) -> list[Block]:
    """Every minute of a case, for those who see it."""
    blocks: list[Block] = [Callout(WAITS, "warning")] if waiting(file) else []
    return [*blocks, *(Facts(_rows(file.desk, one)) for one in file.minutes)]


def minute_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """The posted card: the reference and what is awaited."""
    found = _found(desk, ids, reader)
    if found is None:
        return None
    minute, file = found
    words = WAITS if minute.state == MinuteState.WAITING else f"{MinuteState(minute.state).words}."
    opening = Button(LOOK, "Read the minute", minute.id, style="primary")
    return Card(file.case.reference, (Text(words),), (opening,))


def look_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """One minute whole, with what the reader may do; private."""
    found = _found(desk, ids, reader)
    if found is None or reader is None:
        return None
    minute, file = found
    buttons = []
    if settling_refusal(file, minute, reader, confirm=True) is None:
        words = f"What {COMMITTEE} resolved takes effect at once."
        sure = Confirm("Is this what was minuted?", words, "Confirm the minute")
        value = f"{minute.id}:{minute.version}"
        buttons.append(Button("minute.confirm", "Confirm the minute", value, style="primary", confirm=sure))
    if settling_refusal(file, minute, reader, confirm=False) is None:
        buttons.append(
            Button("minute.set_aside", "This is not what was minuted", minute.id, opens="minute_aside")
        )
    blocks: list[Block] = [Facts(_rows(desk, minute))]
    if minute.state == MinuteState.WAITING:
        blocks.append(Callout(WAITS, "warning"))
    return Card(f"Committee’s minute: {file.case.reference}", tuple(blocks), tuple(buttons))


def _found(desk: Desk, ids: Mapping[str, str], reader: str | None) -> tuple[Minute, CaseFile] | None:
    minute = desk.uow.minutes.get(ids["minute"])
    if minute is None or reader is None:
        return None
    file = load(desk, minute.case_id)
    return (minute, file) if may_read(file, minute, reader) else None


def _rows(desk: Desk, minute: Minute) -> tuple[tuple[str, str], ...]:
    words, name = minute.words, desk.name
    about = f" (version {minute.version})" if minute.version else ""
    rows = [
        ("Minute", minute.reference),
        ("Meeting", say_day(minute.met_on)),
        ("Present", ", ".join(map(name, minute.present))),
        ("Resolved", f"{resolution_words(minute)}{about}"),
        ("Looked at", words.get("circumstances", "")),
        ("Dealt with", words.get("dealt_with", "")),
        ("Burden", words.get("burden", "")),
        ("Reasons", words.get("reasons", "")),
        ("Recorded", f"by {name(minute.recorded_by)}, {say_moment(minute.recorded_at)}"),
    ]
    if minute.settled_at is not None:
        why = f": {minute.end_words}" if minute.end_words else ""
        state = MinuteState(minute.state).words
        rows.append((state, f"by {name(minute.settled_by)}, {say_moment(minute.settled_at)}{why}"))
    return tuple(row for row in rows if row[1])
