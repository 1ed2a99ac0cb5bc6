"""What every repository stands on: one connection, one council, the time, and sealing.

Statements are built once, at import; a repository executes them with values. `ids()` and `where()` name their
parameters `at_…`, because SQLAlchemy keeps a column's own name for the value it is set to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import uuid_utils
from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Insert,
    Integer,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import ClauseElement

from storage.errors import NotFound
from storage.models import CASE
from storage.prepared import Prepared, Statements
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class CouncilKeys:
    """A council's own data key, and the secrets made from it for searching and for the log."""

    key_id: str
    index: bytes
    log: bytes


def new_id() -> str:
    """A UUIDv7 as text: unique everywhere, and later ids sort later."""
    return str(uuid_utils.uuid7())


def where(table: Table, *columns: str) -> ColumnElement[bool]:
    """Rows of this council in which each column equals the parameter `at_<column>`."""
    return and_(*(table.c[name] == bindparam(f"at_{name}") for name in ("council_id", *columns)))


def find(table: Table, *columns: str) -> Select[Any]:
    """Select the rows of this council with these columns."""
    return select(table).where(where(table, *columns))


def change(table: Table, *columns: str) -> Update:
    """Update the rows of this council with these columns; values come with the execution."""
    return update(table).where(where(table, *columns))


def remove(table: Table, *columns: str) -> Delete:
    """Delete the rows of this council with these columns."""
    return delete(table).where(where(table, *columns))


def up_to(statement: Select[Any]) -> Select[Any]:
    """The first rows only, as many as the parameter `limit` says."""
    return statement.limit(bindparam("at_limit", type_=Integer))


def add_once(table: Table) -> Insert:
    """Insert, unless a unique key says it is already there; both databases read the same words."""
    return postgresql.insert(table).on_conflict_do_nothing()


def add_or_replace(table: Table) -> Insert:
    """Insert, or let a row with the same key give way: every column beside the key is written anew."""
    statement = postgresql.insert(table)
    key = list(table.primary_key.columns.keys())
    beside = [name for name in table.columns.keys() if name not in key]  # noqa: SIM118 - a column collection
    return statement.on_conflict_do_update(
        index_elements=key, set_={name: getattr(statement.excluded, name) for name in beside}
    )


