"""The first council, and how its records are opened."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.council_file import council_from
from bot.seed import seed
from bot.settings import Settings
from bot.storing import open_store
from policy.offices import Office
from storage.errors import KeyProblem, StorageError
from storage.mainkey import new_key_text

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
FILE = {
    "council": {"name": "Ambleford Town Council", "address": "Town Hall", "appeals_contact": "The clerk"},
    "channels": {"governance": {"slack": "C1"}},
    "offices": [
        {"office": "chief_officer", "name": "Dana Okoro", "from": date(2026, 5, 1)},
        {
            "office": "chair_fgp",
            "name": "Councillor Hall",
            "from": date(2026, 5, 1),
            "until": date(2027, 5, 1),
        },
    ],
    "policy": {"signature_overdue_working_days": 4, "same_day_before": "16:00"},
}


def settings(folder: Path, url: str = "", key: str = "") -> Settings:
    return Settings(database_url=url, civility_data=folder, civility_key=key)


def test_seed_should_write_the_file_into_the_records(database_url: str, tmp_path: Path) -> None:
    store, keys = open_store(settings(tmp_path, database_url, new_key_text()), lambda: NOW)
    store.migrate()
    council_id = seed(store, council_from(FILE, "council.toml"), "local", lambda: NOW)
    with store.read(council_id) as uow:
        council = uow.council.get()
        assert (council.name, council.appeals_contact) == ("Ambleford Town Council", "The clerk")
        assert council.channels["governance"] == {"slack": "C1", "local": "governance"}
        assert council.channels["councillors"] == {"local": "councillors"}
        register = uow.offices.register()
        (dana,) = register.holders(Office.CHIEF_OFFICER, date(2026, 10, 14))
        assert uow.colleagues.by_identity("local", "local", dana) is not None
        assert register.holders(Office.CHAIR_FGP, date(2027, 5, 2)) == ()
        assert uow.settings.get() == {"signature_overdue_working_days": 4, "same_day_before": "16:00"}
        assert [line.action for line in uow.log.lines()] == ["council.created"]
    assert store.council_for("local", "local") == council_id
    store.dispose()
    keys.close()


def test_sqlite_should_look_after_its_own_key(tmp_path: Path) -> None:
    store, keys = open_store(settings(tmp_path), lambda: NOW)
    store.migrate()
    council_id = store.create_council("Ambleford", "", "", {}).id
    secret = store.secret(council_id, "cookie")
    store.dispose()
    keys.close()
    assert (tmp_path / "civility.key").stat().st_mode & 0o777 == 0o600
    store, keys = open_store(settings(tmp_path), lambda: NOW)
    store.migrate()
    assert store.secret(council_id, "cookie") == secret
    assert store.secret(council_id, "another purpose") != secret
    store.dispose()
    keys.close()
    (tmp_path / "civility.key").unlink()
    with pytest.raises(KeyProblem, match="Put it back from your backup"):
        open_store(settings(tmp_path), lambda: NOW)


def test_postgresql_should_require_a_key(tmp_path: Path) -> None:
    with pytest.raises(KeyProblem, match="CIVILITY_KEY is required"):
        open_store(settings(tmp_path, "postgresql://nobody@127.0.0.1:1/none"), lambda: NOW)
    with pytest.raises(StorageError, match="sqlite:///"):
        open_store(settings(tmp_path, "mysql://nobody@127.0.0.1:1/none"), lambda: NOW)


def test_settings_should_not_show_the_key() -> None:
    key = new_key_text()
    assert key not in repr(Settings(civility_key=key))
