"""The house keeps its rules: floors, pure policy, small files with a purpose, nothing of one machine."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from tests.house import ROOMS, ROOT, own_files, room_files, run

LONGEST = 350
# What the policy may take from the standard library: values, never the outside world, a clock or chance.
PURE = {
    "__future__", "abc", "bisect", "calendar", "collections", "contextlib", "dataclasses", "datetime",
    "decimal", "difflib", "enum", "fractions", "functools", "heapq", "itertools", "json", "math", "operator",
    "re", "statistics", "string", "textwrap", "types", "typing", "unicodedata", "zoneinfo",
}  # fmt: skip
CLOCKS = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today"}


def imported(tree: ast.Module) -> set[str]:
    """The top-level names of the modules that a module imports."""
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}


def floors(cwd: Path) -> tuple[int, str]:
    """What import-linter says, in a process of its own: it switches off every logger of the one it runs in."""
    lint = (
        "import sys; from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(sys.argv[1], no_cache=True))"
    )
    return run(sys.executable, "-c", lint, ROOT / "pyproject.toml", cwd=cwd)


def test_floors_should_hold_when_the_whole_house_is_read() -> None:
    code, report = floors(ROOT)
    assert code == 0, report
    assert "BROKEN" not in report


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("policy/rule.py", "import storage", "Each floor imports only the floors below it"),
        ("policy/rule.py", "import sqlalchemy", "The policy is pure code"),
        ("handlers/report.py", "import aiohttp", "The journeys and the records know no web server"),
        ("handlers/report.py", "import sqlmodel", "The journeys speak to the records, not to the database"),
        ("bot/local/door.py", "import bot.slack", "The doors know nothing of each other"),
        ("storage/cases.py", "import storage.log", "No circle"),
    ],
)
def test_contract_should_break_when_a_floor_is_crossed(
    tmp_path: Path, module: str, line: str, contract: str
) -> None:
    for room in (*ROOMS, "bot/slack", "bot/local"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    (tmp_path / "storage/log.py").write_text("import storage.cases")
    (tmp_path / "storage/cases.py").touch()
    (tmp_path / module).write_text(line)
    _, report = floors(tmp_path)
    broken = [shown for shown in report.splitlines() if shown.endswith("BROKEN")]
    assert len(broken) == 1
    assert broken[0].startswith(contract)


@pytest.mark.parametrize("path", room_files(".py"), ids=lambda path: str(path.relative_to(ROOT)))
def test_module_should_say_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_policy_should_be_given_the_time_and_touch_nothing_when_it_decides() -> None:
    for path in room_files(".py"):
        if path.relative_to(ROOT).parts[0] == "policy":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            assert imported(tree) <= {*PURE, "policy"}, path
            read = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
            called = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            assert not read & CLOCKS, path
            assert not called & {"open", "print", "input", "__import__"}, path


def test_files_should_be_seen_at_a_glance() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in room_files(".py", ".js", ".css", ".html")
        if "versions" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert long == {}


def test_files_should_name_no_registry_and_no_folder_of_one_machine() -> None:
    # In pieces, so that this file does not find itself.
    hosts = [r"py" + r"pi\.org", "python" + "hosted", r"npm" + r"js\.(org|com)", r"deb\.deb" + r"ian\.org"]
    folders = [
        "/wor" + "k/(main|shared|steering)",
        "/far" + "m/",
        "/ro" + "ot/",
        "/opt/py" + "pi",
        "/hom" + r"e/\w",
    ]
    leak = re.compile("|".join([*hosts, *folders]))
    found = []
    for path in own_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in leak.finditer(text)]
    assert found == []
