"""Merges of two records of one person: proposed, confirmed, undone (R46).

A merge is a pointer from one record to another. No word, key, case or restriction moves, so an undo only takes the
pointer away, whatever happened meanwhile. What the proposer wrote is about both people: it is sealed with both keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, exists, insert, or_, select

from storage.errors import NotFound
from storage.models import PERSON, PERSON_MERGE
from storage.records_people import Merge
from storage.unit import Repository, change, find, new_id, where

_ADD = insert(PERSON_MERGE)
_GET = find(PERSON_MERGE, "id")
_ABOUT = (
    find(PERSON_MERGE)
    .where(
        or_(
            PERSON_MERGE.c.kept_id == bindparam("at_person_id"),
            PERSON_MERGE.c.merged_id == bindparam("at_person_id"),
        )
    )
    .order_by(PERSON_MERGE.c.id)
)
_UP = select(PERSON_MERGE.c.kept_id).where(where(PERSON_MERGE, "merged_id"), PERSON_MERGE.c.state == "merged")
_DOWN = (
    select(PERSON_MERGE.c.merged_id)
    .where(where(PERSON_MERGE, "kept_id"), PERSON_MERGE.c.state == "merged")
    .order_by(PERSON_MERGE.c.merged_id)
)
_STANDS = PERSON_MERGE.alias("stands")
_SETTLE = change(PERSON_MERGE, "id", "state").where(
    ~exists().where(
        _STANDS.c.council_id == PERSON_MERGE.c.council_id,
        _STANDS.c.merged_id == PERSON_MERGE.c.merged_id,
        _STANDS.c.state == "merged",
        _STANDS.c.id != PERSON_MERGE.c.id,
    )
)
_CHANGE = change(PERSON_MERGE, "id", "state")
_KEY = select(PERSON.c.key_id).where(where(PERSON, "id"))
# Not stronger: a new row that refers to the person need not wait for it.
_LOCK = _KEY.with_for_update(key_share=True)


class MergeRepo(Repository):
    """This council's merges."""

    def propose(
        self, kept_id: str, merged_id: str, reasons: Sequence[str], evidence: str, proposed_by: str
    ) -> Merge:
        """Say that two records are of one person; nothing is merged yet."""
        unit, id = self._unit, new_id()
        row: dict[str, object] = {
            "id": id,
            "kept_id": kept_id,
            "merged_id": merged_id,
            "state": "proposed",
            "reasons": [str(one) for one in reasons],
            "proposed_by": proposed_by,
            "proposed_at": unit.now(),
            "settled_by": "",
            "settled_at": None,
            "undone_by": "",
            "undone_at": None,
        }
        # Whichever of the two is erased first takes these words with it, in every backup too.
        inner = unit.seal(self._key(merged_id), "person_merge.evidence.inner", id, evidence)
        outer = unit.seal(self._key(kept_id), "person_merge.evidence", id, inner.hex())
        unit.put(_ADD, {**row, "evidence": outer})
        return Merge(**{**row, "reasons": tuple(map(str, reasons))}, evidence=evidence)  # type: ignore[arg-type]

    def get(self, merge_id: str) -> Merge | None:
        """One merge."""
        row = self._unit.row(_GET, id=merge_id)
        return self._merge(row) if row else None

    def about(self, person_id: str) -> tuple[Merge, ...]:
        """Every merge a record has or had a part in, the first proposed first."""
        return tuple(self._merge(row) for row in self._unit.rows(_ABOUT, person_id=person_id))

    def hold(self, *person_ids: str) -> None:
        """On PostgreSQL, let one writing unit at a time change where these records point."""
        if self._unit.writing and not self._unit.is_sqlite:
            for one in sorted(person_ids):
                self._unit.row(_LOCK, id=one)

    def settle(self, merge_id: str, state: str, by: str) -> bool:
        """Confirm ("merged") or reject it ("rejected"); False when it was settled before, or the record is merged."""
        statement = _SETTLE if state == "merged" else _CHANGE
        values = {"state": state, "settled_by": by, "settled_at": self._unit.now()}
        return self._unit.change(statement, values, id=merge_id, state="proposed") == 1

    def undo(self, merge_id: str, by: str) -> bool:
        """Take the pointer away; False when it does not stand any more."""
        values = {"state": "undone", "undone_by": by, "undone_at": self._unit.now()}
        return self._unit.change(_CHANGE, values, id=merge_id, state="merged") == 1

    def root(self, person_id: str) -> str:
        """The record that stands for the person: itself unless it was merged."""
        seen = {person_id}
        while (row := self._unit.row(_UP, merged_id=person_id)) is not None and row.kept_id not in seen:
            person_id = row.kept_id
            seen.add(person_id)
        return person_id

    def group(self, person_id: str) -> tuple[str, ...]:
        """Every record of the same person, the one that stands for them first."""
        found = [self.root(person_id)]
        for one in found:  # grows while it is walked: the records below the records below
            found += [
                row.merged_id for row in self._unit.rows(_DOWN, kept_id=one) if row.merged_id not in found
            ]
        return tuple(found)

    def _key(self, person_id: str) -> str:
        row = self._unit.row(_KEY, id=person_id)
        if row is None:
            raise NotFound("This council has no such person.")
        return str(row.key_id)

    def _merge(self, row: Row[Any]) -> Merge:
        values = {name: getattr(row, name) for name in Merge.__slots__}
        values["reasons"] = tuple(row.reasons)
        inner = self._unit.open("person_merge.evidence", row.id, row.evidence)
        values["evidence"] = self._unit.open("person_merge.evidence.inner", row.id, bytes.fromhex(inner))
        return Merge(**values)
