"""The key store: keys nobody else gets, wrapped, readable by its owner only, erased for real."""

from __future__ import annotations

import base64
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.errors import KeyProblem
from storage.keystore import KeyStore
from storage.mainkey import MainKeys, make_key_file, new_key_text
from storage.vault import Vault
from tests.storage.house import MAIN_KEY, START, together

OLD, NEW = MAIN_KEY, base64.urlsafe_b64encode(b"\xff" * 32).decode()
PLACE = "person.name|council|row"
OWNER_ONLY = 0o666 if os.name == "nt" else 0o600
"""Windows keeps no such modes: who may read a file there is inherited from its folder."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "civility.keys"


@pytest.fixture
def keys(path: Path) -> Iterator[KeyStore]:
    with closing(_open(path)) as store:
        yield store


def _open(path: Path, main: str = OLD) -> KeyStore:
    return KeyStore(path, MainKeys.from_text(main), batch=2)


def test_take_should_never_give_a_key_twice(keys: KeyStore, path: Path) -> None:
    with closing(_open(path)) as other:
        taken = [id for ids in together(*[lambda s=s: [s.take() for _ in range(9)] for s in (keys, other, keys)])
                 for id in ids]  # fmt: skip
        assert len(set(taken)) == 27
        assert all(other.holds(id) and keys.holds(id) for id in taken)


def test_sealed_text_should_open_in_another_process_that_has_the_key(keys: KeyStore, path: Path) -> None:
    key_id = keys.take()
    sealed = Vault(keys).seal(key_id, PLACE, "O’Brien, æøå 🙂")
    with closing(_open(path)) as other:
        assert Vault(other).open(PLACE, sealed) == "O’Brien, æøå 🙂"


def test_same_text_should_look_different_each_time_and_blank_stay_blank(keys: KeyStore) -> None:
    vault, key_id = Vault(keys), keys.take()
    assert len({vault.seal(key_id, PLACE, "Alex") for _ in range(5)}) == 5
    assert vault.seal(key_id, PLACE, "") == b""
    assert vault.open(PLACE, b"") == vault.open(PLACE, None) == ""


def test_file_should_hold_no_key_in_clear(
    keys: KeyStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = b"a data key of thirty-two bytes.."
    monkeypatch.setattr("storage.keystore.AESGCM.generate_key", lambda *_: secret)
    key_id = keys.take()
    held = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert key_id.encode() in held
    assert secret not in held


def test_files_should_be_readable_by_their_owner_only(keys: KeyStore, path: Path) -> None:
    keys.take()
    make_key_file(path.parent / "civility.key")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert {"civility.keys", "civility.keys-wal", "civility.key"} <= set(modes)
    assert set(modes.values()) == {OWNER_ONLY}


def test_forgotten_key_should_be_gone_for_every_process_and_at_once(keys: KeyStore, path: Path) -> None:
    key_id, kept = keys.take(), keys.take()
    sealed = Vault(keys).seal(key_id, PLACE, "Alex")
    with closing(_open(path)) as other:
        assert Vault(other).open(PLACE, sealed) == "Alex"  # and remembers the key
        keys.forget(key_id)
        keys.forget(key_id)
        assert (keys.holds(key_id), keys.holds(kept)) == (False, True)
        assert Vault(keys).open(PLACE, sealed) == ""
        other.refresh()
        assert Vault(other).open(PLACE, sealed) == ""
        with pytest.raises(KeyProblem, match="was erased"):
            Vault(other).seal(key_id, PLACE, "Alex")
        with pytest.raises(KeyProblem, match="does not hold this council's key"):
            other.derive(key_id, "log")


def test_forget_should_say_so_when_the_file_is_busy(
    keys: KeyStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key_id = keys.take()
    keys._db.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM data_key").fetchall()
        with pytest.raises(KeyProblem, match="was busy"):
            keys.forget(key_id)
    assert not keys.holds(key_id)
    keys.forget(key_id)  # and again, when it is free


def test_rewrap_should_let_the_old_main_key_be_thrown_away(keys: KeyStore, path: Path) -> None:
    key_id = keys.take()
    sealed, secret = Vault(keys).seal(key_id, PLACE, "Alex"), keys.derive(key_id, "log")
    with pytest.raises(KeyProblem, match="Use the key it was made with"):
        _open(path, NEW)
    with closing(_open(path, f"{NEW}, {OLD}")) as rotating:
        assert rotating.rewrap() == 2
    with closing(_open(path, NEW)) as after:
        assert Vault(after).open(PLACE, sealed) == "Alex"
        assert after.derive(key_id, "log") == secret
    with pytest.raises(KeyProblem):
        _open(path, OLD)


def test_derive_should_differ_by_key_and_purpose(keys: KeyStore) -> None:
    one, other = keys.take(), keys.take()
    secrets = {keys.derive(key, purpose) for key in (one, other) for purpose in ("log", "index")}
    assert len(secrets) == 4


def test_anchors_should_survive_the_process(keys: KeyStore, path: Path) -> None:
    keys.set_anchors({"c": (3, "abc")}, START.date())
    with closing(_open(path)) as other:
        (anchor,) = other.anchors("c")
    assert (anchor.day, anchor.seq, anchor.hash) == ("2026-10-14", 3, "abc")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "CIVILITY_KEY is empty"),
        (" , ", "CIVILITY_KEY is empty"),
        ("not a key", "key 1, is not url-safe base64"),
        ("clé", "key 1, is not url-safe base64"),
        (f"{OLD},c2hvcnQ=", "key 2, has 5 bytes instead of 32"),
    ],
)
def test_main_key_should_be_refused_with_how_to_make_one(text: str, sentence: str) -> None:
    with pytest.raises(KeyProblem, match=sentence) as refused:
        MainKeys.from_text(text)
    assert "civility key" in str(refused.value)
    assert text.strip(" ,") == "" or text not in str(refused.value)  # the key itself is never repeated


def test_main_key_should_not_show_in_a_repr() -> None:
    assert repr(MainKeys.from_text(OLD)) == "MainKeys()"


def test_new_main_keys_should_be_usable_and_differ() -> None:
    one, other = new_key_text(), new_key_text()
    assert one != other
    assert MainKeys.from_text(one).unwrap(MainKeys.from_text(one).wrap(b"secret", b"x"), b"x") == b"secret"
    assert MainKeys.from_text(other).unwrap(MainKeys.from_text(one).wrap(b"secret", b"x"), b"x") is None


def test_key_file_should_be_made_once_when_six_start_at_once(tmp_path: Path) -> None:
    path = tmp_path / "data" / "civility.key"
    texts = together(*[lambda: make_key_file(path)] * 6)
    assert set(texts) == {path.read_text().strip()}
    assert [file.name for file in path.parent.iterdir()] == ["civility.key"]
    assert make_key_file(path) == texts[0]


def test_key_file_should_be_refused_when_it_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "civility.key"
    path.write_text("\n")
    with pytest.raises(KeyProblem, match=r"civility\.key is empty"):
        make_key_file(path)
    assert path.read_text() == "\n"
