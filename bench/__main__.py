"""`make bench`: measure and print. `--quick` does everything in small, to see that it works."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench import check, letters, process, reminders, report, slack, slack_report, summary, teams
from bench.figures import Figure


def main(arguments: list[str] | None = None) -> int:
    """Run every measurement; 1 when an aim was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few rounds of everything")
    parser.add_argument("--people", type=int, default=1_000_000, help="how many people `check` looks among")
    parser.add_argument("--reminders", type=int, default=1_000_000, help="how many reminders wait")
    given = parser.parse_args(arguments)
    rounds, look_ups, people, starts = (10, 40, 500, 1) if given.quick else (300, 2000, given.people, 5)
    print(f"Civility on {platform.system()}, Python {platform.python_version()}")
    figures: list[Figure] = []
    parts: tuple[Callable[[], list[Figure]], ...] = (
        lambda: report.run("SQLite", "", rounds),
        lambda: _on_postgresql(rounds),
        lambda: process.run(rounds, starts),
        lambda: slack.run(20 if given.quick else 1500),
        lambda: slack_report.run(10 if given.quick else 600),
        lambda: teams.run(24 if given.quick else 3000),
        lambda: reminders.run(2_000 if given.quick else given.reminders, rounds),
        lambda: summary.run(200 if given.quick else 100_000),
        lambda: letters.run(10 if given.quick else 100),
        lambda: check.run(people, look_ups),
    )
    for part in parts:
        for figure in part():
            figures.append(figure)
            print(figure, flush=True)
    missed = [one for one in figures if one.met is False]
    print(f"{len(missed)} aims missed." if missed else "Every aim is met.")
    return 1 if missed and not given.quick else 0


def _on_postgresql(rounds: int) -> list[Figure]:
    with _postgresql() as url:
        if not url:
            return [Figure("PostgreSQL: not here, so not measured", "")]
        return report.run("PostgreSQL", url, rounds)


@contextmanager
def _postgresql() -> Iterator[str]:
    """A database on the server of the tests, where there is one."""
    from tests.postgres import PostgresMissingError, postgres_server

    try:
        with postgres_server(durable=True) as server:
            url = server.create()
            yield url.render_as_string(hide_password=False)
            server.drop(url)
    except PostgresMissingError:
        yield ""


if __name__ == "__main__":
    sys.exit(main())
