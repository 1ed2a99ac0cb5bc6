"""A council with nobody at the door: the records, the sender and a platform that keeps what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers import views
from tests.scheduler.post_office import PostOffice, Words, open_post_office


@pytest.fixture
def office(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """The sample council on an empty database, with one view more, "words", that a test steers."""
    words = Words()
    monkeypatch.setitem(views.VIEWS, "words", words.view)
    with open_post_office(database_url, tmp_path, words) as one:
        yield one


@pytest.fixture
def database_url(migrated_url: str) -> str:
    """The tables are there already."""
    return migrated_url
