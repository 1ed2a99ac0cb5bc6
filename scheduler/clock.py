"""APScheduler as the clock and nothing else: it ticks; what is due is rows in the database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from policy.calendars import LONDON

log = logging.getLogger("civility.clock")


def every(interval: timedelta) -> BaseTrigger:
    """Again and again."""
    return IntervalTrigger(seconds=interval.total_seconds())


def every_minute() -> BaseTrigger:
    """As each minute begins."""
    return CronTrigger(second=0, timezone="UTC")


def every_night() -> BaseTrigger:
    """At half past three on the clocks of London, which every night has once."""
    return CronTrigger(hour=3, minute=30, timezone=LONDON)


def make_clock(ticks: Mapping[str, tuple[BaseTrigger, Callable[[], Awaitable[None]]]]) -> AsyncIOScheduler:
    """A scheduler that calls each coroutine function when its trigger says: never two at once, late ones once."""
    clock = AsyncIOScheduler(timezone="UTC")
    for name, (trigger, tick) in ticks.items():
        clock.add_job(
            partial(_until_stopped, tick),
            trigger,
            id=name,
            name=name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
    return clock


async def _until_stopped(tick: Callable[[], Awaitable[None]]) -> None:
    """One tick. A program that stops in the middle of it has no failure to report: what is due is rows."""
    with suppress(asyncio.CancelledError):
        await tick()
