"""The council itself and the settings it changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select

from storage.errors import NotFound
from storage.models import COUNCIL, SETTING, WORKSPACE
from storage.records import Council
from storage.unit import Repository, add_or_replace, change, find, where

_GET = find(COUNCIL)
_UPDATE = change(COUNCIL)
_WORKSPACE = find(WORKSPACE, "platform").order_by(WORKSPACE.c.workspace)
_SETTINGS = select(SETTING.c.name, SETTING.c.value).where(where(SETTING))
_SET = add_or_replace(SETTING)


def as_council(row: Row[Any]) -> Council:
    """A council's row as a plain value."""
    return Council(row.council_id, row.name, row.address, row.appeals_contact, row.channels, row.created_at)


class CouncilRepo(Repository):
    """This unit's council."""

    def get(self) -> Council:
        """The council; raises NotFound when the unit was opened for one that does not exist."""
        row = self._unit.row(_GET)
        if row is None:
            raise NotFound("There is no such council.")
        return as_council(row)

    def workspace(self, platform: str) -> str:
        """The workspace of a platform that speaks for this council; "" when none does."""
        row = self._unit.row(_WORKSPACE, platform=platform)
        return str(row.workspace) if row else ""

    def update(
        self,
        *,
        name: str | None = None,
        address: str | None = None,
        appeals_contact: str | None = None,
        channels: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """Change what is given; the rest stays."""
        given = {"name": name, "address": address, "appeals_contact": appeals_contact, "channels": channels}
        values = {column: value for column, value in given.items() if value is not None}
        if values:
            self._unit.change(_UPDATE, values)


class SettingsRepo(Repository):
    """The settings the council changed after it was created; what is not here has its default."""

    def get(self) -> dict[str, Any]:
        """Every changed setting by name, as JSON gives it back (tuples are lists)."""
        rows = self._unit.rows(_SETTINGS)
        return {row.name: self._unit.open_json("setting.value", row.name, row.value)["is"] for row in rows}

    def set(self, name: str, value: object, by: str) -> None:
        """Set one setting to a value JSON can hold; the policy has checked it before."""
        sealed = self._unit.seal_json(self._unit.keys.key_id, "setting.value", name, {"is": value})
        self._unit.put(_SET, {"name": name, "value": sealed, "set_by": by, "set_at": self._unit.now()})
