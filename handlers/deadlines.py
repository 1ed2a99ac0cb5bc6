"""The reminders of a decision's dates, from the day the person is told: appeal, end, review (R22, R31, R37, R40)."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.casefile import CaseFile
from handlers.desk import Desk
from handlers.tell import morning
from policy.reviews import review_dates
from storage.records import Decision, Restriction

NEXT_DAY = timedelta(days=1)
OF_AN_APPEAL = ("appeal.closing", "appeal.closed")
OF_A_DECISION = (
    *OF_AN_APPEAL,
    "restriction.ending",
    "restriction.ended",
    "review.coming",
    "review.overdue",
)


def remind_of_dates(desk: Desk, file: CaseFile, decision: Decision) -> None:
    """The person was told: their appeal closes, and the restriction ends or is reviewed."""
    close = file.appeal_close(decision)
    if close is None:
        return
    ids = {"decision": decision.id}
    before = desk.settings.appeal_closing_reminder_days
    warn = desk.calendar.previous_working_day(close.on - timedelta(days=before))
    _remind(desk, file, "appeal.closing", warn, ids, close.on)
    _remind(desk, file, "appeal.closed", close.on + NEXT_DAY, ids, close.on)
    for restriction in file.restrictions:
        if restriction.decision_id == decision.id:
            _remind_of_restriction(desk, file, restriction)


def forget_dates(desk: Desk, file: CaseFile, kinds: tuple[str, ...] = OF_A_DECISION) -> None:
    """The person was not told after all: none of the dates holds (R30). Or only some, by their kinds."""
    for kind in kinds:
        desk.uow.reminders.drop(file.case.id, kind)


def redo_dates(desk: Desk, file: CaseFile) -> None:
    """Dates changed: what was sent, what came back, what a notice says. An overdue review goes on being chased."""
    forget_dates(desk, file, tuple(kind for kind in OF_A_DECISION if kind != "review.overdue"))
    for decision in file.decisions:
        remind_of_dates(desk, file, decision)


def remind_of_lapse(desk: Desk, file: CaseFile, restriction_id: str, lapses: date) -> None:
    """An interim restriction ends by itself unless a councillor confirms it (R16)."""
    _remind(desk, file, "interim.lapsed", lapses + NEXT_DAY, {"restriction": restriction_id}, lapses)


def _remind_of_restriction(desk: Desk, file: CaseFile, restriction: Restriction) -> None:
    ids = {"restriction": restriction.id}
    calendar, settings = desk.calendar, desk.settings
    if restriction.ends_on is not None:
        days = timedelta(days=settings.restriction_ending_reminder_days)
        warn = calendar.previous_working_day(restriction.ends_on - days)
        _remind(desk, file, "restriction.ending", warn, ids, restriction.ends_on)
        _remind(desk, file, "restriction.ended", restriction.ends_on + NEXT_DAY, ids, restriction.ends_on)
    elif restriction.review_on is not None:
        on = restriction.review_on
        dates = review_dates(on, calendar, settings.review_invitation_days, settings.review_reminder_days)
        for day in dates.reminders:
            _remind(desk, file, "review.coming", day.value, {**ids, "review": on.isoformat()}, on)
        _remind(desk, file, "review.overdue", on + NEXT_DAY, {**ids, "review": on.isoformat()}, on)


def _remind(desk: Desk, file: CaseFile, kind: str, day: date, ids: dict[str, str], of: date) -> None:
    """One reminder on the morning of a day. A warning whose day is past already is left out: the notice says it."""
    due = morning(day)
    if due <= desk.now and day < of:
        return
    about = next(iter(ids.values()))
    key = f"{kind}:{about}:{of.isoformat()}:{day.isoformat()}"
    desk.uow.reminders.add(due, kind, file.case.id, ids=ids, dedup_key=key)
