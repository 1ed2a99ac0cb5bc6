"""kill -9 at the worst moments: after a restart everything arrives, once."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import Civility, utc_now
from bot.settings import Settings
from storage.mainkey import new_key_text
from storage.models import OUTBOX, REMINDER
from tests.process.browser import Browser
from tests.process.program import PATIENCE, ROOT, environment, run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


@pytest.fixture
def env(database_url: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a program on this database."""
    return environment(tmp_path, DATABASE_URL=database_url, CIVILITY_KEY=new_key_text())


@pytest.mark.parametrize("moment", ["after-commit", "after-claim", "after-post"])
def test_everything_should_arrive_once_after_a_kill(env: dict[str, str], moment: str) -> None:
    died = subprocess.run(
        [sys.executable, "-m", "tests.process.crash", moment],
        env=env,
        cwd=ROOT,
        timeout=PATIENCE,
        check=False,
        capture_output=True,
        text=True,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    before, waiting = _messages(env)
    assert waiting > 0
    assert sum(before.values()) == (1 if moment == "after-post" else 0)
    # A lease of a minute protects what was claimed; the next start, later than that, delivers it.
    _deliver_later(env)
    after, still = _messages(env)
    assert still == 0
    # Priya's, Dana's, Margaret's, the deputy's (a threat is urgent) and the governance channel's: one each.
    assert sorted(after.values()) == [1, 1, 1, 1, 1]
    assert set(before) <= set(after)
    _log_is_whole(env)


def test_report_from_a_browser_should_outlive_a_kill_right_after_its_answer(env: dict[str, str]) -> None:
    first = run(env)
    answer = Browser(first.address, "Priya").report()
    first.kill()
    assert answer.kind == "reply", answer.text
    again = run(env)
    try:
        assert "Priya" in Browser(again.address, "Priya").load()
    finally:
        assert again.stop()[0] == 0
    _deliver_later(env)  # what was claimed at the moment of the kill waits for its lease to end
    after, still = _messages(env)
    assert still == 0
    assert sorted(after.values()) == [1, 1, 1, 1, 1]
    _log_is_whole(env)


def test_run_should_deliver_what_a_kill_left(env: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "tests.process.crash", "after-commit"], env=env, cwd=ROOT, check=False
    )
    started = run(env)
    try:
        # It is ready before everything is delivered, so look until nothing waits any more.
        patience = time.monotonic() + PATIENCE
        while _messages(env)[1] and time.monotonic() < patience:
            started.get("/readyz")
        assert sorted(_messages(env)[0].values()) == [1, 1, 1, 1, 1]
    finally:
        started.kill()


KILLS, ROUNDS = 200, 30


def test_two_hundred_kills_at_random_should_lose_nothing_and_show_nothing_twice(
    env: dict[str, str], tmp_path: Path
) -> None:
    assert _killed(env, tmp_path, KILLS, at_once=1) > KILLS / 2, "too few were killed at work"
    _all_was_seen_once(env, tmp_path)


def test_three_processes_of_which_one_is_killed_should_share_the_work(
    postgresql_url: str, tmp_path: Path
) -> None:
    env = environment(tmp_path, DATABASE_URL=postgresql_url, CIVILITY_KEY=new_key_text())
    assert _killed(env, tmp_path, ROUNDS, at_once=3) > ROUNDS / 2, "too few were killed at work"
    _all_was_seen_once(env, tmp_path)


def _killed(env: dict[str, str], folder: Path, kills: int, at_once: int) -> int:
    command = [sys.executable, "-m", "tests.process.kills", str(kills), str(folder), str(at_once)]
    done = subprocess.run(
        command, env=env, cwd=ROOT, timeout=20 * PATIENCE, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return int(done.stdout)


def _all_was_seen_once(env: dict[str, str], folder: Path) -> None:
    lines = (folder / "outside.txt").read_text(encoding="utf-8").splitlines()
    seen = Counter(line.split()[0] for line in lines)
    with _opened(env) as program:
        council = program.store.councils()[0]
        with program.store.read(council.id) as uow:
            assert uow.outbox.waiting() == uow.outbox.parked() == ()
            assert uow.reminders.waiting() == ()
            sent = uow.connection.execute(select(OUTBOX.c.id, OUTBOX.c.view)).fetchall()
            fired = uow.connection.execute(select(REMINDER.c.id)).fetchall()
        assert program.store.verify_log(council.id).ok
    assert set(seen) == {row.id for row in sent}
    assert set(seen.values()) == {1}
    assert len([row for row in sent if row.view == "reminder"]) == len(fired) > 0


def _log_is_whole(env: dict[str, str]) -> None:
    """Nothing of the log is missing or altered, and the report stands in it once."""
    with _opened(env) as program:
        council = program.store.councils()[0]
        ok, _, sentence = program.store.verify_log(council.id)
        assert ok, sentence
        with program.store.read(council.id) as uow:
            assert [line.action for line in uow.log.lines()].count("incident.reported") == 1


def _messages(env: dict[str, str]) -> tuple[Counter[str], int]:
    """How many messages each channel has, and how many outbox rows still wait."""
    with _opened(env) as program:
        council = program.store.councils()[0]
        with program.store.read(council.id) as uow:
            rooms = [
                *(f"dm:{one.id}" for one in uow.colleagues.all()),
                *(places["local"] for places in council.channels.values()),
            ]
            found = Counter({room: len(uow.local.of_channel(room)) for room in rooms})
            return +found, len(uow.outbox.waiting())


def _deliver_later(env: dict[str, str]) -> None:
    with _opened(env, timedelta(minutes=2)) as program:
        asyncio.run(program.deliver(program.store.councils()[0].id))


def _opened(env: dict[str, str], later: timedelta = timedelta()) -> closing[Civility]:
    settings = Settings(
        database_url=env["DATABASE_URL"],
        civility_key=env["CIVILITY_KEY"],
        civility_data=Path(env["CIVILITY_DATA"]),
    )
    return closing(Civility(settings, now=lambda: utc_now() + later))
