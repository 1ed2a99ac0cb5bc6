"""What lies beside a case, on its card: police, injuries, legal action, the newest messages (R8, R11, R14, R28)."""

from __future__ import annotations

from handlers.casefile import CaseFile
from handlers.chat import Block, Facts, Text
from handlers.injuries import LEGAL, hurt, in_accident_book, injury_of, owes
from handlers.messages import message_blocks
from handlers.tasks import RIDDOR, last_day
from policy.calendars import say_day, say_moment
from policy.safety import POLICE_ROUTE_WORDS, InjuryDuty, PoliceRoute
from storage.filed import Entry
from storage.records import PoliceRecord

NEWEST = 3
"""As many of the person's messages stand on the card of a case."""


def beside_blocks(file: CaseFile) -> list[Block]:
    """Everything beside the case that those who see it read."""
    return [*_police(file), *_injuries(file), *_legal(file), *_messages(file)]


def _police(file: CaseFile) -> list[Block]:
    part = file.police_part
    if part is None or part.route is None:
        return []
    rows = [("Police", POLICE_ROUTE_WORDS[PoliceRoute(part.route)])]
    outcome = file.police[-1].words.get("outcome", "")
    rows += _given(
        ("Force", part.force),
        ("Log number", part.log_number),
        ("Reason", part.reason_not),
        ("What came of it", outcome),
        ("Recorded", _by(file, file.police[-1])),
    )
    return [Facts(tuple(rows))]


def _injuries(file: CaseFile) -> list[Block]:
    """Each injury: what is known, what it still asks for (R11)."""
    blocks: list[Block] = []
    for incident in hurt(file):
        injury, owed = injury_of(file, incident), owes(file, incident)
        book = "in the book" if in_accident_book(file, incident) else ""
        work = f"back on {say_day(injury.back_on)}" if injury.back_on else ""
        if not work and injury.still_unable is not None:
            work = "still unable after seven days" if injury.still_unable else "back within seven days"
        report = next((one for one in file.tasks if one.kind == RIDDOR and one.about == incident.id), None)
        done = f"done on {say_moment(report.done_at)}" if report and report.done_at else ""
        rows = _given(
            ("Injury", f"A colleague was hurt on {say_day(incident.happened_on)}."),
            ("Accident book", "to be recorded" if InjuryDuty.RECORD in owed else book),
            ("Normal work", "still to be asked" if InjuryDuty.ASK in owed else work),
            (
                "Report to the HSE",
                done or (last_day(file.desk, report.due_on) if report and report.due_on else ""),
            ),
        )
        blocks.append(Facts(tuple(rows)))
    return blocks


def _legal(file: CaseFile) -> list[Block]:
    """What was recorded last of legal advice or action (R14)."""
    last = next((one for one in reversed(file.entries) if one.kind == LEGAL), None)
    if last is None:
        return []
    rows = _given(
        ("Legal advice", last.words.get("advice", "")),
        ("Authority", last.words.get("authority", "")),
        ("What came of it", last.words.get("outcome", "")),
        ("Recorded", _by(file, last)),
    )
    return [Facts(tuple(rows))]


def _by(file: CaseFile, one: Entry | PoliceRecord) -> str:
    return f"by {file.desk.name(one.recorded_by)}, {say_moment(one.recorded_at)}"


def _given(*rows: tuple[str, str]) -> list[tuple[str, str]]:
    return [row for row in rows if row[1]]


def _messages(file: CaseFile) -> list[Block]:
    """The newest messages; every one stands in the order of events."""
    blocks: list[Block] = []
    if len(file.messages) > NEWEST:
        blocks.append(Text(f"{len(file.messages)} messages are filed here. The newest {NEWEST}:"))
    for message in file.messages[-NEWEST:]:
        blocks += message_blocks(file, message)
    return blocks
