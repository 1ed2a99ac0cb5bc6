"""Installations in the records: a workspace that installs Civility is a council of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.seed import new_council
from storage.errors import NotFound
from storage.installed import Installation
from storage.store import Store

SLACK = "slack"


class Installs:
    """Synchronous; the door runs it beside the event loop."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now

    def add(self, given: Installation) -> None:
        """Keep a new installation. A workspace that had one keeps its council, and what waits is sent (R18).

        One that never had one becomes a new council, for whoever installed to set up; nobody takes over another's.
        """
        council_id = self._store.council_for(SLACK, given.workspace) or new_council(
            self._store, self._now, (SLACK, given.workspace)
        )
        with self._store.write(council_id) as uow:
            uow.installations.save(given)
            if not uow.council.get().name:
                uow.council.update(name=given.name)
            uow.log.append(
                "", "workspace.joined", "council", council_id, platform=SLACK, workspace=given.workspace
            )
            uow.commit()

    def find(self, team: str) -> Installation | None:
        """A workspace's installation, removed or not."""
        council_id = self._store.council_for(SLACK, team)
        if council_id is None:
            return None
        with self._store.read(council_id) as uow:
            return uow.installations.get(SLACK, team)

    def remove(self, team: str) -> None:
        """The workspace removed the app. Its records stay: they are the council's."""
        council_id = self._store.council_for(SLACK, team)
        if council_id is None:
            return
        with self._store.write(council_id) as uow:
            if uow.installations.remove(SLACK, team):
                uow.log.append("", "workspace.left", "council", council_id, platform=SLACK, workspace=team)
                uow.commit()

    def claim_renewal(self, given: Installation, until: datetime) -> bool:
        """Whether this process is the one to renew these tokens, until an instant."""
        with self._store.write(self._council(given)) as uow:
            claimed = uow.installations.claim_renewal(given, until)
            uow.commit()
        return claimed

    def renewed(self, given: Installation, token: str, refresh_token: str, expires_at: datetime) -> None:
        """Keep new tokens."""
        with self._store.write(self._council(given)) as uow:
            uow.installations.renewed(given, token, refresh_token, expires_at)
            uow.commit()

    def _council(self, given: Installation) -> str:
        council_id = self._store.council_for(SLACK, given.workspace)
        if council_id is None:
            raise NotFound("This workspace speaks for no council.")
        return council_id
