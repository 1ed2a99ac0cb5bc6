"""`civility run` and `civility demo` as processes: start, stop, one at a time, and what goes wrong at the start."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.app import Civility
from bot.settings import Settings
from handlers.case_record import record
from handlers.casefile import load
from storage.mainkey import new_key_text
from tests.process.program import civility, environment, run

NOBODY_THERE = "postgresql://nobody@127.0.0.1:1/none"


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
    assert taken < 3


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


def test_demo_should_have_seven_cases_apart_from_the_records_of_run(tmp_path: Path) -> None:
    env = environment(tmp_path)
    started = run(env, "demo")
    try:
        status, page = started.get("/?channel=governance")
        assert status == 200
        assert len(set(re.findall(r"INC-\d{4}-\d{4}", page))) == 7
    finally:
        started.kill()
    assert not (tmp_path / "civility.db").exists()
    with (
        closing(Civility(Settings(civility_data=tmp_path / "civility-demo"))) as demo,
        demo.store.read(demo.store.councils()[0].id) as uow,
    ):
        cases = sorted(uow.cases.all(), key=lambda one: one.reference)
        found = [record(load(demo.desk(uow), one.id)) for one in cases]
    assert [one["state"] for one in found] == [
        "appeal_closed",
        "appeal_closed",
        "appeal_undecided",
        "appeal_open",
        "proposal_waiting",
        "second_finding",
        "reported",
    ]
    assert "The Chief Officer holds the review." in found[0]["next_step"]
    assert "1 of 2 have answered" in found[2]["next_step"]
    assert run(env, "demo").stop()[0] == 0  # a second demo goes on where the first stopped


def test_run_should_refuse_with_one_sentence(tmp_path: Path) -> None:
    env = environment(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refusals: tuple[tuple[dict[str, str], str], ...] = (
            ({"PORT": str(taken.getsockname()[1])}, "Set PORT to another number"),
            ({"HOST": "0.0.0.0"}, "no log-in"),
            ({"PORT": "much"}, "PORT"),
            ({"DATABASE_URL": "mysql://somewhere/else"}, "sqlite:/// or postgresql://"),
            ({"DATABASE_URL": NOBODY_THERE}, "CIVILITY_KEY is required"),
            ({"DATABASE_URL": NOBODY_THERE, "CIVILITY_KEY": new_key_text()}, "database"),
            ({"CIVILITY_KEY": "too short"}, "base64"),
        )
        with ThreadPoolExecutor(3) as at_once:
            folders = (str(tmp_path / str(n)) for n in range(len(refusals)))
            apart = [
                ({**env, "CIVILITY_DATA": folder}, *one)
                for folder, one in zip(folders, refusals, strict=True)
            ]
            list(at_once.map(lambda one: _refused({**one[0], **one[1]}, one[2]), apart))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_run_should_say_that_it_may_not_write_in_the_folder(tmp_path: Path) -> None:
    empty, records, file = tmp_path / "empty", tmp_path / "records", tmp_path / "file"
    empty.mkdir(mode=0o555)
    _refused(environment(empty), "may not", bound=True)
    file.write_text("a file, not a folder")
    _refused(environment(file), str(file))
    env = environment(records)
    run(env).kill()
    for one in records.iterdir():
        one.chmod(0o444)
    records.chmod(0o555)
    said = _refused(env, "may not", bound=True)
    assert "already running" not in said


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


def _refused(env: dict[str, str], words: str, *, bound: bool = False) -> str:
    ended = civility("run", env=env, bound=bound)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert words in ended.stderr
    assert not ended.stdout.count("Civility is ready")
    return ended.stderr
