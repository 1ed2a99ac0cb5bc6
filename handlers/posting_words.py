"""How a letter stands at GOV.UK Notify, in words; which letters it can carry."""

from __future__ import annotations

from handlers.desk import Desk
from policy.notices import Method
from storage.records import Notice
from storage.records_files import Posting

STUCK = "posting.stuck"
FAILURES = frozenset(
    {"permanent-failure", "validation-failed", "virus-scan-failed", "cancelled", "returned-letter"}
)
_CHANNELS = {Method.EMAIL: "email", Method.FIRST_CLASS: "letter", Method.SECOND_CLASS: "letter"}
_STATES = {
    "queued": "Waiting to be handed to GOV.UK Notify.",
    "accepted": "With GOV.UK Notify. Nothing is needed from you.",
    "received": "GOV.UK Notify says it went.",
    "failed": "GOV.UK Notify could not deliver it.",
    "stopped": "Not sent by GOV.UK Notify.",
}


def channel_of(desk: Desk, notice: Notice) -> str | None:
    """email or letter, when Notify is set up for it; else None."""
    channel = _CHANNELS.get(Method(notice.method))
    return channel if channel in desk.outside.notify else None


def open_posting(desk: Desk, notice_id: str) -> Posting | None:
    """The attempt that is not settled yet."""
    waiting = (p for p in desk.uow.postings.of_notice(notice_id) if p.state in ("queued", "accepted"))
    return next(waiting, None)


def has_failed(desk: Desk, notice_id: str) -> bool:
    """Whether GOV.UK Notify could not deliver it."""
    return any(one.state == "failed" for one in desk.uow.postings.of_notice(notice_id))


def standing_words(desk: Desk, notice_id: str) -> str:
    """How the latest attempt stands; "" when there was none."""
    found = desk.uow.postings.of_notice(notice_id)
    if not found:
        return ""
    error = f" {found[-1].last_error}" if found[-1].last_error and found[-1].state == "stopped" else ""
    return _STATES[found[-1].state] + error
