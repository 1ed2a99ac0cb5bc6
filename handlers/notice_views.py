"""The cards of one letter to the person: its preview, and that it came back."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.case_letters import CLOCK_KINDS
from handlers.casefile import load
from handlers.chat import Button, Callout, Card, Facts, Text
from handlers.desk import Desk
from handlers.letter_buttons import service_button
from handlers.letter_kinds import KINDS
from handlers.letter_text import email_subject, plain
from handlers.letters import prepare_value
from handlers.posting_words import open_posting, standing_words
from policy.access import Part
from policy.calendars import say_day, say_until
from policy.notices import METHOD_WORDS, Method
from storage.records import Notice

STATES = {
    "ready": "Not sent yet. Send it yourself, then record when it went.",
    "sent": "Sent.",
    "void": "This version no longer counts.",
}


COPY = (
    "Not sent yet. Copy the words below into an email from the council’s own address, and attach the PDF. Then record "
    "when it went."
)


def preview_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """A letter exactly as it will be sent, or was; never posted."""
    notice = desk.uow.notices.get(ids["notice"])
    if notice is None:
        return None
    file = load(desk, notice.case_id)
    if reader is None or Part.NOTICE not in file.seen_by(reader):
        return None
    by_email = notice.method == Method.EMAIL
    rows = (
        ("How", METHOD_WORDS[Method(notice.method)]),
        ("To", notice.address),
        *((("Subject of the email", email_subject(notice.text)),) if by_email else ()),
        ("Leaves on", say_day(notice.expected_on)),
        *_printed(notice),
    )
    words = standing_words(desk, notice.id)
    service = service_button(desk, notice)
    said = COPY if by_email and notice.state == "ready" and not service else STATES[notice.state]
    send = Button("notice.send", "Record that it was sent", notice.id, style="primary", opens="notice_sent")
    again = Button("notice.prepare", "Write it again", prepare_value(notice), opens="notice")
    fetch = Button("notice.download", "Download the letter", notice.id)
    if notice.state != "ready" or open_posting(desk, notice.id):
        buttons: tuple[Button, ...] = (fetch,)
    else:
        buttons = (*service, fetch, send, again)
    parts = (Text(part) for part in plain(notice.text).split("\n\n") if part.strip())
    return Card(
        f"{KINDS[notice.kind].subject} for {file.case.reference}, version {notice.version}",
        (Callout(words if notice.state == "ready" and words else said), Facts(rows), *parts),
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


def stuck_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """That a letter stands still, for the officer; posted, so it carries the reference only."""
    posting = desk.uow.postings.get(ids["posting"])
    if posting is None or reader is None:
        return None
    file = load(desk, posting.case_id)
    notice = next((n for n in file.notices if n.id == posting.notice_id), None)
    if Part.NOTICE not in file.seen_by(reader) or notice is None or notice.state != "ready":
        return None
    if posting.status == "technical-failure":
        what = (
            "GOV.UK Notify had a technical failure with the letter of this case. It may have gone or not, so it is "
            "not sent again by itself. Look into Notify, then send it again or record that it went."
        )
    else:
        what = f"The letter of this case was not sent. {posting.last_error} Send it again, or another way."
    opening = Button("case.open", "Open this case", file.case.id)
    return Card(file.case.reference, (Callout(what, "warning"),), (opening,))


def _printed(notice: Notice) -> tuple[tuple[str, str], ...]:
    if notice.kind in CLOCK_KINDS:
        return (("Appeal date printed", say_until(notice.printed_close)),)
    if notice.printed_close == notice.expected_on:
        return ()
    return (("Last date printed", say_day(notice.printed_close)),)
