"""The schema: the migrations make what the models say, once, whoever starts when."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from storage import triggers
from storage.engine import Database
from storage.errors import StorageError
from storage.keystore import KeyStore
from storage.mainkey import MainKeys
from storage.migrate import FOLDER, HEAD, upgrade, version
from storage.models import METADATA
from storage.store import Store
from tests.postgres import PostgresServer
from tests.storage.house import MAIN_KEY, Clock, together

SQLITE_SCHEMA = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND sql <> ''"
)
POSTGRESQL_TRIGGERS = """
SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'index', tablename::text, indexname::text, indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
UNION ALL SELECT 'constraint', conrelid::regclass::text, '', pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype IN ('f', 'u', 'p', 'c') AND conrelid::regclass::text NOT IN ('alembic_version', '-')
UNION ALL SELECT 'column', table_name::text, column_name::text, data_type || is_nullable
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
UNION ALL SELECT 'function', '', proname::text, prosrc FROM pg_proc WHERE proname LIKE 'civility%'
"""

AT, DAY = datetime(2026, 10, 14, 9, tzinfo=UTC), date(2026, 10, 14)
BEFORE_KINDS: dict[str, dict[str, object]] = {
    "council": {"name": "n", "address": "a", "appeals_contact": "p", "channels": "{}", "key_id": "k", "created_at": AT},
    "person": {
        "id": "p", "name": b"", "contact": b"", "description": b"", "tokens": b"", "identified": True, "key_id": "k",
        "added_at": AT,
    },
    "case_file": {
        "id": "f", "reference": "R", "person_id": "p", "version": 1, "urgent": False, "opened_at": AT, "key_id": "k",
    },
    "decision": {"id": "d", "case_id": "f", "kind": "warning", "decided_at": AT, "makers": b""},
    "notice": {
        "id": "n", "case_id": "f", "decision_id": "d", "version": 1, "state": "sent", "method": "email",
        "expected_on": DAY, "printed_close": DAY, "prepared_by": "x", "prepared_at": AT, "address": b"",
        "text": b"sealed",
    },
    "dispatch": {
        "id": "s", "notice_id": "n", "method": "email", "sent_local": AT.replace(tzinfo=None), "recorded_by": "x",
        "recorded_at": AT,
    },
}  # fmt: skip
"""A letter that was sent, as it was recorded before letters had a kind."""


def _shape(connection: Connection) -> set[tuple[Any, ...]]:
    """Everything the database itself keeps of the schema, without the order in which columns stand."""
    if connection.dialect.name == "postgresql":
        return {tuple(row) for row in connection.execute(text(POSTGRESQL_TRIGGERS))}
    found = set()
    for kind, name, table, sql in connection.execute(text(SQLITE_SCHEMA)):
        parts = re.split(
            r"\n|,(?![^(]*\))", sql.replace('"', "")
        )  # an added column stands on the last one's line
        lines = sorted(line.strip(" \t,") for line in parts)
        found.add((kind, name, table, tuple(line for line in lines if line)))
    return found


def test_migrations_should_make_what_the_models_say(database_url: str) -> None:
    database = Database(database_url)
    upgrade(database)
    with database.writer.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, METADATA) == []
    database.dispose()


def test_migrations_should_make_the_same_triggers_and_indexes_as_the_models_on_sqlite(tmp_path: Path) -> None:
    migrated = Database(f"sqlite:///{tmp_path / 'migrated.db'}")
    created = Database(f"sqlite:///{tmp_path / 'created.db'}")
    _compare(migrated, created)


def test_migrations_should_make_the_same_triggers_and_indexes_as_the_models_on_postgresql(
    postgres: PostgresServer,
) -> None:
    urls = [postgres.create(), postgres.create()]
    migrated, created = (Database(url.render_as_string(hide_password=False)) for url in urls)
    _compare(migrated, created)
    for url in urls:
        postgres.drop(url)


def _compare(migrated: Database, created: Database) -> None:
    upgrade(migrated)
    with created.writing() as connection:
        METADATA.create_all(connection)
        for statement in triggers.SQLITE if created.is_sqlite else triggers.POSTGRESQL:
            connection.execute(text(statement))
        connection.commit()
    with migrated.reading() as one, created.reading() as other:
        assert _shape(one) == _shape(other)
        kinds = {row[0] for row in _shape(one)}
        assert {"trigger", "index"} <= kinds
    migrated.dispose()
    created.dispose()


def test_head_should_be_the_newest_migration_in_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [HEAD]


def test_upgrade_should_say_whether_there_was_anything_to_do(database_url: str) -> None:
    database = Database(database_url)
    assert upgrade(database) is True
    assert upgrade(database) is False
    with database.reading() as connection:
        assert version(connection) == HEAD
    database.dispose()


def test_upgrade_should_refuse_when_a_newer_civility_made_the_records(database_url: str) -> None:
    database = Database(database_url)
    upgrade(database)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    with pytest.raises(StorageError, match=r"newer version of Civility \(schema 9999\)"):
        upgrade(database)
    with database.reading() as connection:
        assert version(connection) == "9999"
    database.dispose()


def test_migrate_should_work_when_six_start_on_one_empty_database(
    database_url: str, tmp_path: Path, clock: Clock
) -> None:
    def start() -> str:
        keystore = KeyStore(tmp_path / "civility.keys", MainKeys.from_text(MAIN_KEY), batch=2)
        store = Store(database_url, keystore, clock)
        store.migrate()
        council = store.create_council("One", "Hall", "appeals@example.org", {})
        with store.write(council.id) as uow:
            uow.log.append("a", "started", "council", council.id)
            uow.commit()
        store.dispose()
        keystore.close()
        return council.id

    made = together(*[start] * 6)

    keystore = KeyStore(tmp_path / "civility.keys", MainKeys.from_text(MAIN_KEY))
    store = Store(database_url, keystore, clock)
    store.migrate()
    assert {council.id for council in store.councils()} == set(made)
    assert [store.verify_log(council_id).lines for council_id in made] == [1] * 6
    store.dispose()
    keystore.close()


def test_letters_should_keep_their_sendings_when_they_get_a_kind(database_url: str) -> None:
    database = Database(database_url)
    with database.writing() as connection:
        _to(connection, "0003")
        for name, values in BEFORE_KINDS.items():
            row = {"council_id": "c", **values}
            names = ", ".join(row)
            given = ", ".join(f":{one}" for one in row)
            connection.execute(text(f"INSERT INTO {name} ({names}) VALUES ({given})"), row)
        connection.commit()
    upgrade(database)
    with database.writing() as connection:
        found = connection.execute(text("SELECT kind, about, text, decision_id FROM notice")).one()
        assert (found[0], found[1], bytes(found[2]), found[3]) == ("decision", "", b"sealed", "d")
        assert connection.execute(text("SELECT notice_id FROM dispatch")).scalar_one() == "n"
        with pytest.raises(IntegrityError):
            connection.execute(text("DELETE FROM notice"))
    database.dispose()


def _to(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
