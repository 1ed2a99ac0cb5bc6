"""botbuilder stays behind its one edge (docs/decisions/0021)."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_only_the_edge_should_import_the_library_microsoft_no_longer_supports() -> None:
    found = [
        path.relative_to(ROOT).as_posix()
        for room in ("bot", "scheduler", "handlers", "storage", "policy")
        for path in (ROOT / room).rglob("*.py")
        if re.search(
            r"^\s*(from|import) (botbuilder|botframework|msrest)",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    ]
    assert found == ["bot/teams/edge.py"]
