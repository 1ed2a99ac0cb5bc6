"""The program as a process: started, read line by line, killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CIVILITY = (sys.executable, "-m", "bot")
OURS = ("DATABASE_URL", "CIVILITY_", "SLACK_", "HOST", "PORT")
SLOW = ("PYTHONDONTWRITEBYTECODE",)
"""Would make each start compile everything again."""
CANNOT_OVERRIDE = (
    "import ctypes, os, sys; ctypes.CDLL(None).prctl(24, 1, 0, 0, 0); os.execv(sys.executable, sys.argv[1:])"
)
"""Starts a program without the right of root to write where nobody may (PR_CAPBSET_DROP, CAP_DAC_OVERRIDE)."""
PATIENCE = 30.0


def environment(data: Path, **more: str) -> dict[str, str]:
    """The environment of a fresh machine, with its records in `data` and any free port."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS + SLOW)}
    nowhere = str(data / "no-council.toml")
    return {**kept, "CIVILITY_DATA": str(data), "CIVILITY_CONFIG": nowhere, "PORT": "0", **more}


def civility(
    *arguments: str, env: Mapping[str, str], bound: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end. With `bound` the rights of files hold for root too."""
    before = (sys.executable, "-c", CANNOT_OVERRIDE) if bound and os.geteuid() == 0 else ()
    return subprocess.run(
        [*before, *CIVILITY, *arguments],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@dataclass
class Running:
    """A `civility run` that is ready. `said` is what it printed before."""

    process: subprocess.Popen[str]
    address: str
    said: list[str]

    def get(self, path: str) -> tuple[int, str]:
        """Fetch a page."""
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()

    def kill(self) -> None:
        """kill -9, as a power cut does it."""
        self.process.kill()
        self._end()

    def stop(self) -> tuple[int, float]:
        """Ask it to stop; its exit code and the seconds it took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        taken = time.monotonic() - begun
        self._end()
        return code, taken

    def _end(self) -> None:
        self.process.wait(PATIENCE)
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()


def run(env: Mapping[str, str], command: str = "run") -> Running:
    """Start `civility run` and wait for its ready line. AssertionError with what it said when it ends instead."""
    process = subprocess.Popen(
        [*CIVILITY, command],
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    said: list[str] = []
    for line in process.stdout or ():
        said.append(line.strip())
        found = re.search(r"http://[\d.]+:\d+", line)
        if found:
            return Running(process, found[0], said)
    process.wait(PATIENCE)
    raise AssertionError(f"it ended with {process.returncode}: {said}")
