"""Sending a letter by GOV.UK Notify: the press, and what follows from what Notify says became of it (R30).

Notify's `delivered` and `received` are the day it left; a permanent failure is a letter that came back. A technical
failure says nothing either way: it is told and never sent again by itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers import notify, views
from handlers.another_way import standing_copies
from handlers.casefile import CaseFile, load
from handlers.chat import Press, Reply, Request, Response, Sender, ViewRef
from handlers.claim import claim
from handlers.desk import Desk, Refused, Turn
from handlers.letter_standing import may
from handlers.letter_went import came_back, went
from handlers.posting_words import FAILURES, STUCK, channel_of
from policy.answers import Refusal
from policy.calendars import LONDON
from policy.letter_stages import LetterAct
from storage.records import Colleague, Notice
from storage.records_files import Posting

NOT_THIS_WAY = Refusal(
    "notify_not_this_way",
    "GOV.UK Notify can't carry this letter from here. Send it yourself, then record when it went.",
)
ARRIVED = frozenset({"delivered", "received"})
PASSING = frozenset({"temporary-failure"})
MOST_RESENT = 3
RESEND_AFTER = timedelta(hours=1)


def press_send(turn: Turn, notice_id: str) -> Response:
    """The button "Send by GOV.UK Notify": queued here, handed over beside the click."""
    notice, file = notify.claimed(turn, notice_id)
    turn.require(may(file, notice, LetterAct.HAND_OVER), file.case.id)
    turn.require(notify.of_notice(notice).refusal(file, turn.today), file.case.id)
    channel = channel_of(turn, notice)
    if channel is None:
        raise Refused(NOT_THIS_WAY, file.case.id)
    if channel == "letter":
        turn.uow.documents.want(file.case.id, notice.id, "notify")
    posting = turn.uow.postings.add(file.case.id, notice.id, channel, turn.me.id)
    turn.log("posting.asked", "posting", posting.id, case=file.case.id, channel=channel)
    again = ViewRef("notice.preview", {"notice": notice.id})
    card = views.show(turn, again, turn.me.id)
    return Reply(card or views.said("Saved."), again)


def no_longer(desk: Desk, notice: Notice) -> str:
    """Why a letter that waits to be handed over should not go any more; "" while it should.

    Hours can pass between the press and the hand-over: what the letter tells of may have ended meanwhile.
    """
    refusal = notify.of_notice(notice).refusal(load(desk, notice.case_id), desk.today)
    return refusal.sentence if refusal else ""


# --- what became of it ----------------------------------------------------------------------------


def outcome(desk: Desk, posting: Posting, status: str, at: datetime | None) -> None:
    """What Notify said of a letter it has. A word heard before, or out of turn, changes nothing."""
    if status in ARRIVED:
        _arrived(desk, posting, status, at)
    elif status in FAILURES:
        _failed(desk, posting, status)
    elif status == "technical-failure":
        stopped(desk, posting, "", status)
    elif status in PASSING:
        _passing(desk, posting, status)


def stopped(desk: Desk, posting: Posting, why: str, status: str = "") -> None:
    """It is not known to have gone and is not tried again: the officer decides. The letter stays as it is."""
    if not desk.uow.postings.settle(posting.id, "stopped", status or posting.status, why):
        return
    desk.uow.log.append("", "posting.stopped", "posting", posting.id, case=posting.case_id, status=status)
    file = load(desk, posting.case_id)
    for asked in file.seats.officer:
        desk.tell(asked.colleague_id, STUCK, {"posting": posting.id}, once=f"{STUCK}:{posting.id}")


def _arrived(desk: Desk, posting: Posting, status: str, at: datetime | None) -> None:
    if not desk.uow.postings.settle(posting.id, "received", status):
        return
    turn, notice, file = _taken(desk, posting)
    turn.log("posting.received", "posting", posting.id, case=posting.case_id, channel=posting.channel)
    if notice.state == "ready":
        # A clock that is wrong there must not date a letter before it was asked for, or into the future.
        left = max(posting.asked_at, min(at or turn.now, turn.now))
        sent = left.astimezone(LONDON).replace(tzinfo=None)
        went(turn, file, notice, sent, posting.asked_by)


def _failed(desk: Desk, posting: Posting, status: str) -> None:
    """It did not reach the person; or it had, as it seemed, and came back later."""
    first = desk.uow.postings.settle(posting.id, "failed", status)
    turn, notice, file = _taken(desk, posting)
    # Of the same letter sent another way Notify knows nothing: that copy has an address of its own.
    back = tuple(one for one in standing_copies(file, notice) if not one.address)
    if not first and not (posting.state == "received" and back):
        return
    turn.log("posting.failed", "posting", posting.id, case=posting.case_id, status=status)
    if notice.state != "void":
        came_back(turn, file, notice, back)


def _passing(desk: Desk, posting: Posting, status: str) -> None:
    """A full mailbox, a server that is away: once more, three times at most."""
    if posting.state != "accepted":
        return
    if posting.resent >= MOST_RESENT:
        _failed(desk, posting, status)
        return
    resent = posting.resent + 1
    desk.uow.postings.send_again(posting.id, resent, desk.now + RESEND_AFTER * 2**posting.resent, status)
    desk.uow.log.append("", "posting.again", "posting", posting.id, case=posting.case_id, time=str(resent))


def _taken(desk: Desk, posting: Posting) -> tuple[Turn, Notice, CaseFile]:
    """A turn in nobody's name, with the case taken hold of."""
    turn = Turn(
        uow=desk.uow,
        council=desk.council,
        settings=desk.settings,
        calendar=desk.calendar,
        now=desk.now,
        me=Colleague("", "GOV.UK Notify"),
        request=Request(Sender("local", "", ""), Press("notify.outcome")),
    )
    file = claim(turn, posting.case_id)
    notice = next(n for n in file.notices if n.id == posting.notice_id)
    return turn, notice, file
