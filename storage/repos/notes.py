"""Notes to a report and referrals to the Monitoring Officer, sealed with the case's key (R10, R12)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import insert

from storage.models import NOTE, REFERRAL
from storage.records_people import Note, Referral
from storage.unit import Repository, find, new_id

_ADD_NOTE = insert(NOTE)
_NOTES_OF = find(NOTE, "case_id").order_by(NOTE.c.at, NOTE.c.id)
_ADD_REFERRAL = insert(REFERRAL)
_REFERRALS_OF = find(REFERRAL, "case_id").order_by(REFERRAL.c.recorded_at, REFERRAL.c.id)


class NoteRepo(Repository):
    """What reporters added to their reports."""

    def add(self, case_id: str, incident_id: str, author_id: str, words: str) -> Note:
        """Add a note to a report; it is never changed."""
        unit = self._unit
        note = Note(new_id(), case_id, incident_id, author_id, unit.now(), words)
        values: dict[str, object] = {name: getattr(note, name) for name in Note.__slots__}
        unit.put(
            _ADD_NOTE, {**values, "words": unit.seal(unit.case_key(case_id), "note.words", note.id, words)}
        )
        return note

    def of_case(self, case_id: str) -> tuple[Note, ...]:
        """A case's notes, the first written first."""
        return tuple(
            Note(**{**_plain(row, Note), "words": self._unit.open("note.words", row.id, row.words)})
            for row in self._unit.rows(_NOTES_OF, case_id=case_id)
        )


class ReferralRepo(Repository):
    """What was referred to the Monitoring Officer."""

    def add(self, case_id: str, referred_on: date, how: str, words: str, recorded_by: str) -> Referral:
        """Record a referral."""
        unit = self._unit
        referral = Referral(new_id(), case_id, referred_on, how, recorded_by, unit.now(), words)
        values: dict[str, object] = {name: getattr(referral, name) for name in Referral.__slots__}
        sealed = unit.seal(unit.case_key(case_id), "referral.words", referral.id, words)
        unit.put(_ADD_REFERRAL, {**values, "words": sealed})
        return referral

    def of_case(self, case_id: str) -> tuple[Referral, ...]:
        """A case's referrals, the first recorded first."""
        return tuple(
            Referral(
                **{**_plain(row, Referral), "words": self._unit.open("referral.words", row.id, row.words)}
            )
            for row in self._unit.rows(_REFERRALS_OF, case_id=case_id)
        )


def _plain(row: Any, kind: type[Note] | type[Referral]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in kind.__slots__}
