"""The overdue reviews of the committee's report: those at the end of its time, not those when it is made (R37, R39)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.storage.filled import fill
from tests.storage.house import House


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_review_should_be_overdue_from_the_day_after_until_it_is_held_or_the_restriction_ends(
    house: House,
) -> None:
    with house.store.write(house.council) as uow:
        it = fill(uow)
        common: dict[str, Any] = {
            "case_id": it.case.id, "person_id": it.person.id, "decision_id": it.decision.id, "measures": ["C1"],
            "scope": "", "ends_on": None, "review_on": date(2026, 11, 10), "starts_at": at("2026-10-15T12:00"),
            "interim_lapses_on": None, "content": {},
        }  # fmt: skip
        before = {day: uow.reports.overdue(at(f"{day}T00:00"), date.fromisoformat(day)) for day in DAYS}
        ended, reviewed = uow.restrictions.add(**common), uow.restrictions.add(**common)
        house.clock.now = at("2026-11-20T10:00")
        uow.restrictions.end(ended.id, uow.now())
        review = uow.reviews.open(reviewed.id, it.case.id, "", it.colleague.id)
        assert uow.reviews.hold(review, "continue", "", it.colleague.id, "chief_officer")
        found = {day: uow.reports.overdue(at(f"{day}T00:00"), date.fromisoformat(day)) for day in DAYS}
    assert [found[day] - before[day] for day in DAYS] == [0, 0, 2, 2, 0]


DAYS = ("2026-10-01", "2026-11-10", "2026-11-11", "2026-11-20", "2026-11-21")
