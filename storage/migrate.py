"""Bringing the schema up to date at start-up, with any number of processes starting at once.

SQLite: BEGIN IMMEDIATE lets one in at a time; PostgreSQL: an advisory lock. Either is held for the whole
migration, which is one transaction: it happens entirely or not at all.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.engine import Database
from storage.errors import StorageError

HEAD = "0016"
"""The newest version; a test compares it with the folder."""

FOLDER = Path(__file__).parent / "migrations"
_LOCK = text("SELECT pg_advisory_xact_lock(7318270416)")
_VERSION = text("SELECT version_num FROM alembic_version")


def upgrade(database: Database) -> bool:
    """Bring the schema to `HEAD`; returns whether there was anything to do.

    Raises StorageError when the database was made by a newer Civility.
    """
    with database.reading() as connection:
        if version(connection) == HEAD:
            return False
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(_LOCK)
        before = version(connection)
        if before == HEAD:
            return False
        _run(connection, before)
        connection.commit()
    return True


def version(connection: Connection) -> str | None:
    """The schema's version; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(_VERSION).scalar()
    return found


def _run(connection: Connection, before: str | None) -> None:
    # Imported here because a start with nothing to migrate, the usual one, need not wait for it.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if before is not None and before not in known:
        raise StorageError(
            f"These records were made by a newer version of Civility (schema {before}). Install that version."
        )
    command.upgrade(config, "head")
