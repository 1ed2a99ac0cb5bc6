"""What is looked after by itself: typed words nobody sent are dropped each night, the log is checked each month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from handlers.chat import Callout, Card, Text
from handlers.desk import Desk
from policy.calendars import start_of_day
from policy.offices import Office

LOG_BROKEN = "log.broken"
LOG_CHECKED = "log.checked"
KEEP_DRAFTS = timedelta(hours=24)
"""A form left open longer is begun anew: what was typed into it names people, and nobody answers for it."""
KEEP_DELIVERIES = timedelta(days=30)
"""No platform sends a click again after a day; a month is kept to find out what happened."""


def tidy(desk: Desk) -> None:
    """Drop what nobody needs any more."""
    desk.uow.drafts.purge(desk.now - KEEP_DRAFTS)
    desk.uow.deliveries.purge(desk.now - KEEP_DELIVERIES)
    desk.uow.sent_copies.purge(desk.now - KEEP_DELIVERIES)


def log_unchecked(desk: Desk) -> bool:
    """Whether this month's check of the log is still to be done."""
    first = start_of_day(desk.today.replace(day=1))
    return not desk.uow.log.counts(first, desk.now + timedelta(seconds=1)).get(LOG_CHECKED)


def log_checked(desk: Desk, *, whole: bool) -> None:
    """Record the check. When the log is not whole, the chief officer and the Chair are told."""
    desk.uow.log.append("", LOG_CHECKED, "log", desk.council.id, whole="yes" if whole else "no")
    for reader in () if whole else _readers(desk):
        desk.tell(reader, LOG_BROKEN, {}, once=f"{LOG_BROKEN}:{desk.today:%Y-%m}")


def log_broken_card(desk: Desk, _: Mapping[str, str], reader: str | None) -> Card | None:
    """What was found, and what to do with it."""
    if reader not in _readers(desk):
        return None
    whole, _lines, sentence = desk.uow.log.verify()
    if whole:
        return None
    return Card(
        "The log is not whole",
        (
            Callout(sentence, "urgent"),
            Text(
                "The log shows who did what. Somebody may have changed the records outside Civility, or an older "
                "copy of them was put back."
            ),
            Text(
                "Tell whoever looks after Civility today. They keep a copy of the records as they are now, and run: "
                "civility verify-log"
            ),
        ),
    )


def _readers(desk: Desk) -> tuple[str, ...]:
    offices = (Office.CHIEF_OFFICER, Office.CHAIR_FGP)
    holders = [one for office in offices for one in desk.register.holders(office, desk.today)]
    return tuple(dict.fromkeys(holders))
