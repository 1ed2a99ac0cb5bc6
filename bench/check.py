"""The look-up at the desk among very many people: through the journeys, names sealed, every look-up in the log."""

from __future__ import annotations

import random
import time

from bench.council import Measured, measured
from bench.figures import Figure, at_most, percentile, plain
from handlers.chat import Command, Reply

AIM_MS = 20.0
AIM_FILL = 180.0
WHO = "Tom Bell"
BATCH = 20_000
FIRST = ("Alex", "Jo", "Robin", "Casey", "Sam", "Chris", "Pat", "Lee", "Kim", "Terry", "Morgan", "Jamie")


def run(people: int, look_ups: int, database_url: str = "") -> list[Figure]:
    """p50 and p99 of look-ups by name, e-mail and telephone, half of them for people who exist."""
    with measured(database_url) as council:
        begun = time.perf_counter()
        _fill(council, people)
        filled = time.perf_counter() - begun
        times = [_look_up(council, _words(random.Random(n), people)) for n in range(look_ups)]
    return [
        at_most(f"check: {people:,} people recorded and sealed in", filled, "s", AIM_FILL),
        plain(f"check among {people:,} people: p50", percentile(times, 0.5) * 1000, "ms"),
        at_most(f"check among {people:,} people: p99", percentile(times, 0.99) * 1000, "ms", AIM_MS),
    ]


def _fill(council: Measured, people: int) -> None:
    for start in range(0, people, BATCH):
        with council.civility.store.write(council.council_id) as uow:
            for n in range(start, min(start + BATCH, people)):
                uow.people.add(
                    name=f"{FIRST[n % len(FIRST)]} {_surname(n)}",
                    contact=f"{_surname(n).lower()}.{n}@example.com, 07{n:09d}",
                    description="",
                    identified=True,
                    colleague_id=None,
                )
            uow.commit()
        if (start // BATCH) % 10 == 9:
            print(f"  … {start + BATCH:,} people recorded", flush=True)


def _surname(n: int) -> str:
    """One of 20,000 surnames: among a million people each is borne by fifty."""
    return f"Marsden{n % 20_000}"


def _words(chance: random.Random, people: int) -> str:
    n = chance.randrange(people * 2)  # every other one is not recorded
    name = f"{FIRST[n % len(FIRST)]} {_surname(n)}" if n < people else f"Nobody{n}"
    return chance.choice((name, f"{_surname(n).lower()}.{n}@example.com", f"07{n:09d}"))


def _look_up(council: Measured, words: str) -> float:
    begun = time.perf_counter()
    answer = council.ask(WHO, Command("check", words))
    taken = time.perf_counter() - begun
    if not isinstance(answer, Reply):
        raise RuntimeError(f"The look-up was not answered: {answer}")
    return taken
