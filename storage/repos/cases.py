"""Cases: opened with a reference nobody else gets, changed only by those who saw the present version (R19)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, and_, exists, insert, literal_column
from sqlalchemy.dialects import postgresql

from policy.calendars import local_date
from storage.models import CASE, COUNTER, INCIDENT, KEY_TO_FORGET
from storage.records import Case
from storage.unit import Repository, add_once, change, find, new_id, up_to, where

_NEWEST = (CASE.c.id.desc(),)  # ids rise with time
_ADD = insert(CASE)
_GET = find(CASE, "id")
_BY_REFERENCE = find(CASE, "reference")
_ALL = up_to(find(CASE).order_by(*_NEWEST))
_OPEN = up_to(find(CASE).where(CASE.c.closed_at.is_(None), CASE.c.withdrawn_at.is_(None)).order_by(*_NEWEST))
_OF_PERSON = find(CASE, "person_id").order_by(*_NEWEST)
_REPORTED_BY = (
    find(CASE)
    .where(
        exists().where(
            and_(
                INCIDENT.c.council_id == CASE.c.council_id,
                INCIDENT.c.case_id == CASE.c.id,
                where(INCIDENT, "reporter_id"),
            )
        )
    )
    .order_by(*_NEWEST)
)
_CHANGE = change(CASE, "id")
_BUMP = change(CASE, "id", "version").values(version=CASE.c.version + 1)
_FORGET_KEY = add_once(KEY_TO_FORGET)
# One statement gives out the next number; whoever comes at the same moment waits for this row.
_NEXT: Final = (
    postgresql.insert(COUNTER)
    .on_conflict_do_update(
        index_elements=["council_id", "name"], set_={"value": literal_column("counter.value + 1")}
    )
    .returning(COUNTER.c.value)
)
MOST, MOST_OPEN = 200, 1000


class CaseRepo(Repository):
    """The cases of a council."""

    def open(self, person_id: str, urgent: bool) -> Case:
        """A new case, with the next reference of the year in London: INC-2026-0001."""
        now = self._unit.now()
        year = local_date(now).year
        case = Case(
            id=new_id(),
            reference=f"INC-{year}-{self._next(f'case-{year}'):04d}",
            person_id=person_id,
            version=1,
            urgent=urgent,
            opened_at=now,
            closed_at=None,
            withdrawn_at=None,
            key_id=self._unit.vault.keys.take(),
        )
        self._unit.put(_ADD, {name: getattr(case, name) for name in Case.__slots__})
        self._unit.know_case_key(case.id, case.key_id)
        return case

    def get(self, case_id: str) -> Case | None:
        """One case. In a writing unit on PostgreSQL it is held until the unit ends."""
        self._unit.lock_case(case_id)
        return self._case(self._unit.row(_GET, id=case_id))

    def by_reference(self, reference: str, *, hold: bool = True) -> Case | None:
        """The case people quote, however they write its letters; with `hold` as `get` does."""
        found = self._case(self._unit.row(_BY_REFERENCE, reference=reference.strip().upper()))
        return (
            self.get(found.id)
            if hold and found and self._unit.writing and not self._unit.is_sqlite
            else found
        )

    def all(self, limit: int = MOST) -> tuple[Case, ...]:
        """The newest cases first."""
        return self._cases(self._unit.rows(_ALL, limit=limit))

    def open_ones(self, limit: int = MOST_OPEN) -> tuple[Case, ...]:
        """The cases that are neither closed nor withdrawn, however many came after them; the newest first."""
        return self._cases(self._unit.rows(_OPEN, limit=limit))

    def current(self, newest: int = MOST) -> tuple[Case, ...]:
        """As many of the newest cases, and older ones that are open still; the newest first."""
        found = {one.id: one for one in (*self.all(newest), *self.open_ones())}
        return tuple(found[id] for id in sorted(found, reverse=True))  # ids rise with time

    def reported_by(self, colleague_id: str) -> tuple[Case, ...]:
        """Cases with an incident this colleague reported, the newest first."""
        return self._cases(self._unit.rows(_REPORTED_BY, reporter_id=colleague_id))

    def of_person(self, person_id: str) -> tuple[Case, ...]:
        """A person's cases, the newest first."""
        return self._cases(self._unit.rows(_OF_PERSON, person_id=person_id))

    def bump(self, case_id: str, seen_version: int) -> bool:
        """Raise the version if it is still the one seen; False = somebody changed the case since (R19)."""
        return self._unit.change(_BUMP, {}, id=case_id, version=seen_version) == 1

    def set_urgent(self, case_id: str, urgent: bool = True) -> None:
        """Mark a case urgent (R8)."""
        self._unit.change(_CHANGE, {"urgent": urgent}, id=case_id)

    def close(self, case_id: str, at: datetime) -> None:
        """Close a case."""
        self._unit.change(_CHANGE, {"closed_at": at}, id=case_id)

    def reopen(self, case_id: str) -> None:
        """A closed case is open again: an appeal sent its decision back, or a review continues it (R36, R37)."""
        self._unit.change(_CHANGE, {"closed_at": None}, id=case_id)

    def withdraw(self, case_id: str, at: datetime) -> None:
        """Withdraw a case: it counts towards nothing (R12)."""
        self._unit.change(_CHANGE, {"withdrawn_at": at}, id=case_id)

    def forget(self, case_id: str) -> None:
        """Erase every word of a case: its key goes from the key store after the commit; the row stays (R45)."""
        key_id = self._unit.case_key(case_id)
        self._unit.put(_FORGET_KEY, {"key_id": key_id, "asked_at": self._unit.now(), "done_at": None})
        self._unit.keys_asked_to_forget = True

    def _next(self, name: str) -> int:
        return int(self._unit.change_returning(_NEXT, {"name": name, "value": 1})[0].value)

    def _cases(self, rows: Any) -> tuple[Case, ...]:
        return tuple(case for row in rows if (case := self._case(row)) is not None)

    def _case(self, row: Row[Any] | None) -> Case | None:
        if row is None:
            return None
        self._unit.know_case_key(row.id, row.key_id)
        return Case(*(getattr(row, name) for name in Case.__slots__))
