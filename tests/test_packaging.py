"""What is installed: locks that any machine can use, and a wheel with everything in it."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.house import ROOMS, ROOT, project, room_files, run

# A lock holds these three kinds of line and nothing else: no address, no path, no option.
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9][0-9a-z.]*)(?: ; [^/]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def locked(name: str) -> dict[str, str]:
    """Name and version of everything in a lock; fails on a line that is neither a pin nor a hash."""
    pins = {}
    for line in (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        pin = PIN.fullmatch(line)
        assert pin or HASH.fullmatch(line), f"{name}.txt: {line}"
        if pin:
            pins[pin["name"]] = pin["version"]
    return pins


def wanted(requirements: list[str]) -> set[str]:
    """The bare names of requirements such as `psycopg[binary]>=3.2`."""
    return {re.split(r"[^a-z0-9-]", requirement, maxsplit=1)[0] for requirement in requirements}


def test_locks_should_name_no_host_and_hold_what_the_project_asks_for() -> None:
    groups = project()["dependency-groups"]
    run = {*wanted(project()["project"]["dependencies"]), *wanted(groups["build"])}
    assert run <= locked("run").keys()
    assert run | wanted(groups["dev"]) <= locked("dev").keys()
    assert locked("uv").keys() == {"uv"}


def test_locks_should_agree_when_they_pin_the_same_package() -> None:
    dev = locked("dev")
    assert {name: dev.get(name) for name in locked("run")} == locked("run")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this folder without asking the network for anything."""
    out = tmp_path_factory.mktemp("wheel")
    code, said = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out)
    assert code == 0, said
    (built,) = out.glob("*.whl")
    return built


def test_wheel_should_hold_every_file_of_every_room_and_nothing_else(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    ours = {path.relative_to(ROOT).as_posix() for path in room_files()}
    assert inside == ours | {"bot/council.example.toml"}
    assert {name.split("/")[0] for name in inside} == set(ROOMS)


def test_command_should_run_when_only_the_wheel_is_installed(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "venv"
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    alone["PIP_CONFIG_FILE"] = os.devnull

    def succeed(*command: str | Path) -> str:
        code, said = run(*command, cwd=tmp_path, env=alone)
        assert code == 0, said
        return said.strip()

    succeed(sys.executable, "-m", "venv", "--without-pip", place)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", scripts / "python")
    succeed(*pip, "install", "--no-index", "--no-deps", wheel)
    packages = Path(
        succeed(scripts / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    )
    # What civility needs comes from here by a path file, so that the test asks no network. A path file is not
    # followed further, so this folder's own editable install stays out of sight.
    (packages / "needs.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")

    assert Path(succeed(scripts / "python", "-c", "import bot; print(bot.__file__)")).is_relative_to(packages)
    assert project()["project"]["version"] in succeed(scripts / "civility", "version")
