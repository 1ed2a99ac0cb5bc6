"""Colleagues and their accounts on the platforms (R48)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, and_, insert, select, text

from storage.models import COLLEAGUE, IDENTITY
from storage.records import Colleague, Identity
from storage.unit import Repository, add_or_replace, change, find, new_id, where

_ADD = insert(COLLEAGUE)
_GET = find(COLLEAGUE, "id")
_ALL = find(COLLEAGUE).order_by(COLLEAGUE.c.id)
_SAME = change(COLLEAGUE, "id").where(COLLEAGUE.c.same_as.is_(None))
_MOVE = change(IDENTITY, "colleague_id")
_RENAME = change(COLLEAGUE, "id")
_BY_IDENTITY = (
    select(COLLEAGUE)
    .join(
        IDENTITY,
        and_(IDENTITY.c.council_id == COLLEAGUE.c.council_id, IDENTITY.c.colleague_id == COLLEAGUE.c.id),
    )
    .where(where(IDENTITY, "platform", "workspace", "external_id"))
)
_IDENTITIES = find(IDENTITY, "colleague_id").order_by(IDENTITY.c.platform, IDENTITY.c.external_id)
_LINK = add_or_replace(IDENTITY)

_ENTERED_ALONE = text(
    "SELECT pg_advisory_xact_lock(hashtextextended(:at_council_id || '/account/' || :at_account, 0))"
)


class ColleagueRepo(Repository):
    """Those who use the chat: staff, councillors, and guests with exactly what the register grants."""

    def add(self, name: str, guest: bool = False) -> Colleague:
        """A new colleague without an account yet."""
        row_id = new_id()
        self._unit.put(
            _ADD, {"id": row_id, "name": self._sealed(row_id, name), "guest": guest, "same_as": None}
        )
        return Colleague(row_id, name, guest)

    def get(self, colleague_id: str) -> Colleague | None:
        """One colleague."""
        row = self._unit.row(_GET, id=colleague_id)
        return None if row is None else self._colleague(row)

    def all(self) -> tuple[Colleague, ...]:
        """Every colleague, the longest known first."""
        return tuple(self._colleague(row) for row in self._unit.rows(_ALL))

    def rename(self, colleague_id: str, name: str) -> None:
        """Give a colleague another name; decisions keep the name of their time."""
        self._unit.change(_RENAME, {"name": self._sealed(colleague_id, name)}, id=colleague_id)

    def by_identity(self, platform: str, workspace: str, external_id: str) -> Colleague | None:
        """Whose account this is, or None."""
        row = self._unit.row(_BY_IDENTITY, platform=platform, workspace=workspace, external_id=external_id)
        return None if row is None else self._colleague(row)

    def wait_for_identity(self, platform: str, workspace: str, external_id: str) -> Colleague | None:
        """Whose account this is, once everybody who is just entering it has finished.

        Nobody else enters it until this unit ends; on SQLite a writing unit is alone anyway.
        """
        if self._unit.writing and not self._unit.is_sqlite:
            self._unit.rows(_ENTERED_ALONE, account=f"{platform}/{workspace}/{external_id}")
        return self.by_identity(platform, workspace, external_id)

    def link(self, identity: Identity) -> None:
        """Make an account a colleague's; an account that was another colleague's moves."""
        self._unit.put(_LINK, {name: getattr(identity, name) for name in Identity.__slots__})

    def join(self, before: str, after: str) -> bool:
        """Make every account of one colleague another's from now on; False when that was done before (R48)."""
        if self._unit.change(_SAME, {"same_as": after}, id=before) != 1:
            return False
        self._unit.change(_MOVE, {"colleague_id": after}, colleague_id=before)
        return True

    def identities(self, colleague_id: str) -> tuple[Identity, ...]:
        """A colleague's accounts."""
        return tuple(
            Identity(row.platform, row.workspace, row.external_id, row.colleague_id)
            for row in self._unit.rows(_IDENTITIES, colleague_id=colleague_id)
        )

    def _sealed(self, row_id: str, name: str) -> bytes:
        return self._unit.seal(self._unit.keys.key_id, "colleague.name", row_id, name)

    def _colleague(self, row: Row[Any]) -> Colleague:
        name = self._unit.open("colleague.name", row.id, row.name)
        return Colleague(row.id, name, row.guest, row.same_as)
