"""What is shown of conflicts: who takes no part, which decision needs a fresh signature, and who is told (R17, R41)."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.casefile import CaseFile, load
from handlers.chat import Block, Button, Callout, Card, Confirm, Facts, Text
from handlers.desk import Desk
from handlers.flags import Flag, flags, fresh_seat
from policy.access import Part
from policy.calendars import local_date, say_day, say_moment
from policy.conflicts import ConflictReason, FreshAnswer
from policy.decisions import Asked, case_work_refusal
from policy.offices import Office, name_offices, title
from policy.seats import conflict, who_may_act

FLAG, TOLD = "conflict.flag", "conflict.told"


def flag_blocks(file: CaseFile) -> list[Block]:
    """The flag on a case's card: by office, without a name (R41)."""
    return [Callout(_flag_words(file, one), "warning") for one in flags(file)]


def conflict_part(file: CaseFile, reader: str) -> tuple[tuple[Block, ...], tuple[Button, ...]]:
    """Who takes no part and why, what was signed afresh; recording, lifting and signing afresh."""
    if Part.STORY not in file.seen_by(reader):
        return (), ()
    name, desk = file.desk.name, file.desk
    rows = []
    for one in file.conflicts:
        words = f". {one.words}" if one.words else ""
        said = f"{name(one.colleague_id)}: {ConflictReason(one.reason).words.lower()}{words}"
        lifted = f"; lifted by {name(one.lifted_by)}" if one.lifted_at else ""
        at = say_day(local_date(one.recorded_at))
        rows.append(("Takes no part", f"{said} (recorded by {name(one.recorded_by)} on {at}{lifted})"))
    for fresh in file.fresh:
        who = f"{name(fresh.colleague_id)}, {title(Office(fresh.office))}, {say_moment(fresh.at)}"
        why = f": {fresh.words}" if fresh.words else ""
        rows.append(("Signed afresh", f"{FreshAnswer(fresh.answer).words} ({who}){why}"))
    blocks: tuple[Block, ...] = (Facts(tuple(rows)),) if rows else ()
    work = case_work_refusal(reader, desk.register, file.parties, desk.today) is None
    buttons = _fresh_buttons(file, reader)
    if file.case.withdrawn_at is None:
        label = "Record a conflict of interest" if work else "I have a conflict of interest"
        buttons.append(Button("conflict.record", label, file.case.id, opens="conflict"))
    for one in file.conflicts if work else ():
        if one.lifted_at is None:
            words = "They may sign again and see the case, as their office allows."
            sure = Confirm("Was it a mistake?", words, "It was a mistake")
            label = f"{name(one.colleague_id)} has no conflict"
            buttons.append(Button("conflict.lift", label, f"{file.case.id}:{one.id}", confirm=sure))
    return blocks, tuple(buttons)


def flag_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """The posted card: the reference, that a signature must be given afresh, and by whom."""
    file = load(desk, ids["case"])
    if reader is None or Part.STORY not in file.seen_by(reader):
        return None
    words: list[Block] = flag_blocks(file) or [Text("Nothing is to be signed afresh any more.")]
    opening = Button("case.open", "Open this case", file.case.id)
    return Card(file.case.reference, tuple(words), (opening, *_fresh_buttons(file, reader)))


def told_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """What a colleague is told who takes no part from now on; nothing where they must not know of the case."""
    file = load(desk, ids["case"])
    why = conflict(reader, file.parties) if reader else None
    if why is None or reader == file.parties.person:
        return None
    words = f"{why.sentence} If this is a mistake, tell whoever works on the case: they can put it right."
    return Card(file.case.reference, (Text(words),))


def tell_flags(file: CaseFile) -> None:
    """Tell the officer in charge, and whoever may sign afresh, once a signature."""
    for one in flags(file):
        key = f"{FLAG}:{one.decision.id}:{one.signed.seat.value}:{one.signed.colleague_id}"
        acting = {a.colleague_id for a in (*file.seats.officer, *file.seats.of(one.signed.seat))}
        for colleague_id in sorted(acting):
            file.desk.tell(colleague_id, FLAG, {"case": file.case.id}, card_key=card_key(file), once=key)


def card_key(file: CaseFile) -> str:
    """The card that follows the flags of a case for one colleague."""
    return f"{FLAG}:{file.case.id}"


def _fresh_buttons(file: CaseFile, me: str) -> list[Button]:
    found = flags(file)
    if not found or not isinstance(fresh_seat(file, found[0].decision.id, me), Asked):
        return []
    return [
        Button(
            "decision.afresh",
            "Sign the decision afresh",
            found[0].decision.id,
            style="primary",
            opens="afresh",
        )
    ]


def _flag_words(file: CaseFile, flag: Flag) -> str:
    office = name_offices((flag.signed.office,))
    return (
        f"{office[0].upper()}{office[1:]} signed the decision and takes no part in this case, as is known now. "
        f"It needs a fresh signature. {who_may_act(file.seats, (flag.signed.seat,))} "
        "The decision keeps its effect until then."
    )
