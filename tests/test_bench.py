"""The measurements themselves: in small, to see that each runs and says its number. No time is judged here."""

from __future__ import annotations

import re

import pytest

from bench.__main__ import main


def test_bench_should_print_a_number_for_every_measurement(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick"]) == 0
    printed = capsys.readouterr().out
    for what in (
        "SQLite: a report's records against a bare commit",
        "SQLite: the whole click against a bare commit",
        "cold start on an empty folder, to ready",
        "start again with records, to ready",
        "idle memory",
        "clicks by 20 colleagues at once",
        "check among 500 people: p99",
    ):
        line = next((one for one in printed.splitlines() if one.startswith(what)), "")
        assert re.search(r"\d+\.\d\d", line), f"nothing measured: {what}\n{printed}"
