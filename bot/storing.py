"""Opens the records: the database, and beside it the key store and its main key (R45)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.settings import Settings
from storage.engine import read_url
from storage.errors import KeyProblem
from storage.keystore import KeyStore
from storage.mainkey import MainKeys, make_key_file
from storage.store import Store

NO_KEY = (
    "With PostgreSQL, CIVILITY_KEY is required: it encrypts names and stories. Make one with: civility key. "
    "Keep it somewhere safe, apart from the database: without it nobody can read them again."
)


def open_store(settings: Settings, now: Callable[[], datetime]) -> tuple[Store, KeyStore]:
    """The store and its key store, not migrated yet. The caller closes both.

    Raises KeyProblem when the key is missing or does not open the key store.
    """
    read_url(settings.url)  # a wrong address is said before a missing key
    keys = KeyStore(settings.key_store, MainKeys.from_text(_main_key(settings)))
    return Store(settings.url, keys, now), keys


def _main_key(settings: Settings) -> str:
    """`CIVILITY_KEY`, or for SQLite the key file, made on the first start."""
    if settings.civility_key:
        return settings.civility_key
    if not settings.embedded:
        raise KeyProblem(NO_KEY)
    if settings.key_store.exists() and not settings.key_file.exists():
        raise KeyProblem(_lost(settings.key_file))
    return make_key_file(settings.key_file)


def _lost(path: Path) -> str:
    return (
        f"The key file {path.name} is missing, but there are records that need it. Put it back from your backup "
        f"into {path.parent}, or give the key as CIVILITY_KEY."
    )
