"""The store: opens units of work, knows the councils, keeps the keys and the migrations in step.

One store a process. `migrate()` first; then `write()` and `read()` from any thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from policy.calendars import local_date
from storage.due import Due
from storage.engine import Database
from storage.errors import KeyProblem, NotFound, StorageError
from storage.jobs import Jobs
from storage.keystore import KeyStore
from storage.listen import Listener
from storage.migrate import upgrade
from storage.models import COUNCIL, KEY_TO_FORGET, LOG_HEAD, WORKSPACE
from storage.prepared import Statements
from storage.records import Council
from storage.repos.council import as_council
from storage.repos.log import Verified
from storage.unit import CouncilKeys, Unit, new_id
from storage.uow import UnitOfWork
from storage.vault import Vault

log = logging.getLogger("civility.storage")

_COUNCILS = select(COUNCIL).order_by(COUNCIL.c.created_at, COUNCIL.c.council_id)
_COUNCIL_KEY = select(COUNCIL.c.key_id).where(COUNCIL.c.council_id == bindparam("at_council_id"))
_BOUND = select(WORKSPACE.c.council_id).where(
    WORKSPACE.c.platform == bindparam("at_platform"), WORKSPACE.c.workspace == bindparam("at_workspace")
)
_BOUND_COUNCIL = select(COUNCIL).where(COUNCIL.c.council_id == _BOUND.scalar_subquery())
_UNBIND = delete(WORKSPACE).where(
    WORKSPACE.c.council_id == bindparam("at_council_id"), WORKSPACE.c.platform == bindparam("at_platform")
)
_TO_FORGET = select(KEY_TO_FORGET).where(KEY_TO_FORGET.c.done_at.is_(None))
_FORGOTTEN = update(KEY_TO_FORGET).where(
    KEY_TO_FORGET.c.council_id == bindparam("at_council_id"), KEY_TO_FORGET.c.key_id == bindparam("at_key_id")
)
_BIND_LOCK = text("SELECT pg_advisory_xact_lock(7318270417)")


class Store(Due, Jobs):
    """The records of every council of this deployment."""

    def __init__(self, url: str, keystore: KeyStore, now: Callable[[], datetime]) -> None:
        self._database = Database(url)
        self._vault = Vault(keystore)
        self._statements = Statements(self._database.writer.dialect)
        self._keystore, self._now = keystore, now
        self._hooks: list[Callable[[], object]] = []
        self._keys: dict[str, CouncilKeys] = {}
        self._bound: dict[tuple[str, str], str] = {}
        self._heads: dict[str, tuple[int, str]] = {}
        self._heads_lock = threading.Lock()

    # --- life ----------------------------------------------------------------------------------

    def migrate(self) -> None:
        """Bring the schema up to date (any number of processes at once), check the keys, finish erasures.

        Raises KeyProblem when the key store is not the one that belongs to this database.
        """
        upgrade(self._database)
        with self._database.reading() as connection:
            held = [row.key_id for row in connection.execute(_COUNCILS)]
        if not all(self._keystore.holds(key_id) for key_id in held):
            raise KeyProblem(
                f"The key store {self._keystore.path.name} is not the one of this database. Put back the key store "
                "that belongs to it, or nothing that was typed can be read."
            )
        self.finish_forgetting()

    def dispose(self) -> None:
        """Remember where the logs end and close every connection. The key store stays open for its owner."""
        self.anchor()
        self._database.dispose()

    def on_commit(self, callback: Callable[[], object]) -> None:
        """Call back after each committed unit of work, on its thread and outside its transaction."""
        self._hooks.append(callback)

    def listen(self, heard: Callable[[], object]) -> Listener | None:
        """Call back, on a thread of its own, when any process has queued something; None on SQLite, which has one."""
        return None if self._database.is_sqlite else Listener(self._database.url, heard)

    # --- units of work -------------------------------------------------------------------------

    @contextmanager
    def write(self, council_id: str) -> Iterator[UnitOfWork]:
        """A unit that may change a council's records; kept only by its `commit()`.

        On SQLite writers queue, one at a time. Opening a second one in the same thread raises StorageError.
        """
        self._keystore.refresh()
        uow: UnitOfWork | None = None
        try:
            with self._database.writing() as connection:
                uow = UnitOfWork(self._unit(connection, council_id, writing=True))
                yield uow
        finally:
            if uow is not None and uow.committed:
                self._after(uow)

    @contextmanager
    def read(self, council_id: str) -> Iterator[UnitOfWork]:
        """A unit that sees one snapshot, waits for no writer and can change nothing."""
        self._keystore.refresh()
        with self._database.reading() as connection:
            yield UnitOfWork(self._unit(connection, council_id, writing=False))

    def _unit(self, connection: Connection, council_id: str, *, writing: bool) -> Unit:
        return Unit(
            connection,
            council_id,
            self._vault,
            self._now,
            self._council_keys,
            self._statements,
            writing=writing,
        )

    def _after(self, uow: UnitOfWork) -> None:
        self._keep_head(uow)
        for hook in self._hooks:
            try:
                hook()
            except Exception:
                # The records are committed; a deaf listener must not turn that into a failure of the click.
                log.exception("a listener to commits failed")
        # Last, because it raises when the key store is busy: asking once more, or the next start, finishes it.
        if uow.forgets_keys:
            self.finish_forgetting()

    def _keep_head(self, uow: UnitOfWork) -> None:
        if uow.log.head is not None:
            with self._heads_lock:
                known = self._heads.get(uow.council_id, (0, ""))
                self._heads[uow.council_id] = max(known, uow.log.head)

    # --- councils ------------------------------------------------------------------------------

    def councils(self) -> tuple[Council, ...]:
        """Every council, the first created first."""
        with self._database.reading() as connection:
            return tuple(as_council(row) for row in connection.execute(_COUNCILS))

    def create_council(
        self,
        name: str,
        address: str,
        appeals_contact: str,
        channels: Mapping[str, Mapping[str, str]],
        id: str | None = None,
        speaking: tuple[str, str] | None = None,
    ) -> Council:
        """A new council with a key of its own; channels: {"governance": {"slack": "C…", "local": "…"}}.

        `speaking` is the platform and workspace that speak for it from the start; when they speak for a council
        already, that one is returned and nothing is made.
        """
        council = Council(
            id or new_id(), name, address, appeals_contact, channels, self._now().astimezone(UTC)
        )
        values = {
            "council_id": council.id,
            "name": name,
            "address": address,
            "appeals_contact": appeals_contact,
            "channels": {kind: dict(places) for kind, places in channels.items()},
            "key_id": self._keystore.take(),
            "created_at": council.created_at,
        }
        with self._database.writing() as connection:
            if speaking:
                if not self._database.is_sqlite:
                    connection.execute(_BIND_LOCK)
                bound = connection.execute(_BOUND_COUNCIL, _bound_at(*speaking)).first()
                if bound is not None:
                    return as_council(bound)
            connection.execute(insert(COUNCIL), values)
            connection.execute(insert(LOG_HEAD), {"council_id": council.id, "seq": 0, "hash": ""})
            if speaking:
                platform, workspace = speaking
                at = {"council_id": council.id, "platform": platform, "workspace": workspace}
                connection.execute(insert(WORKSPACE), at)
            connection.commit()
        return council

    def council_for(self, platform: str, workspace: str) -> str | None:
        """The council a chat workspace speaks for."""
        known = self._bound.get((platform, workspace))
        if known is None:
            with self._database.reading() as connection:
                known = connection.execute(_BOUND, _bound_at(platform, workspace)).scalar()
            if known is not None:
                self._bound[platform, workspace] = known
        return known

    def bind_workspace(self, council_id: str, platform: str, workspace: str) -> None:
        """Let a workspace speak for a council; another one of that platform no longer does.

        Raises StorageError when it speaks for another council: nobody takes over another's.
        """
        at = _bound_at(platform, workspace)
        with self._database.writing() as connection:
            if not self._database.is_sqlite:
                connection.execute(_BIND_LOCK)
            bound = connection.execute(_BOUND, at).scalar()
            if bound is None:
                values = {"council_id": council_id, "platform": platform}
                connection.execute(_UNBIND, {f"at_{name}": value for name, value in values.items()})
                connection.execute(insert(WORKSPACE), {**values, "workspace": workspace})
                connection.commit()
                self._bound.clear()
            elif bound != council_id:
                raise StorageError("This workspace is already connected to another council.")

    def _council_keys(self, connection: Connection, council_id: str) -> CouncilKeys:
        found = self._keys.get(council_id)
        if found is None:
            key_id = connection.execute(_COUNCIL_KEY, {"at_council_id": council_id}).scalar()
            if key_id is None:
                raise NotFound("There is no such council.")
            derive = self._keystore.derive
            found = self._keys[council_id] = CouncilKeys(
                key_id, derive(key_id, "index"), derive(key_id, "log")
            )
        return found

    # --- keys and the log ----------------------------------------------------------------------

    def secret(self, council_id: str, purpose: str) -> bytes:
        """A 32-byte secret of a council for one purpose outside the records, such as signing a cookie."""
        with self._database.reading() as connection:
            key_id = self._council_keys(connection, council_id).key_id
        return self._keystore.derive(key_id, purpose)

    def finish_forgetting(self) -> int:
        """Wipe from the key store every key whose erasure is committed; safe to repeat. Returns how many."""
        with self._database.reading() as connection:
            rows = connection.execute(_TO_FORGET).fetchall()
        for row in rows:
            self._keystore.forget(row.key_id)
            with self._database.writing() as connection:
                at = {"at_council_id": row.council_id, "at_key_id": row.key_id}
                connection.execute(_FORGOTTEN, {**at, "done_at": self._now()})
                connection.commit()
        if rows:
            self._database.checkpoint()
        return len(rows)

    def learn(self) -> None:
        """Let the database know how its tables are filled: each start and each night."""
        self._database.learn()

    def anchor(self) -> None:
        """Write outside the database where each log ends now. Called by the scheduler's tick; cheap when idle."""
        with self._heads_lock:
            heads, self._heads = self._heads, {}
        if heads:
            self._keystore.set_anchors(heads, local_date(self._now()))

    def verify_log(self, council_id: str) -> Verified:
        """Check a council's log; when it is whole, where it ends is anchored."""
        self.anchor()
        with self.read(council_id) as uow:
            result = uow.log.verify()
            self._keep_head(uow)
        self.anchor()
        return result


def _bound_at(platform: str, workspace: str) -> dict[str, str]:
    return {"at_platform": platform, "at_workspace": workspace}


__all__ = ["Store", "UnitOfWork"]
