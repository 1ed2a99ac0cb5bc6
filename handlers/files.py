"""Files that colleagues fetch: by a link that works once and briefly, asked for by a press (R41, R18).

Where no browser reaches this program, Slack is given the file for as long (`handlers/uploads.py`).

Whether they may have it is asked when they press and again when the file is fetched; both are written down. The
link stands only in the answer to the press, so no message that stays carries it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from handlers.calendar_file import CALENDAR, NO_DATES, entries, serve_calendar
from handlers.casefile import load
from handlers.chat import Button, Card, Reply, Response, Text
from handlers.desk import Desk, Refused, Turn
from handlers.files_served import NOT_YOURS, Served
from policy.access import Part
from policy.answers import Refusal
from storage.records import Notice
from storage.records_files import Document

PLACE = "/files/"
_TOKEN = re.compile(r"[\w-]+\.[\w-]+", re.ASCII)
SEND = "file.send"
MADE = "made"
LETTER = "letter"
GONE = Refusal(
    "link_gone", "This link no longer works. Each works once and for a few minutes: press the button again."
)
NO_ADDRESS = Refusal(
    "no_public_address",
    "Files can't be downloaded from here yet. Whoever runs Civility sets PUBLIC_URL, the address under which "
    "browsers reach it.",
)
NAMES: Mapping[str, str] = {"pdf": "PDF, to print or send", "docx": "Word"}
TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of file behind a link. `serve` raises Refused when this colleague may not have it now."""

    serve: Callable[[Desk, str, str], Served]
    subject: str
    private: bool = True
    """Whether it is about a person; else anybody may read it."""


# --- the link -------------------------------------------------------------------------------------


def link(turn: Turn, what: str, about: str) -> str:
    """The address of a file, for this colleague, once. Refuses where no browser could reach it."""
    if turn.outside.files_at is None:
        raise Refused(NO_ADDRESS)
    secret = token_urlsafe(32)
    life = timedelta(minutes=turn.settings.file_link_minutes)
    turn.uow.links.add(_hash(secret), what, about, turn.me.id, life)
    return f"{turn.outside.files_at}{PLACE}{turn.council.id}.{secret}"


def has_way(turn: Turn) -> bool:
    """Whether a file can be fetched by a link, or be sent to the colleague's own conversation."""
    return turn.outside.files_at is not None or turn.request.sender.platform in turn.outside.uploads


def require_way(turn: Turn, subject_id: str = "") -> None:
    """Refuse where a file can neither be fetched nor be sent."""
    turn.require(None if has_way(turn) else NO_ADDRESS, subject_id)


def give(turn: Turn, what: str, about: str, label: str, kind: str) -> Button:
    """The button by which this colleague gets a file: a link, or the press that has it sent to them."""
    require_way(turn)
    if turn.outside.files_at is None:
        return Button(SEND, f"Send me: {label}", f"{what}:{about}")
    return Button("file.fetch", f"Download: {label}", kind, url=link(turn, what, about))


def way_words(turn: Turn) -> str:
    """What is said beside such buttons."""
    minutes = turn.settings.file_link_minutes
    if turn.outside.files_at is None:
        return f"It comes to your own conversation with Civility and is taken away there after {minutes} minutes."
    return f"Each link works once, for {minutes} minutes, and for you."


def council_of(token: str) -> tuple[str, str]:
    """The council's id and the secret of a link's last part; ("", "") for what never was one."""
    council_id, dot, secret = token.partition(".")
    return (council_id, secret) if dot and _TOKEN.fullmatch(token) else ("", "")


def alive(desk: Desk, secret: str) -> str:
    """What a link is about that can still be used, a name of a Source; else ""."""
    found = desk.uow.links.get(_hash(secret))
    usable = found is not None and found.used_at is None and desk.now < found.expires_at
    return found.what if found is not None and usable else ""