class Unit:
    """One transaction of one council, shared by the repositories of a unit of work."""

    def __init__(
        self,
        connection: Connection,
        council_id: str,
        vault: Vault,
        clock: Callable[[], datetime],
        keys: Callable[[Connection, str], CouncilKeys],
        statements: Statements,
        *,
        writing: bool,
    ) -> None:
        self.connection, self.council_id, self.vault, self.writing = connection, council_id, vault, writing
        self.is_sqlite = connection.dialect.name == "sqlite"
        self._clock, self._find_keys, self._statements = clock, keys, statements
        self._driver: Any = None
        self._keys: CouncilKeys | None = None
        self._now: datetime | None = None
        self._case_keys: dict[str, str] = {}
        self.keys_asked_to_forget = False
        self.queued = False

    # --- time and keys -------------------------------------------------------------------------

    def now(self) -> datetime:
        """The instant of this unit, aware UTC; the same for all its rows until it is committed or rolled back."""
        if self._now is None:
            self._now = self._clock().astimezone(UTC)
        return self._now

    def start_again(self) -> None:
        """Forget what belonged to the transaction that ended."""
        self._now = None
        self._driver = None
        self._case_keys.clear()
        self.keys_asked_to_forget = False
        self.queued = False

    @property
    def keys(self) -> CouncilKeys:
        """The council's own keys."""
        if self._keys is None:
            self._keys = self._find_keys(self.connection, self.council_id)
        return self._keys

    def case_key(self, case_id: str) -> str:
        """The id of the key that seals a case's words."""
        found = self._case_keys.get(case_id)
        if found is None:
            row = self.row(_CASE_KEY, id=case_id)
            if row is None:
                raise NotFound("This council has no such case.")
            found = self._case_keys[case_id] = row.key_id
        return found

    def know_case_key(self, case_id: str, key_id: str) -> None:
        """Remember a case's key, so that it is not looked up again."""
        self._case_keys[case_id] = key_id

    def lock_case(self, case_id: str) -> None:
        """On PostgreSQL, let one writing unit at a time work on a case, as SQLite does for everything.

        Two colleagues who sign at the same instant then see each other's signature instead of both waiting for
        the other's. Reading units lock nothing.
        """
        if self.writing and not self.is_sqlite:
            self.row(_LOCK_CASE, id=case_id)

    # --- sealing -------------------------------------------------------------------------------

    def seal(self, key_id: str, column: str, row_id: str, text: str) -> bytes:
        """Seal a text for "table.column" of a row of this council."""
        return self.vault.seal(key_id, f"{column}|{self.council_id}|{row_id}", text)

    def open(self, column: str, row_id: str, sealed: bytes) -> str:
        """Open a sealed text; "" when there was none or its key was forgotten."""
        return self.vault.open(f"{column}|{self.council_id}|{row_id}", sealed)

    def seal_json(self, key_id: str, column: str, row_id: str, value: object) -> bytes:
        """Seal a value that JSON can hold; tuples come back as lists."""
        return self.seal(key_id, column, row_id, json.dumps(value, ensure_ascii=False) if value else "")

    def open_json(self, column: str, row_id: str, sealed: bytes) -> Any:
        """The value sealed by `seal_json`, or None when there was none or its key was forgotten."""
        text = self.open(column, row_id, sealed)
        return json.loads(text) if text else None

    # --- statements ----------------------------------------------------------------------------

    def rows(self, statement: ClauseElement, **at: object) -> Sequence[Any]:
        """Execute a statement made of this module's helpers; `at` gives its parameters."""
        prepared = self._statements.get(statement)
        return prepared.results(self._run(prepared, self._at(at)).fetchall())

    def row(self, statement: ClauseElement, **at: object) -> Any | None:
        """The first row, or None."""
        rows = self.rows(statement, **at)
        return rows[0] if rows else None

    def put(self, statement: Insert, values: Mapping[str, object]) -> int:
        """Insert one row of this council; returns how many were written (0 when it was there already)."""
        values = {"council_id": self.council_id, **values}
        return int(self._run(self._statements.get(statement, values), values).rowcount)

    def put_all(self, statement: Insert, values: Sequence[Mapping[str, object]]) -> None:
        """Insert several rows of this council at once."""
        if values:
            prepared = self._statements.get(statement, ("council_id", *values[0]))
            given = [prepared.parameters({"council_id": self.council_id, **one}) for one in values]
            self._cursor().executemany(prepared.text, given)

    def change(self, statement: Update | Delete, values: Mapping[str, object], **at: object) -> int:
        """Update or delete; returns how many rows it met."""
        prepared = self._statements.get(statement, values)
        return int(self._run(prepared, {**values, **self._at(at)}).rowcount)

    def change_returning(
        self, statement: Insert | Update, values: Mapping[str, object], **at: object
    ) -> Sequence[Any]:
        """Insert or update, and return what the statement says."""
        values = {"council_id": self.council_id, **values} if isinstance(statement, Insert) else values
        prepared = self._statements.get(statement, values)
        return prepared.results(self._run(prepared, {**values, **self._at(at)}).fetchall())

    def _run(self, prepared: Prepared, values: Mapping[str, object]) -> Any:
        return self._cursor().execute(prepared.text, prepared.parameters(values))

    def _cursor(self) -> Any:
        if not self.connection.in_transaction():
            self.connection.begin()
        if self._driver is None:
            self._driver = self.connection.connection.cursor()
        return self._driver

    def _at(self, at: Mapping[str, object]) -> dict[str, object]:
        return {"at_council_id": self.council_id, **{f"at_{name}": value for name, value in at.items()}}


class Repository:
    """The parent of every repository: holds the unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit


_CASE_KEY = select(CASE.c.key_id).where(where(CASE, "id"))
_LOCK_CASE = select(CASE.c.id).where(where(CASE, "id")).with_for_update()

__all__ = [
    "CouncilKeys",
    "Repository",
    "Unit",
    "add_once",
    "change",
    "find",
    "insert",
    "new_id",
    "remove",
    "where",
]
