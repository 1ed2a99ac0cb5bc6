"""What goes wrong while messages go out: crashes, two senders, several platforms, views that fail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest

from scheduler.platform import Unsendable
from scheduler.sender import LEASE, LONGEST_WAIT
from storage.records import Posted, Recipient
from storage.store import Store
from tests.scheduler.post_office import PostOffice, Wall

T = TypeVar("T")
BUSY = ConnectionError("busy")


class PowerCut(BaseException):
    """The process is gone: no handler of an Exception runs."""


@pytest.mark.parametrize("card_key", ["", "case:1"])
async def test_message_should_be_shown_once_when_a_crash_came_between_post_and_mark(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch, card_key: str
) -> None:
    office.queue("news", card_key=card_key)

    def crash(*_: object) -> None:
        raise PowerCut

    with monkeypatch.context() as cut:
        cut.setattr(Store, "mark_sent", crash)
        with pytest.raises(PowerCut):
            await office.sender().deliver()
    assert office.shown() == ["news"]
    assert len(office.waiting) == 1
    office.clock.now += LEASE
    assert await office.sender().deliver() == 1
    assert office.shown() == ["news"]
    assert [what for what, _ in office.wall.calls] == ["post", "post"]
    assert not office.waiting


async def test_card_should_still_be_brought_up_to_date_after_such_a_crash(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.queue("case", card_key="case:1")

    def crash(*_: object) -> None:
        raise PowerCut

    with monkeypatch.context() as cut:
        cut.setattr(Store, "mark_sent", crash)
        with pytest.raises(PowerCut):
            await office.sender().deliver()
    office.words.now["case"] = "decided"
    office.refresh("case:1", "case")
    office.clock.now += LEASE
    await office.sender().deliver()
    assert office.shown() == ["decided"]


async def test_row_that_cannot_be_marked_should_be_tried_later_and_hold_up_nobody(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.queue("news")
    office.queue("for Sam", to="Sam")
    real, calls = Store.mark_sent, [BUSY]

    def once_busy(*args: str) -> None:
        if calls:
            raise calls.pop()
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "mark_sent", once_busy)
    await office.sender().deliver()
    assert [row.ids["about"] for row in office.waiting] == ["news"]
    office.clock.pass_by(seconds=2)
    await office.sender().deliver()
    assert (office.shown(), office.shown("Sam"), office.waiting) == (["news"], ["for Sam"], ())


async def test_two_senders_at_once_should_post_nothing_twice(office: PostOffice) -> None:
    for number in range(45):
        office.queue(f"news {number}", to=("Dana", "Sam", "governance")[number % 3])
    done = await asyncio.gather(*(office.sender().deliver() for _ in range(3)))
    if office.waiting:  # PostgreSQL passes over what another claims at that moment; the next tick finds it
        done.append(await office.sender().deliver())
    assert sum(done) == 45
    assert len(office.wall.calls) == 45
    for place, name in enumerate(("Dana", "Sam", "governance")):
        assert sorted(office.shown(name)) == sorted(f"news {n}" for n in range(45) if n % 3 == place)


async def test_one_sender_called_twice_should_post_nothing_twice(office: PostOffice) -> None:
    office.queue("news")
    sender = office.sender()
    assert sorted(await asyncio.gather(sender.deliver(), sender.deliver())) == [0, 1]
    assert office.shown() == ["news"]


# --- several platforms ----------------------------------------------------------------------------


async def test_colleague_with_two_accounts_should_get_a_copy_in_each(office: PostOffice) -> None:
    office.link("Dana", "slack")
    slack = Wall("slack")
    office.queue("case", card_key="case:1")
    await office.sender(slack).deliver()
    office.words.now["case"] = "decided"
    office.refresh("case:1", "case")
    await office.sender(slack).deliver()
    assert (office.shown(), slack.shown("to Dana's")) == (["decided"], ["decided"])


async def test_crash_should_leave_no_copy_without_its_place(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Wall("other")
    office.link("Dana", "other")
    office.queue("case", card_key="case:1")
    run, marked = office.civility.run, list[str]()

    async def power_cut_after_a_mark(work: Callable[[], T]) -> T:
        done = await run(work)
        if getattr(getattr(work, "func", None), "__name__", "") == "mark_sent":
            marked.append("once")
            raise PowerCut
        return done

    monkeypatch.setattr(office.civility, "run", power_cut_after_a_mark)
    with pytest.raises(PowerCut):
        await office.sender(other).deliver()
    monkeypatch.setattr(office.civility, "run", run)
    office.words.now["case"] = "decided"
    office.refresh("case:1", "case")
    await office.sender(other).deliver()
    assert marked == ["once"]
    assert office.shown() == ["decided"]
    assert other.shown("to Dana's") == ["decided"]


async def test_platform_that_fails_should_get_its_copy_later_and_the_other_none_twice(
    office: PostOffice,
) -> None:
    office.link("Dana", "slack")
    slack = Wall("slack")
    slack.fails = [BUSY]
    office.queue("news")
    await office.sender(slack).deliver()
    assert (office.shown(), slack.shown("to Dana's")) == (["news"], [])
    office.clock.pass_by(seconds=2)
    await office.sender(slack).deliver()
    assert (office.shown(), slack.shown("to Dana's")) == (["news"], ["news"])
    assert office.waiting == ()


async def test_copy_that_was_taken_should_be_known_when_the_other_is_parked(office: PostOffice) -> None:
    office.link("Dana", "slack")
    slack = Wall("slack")
    slack.fails = [Unsendable("The app was removed.")]
    office.queue("case", card_key="case:1")
    await office.sender(slack).deliver()
    assert [row.last_error for row in office.parked] == ["The app was removed."]
    dana = office.people["Dana"]
    with office.civility.store.read(office.council_id) as uow:
        assert uow.posted.find(Recipient("colleague", dana), "case:1") == (
            Posted(
                Recipient("colleague", dana),
                "case:1",
                "local",
                f"to {dana}",
                "local-1",
                "words",
                {"about": "case"},
            ),
        )
    office.words.now["case"] = "decided"
    office.refresh("case:1", "case")
    await office.sender(slack).deliver()
    assert office.shown() == ["decided"]


# --- views that fail ------------------------------------------------------------------------------


async def test_failing_view_should_not_stop_other_rows(office: PostOffice) -> None:
    office.queue("broken", card_key="case:1")
    office.queue("whole")
    office.words.now["broken"] = KeyError("Marsden")
    assert await office.sender().deliver() == 2
    assert office.shown() == ["whole"]
    (row,) = office.waiting
    assert row.last_error == "view words: KeyError"  # the kind of error only: its words may be personal
    office.words.now["broken"] = "mended"
    office.clock.pass_by(seconds=2)
    await office.sender().deliver()
    assert office.shown() == ["whole", "mended"]


async def test_view_that_always_fails_should_be_parked_in_the_end(office: PostOffice) -> None:
    office.queue("broken")
    office.words.now["broken"] = ValueError("no")
    sender = office.sender()
    while office.waiting:
        await sender.deliver()
        office.clock.now += LONGEST_WAIT
    assert [row.last_error for row in office.parked] == ["view words: ValueError"]
    assert office.clock.now - office.parked[0].created_at > timedelta(days=2)


async def test_view_that_no_version_knows_should_be_tried_later(office: PostOffice) -> None:
    with office.civility.store.write(office.council_id) as uow:
        uow.outbox.add(Recipient("channel", "governance"), "view.of.a.later.version", {})
        uow.commit()
    await office.sender().deliver()
    assert [row.last_error for row in office.waiting] == ["view view.of.a.later.version: KeyError"]


# --- the loop -------------------------------------------------------------------------------------


async def test_loop_should_go_on_after_a_failure(office: PostOffice) -> None:
    failed, went_well = asyncio.Event(), asyncio.Event()

    async def run(work: Callable[[], T], /) -> T:
        if not failed.is_set():
            failed.set()
            raise ConnectionError("the database is away")
        return await office.civility.run(work)

    class Watched(Wall):
        async def post(self, *args: object) -> str:
            went_well.set()
            return await super().post(*args)  # type: ignore[arg-type]

    office.queue("news")
    office.wall = Watched()
    sender = office.sender()
    sender._run = run
    loop = asyncio.create_task(sender.forever())
    try:
        sender.wake()
        await asyncio.wait_for(failed.wait(), 10)
        assert office.shown() == []
        sender.wake()
        await asyncio.wait_for(went_well.wait(), 10)
        assert not loop.done()
        assert await sender.deliver() == 0  # waits for the delivery that is under way
        assert office.shown() == ["news"]
    finally:
        loop.cancel()
        assert isinstance((await asyncio.gather(loop, return_exceptions=True))[0], asyncio.CancelledError)
