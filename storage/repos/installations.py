"""Workspaces that installed the app themselves, and their tokens (sealed like everything nobody else may read)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, or_

from storage.installed import Installation
from storage.models import INSTALLATION
from storage.unit import Repository, add_or_replace, change, find

_ALL = find(INSTALLATION).order_by(INSTALLATION.c.installed_at, INSTALLATION.c.workspace)
_ONE = find(INSTALLATION, "platform", "workspace")
_CHANGE = change(INSTALLATION, "platform", "workspace")
_CLAIM = change(INSTALLATION, "platform", "workspace").where(
    INSTALLATION.c.removed_at.is_(None),
    INSTALLATION.c.expires_at == bindparam("at_expires_at"),
    or_(INSTALLATION.c.refreshing_until.is_(None), INSTALLATION.c.refreshing_until <= bindparam("at_now")),
)
_SAVE = add_or_replace(INSTALLATION)


class InstallationRepo(Repository):
    """This council's installations."""

    def all(self) -> tuple[Installation, ...]:
        """Every one there ever was, the first installed first."""
        return tuple(self._plain(row) for row in self._unit.rows(_ALL))

    def get(self, platform: str, workspace: str) -> Installation | None:
        """The installation of a workspace, removed or not."""
        row = self._unit.row(_ONE, platform=platform, workspace=workspace)
        return self._plain(row) if row else None

    def save(self, given: Installation) -> None:
        """Keep an installation; an earlier one of the same workspace gives way."""
        self._unit.put(
            _SAVE,
            {
                "platform": given.platform,
                "workspace": given.workspace,
                "name": given.name,
                "bot_id": given.bot_id,
                "bot_user_id": given.bot_user_id,
                "installed_by": given.installed_by,
                "installed_at": given.installed_at,
                "removed_at": given.removed_at,
                "expires_at": given.expires_at,
                "refreshing_until": None,
                **self._tokens(given.platform, given.workspace, given.token, given.refresh_token),
            },
        )

    def claim_renewal(self, given: Installation, until: datetime) -> bool:
        """Whether this caller is the one to renew these expiring tokens, until an instant: no two are told yes."""
        at = {"platform": given.platform, "workspace": given.workspace, "expires_at": given.expires_at}
        return self._unit.change(_CLAIM, {"refreshing_until": until}, now=self._unit.now(), **at) == 1

    def renewed(self, given: Installation, token: str, refresh_token: str, expires_at: datetime) -> None:
        """Keep new tokens. One that was removed meanwhile stays removed."""
        values = {"expires_at": expires_at, "refreshing_until": None}
        now = self.get(given.platform, given.workspace)
        if now is not None and now.removed_at is None:
            sealed = self._tokens(given.platform, given.workspace, token, refresh_token)
            self._change(given.platform, given.workspace, {**values, **sealed})

    def remove(self, platform: str, workspace: str) -> bool:
        """The workspace removed the app: its tokens are wiped. Whether there was anything to remove."""
        now = self.get(platform, workspace)
        if now is None or now.removed_at is not None:
            return False
        empty = self._tokens(platform, workspace, "", "")
        values = {"removed_at": self._unit.now(), "expires_at": None, "refreshing_until": None}
        self._change(platform, workspace, {**values, **empty})
        return True

    def _change(self, platform: str, workspace: str, values: dict[str, object]) -> None:
        self._unit.change(_CHANGE, values, platform=platform, workspace=workspace)

    def _tokens(self, platform: str, workspace: str, token: str, refresh_token: str) -> dict[str, bytes]:
        given, row = {"token": token, "refresh_token": refresh_token}, f"{platform}|{workspace}"
        key_id = self._unit.keys.key_id
        return {
            name: self._unit.seal(key_id, f"installation.{name}", row, value) for name, value in given.items()
        }

    def _plain(self, row: Row[Any]) -> Installation:
        def opened(name: str) -> str:
            return self._unit.open(
                f"installation.{name}", f"{row.platform}|{row.workspace}", getattr(row, name)
            )

        return Installation(
            platform=row.platform,
            workspace=row.workspace,
            name=row.name,
            bot_id=row.bot_id,
            bot_user_id=row.bot_user_id,
            installed_by=row.installed_by,
            installed_at=row.installed_at,
            token=opened("token"),
            refresh_token=opened("refresh_token"),
            expires_at=row.expires_at,
            removed_at=row.removed_at,
        )
