"""Delivery: in order, tried again, parked, shown once whatever stops in between (R19, R40)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.platform import TryLater, Unsendable
from scheduler.sender import LONGEST_WAIT
from tests.scheduler.post_office import PostOffice, Wall

BUSY = ConnectionError("busy")


async def test_messages_should_arrive_in_the_order_they_were_queued_in(office: PostOffice) -> None:
    for about in ("first", "second", "third"):
        office.queue(about)
    office.queue("for all", to="governance")
    assert await office.sender().deliver() == 4
    assert office.shown() == ["first", "second", "third"]
    assert office.shown("governance") == ["for all"]
    assert office.waiting == ()


async def test_card_should_be_one_message_that_shows_its_latest_words(office: PostOffice) -> None:
    office.queue("case", says="reported", card_key="case:1")
    await office.sender().deliver()
    office.words.now["case"] = "decided"
    office.refresh("case:1", "case")
    await office.sender().deliver()
    assert office.shown() == ["decided"]
    assert office.wall.calls == [
        ("post", f"to {office.people['Dana']}"),
        ("update", f"to {office.people['Dana']}"),
    ]


async def test_younger_change_of_a_card_should_wait_for_one_that_failed_but_hold_up_nobody_else(
    office: PostOffice,
) -> None:
    office.queue("old", card_key="case:1")
    office.queue("new", card_key="case:1")
    office.queue("for Sam", to="Sam", card_key="case:1")
    office.queue("another card", card_key="case:2")
    office.wall.fails = [BUSY]
    await office.sender().deliver()
    assert office.shown() == ["another card"]
    assert office.shown("Sam") == ["for Sam"]
    office.clock.pass_by(seconds=2)
    await office.sender().deliver()
    assert office.shown() == ["another card", "new"]


async def test_waits_should_grow_from_two_seconds_to_ten_minutes(office: PostOffice) -> None:
    office.queue("news")
    sender, waits = office.sender(), []
    for _ in range(12):
        office.wall.fails = [TryLater("busy")]
        await sender.deliver()
        (row,) = office.waiting
        assert row.last_error == "busy"
        waits.append((row.visible_at - office.clock.now).total_seconds())
        office.clock.now = row.visible_at
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600]
    await sender.deliver()
    assert office.shown() == ["news"]


async def test_nothing_should_be_tried_before_its_wait_is_over(office: PostOffice) -> None:
    office.queue("news")
    office.wall.fails = [TryLater("rate limited", timedelta(seconds=90))]
    await office.sender().deliver()
    office.clock.pass_by(seconds=89)
    assert await office.sender().deliver() == 0
    office.clock.pass_by(seconds=1)
    assert await office.sender().deliver() == 1
    assert office.shown() == ["news"]


async def test_platform_that_asks_to_wait_without_a_time_should_get_the_usual_wait(
    office: PostOffice,
) -> None:
    office.queue("news")
    office.wall.fails = [TryLater("try later")]
    await office.sender().deliver()
    (row,) = office.waiting
    assert row.visible_at - office.clock.now == timedelta(seconds=2)
    assert row.last_error == "try later"


async def test_unsendable_message_should_be_parked_with_its_reason_and_not_tried_again(
    office: PostOffice,
) -> None:
    office.queue("never", card_key="case:1")
    office.queue("next", card_key="case:1")
    office.wall.fails = [Unsendable("There is no such channel.")]
    await office.sender().deliver()
    (parked,) = office.parked
    assert (parked.last_error, parked.ids["about"]) == ("There is no such channel.", "never")
    assert office.shown() == ["next"]
    office.clock.pass_by(days=3)
    assert await office.sender().deliver() == 0


async def test_message_should_be_parked_after_two_days_of_failures(office: PostOffice) -> None:
    office.queue("news")
    queued, sender = office.clock.now, office.sender()
    while office.waiting:
        office.wall.fails = [BUSY]
        await sender.deliver()
        office.clock.now += LONGEST_WAIT
    (parked,) = office.parked
    assert parked.last_error == "ConnectionError: busy"
    assert timedelta(days=2) < office.clock.now - queued < timedelta(days=2, minutes=30)
    assert office.shown() == []


async def test_message_that_is_old_after_an_outage_should_survive_a_first_failure(office: PostOffice) -> None:
    office.queue("news")
    office.clock.pass_by(days=4)
    office.wall.fails = [BUSY]
    await office.sender().deliver()
    assert office.parked == ()
    office.clock.pass_by(seconds=2)
    await office.sender().deliver()
    assert office.shown() == ["news"]


async def test_platform_that_never_answers_should_hold_up_one_message_for_its_patience_only(
    office: PostOffice,
) -> None:
    office.queue("news")
    await office.sender(patience=timedelta(0)).deliver()
    (row,) = office.waiting
    assert row.last_error == "TimeoutError"
    office.clock.pass_by(seconds=2)
    await office.sender().deliver()
    assert office.shown() == ["news"]


async def test_row_should_be_left_alone_when_its_claim_ran_out_while_it_waited(office: PostOffice) -> None:
    class Slow(Wall):
        async def _called(self, what: str, channel: str) -> None:
            await super()._called(what, channel)
            office.clock.pass_by(minutes=2)

    office.wall = Slow()
    office.queue("first")
    office.queue("second", to="Sam")
    first = office.sender()
    assert await first.deliver() >= 2
    assert (office.shown(), office.shown("Sam")) == (["first"], ["second"])
    assert len(office.wall.calls) == 2


async def test_message_that_vanished_should_be_posted_again_when_it_changes(office: PostOffice) -> None:
    office.queue("case", card_key="case:1")
    await office.sender().deliver()
    office.wall.wipe(f"to {office.people['Dana']}")
    office.words.now["case"] = "decided"
    for says in ("decided", "closed"):
        office.words.now["case"] = says
        office.refresh("case:1", "case")
        await office.sender().deliver()
        assert office.shown() == [says]


@pytest.mark.parametrize("name", ["Dana", "governance"])
async def test_view_that_no_longer_applies_should_never_be_posted(office: PostOffice, name: str) -> None:
    office.queue("news", to=name)
    office.words.now.clear()
    assert await office.sender().deliver() == 1
    assert (office.wall.calls, office.waiting, office.parked) == ([], (), ())


async def test_copy_already_posted_should_say_that_it_no_longer_applies(office: PostOffice) -> None:
    office.queue("case", card_key="case:1")
    await office.sender().deliver()
    office.words.now.clear()
    office.refresh("case:1", "case")
    await office.sender().deliver()
    assert office.shown() == ["This message no longer applies to you."]
    assert office.waiting == ()


async def test_message_should_wait_for_a_recipient_without_an_account(office: PostOffice) -> None:
    office.stranger("Nia")
    office.queue("news", to="Nia")
    office.queue("for Sam", to="Sam")
    await office.sender().deliver()
    assert office.shown("Sam") == ["for Sam"]
    (row,) = office.waiting
    assert row.last_error == "The recipient has no account or channel here yet."
    office.link("Nia", "local")
    office.clock.pass_by(minutes=10)
    await office.sender().deliver()
    assert office.wall.shown("to Nia's") == ["news"]


async def test_message_for_nobody_should_be_parked_after_two_days(office: PostOffice) -> None:
    office.stranger("Nia")
    office.queue("news", to="Nia")
    sender = office.sender()
    while office.waiting:
        await sender.deliver()
        office.clock.now += LONGEST_WAIT
    assert [row.last_error for row in office.parked] == ["The recipient has no account or channel here yet."]


async def test_message_for_nobody_that_no_longer_applies_should_be_dropped(office: PostOffice) -> None:
    office.stranger("Nia")
    office.queue("news", to="Nia")
    office.words.now.clear()
    await office.sender().deliver()
    assert (office.waiting, office.parked) == ((), ())
