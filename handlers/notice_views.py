"""The cards of one letter to the person: its preview, and that it came back."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.case_letters import CLOCK_KINDS
from handlers.casefile import load
from handlers.chat import Button, Callout, Card, Facts, Text
from handlers.desk import Desk
from handlers.letter_kinds import KINDS
from handlers.letter_text import plain
from handlers.letters import prepare_value
from policy.access import Part
from policy.calendars import say_day, say_until
from policy.notices import METHOD_WORDS, Method
from storage.records import Notice

STATES = {
    "ready": "Not sent yet. Send it yourself, then record when it went.",
    "sent": "Sent.",
    "void": "This version no longer counts.",
}


def preview_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """A letter exactly as it will be sent, or was; never posted."""
    notice = desk.uow.notices.get(ids["notice"])
    if notice is None:
        return None
    file = load(desk, notice.case_id)
    if reader is None or Part.NOTICE not in file.seen_by(reader):
        return None
    rows = (
        ("How", METHOD_WORDS[Method(notice.method)]),
        ("To", notice.address),
        ("Leaves on", say_day(notice.expected_on)),
        *_printed(notice),
    )
    send = Button("notice.send", "Record that it was sent", notice.id, style="primary", opens="notice_sent")
    again = Button("notice.prepare", "Write it again", prepare_value(notice), opens="notice")
    fetch = Button("notice.download", "Download the letter", notice.id)
    buttons = (fetch, send, again) if notice.state == "ready" else (fetch,)
    parts = (Text(part) for part in plain(notice.text).split("\n\n") if part.strip())
    return Card(
        f"{KINDS[notice.kind].subject} for {file.case.reference}, version {notice.version}",
        (Callout(STATES[notice.state]), Facts(rows), *parts),
        buttons,
    )


def bounced_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """What the officer must know of a letter that came back; posted, so it carries the reference only."""
    file = load(desk, ids["case"])
    if reader is None or Part.NOTICE not in file.seen_by(reader):
        return None
    notice = next((n for n in file.notices if n.id == ids.get("notice")), None)
    if notice is None or notice.kind in CLOCK_KINDS:
        what = "The notice came back, so the person is not notified and nothing is in force."
    else:
        what = "A letter came back, so the person does not know what it says."
    opening = Button("case.open", "Open this case", file.case.id)
    return Card(file.case.reference, (Callout(f"{what} Find another way.", "warning"),), (opening,))


def _printed(notice: Notice) -> tuple[tuple[str, str], ...]:
    if notice.kind in CLOCK_KINDS:
        return (("Appeal date printed", say_until(notice.printed_close)),)
    if notice.printed_close == notice.expected_on:
        return ()
    return (("Last date printed", say_day(notice.printed_close)),)
