"""The monthly draft of the committee's report, offered to the chief officer on the first working day (R39, R40)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from handlers import summary
from handlers.chat import Button, Card, Text
from handlers.desk import Desk
from handlers.tell import morning
from policy.calendars import add_months, local_date
from policy.offices import Office
from policy.report_periods import say_period

VIEW = "summary.offer"


def latest(desk: Desk) -> datetime:
    """The instant of the newest offer that was due by now."""
    due = _due(desk, desk.today)
    return due if due <= desk.now else _due(desk, add_months(desk.today.replace(day=1), -1))


def next_one(desk: Desk) -> datetime:
    """The instant of the next offer."""
    return _due(desk, add_months(local_date(latest(desk)).replace(day=1), 1))


def offer(desk: Desk, due: datetime) -> None:
    """Offer the draft of a month, once."""
    on = local_date(due).isoformat()
    for holder in desk.register.holders(Office.CHIEF_OFFICER, desk.today):
        desk.tell(holder, VIEW, {"on": on}, once=f"{VIEW}:{on}")


def offer_card(desk: Desk, _: Mapping[str, str], reader: str | None) -> Card | None:
    """No number stands in it: these are shown to who presses. The period is the one that would be reported next."""
    if reader is None or reader not in desk.register.holders(Office.CHIEF_OFFICER, desk.today):
        return None
    first, last = summary.suggested(desk)
    said = (
        f"A draft of the report to F&GP for {say_period(first, last)} is ready for you. Look at it, and make "
        "the report when the committee wants one."
    )
    value = f"{first.isoformat()}:{last.isoformat()}"
    return Card(
        "Report for the committee",
        (Text(said),),
        (
            Button(summary.LOOK, "See the summary", value, style="primary"),
            Button(summary.OPEN, "Choose another period", opens=summary.FORM),
        ),
    )


def _due(desk: Desk, day: date) -> datetime:
    return morning(desk.calendar.next_working_day(day.replace(day=1)))
