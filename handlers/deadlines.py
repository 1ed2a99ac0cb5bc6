"""The reminders of a decision's dates, from the day the person is told: appeal, end, review (R22, R31, R37, R40)."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.casefile import CaseFile
from handlers.desk import Turn
from handlers.tell import morning
from policy.reviews import review_dates
from storage.records import Decision, Restriction

NEXT_DAY = timedelta(days=1)
OF_A_DECISION = (
    "appeal.closing",
    "appeal.closed",
    "restriction.ending",
    "restriction.ended",
    "review.coming",
    "review.overdue",
)


def remind_of_dates(turn: Turn, file: CaseFile, decision: Decision) -> None:
    """The person was told: their appeal closes, and the restriction ends or is reviewed."""
    close = file.appeal_close(decision)
    if close is None:
        return
    ids = {"decision": decision.id}
    before = turn.settings.appeal_closing_reminder_days
    warn = turn.calendar.previous_working_day(close.on - timedelta(days=before))
    _remind(turn, file, "appeal.closing", warn, ids, close.on)
    _remind(turn, file, "appeal.closed", close.on + NEXT_DAY, ids, close.on)
    for restriction in file.restrictions:
        if restriction.decision_id == decision.id:
            _remind_of_restriction(turn, file, restriction)


def forget_dates(turn: Turn, file: CaseFile) -> None:
    """The person was not told after all: none of the dates holds (R30)."""
    for kind in OF_A_DECISION:
        turn.uow.reminders.drop(file.case.id, kind)


def remind_of_lapse(turn: Turn, file: CaseFile, restriction_id: str, lapses: date) -> None:
    """An interim restriction ends by itself unless a councillor confirms it (R16)."""
    _remind(turn, file, "interim.lapsed", lapses + NEXT_DAY, {"restriction": restriction_id}, lapses)


def _remind_of_restriction(turn: Turn, file: CaseFile, restriction: Restriction) -> None:
    ids = {"restriction": restriction.id}
    calendar, settings = turn.calendar, turn.settings
    if restriction.ends_on is not None:
        days = timedelta(days=settings.restriction_ending_reminder_days)
        warn = calendar.previous_working_day(restriction.ends_on - days)
        _remind(turn, file, "restriction.ending", warn, ids, restriction.ends_on)
        _remind(turn, file, "restriction.ended", restriction.ends_on + NEXT_DAY, ids, restriction.ends_on)
    elif restriction.review_on is not None:
        on = restriction.review_on
        dates = review_dates(on, calendar, settings.review_invitation_days, settings.review_reminder_days)
        for day in dates.reminders:
            _remind(turn, file, "review.coming", day.value, {**ids, "review": on.isoformat()}, on)
        _remind(turn, file, "review.overdue", on + NEXT_DAY, {**ids, "review": on.isoformat()}, on)


def _remind(turn: Turn, file: CaseFile, kind: str, day: date, ids: dict[str, str], of: date) -> None:
    """One reminder on the morning of a day. A warning whose day is past already is left out: the notice says it."""
    due = morning(day)
    if due <= turn.now and day < of:
        return
    about = next(iter(ids.values()))
    key = f"{kind}:{about}:{of.isoformat()}:{day.isoformat()}"
    turn.uow.reminders.add(due, kind, file.case.id, ids=ids, dedup_key=key)
