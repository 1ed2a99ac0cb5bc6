"""The committee's report over many incidents: `civility summary` as a process of its own, its time and its memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uuid_utils
from sqlalchemy import insert

from bench.council import Measured, measured
from bench.figures import Figure, plain
from policy.behaviour import Category
from storage.models import CASE, DECISION, INCIDENT

KINDS = ("restriction", "warning", "no_action", "not_unacceptable")
BATCH = 10_000
DAYS = 90


def run(incidents: int) -> list[Figure]:
    """Seconds and peak memory of a report over so many incidents, each in a case of its own, three in four decided."""
    with measured() as council, tempfile.TemporaryDirectory(prefix="civility-bench-") as out:
        last = datetime.now(UTC) - timedelta(days=1)
        _fill(council, incidents, last)
        taken, peak = _report(council, last, out)
    return [
        plain(f"report over {incidents:,} incidents, Word, PDF and CSV: time", taken, "s"),
        plain(f"report over {incidents:,} incidents: peak memory", peak, "MiB"),
    ]


def _fill(council: Measured, incidents: int, last: datetime) -> None:
    store = council.civility.store
    with store.write(council.council_id) as uow:
        person = uow.people.add("Alex Marsden", "", "", identified=True, colleague_id=None)
        reporter = uow.colleagues.all()[0].id
        for start in range(0, incidents, BATCH):
            cases: list[dict[str, object]] = []
            told: list[dict[str, object]] = []
            decided: list[dict[str, object]] = []
            for n in range(start, min(start + BATCH, incidents)):
                at = last - timedelta(days=DAYS) * (n / incidents)
                case = str(uuid_utils.uuid7())
                key = {"council_id": council.council_id}
                cases.append(
                    {
                        **key, "id": case, "reference": f"INC-1999-{n:06d}", "person_id": person.id, "version": 1,
                        "urgent": False, "opened_at": at, "closed_at": None, "withdrawn_at": None, "key_id": "none",
                    }
                )  # fmt: skip
                told.append(
                    {
                        **key, "id": str(uuid_utils.uuid7()), "case_id": case, "reporter_id": reporter,
                        "target_ids": [], "channel": "email", "category": list(Category)[n % 2].value, "examples": [],
                        "actions_taken": [], "happened_on": at.date(), "happened_at": None, "warning": "",
                        "no_warning_reason": "", "injury": "none", "reported_at": at, "withdrawn_at": None,
                        "place": b"", "what_happened": b"x" * 300, "warning_words": b"", "no_warning_words": b"",
                    }
                )  # fmt: skip
                if n % 4:
                    decided.append(
                        {
                            **key, "id": str(uuid_utils.uuid7()), "case_id": case, "kind": KINDS[n % 3],
                            "proposal_id": None, "proposal_version": None, "decided_at": at + timedelta(hours=9),
                            "makers": b"",
                        }
                    )  # fmt: skip
            uow.connection.execute(insert(CASE), cases)
            uow.connection.execute(insert(INCIDENT), told)
            uow.connection.execute(insert(DECISION), decided)
        uow.commit()


def _report(council: Measured, last: datetime, out: str) -> tuple[float, float]:
    """The command as somebody types it; its seconds and the most memory it held, in MiB (0 where that is not told)."""
    settings = council.civility.settings
    first = last - timedelta(days=DAYS + 2)
    environment = {
        **os.environ,
        "DATABASE_URL": settings.url,
        "CIVILITY_KEY": settings.civility_key,
        "CIVILITY_DATA": str(settings.civility_data),
    }
    period = ("--from", first.date().isoformat(), "--to", last.date().isoformat(), "--out", out)
    begun = time.perf_counter()
    with Path(out, "said").open("w", encoding="utf-8") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "summary", *period],
            stdout=said,
            stderr=said,
            env=environment,
            cwd=Path(__file__).parent.parent,
        )
        peak = 0.0
        if hasattr(os, "wait4"):
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            peak = used.ru_maxrss / (1024 if sys.platform.startswith("linux") else 1024 * 1024)
    code = process.wait()
    taken = time.perf_counter() - begun
    if code != 0 or not list(Path(out).glob("*.pdf")):
        raise RuntimeError(json.dumps(Path(out, "said").read_text(encoding="utf-8")))
    return taken, peak
