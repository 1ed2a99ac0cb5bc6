"""Where the house stands, and which files belong to it."""

from __future__ import annotations

import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "scheduler", "handlers", "storage", "policy")


def run(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> tuple[int, str]:
    """Run a command; its exit code, and all that it printed."""
    done = subprocess.run(
        command, cwd=cwd, env=env, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.returncode, done.stdout


@cache
def own_files() -> tuple[Path, ...]:
    """Every file of the project, none that git ignores. A copy without git: all but hidden folders."""
    if (ROOT / ".git").exists():
        code, listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
        assert code == 0, listed
        names = [ROOT / name for name in listed.split("\0") if name]
    else:
        names = [
            path for path in ROOT.rglob("*") if ".venv" not in path.parts and "__pycache__" not in path.parts
        ]
    return tuple(sorted(path for path in names if path.is_file()))


def room_files(*suffixes: str) -> list[Path]:
    """The files of the five rooms, by suffix; all of them when none is given."""
    return [
        path
        for path in own_files()
        if path.relative_to(ROOT).parts[0] in ROOMS and (not suffixes or path.suffix in suffixes)
    ]


@cache
def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
