"""The outbox on its way to Slack: once, in place, at Slack's pace, and found again after a crash."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.chat import Card, Text
from scheduler.platform import TryLater, Unsendable
from scheduler.sender import Sender
from storage.records import Recipient
from tests.fakes.slack import TEAM, Fault
from tests.slack.town import SlackTown

CARD = Card("INC-2026-0001", (Text("A report was received."),))


def at(room: str) -> str:
    """The address of a channel."""
    return f"{TEAM}/{room}"


NEW = Card("INC-2026-0001", (Text("Decided."),))


async def test_message_should_be_found_instead_of_posted_twice(town: SlackTown) -> None:
    room = town.channels["governance"]
    town.slack.faults.append(Fault("chat.postMessage", "after"))  # posted, and the answer lost
    with pytest.raises(TryLater):
        await town.opened.sender.post(at(room), CARD, "outbox-1")
    town.clock.pass_by(seconds=2)
    found = await town.opened.sender.post(at(room), CARD, "outbox-1")
    (message,) = town.slack.messages[room]
    assert found == message["ts"]


async def test_answer_that_comes_too_late_should_not_post_twice(town: SlackTown) -> None:
    town.slack.faults.append(Fault("chat.postMessage", "slow"))
    impatient = timedelta(milliseconds=100)
    civility, platforms = town.civility, {"slack": town.opened.sender}
    sender = Sender(civility.store, platforms, civility.desk, town.clock, civility.run, impatient)
    with civility.store.write(town.council_id) as uow:
        uow.outbox.add(Recipient("channel", "governance"), "refusals.alert", {"colleague": "nobody"})
        uow.commit()
    await sender.deliver()
    assert civility.store.claim_outbox(10, timedelta()) == ()  # it waits for its next try
    town.slack.patience_ended.set()
    await town.deliver()
    assert len(town.slack.messages[town.channels["governance"]]) == 1


async def test_slacks_wish_to_wait_should_be_heard(town: SlackTown) -> None:
    town.slack.faults.append(Fault("chat.postMessage", "429", retry_after=42))
    with pytest.raises(TryLater) as later:
        await town.opened.sender.post(at(town.channels["governance"]), CARD, "outbox-1")
    assert later.value.after is not None
    assert later.value.after.total_seconds() == 42


@pytest.mark.parametrize("kind", ["500", "before"])
async def test_slacks_troubles_should_be_tried_again(town: SlackTown, kind: str) -> None:
    town.slack.faults.append(Fault("chat.postMessage", kind))
    with pytest.raises(TryLater):
        await town.opened.sender.post(at(town.channels["governance"]), CARD, "outbox-1")
    town.clock.pass_by(seconds=2)
    await town.opened.sender.post(at(town.channels["governance"]), CARD, "outbox-1")
    assert len(town.slack.messages[town.channels["governance"]]) == 1


async def test_channel_without_the_bot_should_be_set_aside(town: SlackTown) -> None:
    closed = town.slack.add_channel("secret", bot_is_in=False)
    for room in (closed, "C0NOWHERE"):
        with pytest.raises(Unsendable, match="channel_not_found"):
            await town.opened.sender.post(at(room), CARD, "outbox-1")


async def test_two_messages_should_keep_a_second_between_them(town: SlackTown) -> None:
    room = town.channels["governance"]
    await town.opened.sender.post(at(room), CARD, "outbox-1")
    with pytest.raises(TryLater) as later:
        await town.opened.sender.post(at(room), CARD, "outbox-2")
    assert later.value.after is not None
    assert 0 < later.value.after.total_seconds() <= 1
    await town.opened.sender.post(
        at(town.channels["councillors"]), CARD, "outbox-3"
    )  # another channel need not wait
    town.clock.pass_by(seconds=1)
    await town.opened.sender.post(at(room), CARD, "outbox-2")


async def test_card_should_be_brought_up_to_date_in_place_or_posted_anew(town: SlackTown) -> None:
    room = town.channels["governance"]
    ts = await town.opened.sender.post(at(room), CARD, "outbox-1")
    town.clock.pass_by(seconds=2)
    assert await town.opened.sender.update(at(room), ts, NEW, "outbox-2") == ts
    assert [one["text"] for one in town.slack.messages[room]] == ["INC-2026-0001\nDecided."]
    town.slack.messages[room].clear()  # somebody removed it
    town.clock.pass_by(seconds=2)
    again = await town.opened.sender.update(at(room), ts, NEW, "outbox-3")
    assert again != ts
    assert len(town.slack.messages[room]) == 1
