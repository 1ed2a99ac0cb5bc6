"""A process that dies at the worst moment: `python -m tests.process.crash after-commit | after-post | …`.

It reports an incident (and delivers, where the moment lies in the delivery) on the records its environment
names, then kills itself with SIGKILL: nothing is flushed, closed or told.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import NoReturn

from bench.council import Measured
from bot.app import Civility
from bot.settings import Settings
from storage.store import Store


def main(moment: str) -> None:
    """Report, and die at this moment."""
    civility = Civility(Settings())
    council = Measured(civility, civility.prepare())
    council.report("Priya Shah", council.last_page("Priya Shah"))
    if moment == "after-commit":
        die()
    if moment == "after-post":
        # The first message stands in the chat; nothing yet says that it was sent.
        Store.mark_sent = _die_instead  # type: ignore[method-assign, assignment]
    elif moment == "after-claim":
        # The rows are claimed, and nothing of them was sent.
        Store.claim_outbox = _claim_and_die  # type: ignore[method-assign, assignment]
    asyncio.run(civility.deliver(council.council_id))


_claim = Store.claim_outbox


def _claim_and_die(store: Store, *given: object) -> NoReturn:
    _claim(store, *given)  # type: ignore[arg-type]
    die()


def _die_instead(*_: object) -> NoReturn:
    die()


def die() -> NoReturn:
    """End this process as a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


if __name__ == "__main__":
    main(sys.argv[1])
