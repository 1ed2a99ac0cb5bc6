"""The commands of the console script, each as an administrator types it."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import cli
from storage.mainkey import MainKeys
from tests.journeys.steps import decide, notify
from tests.leaks import leaks
from tests.town import Town, open_town

Typed = tuple[int, str, str]
Command = Callable[..., Typed]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Type a command: its exit code, what it printed, and what it said on the error line."""
    for name in ("DATABASE_URL", "CIVILITY_KEY", "CIVILITY_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CIVILITY_DATA", str(tmp_path))

    def type_it(*arguments: str) -> Typed:
        monkeypatch.setattr(sys, "argv", ["civility", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return type_it


@pytest.mark.parametrize(
    ("method", "sent", "notified", "closes"),
    [
        ("email", "2026-10-14T10:00", "2026-10-14", "2026-10-28T23:59:59+00:00"),
        ("email", "2026-10-14T16:30", "2026-10-15", "2026-10-29T23:59:59+00:00"),
        ("hand", "2026-10-17T11:00", "2026-10-19", "2026-11-02T23:59:59+00:00"),
        ("first-class", "2026-10-14T10:00", "2026-10-16", "2026-10-30T23:59:59+00:00"),
        ("second-class", "2026-10-14T10:00", "2026-10-20", "2026-11-03T23:59:59+00:00"),
        ("email", "2026-03-20T10:00", "2026-03-20", "2026-04-07T23:59:59+01:00"),  # Easter moves the close
    ],
)
def test_dates_should_print_what_a_notice_would_promise(
    typed: Command, method: str, sent: str, notified: str, closes: str
) -> None:
    code, out, _ = typed("dates", "--method", method, "--sent", sent, "--json")
    assert code == 0
    assert json.loads(out) | {"sent": ""} == {
        "method": method,
        "sent": "",
        "notified_on": notified,
        "appeal_closes_at": closes,
        "provisional": False,
    }


def test_dates_should_say_what_is_wrong(typed: Command) -> None:
    code, _, err = typed("dates", "--method", "pigeon", "--sent", "2026-10-14T10:00")
    assert code == 2
    assert "is not one of: email, hand, first-class, second-class" in " ".join(err.split())
    code, _, err = typed("dates", "--method", "email", "--sent", "yesterday")
    assert code == 2
    assert "is not a day and time such as 2026-10-14T10:00" in " ".join(err.split())
    assert "provisional: true" in typed("dates", "--method", "email", "--sent", "2060-01-05T10:00")[1]


def test_small_commands_should_answer(typed: Command) -> None:
    assert typed("version")[:2] == (0, "0.1.0\n")
    code, key, _ = typed("key")
    assert code == 0
    MainKeys.from_text(key)
    assert typed("migrate")[:2] == (0, "The database is up to date.\n")
    assert typed("due")[:2] == (0, "Nothing is due.\n")
    code, out, _ = typed("doctor")
    assert code == 1
    assert "There is no council yet" in out
    code, _, err = typed("case", "INC-2026-0001")
    assert (code, err) == (1, "There is no case INC-2026-0001.\n")


def test_help_should_list_every_command_in_plain_words(typed: Command) -> None:
    code, out, _ = typed("--help")
    assert code == 0
    for command in (
        "run",
        "demo",
        "case",
        "chronology",
        "record",
        "dates",
        "due",
        "verify-log",
        "doctor",
        "migrate",
        "key",
        "version",
    ):
        assert re.search(rf"^\W*{command} ", out, re.MULTILINE), command


def test_case_and_due_should_print_what_is_computed(
    typed: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _decided(monkeypatch, tmp_path)
    code, out, _ = typed("case", "inc-2026-0001", "--json")
    assert code == 0
    data = json.loads(out)
    assert data["notified_on"] == "2026-10-14"
    assert data["appeal_closes_at"] == "2026-10-28T23:59:59+00:00"
    assert data["state"] == "appeal_closed"  # the command asks at this moment
    for typed_words in ("Marsden", "fist", "Okoro", "example.com"):
        assert typed_words not in out
    plain = typed("case", "INC-2026-0001")[1]
    assert "notified on: 2026-10-14" in plain
    kinds = [one["kind"] for one in json.loads(typed("due", "--json")[1])]
    assert {"appeal.closing", "appeal.closed", "debrief"} <= set(kinds)


def test_summary_should_write_the_report_and_say_its_figures(
    typed: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _decided(monkeypatch, tmp_path)
    out = tmp_path / "out"
    code, words, _ = typed("summary", "--from", "2026-10-01", "--to", "2026-10-31", "--out", str(out))
    assert code == 0
    assert "What: Cases opened; Number: fewer than 5" in words
    written = sorted(path.name for path in out.iterdir())
    assert written == [f"summary-2026-10-01-to-2026-10-31.{one}" for one in ("csv", "docx", "pdf", "txt")]
    code, _, err = typed("summary", "--from", "2026-10-10", "--to", "2026-10-31", "--out", str(out))
    assert code == 1
    assert "October 2026 was reported as one period" in err
    assert typed("summary", "--from", "soon", "--to", "2026-10-31", "--out", str(out))[0] == 2


def test_chronology_should_be_written_and_logged(
    typed: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _decided(monkeypatch, tmp_path)
    out = tmp_path / "case.csv"
    code, words, _ = typed("chronology", "inc 2026 1", "--out", str(out))
    assert code == 0
    assert "It holds names and stories: keep it safe." in words
    assert "Incident reported" in out.read_text("utf-8-sig")
    with sqlite3.connect(tmp_path / "civility.db") as records:
        found = records.execute("SELECT detail FROM log WHERE action = 'chronology.exported'").fetchall()
    records.close()
    assert found == [('{"form":".csv"}',)]
    assert typed("chronology", "INC-2026-0001", "--out", str(tmp_path / "case.exe"))[0] == 2
    code, _, err = typed("chronology", "INC-2026-0099", "--out", str(out))
    assert (code, err) == (1, "There is no case INC-2026-0099.\n")


def test_record_should_be_written_for_the_public_and_logged(
    typed: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _decided(monkeypatch, tmp_path)
    code, words, _ = typed("record", "inc 2026 1", "--out", str(tmp_path / "public"))
    files = {one.name: one.read_bytes() for one in (tmp_path / "public").iterdir()}
    assert code == 0
    assert words.count("Written: ") == len(files) == 4
    assert (
        leaks(["Alex Marsden", "Dana Okoro", "Margaret", "INC-2026-0001", "alex.marsden@example.com"], files)
        == []
    )
    assert b"A communication restriction" in next(one for name, one in files.items() if name.endswith(".txt"))
    with sqlite3.connect(tmp_path / "civility.db") as records:
        found = records.execute("SELECT count(*) FROM log WHERE action = 'record.exported'").fetchone()
    records.close()
    assert found == (1,)
    code, _, err = typed("record", "INC-2026-0099", "--out", str(tmp_path / "public"))
    assert (code, err) == (1, "There is no case INC-2026-0099.\n")


def test_verify_log_should_find_an_altered_line(
    typed: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _decided(monkeypatch, tmp_path)
    code, out, _ = typed("verify-log")
    assert code == 0
    assert "The log is whole" in out
    with sqlite3.connect(tmp_path / "civility.db") as records:
        for trigger in ("log_no_update", "log_no_delete"):
            records.execute(f"DROP TRIGGER {trigger}")
        records.execute("UPDATE log SET action = 'nothing.happened' WHERE seq = 3")
    records.close()
    code, out, _ = typed("verify-log")
    assert code == 1
    assert "Line 3 of the log was altered" in out
    code, out, _ = typed("doctor")
    assert code == 1
    assert "Line 3 of the log was altered" in out


def _decided(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A decided and notified case in `folder`, as `run` keeps it; later commands read it with the same key."""

    async def play() -> Town:
        async with open_town(f"sqlite:///{(folder / 'civility.db').as_posix()}", folder) as town:
            await decide(town)
            await notify(town)
            return town

    town = asyncio.run(play())
    monkeypatch.setenv("CIVILITY_KEY", town.civility.settings.civility_key)
