"""`civility run` and `civility demo` as processes: start, stop, one at a time, and what goes wrong at the start."""

from __future__ import annotations

import json
import socket
import sqlite3
from pathlib import Path

import pytest

from storage.mainkey import new_key_text
from tests.process.program import civility, environment, run


def test_run_should_serve_the_page_and_stop_when_asked(tmp_path: Path) -> None:
    started = run(environment(tmp_path / "records"))
    status, page = started.get("/")
    assert status == 200
    assert "Sample Town Council" in page
    assert started.get("/healthz") == (200, '{"status": "ok"}')
    assert started.get("/readyz") == (200, '{"status": "ready"}')
    assert any("civility.key" in line for line in started.said)
    assert {one.name for one in (tmp_path / "records").iterdir()} >= {
        "civility.db",
        "civility.key",
        "civility.keys",
    }
    assert (tmp_path / "records" / "civility.key").stat().st_mode & 0o777 == 0o600
    code, taken = started.stop()
    assert code == 0
    assert taken < 10


def test_second_run_should_be_refused_while_other_commands_work(tmp_path: Path) -> None:
    env = environment(tmp_path)
    started = run(env)
    try:
        second = civility("run", env=env)
        assert second.returncode == 1
        assert "already running" in second.stderr
        assert "Traceback" not in second.stderr
        assert civility("verify-log", env=env).returncode == 0
        assert civility("doctor", env=env).stdout.strip() == "All is well."
    finally:
        started.kill()
    again = run(env)  # a killed process leaves no lock behind
    assert again.stop()[0] == 0


def test_demo_should_have_five_cases_apart_from_the_records_of_run(tmp_path: Path) -> None:
    env = environment(tmp_path)
    started = run(env, "demo")
    try:
        status, page = started.get("/?channel=governance")
        assert status == 200
        for number in range(1, 6):
            assert f"-000{number}" in page
    finally:
        started.kill()
    assert not (tmp_path / "civility.db").exists()
    inside = {**env, "CIVILITY_DATA": str(tmp_path / "civility-demo")}
    references = [
        line["reference"]
        for line in json.loads(civility("due", "--json", env=inside).stdout)
        if line["reference"]
    ]
    assert references
    year = references[0].split("-")[1]
    states = [
        json.loads(civility("case", f"INC-{year}-000{number}", "--json", env=inside).stdout)["state"]
        for number in (1, 5)
    ]
    assert states == ["appeal_closed", "reported"]
    assert run(env, "demo").stop()[0] == 0  # a second demo goes on where the first stopped


def test_run_should_refuse_with_one_sentence(tmp_path: Path) -> None:
    env = environment(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        _refused({**env, "PORT": str(taken.getsockname()[1])}, "Set PORT to another number")
    _refused({**env, "HOST": "0.0.0.0"}, "no log-in")
    _refused({**env, "PORT": "much"}, "PORT")
    _refused({**env, "DATABASE_URL": "mysql://somewhere/else"}, "sqlite:/// or postgresql://")
    _refused({**env, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "CIVILITY_KEY is required")
    unreachable = {
        **env,
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "CIVILITY_KEY": new_key_text(),
    }
    _refused(unreachable, "database")
    _refused({**env, "CIVILITY_KEY": "too short"}, "base64")


def test_run_should_refuse_records_that_are_not_whole(tmp_path: Path) -> None:
    env = environment(tmp_path)
    run(env).kill()
    key = tmp_path / "civility.key"
    kept = key.read_text()
    key.unlink()
    _refused(env, "Put it back from your backup")
    assert not key.exists()
    _refused({**env, "CIVILITY_KEY": new_key_text()}, "does not open the key store")
    key.write_text(kept)
    assert run(env).stop()[0] == 0
    (tmp_path / "civility.db").write_bytes(b"this is no database at all" * 100)
    for ending in ("-wal", "-shm"):
        (tmp_path / f"civility.db{ending}").unlink(missing_ok=True)
    _refused(env, "database")


def test_run_should_name_everything_wrong_in_the_councils_file(tmp_path: Path) -> None:
    file = tmp_path / "council.toml"
    file.write_text(
        '[council]\nname = ""\n[policy]\nappeal_days = 3\n[[offices]]\noffice = "king"\nname = "Dana Okoro"\n'
        "from = 2026-05-01\n[surprise]\n"
    )
    env = environment(tmp_path / "records", CIVILITY_CONFIG=str(file))
    said = _refused(env, "needs attention")
    for part in ("[council] name", "appeal_days", "“king” is not an office", "[surprise]"):
        assert part in said


@pytest.mark.parametrize("council", ["example"])
def test_run_should_begin_with_the_councils_own_file(tmp_path: Path, council: str) -> None:
    example = Path(__file__).parent.parent.parent / f"council.{council}.toml"
    started = run(environment(tmp_path, CIVILITY_CONFIG=str(example)))
    try:
        assert "Dana Okoro" in started.get("/")[1]
    finally:
        started.kill()
    with sqlite3.connect(tmp_path / "civility.db") as records:
        assert records.execute("SELECT count(*) FROM holding").fetchone()[0] >= 5
    records.close()


def _refused(env: dict[str, str], words: str) -> str:
    ended = civility("run", env=env)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert words in ended.stderr
    return ended.stderr
