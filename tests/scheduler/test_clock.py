"""The clock: it only says when to look, never twice at the same time, and goes on after a failure."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, EVENT_JOB_MAX_INSTANCES, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.clock import every, make_clock

OFTEN = timedelta(milliseconds=5)
PATIENCE = 20.0
"""Seconds until what should have happened by now is a failed test."""


def _clock(tick: Callable[[], Awaitable[None]]) -> AsyncIOScheduler:
    return make_clock({"tick": (every(OFTEN), tick)})


def _heard(clock: AsyncIOScheduler, what: int) -> asyncio.Event:
    heard, loop = asyncio.Event(), asyncio.get_running_loop()

    def listen(_: JobEvent) -> None:
        loop.call_soon_threadsafe(heard.set)

    clock.add_listener(listen, what)
    return heard


async def test_tick_should_not_begin_while_the_one_before_is_under_way() -> None:
    begun, under_way, go_on = [0], [0], asyncio.Event()
    most = [0]

    async def tick() -> None:
        begun[0] += 1
        under_way[0] += 1
        most[0] = max(most[0], under_way[0])
        await go_on.wait()
        under_way[0] -= 1

    clock = _clock(tick)
    left_out, done = _heard(clock, EVENT_JOB_MAX_INSTANCES), _heard(clock, EVENT_JOB_EXECUTED)
    clock.start()
    try:
        await asyncio.wait_for(left_out.wait(), PATIENCE)
        assert begun == [1]
        go_on.set()
        await asyncio.wait_for(done.wait(), PATIENCE)
        assert most == [1]
    finally:
        clock.shutdown(wait=False)


async def test_clock_should_go_on_after_a_tick_that_failed() -> None:
    times = [0]

    async def tick() -> None:
        times[0] += 1
        if times[0] == 1:
            raise ConnectionError("the database is away")

    clock = _clock(tick)
    failed, went_well = _heard(clock, EVENT_JOB_ERROR), _heard(clock, EVENT_JOB_EXECUTED)
    clock.start()
    try:
        await asyncio.wait_for(failed.wait(), PATIENCE)
        await asyncio.wait_for(went_well.wait(), PATIENCE)
        assert times[0] >= 2
    finally:
        clock.shutdown(wait=False)


async def test_late_ticks_should_come_once_however_late() -> None:
    async def tick() -> None:
        """Nothing: only its settings are looked at."""

    clock = _clock(tick)
    clock.start(paused=True)
    try:
        (job,) = clock.get_jobs()
        assert (job.coalesce, job.misfire_grace_time, job.max_instances) == (True, None, 1)
    finally:
        clock.shutdown(wait=False)


async def test_stop_in_the_middle_of_a_tick_should_report_no_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def tick() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    clock = _clock(tick)
    clock.start()
    await asyncio.wait_for(begun.wait(), PATIENCE)
    clock.shutdown(wait=False)
    await asyncio.wait_for(ended.wait(), PATIENCE)
    await asyncio.sleep(0)
    assert [one.getMessage() for one in caplog.records if one.levelname == "ERROR"] == []
