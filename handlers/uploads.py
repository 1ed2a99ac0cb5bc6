"""A file shown for a while in a colleague's own conversation, where no browser reaches this program (R18, R41).

Asked for by a press, shown beside it, taken away again after the minutes of a link. Whether they may have it is asked
at the press and again just before it is shown; both are written down. No name and no story is in what is said with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.chat import Callout, Card, Reply, Response, Text
from handlers.desk import Desk, Refused, Turn
from handlers.files import GONE, NO_ADDRESS
from handlers.files_served import Served
from handlers.page_files import SOURCES
from handlers.undelivered import ADVICE, OTHERWISE
from policy.calendars import say_moment
from policy.cases import find_reference
from storage.records_files import Upload

VIEW = "file.unsent"
LOOK_AGAIN = timedelta(minutes=1)
"""So often it is asked whether who has a file there may still have it."""
STAYS = "It was not taken away."
"""How the reason begins of a file that still stands there."""


def press_send(turn: Turn, value: str) -> Response:
    """The button "Send me: PDF": pressed twice while the file is on its way or stands there, it comes once."""
    what, _, about = value.partition(":")
    who, source = turn.request.sender, SOURCES.get(what)
    if source is None:
        raise Refused(GONE)
    if who.platform not in turn.outside.uploads:
        raise Refused(NO_ADDRESS)
    source.serve(turn, about, turn.me.id)  # who may not have it is refused here
    account = (who.platform, who.workspace, who.external_id)
    upload, new = turn.uow.uploads.want(what, about, turn.me.id, account)
    if new:
        turn.log("file.asked", source.subject, about, way="upload", upload=upload.id)
    if upload.state == "shown":
        until = say_moment(upload.until or upload.visible_at)
        sentence = f"It stands in your own conversation with Civility already, until {until}."
    else:
        sentence = (
            "It comes to your own conversation with Civility in a moment. "
            f"It is taken away there after {turn.settings.file_link_minutes} minutes, so save it before."
        )
    return Reply(Card("Your file", (Text(sentence),)))


# --- beside the click -------------------------------------------------------------------------------


def served(desk: Desk, upload: Upload) -> Served:
    """The file for who asked, if they may have it at this moment. Raises Refused."""
    found = SOURCES[upload.what].serve(desk, upload.about, upload.colleague_id)
    # The name stands on lock screens: of a case the reference only.
    reference = find_reference(found.name)
    name = f"{reference}.{found.name.rpartition('.')[2]}" if reference else found.name
    return replace(found, name=name)


def said_with(desk: Desk) -> str:
    """The words above the file."""
    minutes = desk.settings.file_link_minutes
    return f"The file you asked for. It is taken away here after {minutes} minutes, so save it before."


def shown(desk: Desk, upload: Upload, file_id: str) -> None:
    """It stands in the conversation, and is to be taken away again."""
    until = desk.now + timedelta(minutes=desk.settings.file_link_minutes)
    if desk.uow.uploads.shown(upload.id, until, min(until, desk.now + LOOK_AGAIN)):
        subject = SOURCES[upload.what].subject
        desk.uow.log.append(
            upload.colleague_id, "file.sent", subject, upload.about, what=upload.what, upload=upload.id,
            file=file_id,
        )  # fmt: skip


def may_stay(desk: Desk, upload: Upload) -> str:
    """Whether a shown file may stand there longer: "" then, else why not (R17, R45)."""
    if upload.until is None or desk.now >= upload.until:
        return "over"
    try:
        SOURCES[upload.what].serve(desk, upload.about, upload.colleague_id)
    except Refused as refused:
        return refused.refusal.code
    desk.uow.uploads.stays(upload.id, min(upload.until, desk.now + LOOK_AGAIN))
    return ""


def refused(desk: Desk, upload: Upload, refusal: Refused) -> None:
    """They may not have it any more: written down, and said to them."""
    code = refusal.refusal.code
    if desk.uow.uploads.end(upload.id, code):
        desk.uow.log.append(upload.colleague_id, "refused", "file", upload.about, code=code)
        desk.tell(upload.colleague_id, VIEW, {"upload": upload.id}, once=f"{VIEW}:{upload.id}")


def removed(desk: Desk, upload: Upload, why: str) -> None:
    """It is gone from the conversation."""
    if desk.uow.uploads.end(upload.id):
        desk.uow.log.append("", "file.removed", "upload", upload.id, platform=upload.platform, why=why)


def given_up(desk: Desk, upload: Upload, why: str) -> None:
    """It is tried no longer to show it, or to take it away: who asked is told."""
    now = desk.uow.uploads.get(upload.id) or upload
    if now.state == "shown":
        changed, action = desk.uow.uploads.end(now.id, f"{STAYS} {why}"), "file.not_removed"
    elif now.file_id:  # the platform may have shown it and not said so: it is taken away, whatever happened
        changed, action = desk.uow.uploads.shown(now.id, desk.now, desk.now), "file.not_sent"
    else:
        changed, action = desk.uow.uploads.end(now.id, why), "file.not_sent"
    if changed:
        desk.uow.log.append("", action, "upload", now.id, platform=now.platform)
        desk.tell(now.colleague_id, VIEW, {"upload": now.id}, once=f"{VIEW}:{now.id}:{action}")


def unsent_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """That a file did not come, or did not go; for who asked for it."""
    upload = desk.uow.uploads.get(ids["upload"])
    if upload is None or upload.colleague_id != reader:
        return None
    if upload.last_error.startswith(STAYS):
        words = "A file could not be taken away from your conversation with Civility. Please delete it there."
        return Card("A file is still there", (Callout(words, "warning"),))
    why = next((advice for code, advice in ADVICE.items() if code in upload.last_error), OTHERWISE)
    try:
        SOURCES[upload.what].serve(desk, upload.about, upload.colleague_id)
    except Refused as refused:
        why = refused.refusal.sentence
    return Card(
        "Your file was not sent", (Callout("The file you asked for did not come.", "warning"), Text(why))
    )


def too_late(upload: Upload, now: datetime) -> bool:
    """Whether it is tried no longer: nobody waits for a file so long, and what can't be taken away is told of."""
    patience = timedelta(days=2) if upload.state == "shown" else timedelta(minutes=30)
    return now - upload.asked_at > patience
