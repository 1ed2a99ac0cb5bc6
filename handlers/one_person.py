"""One person in several records: what a case shows of them, and everything that is in force about them (R46).

Merged records keep their own words and keys. A case shows its own record first, so that an undo changes nothing
that anybody wrote; who is not identified there is known by the record they were merged with.
"""

from __future__ import annotations

from dataclasses import replace

from storage.records import Person
from storage.uow import UnitOfWork


def records_of(uow: UnitOfWork, person_id: str) -> tuple[Person, ...]:
    """Every record of the same person, the one asked for first; empty when there is none."""
    own = uow.people.get(person_id)
    if own is None:
        return ()
    others = (uow.people.get(one) for one in uow.merges.group(person_id) if one != person_id)
    return (own, *(one for one in others if one is not None))


def whole(records: tuple[Person, ...]) -> Person:
    """The person as the first record's case knows them: its own words, and what only the others say (R9, R10)."""
    own = records[0]
    known = next((one for one in records if one.identified), own)
    contact = next((one.contact for one in (known, *records) if one.contact), "")
    councillor = next((one.colleague_id for one in records if one.colleague_id), None)
    return replace(
        own, name=known.name, contact=contact, identified=known.identified, colleague_id=councillor
    )
