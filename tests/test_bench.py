"""The measurements themselves: in small, to see that each runs and says its number. No time is judged here."""

from __future__ import annotations

import re

import pytest

from bench.__main__ import main


def test_bench_should_print_a_number_for_every_measurement(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick"]) == 0
    printed = capsys.readouterr().out
    for what in (
        "SQLite: a committed report against a bare commit",
        "first start after installing",
        "cold start on an empty folder",
        "start again with records",
        "idle memory",
        "look-ups of one's reports, 20 colleagues at once",
        "Slack /incident, 1 connection: against bare slack-bolt",
        "Slack /incident, 64 connections: against bare aiohttp",
        "Slack report, 16 connections: against bare aiohttp",
        "Teams message to reply, 8 connections: against stock",
        "2,000 reminders waiting: a tick, median",
        "messages rendered, delivered and marked",
        "APScheduler's job store, 2,000 jobs waiting: a tick",
        "report over 200 incidents: peak memory",
        "check among 500 people: p99",
    ):
        line = next((one for one in printed.splitlines() if one.startswith(what)), "")
        assert re.search(r"\d+\.\d\d", line), f"nothing measured: {what}\n{printed}"
