"""What a committee's report is counted from, without opening a single sealed word; and what was published (R39)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, insert, or_, select

from storage.models import APPEAL, CASE, COUNCIL, DECISION, INCIDENT, PUBLISHED, RESTRICTION, REVIEW
from storage.unit import Repository, find, new_id, up_to, where

PAGE = 5_000
"""Rows read at once: the memory a report needs does not grow with the records."""


@dataclass(frozen=True, slots=True)
class Published:
    """One piece of time as it was reported. `figures` is what `policy.summary_data` wrote."""

    id: str
    since: datetime
    until: datetime
    figures: Mapping[str, Any]
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class MadeDecision:
    """A decision that was made: its kind and instant, and of its case the category and the instant of its report."""

    kind: str
    decided_at: datetime
    category: str
    opened_at: datetime


def _between(column: ColumnElement[datetime]) -> ColumnElement[bool]:
    return and_(column >= bindparam("at_since"), column < bindparam("at_until"))


_JOINED = and_(CASE.c.council_id == INCIDENT.c.council_id, CASE.c.id == INCIDENT.c.case_id)
_CATEGORY = (
    select(INCIDENT.c.category)
    # "Between" and not "equals": without statistics SQLite takes the primary key for as good as the index of
    # the cases, and walks through every incident of the council for each case.
    .where(
        CASE.c.council_id == INCIDENT.c.council_id,
        INCIDENT.c.case_id.between(CASE.c.id, CASE.c.id),
        INCIDENT.c.withdrawn_at.is_(None),
    )
    .order_by(INCIDENT.c.reported_at, INCIDENT.c.id)
    .limit(1)
    .correlate(CASE)
    .scalar_subquery()
    .label("category")
)
_EACH = (
    select(_CATEGORY)
    .where(where(CASE), _between(CASE.c.opened_at), CASE.c.withdrawn_at.is_(None))
    .subquery("each_case")
)
_CASES = select(_EACH.c.category, func.count().label("number")).group_by(_EACH.c.category)
_DECISIONS = up_to(
    select(DECISION.c.id, DECISION.c.kind, DECISION.c.decided_at, CASE.c.opened_at, _CATEGORY)
    .join(CASE, and_(CASE.c.council_id == DECISION.c.council_id, CASE.c.id == DECISION.c.case_id))
    .where(
        where(DECISION),
        _between(DECISION.c.decided_at),
        CASE.c.withdrawn_at.is_(None),
        DECISION.c.id > bindparam("at_after"),
    )
    .order_by(DECISION.c.id)
)
_INCIDENTS = (
    select(func.count().label("number"))
    .select_from(INCIDENT)
    .join(CASE, _JOINED)
    .where(
        where(INCIDENT),
        _between(INCIDENT.c.reported_at),
        INCIDENT.c.withdrawn_at.is_(None),
        CASE.c.withdrawn_at.is_(None),
    )
)
_OF_APPEAL = and_(CASE.c.council_id == APPEAL.c.council_id, CASE.c.id == APPEAL.c.case_id)
_RECEIVED = (
    select(func.count().label("number"))
    .select_from(APPEAL)
    .join(CASE, _OF_APPEAL)
    .where(where(APPEAL), _between(APPEAL.c.recorded_at), CASE.c.withdrawn_at.is_(None))
)
_OUTCOMES = (
    select(APPEAL.c.outcome, func.count().label("number"))
    .join(CASE, _OF_APPEAL)
    .where(
        where(APPEAL), _between(APPEAL.c.decided_at), APPEAL.c.outcome != "", CASE.c.withdrawn_at.is_(None)
    )
    .group_by(APPEAL.c.outcome)
)
_OVERDUE = (
    select(func.count().label("number"))
    .select_from(RESTRICTION)
    .where(
        where(RESTRICTION),
        RESTRICTION.c.review_on < bindparam("at_day"),
        RESTRICTION.c.starts_at < bindparam("at_until"),
        or_(RESTRICTION.c.ended_at.is_(None), RESTRICTION.c.ended_at >= bindparam("at_until")),
        or_(RESTRICTION.c.ends_on.is_(None), RESTRICTION.c.ends_on >= bindparam("at_day")),
        ~exists().where(
            REVIEW.c.council_id == RESTRICTION.c.council_id,
            REVIEW.c.restriction_id == RESTRICTION.c.id,
            REVIEW.c.held_at < bindparam("at_until"),
        ),
    )
)
_PUBLISHED = find(PUBLISHED).order_by(PUBLISHED.c.since)
_ADD = insert(PUBLISHED)
_HOLD = find(COUNCIL).with_for_update()


class ReportRepo(Repository):
    """Counts of a council, and its published pieces. Withdrawn cases and reports count towards nothing (R12)."""

    def published(self) -> tuple[Published, ...]:
        """Every piece of time that was reported, the earliest first. In a writing unit nobody adds one meanwhile."""
        if self._unit.writing and not self._unit.is_sqlite:
            self._unit.row(_HOLD)
        rows = self._unit.rows(_PUBLISHED)
        return tuple(Published(*(getattr(row, name) for name in Published.__slots__)) for row in rows)

    def publish(self, since: datetime, until: datetime, figures: Mapping[str, Any], by: str) -> Published:
        """Keep what was reported of a piece of time, for good. It must touch none that was published before."""
        made = Published(new_id(), since, until, dict(figures), by, self._unit.now())
        self._unit.put(_ADD, {name: getattr(made, name) for name in Published.__slots__})
        return made

    def incidents(self, since: datetime, until: datetime) -> int:
        """How many incidents were reported."""
        return int(self._unit.rows(_INCIDENTS, since=since, until=until)[0].number)

    def appeals_received(self, since: datetime, until: datetime) -> int:
        """How many appeals were entered, whatever became of them."""
        return int(self._unit.rows(_RECEIVED, since=since, until=until)[0].number)

    def appeals_decided(self, since: datetime, until: datetime) -> dict[str, int]:
        """How many appeals were decided, by outcome."""
        return {row.outcome: row.number for row in self._unit.rows(_OUTCOMES, since=since, until=until)}

    def overdue(self, until: datetime, day: date) -> int:
        """How many restrictions in force at an instant, on this day, had a review that should have been held (R37)."""
        return int(self._unit.rows(_OVERDUE, until=until, day=day)[0].number)

    def cases(self, since: datetime, until: datetime) -> dict[str, int]:
        """How many cases were reported, by the category of their first report that stands ("" without any)."""
        return {row.category or "": row.number for row in self._unit.rows(_CASES, since=since, until=until)}

    def decisions(self, since: datetime, until: datetime) -> Iterator[MadeDecision]:
        """The decisions made, a page at a time."""
        for row in self._pages(_DECISIONS, since, until):
            yield MadeDecision(row.kind, row.decided_at, row.category or "", row.opened_at)

    def _pages(self, statement: Any, since: datetime, until: datetime) -> Iterator[Any]:
        after = ""
        while rows := self._unit.rows(statement, since=since, until=until, after=after, limit=PAGE):
            yield from rows
            after = rows[-1].id
