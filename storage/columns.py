"""How a table is declared here: ids as text, council first in every key, sealed words as bytes.

The tables have a metadata of their own, so that nothing another package declares is ever migrated with them.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import JSON, Column, ForeignKeyConstraint, LargeBinary, Table
from sqlalchemy.orm import registry
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field, SQLModel


class Row(SQLModel, registry=registry()):
    """The parent of every table."""


def key() -> Any:
    """A part of the primary key."""
    return Field(primary_key=True)


def sealed() -> Any:
    """Words people typed, encrypted; empty bytes when there were none or they were erased."""
    return Field(sa_column=Column(LargeBinary, nullable=False))


def json() -> Any:
    """Ids and codes as JSON; never words people typed."""
    return Field(sa_column=Column(JSON, nullable=False))


def parts(*items: SchemaItem) -> tuple[Any, ...]:
    """A table's constraints and indexes. On SQLite the rows stand in their key's own tree, as UUIDv7 ids arrive in
    order: half as many pages are written by a commit as with a hidden row number."""
    return (*items, {"sqlite_with_rowid": False})


def belongs_to(table: str, column: str) -> ForeignKeyConstraint:
    """A reference within one council: (council_id, column) -> (council_id, id) of another table."""
    return ForeignKeyConstraint(["council_id", column], [f"{table}.council_id", f"{table}.id"])


def of_council() -> ForeignKeyConstraint:
    """Every row belongs to a council that exists."""
    return ForeignKeyConstraint(["council_id"], ["council.council_id"])


def table_of(model: type[Row]) -> Table:
    """The Core table of a model: the hot paths write through it, without the weight of the ORM."""
    return cast(Table, model.__table__)  # type: ignore[attr-defined]
