"""Statements compiled once and executed on the driver's own cursor.

A report writes a dozen rows in one transaction; SQLAlchemy's execution adds about 80 microseconds to each, which
is more than the database itself takes (measured: it made a report five times dearer than it need be). So a
statement is still written and compiled by SQLAlchemy, with its types, but executed without it.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import DateTime, Dialect, LargeBinary
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Convert = Callable[[Any], Any]


class Prepared:
    """One statement for one dialect: its text, how its parameters and its results are converted."""

    def __init__(self, statement: ClauseElement, given: Iterable[str], dialect: Dialect) -> None:
        compiled = cast(SQLCompiler, statement.compile(dialect=dialect, column_keys=sorted(given)))
        if compiled.insert_prefetch or compiled.update_prefetch:
            raise ValueError("A value with a default was left out; give every column its value.")
        self.text = str(compiled)
        names = list(compiled.positiontup or () if compiled.positional else compiled.binds)
        self._names = None if compiled.positional else names
        self._pick = _picker(names)
        binds = [(n, _to_database(compiled.binds[name].type, dialect)) for n, name in enumerate(names)]
        self._binds = [(n, convert) for n, convert in binds if convert is not None]
        # Constants written into the statement itself, such as the state 'open'.
        self._fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        columns = getattr(statement, "exported_columns", None)
        self._row: Any = None
        if columns is not None and len(columns):
            names = [str(c.key) for c in columns]
            self._row = cast(Any, namedtuple)("Row", names, rename=True)
            conversions = [(n, _from_database(c.type, dialect)) for n, c in enumerate(columns)]
            self._conversions = [(n, convert) for n, convert in conversions if convert is not None]

    def parameters(self, values: Mapping[str, object]) -> Any:
        """The values as the driver wants them: by position on SQLite, by name on PostgreSQL."""
        found = list(self._pick({**self._fixed, **values} if self._fixed else values))
        for number, convert in self._binds:
            found[number] = convert(found[number])
        return found if self._names is None else dict(zip(self._names, found, strict=True))

    def results(self, raw: Iterable[Sequence[Any]]) -> list[Any]:
        """Rows as named tuples, with dates, instants and JSON as Python values."""
        if self._row is None:  # a statement that answers nothing, such as taking a lock
            return []
        make, conversions = self._row._make, self._conversions
        if not conversions:
            return [make(row) for row in raw]
        rows = []
        for one in raw:
            row = list(one)
            for number, convert in conversions:
                if row[number] is not None:
                    row[number] = convert(row[number])
            rows.append(make(row))
        return rows


class Statements:
    """The prepared statements of one database, made at first use and kept."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._made: dict[tuple[ClauseElement, tuple[str, ...]], Prepared] = {}

    def get(self, statement: ClauseElement, given: Iterable[str] = ()) -> Prepared:
        """The statement prepared for these given columns."""
        key = (statement, tuple(given))
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = Prepared(statement, key[1], self._dialect)
        return found


def _picker(names: Sequence[str]) -> Callable[[Mapping[str, object]], Iterable[object]]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: [values[name] for name in names]


def _to_database(type_: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    here = type_.dialect_impl(dialect)
    if isinstance(here, LargeBinary):
        return None  # both drivers take bytes as they are
    convert = here.bind_processor(dialect)
    # One unit writes the same instant in every row.
    instant = isinstance(getattr(here, "impl", here), DateTime)
    return lru_cache(256)(convert) if convert and instant else convert


def _from_database(type_: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    here = type_.dialect_impl(dialect)
    if isinstance(here, LargeBinary):
        return None if dialect.name == "sqlite" else bytes
    return here.result_processor(dialect, None)