def fetch(desk: Desk, secret: str, sources: Mapping[str, Source]) -> Served:
    """Take the one use of a link. Raises Refused, which the caller writes down by `refused`."""
    id = _hash(secret)
    found = desk.uow.links.get(id)
    if found is None or found.used_at is not None or desk.now >= found.expires_at:
        raise Refused(GONE)
    source = sources[found.what]
    served = source.serve(desk, found.about, found.colleague_id)
    if not desk.uow.links.use(id):
        raise Refused(GONE)
    desk.uow.log.append(found.colleague_id, "file.fetched", source.subject, found.about, what=found.what)
    return served


def refused(desk: Desk, secret: str, refusal: Refused) -> None:
    """Write down that a link was refused."""
    found = desk.uow.links.get(_hash(secret))
    who, about = (found.colleague_id, found.about) if found else ("", "")
    desk.uow.log.append(who, "refused", "file", about, code=refusal.refusal.code)


# --- the files of a letter ------------------------------------------------------------------------


def want_files(desk: Desk, notice: Notice) -> None:
    """Have a letter's files made, beside the click."""
    for kind in NAMES:
        desk.uow.documents.want(notice.case_id, notice.id, kind)


def press_download(turn: Turn, notice_id: str) -> Response:
    """The button "Download": links to the files that are made, for this colleague only."""
    notice = turn.uow.notices.get(notice_id)
    if notice is None:
        raise Refused(GONE)
    file = load(turn, notice.case_id)
    if Part.NOTICE not in file.seen_by(turn.me.id):
        raise Refused(NOT_YOURS, file.case.id)
    require_way(turn, file.case.id)
    documents = {one.format: one for one in turn.uow.documents.of_notice(notice.id)}
    want_files(turn, notice)
    ready, words = [], []
    for kind, name in NAMES.items():
        one = documents.get(kind)
        if one is not None and one.state == MADE and one.content:
            ready.append(give(turn, LETTER, one.id, name, kind))
        elif one is not None and one.state == "failed":
            turn.uow.documents.again(one.id)
            words.append(Text(f"{name}: {one.last_error}"))
        else:
            words.append(Text(f"{name}: it is being made. Press the button again in a moment."))
    turn.log("file.asked", "notice", notice.id, case=file.case.id)
    if ready:
        words.append(Text(way_words(turn), small=True))
    return Reply(Card(f"The letter of {file.case.reference}", tuple(words), tuple(ready)))


def press_calendar(turn: Turn, case_id: str) -> Response:
    """The button "Dates for my calendar": a link to the case's dates as they stand when it is followed."""
    file = load(turn, case_id)
    if Part.STORY not in file.seen_by(turn.me.id):
        raise Refused(NOT_YOURS, case_id)
    turn.require(None if entries(file) else NO_DATES, case_id)
    require_way(turn, case_id)
    button = give(turn, CALENDAR, case_id, "the dates", "ics")
    turn.log("file.asked", "case", case_id, case=case_id)
    words = Text(
        "The file has the dates and the reference, nothing else. Fetch it again when a date has moved."
    )
    return Reply(Card(f"Dates of {file.case.reference}", (words,), (button,)))


def _serve_letter(desk: Desk, document_id: str, colleague_id: str) -> Served:
    document = desk.uow.documents.get(document_id)
    if document is None or not document.content:
        raise Refused(GONE)
    file = load(desk, document.case_id)
    if Part.NOTICE not in file.seen_by(colleague_id):
        raise Refused(NOT_YOURS, file.case.id)
    return Served(_name(file.case.reference, document, desk), TYPES[document.format], document.content)


def _name(reference: str, document: Document, desk: Desk) -> str:
    notice = desk.uow.notices.get(document.notice_id)
    version = f"-{notice.kind}-{notice.version}" if notice else ""
    return f"{reference}{version}.{document.format}"


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


LETTERS: Mapping[str, Source] = {
    LETTER: Source(_serve_letter, "document"),
    CALENDAR: Source(serve_calendar, "case"),
}
