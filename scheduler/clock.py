"""APScheduler as the clock and nothing else: it ticks; what is due is rows in the database."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger("civility.clock")


def make_clock(ticks: Mapping[str, tuple[timedelta, Callable[[], Awaitable[None]]]]) -> AsyncIOScheduler:
    """A scheduler that calls each coroutine function at its interval: never two at once, late ones once."""
    clock = AsyncIOScheduler(timezone="UTC")
    for name, (every, tick) in ticks.items():
        clock.add_job(
            tick,
            IntervalTrigger(seconds=every.total_seconds()),
            id=name,
            name=name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
    return clock
