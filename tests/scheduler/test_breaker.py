"""A platform that is down is left alone for a while, delays no other, and gets everything once it is back."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from handlers.chat import Card
from scheduler.breaker import FAILURES, FIRST_REST, LONGEST_REST, Breaker
from scheduler.platform import Down, TryLater, Unsendable
from tests.scheduler.post_office import PostOffice, Wall
from tests.town import Clock


def test_rests_should_grow_and_end_with_an_answer() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    rests = []
    for _ in range(FAILURES - 1):
        breaker.failed("slack")
        assert breaker.left("slack") is None
    for _ in range(6):
        breaker.failed("slack")
        left = breaker.left("slack")
        assert left is not None
        rests.append(left)
        clock.now += left
        assert breaker.left("slack") is None
    assert rests == [FIRST_REST * factor for factor in (1, 2, 4, 8)] + [LONGEST_REST] * 2
    assert breaker.left("teams") is None
    breaker.answered("slack")
    breaker.failed("slack")
    assert breaker.left("slack") is None


def test_clock_that_was_put_back_should_keep_nobody_out() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        breaker.failed("slack")
    clock.now -= timedelta(days=1)
    assert breaker.left("slack") is None


async def test_platform_that_is_down_for_an_hour_should_be_asked_seldom_and_get_everything(
    office: PostOffice,
) -> None:
    other = Wall("other")
    office.link("Dana", "other")
    sender = office.sender(other)
    for number in range(10):
        office.queue(f"news {number}", to="Dana")
    until = office.clock.now + timedelta(hours=1)
    while office.clock.now < until:
        office.wall.fails = [Down("not reached")] * 100
        await sender.deliver()
        office.clock.pass_by(seconds=5)
    asked = len(office.wall.calls)
    assert asked < 60 * 60 / LONGEST_REST.total_seconds() + 10
    assert sorted(other.shown("to Dana's")) == sorted(f"news {number}" for number in range(10))
    office.wall.fails = []
    for _ in range(300):
        await sender.deliver()
        office.clock.pass_by(seconds=5)
    assert sorted(office.shown()) == sorted(f"news {number}" for number in range(10))
    assert sorted(other.shown("to Dana's")) == sorted(office.shown())
    assert office.parked == ()


@pytest.mark.parametrize(
    "answer", [Unsendable("no such channel"), TryLater("later", timedelta(seconds=5)), ValueError()]
)
async def test_platform_that_answers_should_not_be_left_alone_whatever_it_says(
    office: PostOffice, answer: Exception
) -> None:
    for number in range(FAILURES + 2):
        office.queue(f"poisoned {number}")
    sender = office.sender()
    office.wall.fails = [answer] * (FAILURES + 2)
    await sender.deliver()
    assert sender.up() == {"local": True}
    office.queue("good")
    await sender.deliver()
    assert "good" in office.shown()


async def test_slow_platform_should_not_hold_up_another_ones_messages(office: PostOffice) -> None:
    quick_is_served = asyncio.Event()

    class Slow(Wall):
        async def post(self, channel: str, card: Card, outbox_id: str) -> str:
            await quick_is_served.wait()
            return await super().post(channel, card, outbox_id)

    class Quick(Wall):
        async def post(self, channel: str, card: Card, outbox_id: str) -> str:
            quick_is_served.set()
            return await super().post(channel, card, outbox_id)

    slow, quick = Slow("slow"), Quick("quick")
    with office.civility.store.write(office.council_id) as uow:
        uow.council.update(
            channels={"governance": {"quick": "governance"}, "councillors": {"slow": "councillors"}}
        )
        uow.commit()
    office.queue("for the slow one", to="councillors")
    office.queue("for the quick one", to="governance")
    async with asyncio.timeout(20):
        await office.sender(slow, quick).deliver()
    assert slow.shown("councillors") == ["for the slow one"]
    assert quick.shown("governance") == ["for the quick one"]
