"""A bank holiday proclaimed late: open deadlines move later only, and the letters concerned are listed (R33).

An interim restriction keeps the day it was given: a day more would lengthen what the person was told (R16, R33).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from handlers.casefile import CaseFile, load
from handlers.chat import Card, Table, Text
from handlers.deadlines import OF_AN_APPEAL, forget_dates, remind_of_dates
from handlers.desk import GOVERNANCE, Desk
from policy.calendars import say_day, say_until
from policy.settings import council_calendar
from storage.records import Decision

VIEW = "holiday.proclaimed"
SETTING = "proclaimed_holidays"


def proclaim(desk: Desk, day: date, by: str) -> tuple[tuple[str, str, str], ...]:
    """Let a day count as a bank holiday from now on; what moved: reference, printed date, new end of the appeal.

    Raises ValueError for a day that is past: an appeal that has closed stays closed.
    """
    if day < desk.today:
        raise ValueError("Give a day from today on: what is past stays as it was counted.")
    before = {one.id: close for _, one, close in _open_appeals(desk)}
    days = tuple(sorted({*desk.settings.proclaimed_holidays, day}))
    desk.uow.settings.set(SETTING, [one.isoformat() for one in days], by)
    after = replace(desk, settings=replace(desk.settings, proclaimed_holidays=days))
    after.calendar = council_calendar(desk.calendar, after.settings)
    moved = [
        (file, one, close) for file, one, close in _open_appeals(after) if close != before.get(one.id, close)
    ]
    for file in {file.case.id: file for file, _, _ in moved}.values():
        forget_dates(after, file, OF_AN_APPEAL)
        for decision in file.decisions:
            remind_of_dates(after, file, decision)
    desk.uow.log.append(by, "holiday.proclaimed", "council", desk.council.id, day=day.isoformat())
    if moved:
        ids = {"day": day.isoformat(), **{f"decision{n}": one.id for n, (_, one, _) in enumerate(moved)}}
        desk.tell(GOVERNANCE, VIEW, ids, once=f"{VIEW}:{day.isoformat()}")
    return tuple(_line(file, one) for file, one, _ in moved)


def proclaimed_card(desk: Desk, ids: Mapping[str, str], _: str | None) -> Card | None:
    """Which letters print a date that is now too early: the printed one no longer closes the appeal."""
    rows = []
    for name, decision_id in ids.items():
        decision = desk.uow.decisions.get(decision_id) if name != "day" else None
        if decision is not None:
            rows.append(_line(load(desk, decision.case_id), decision))
    day = say_day(date.fromisoformat(ids["day"]))
    return Card(
        "A new bank holiday",
        (
            Text(f"{day} is a bank holiday. These appeals close later than their letters say."),
            Table("Appeals that close later", ("Reference", "Printed", "Closes now"), tuple(rows)),
            Text("The later date counts. The Chief Officer tells the person."),
        ),
    )


def _open_appeals(desk: Desk) -> list[tuple[CaseFile, Decision, date]]:
    """The decisions whose appeal period is not over."""
    found = []
    for case in desk.uow.cases.current():
        file = load(desk, case.id)
        for decision in file.decisions:
            close = file.appeal_close(decision)
            if close is not None and close.on >= desk.today:
                found.append((file, decision, close.on))
    return found


def _line(file: CaseFile, decision: Decision) -> tuple[str, str, str]:
    close = file.appeal_close(decision)
    printed = max(one.printed_close for one in file.notices_of(decision))
    return file.case.reference, say_day(printed), say_until(close.on) if close else ""
