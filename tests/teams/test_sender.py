"""How the outbox reaches Teams when Teams is slow, refuses, or does not say whether it took a message."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.teams.sender import ONCE_MORE, RATES, Pace
from handlers.chat import Card
from scheduler.platform import Down, TryLater, Unsendable
from storage.records import Recipient
from tests.fakes.teams import TENANT, Fault
from tests.teams.test_whole_case import said
from tests.teams.town import TeamsTown
from tests.town import Clock

CARD = Card("INC-2026-0001")
POST = "/activities"


def shown(town: TeamsTown, room: str) -> list[dict[str, Any]]:
    """The messages of a room."""
    return town.teams.messages.get(room, [])


def room(town: TeamsTown) -> tuple[str, str]:
    """The governance channel: its id, and the address of it."""
    found = town.channels["governance"]
    return found, town.opened.sender.room(TENANT, found)


async def test_message_should_be_posted_once_when_the_same_row_comes_again(town: TeamsTown) -> None:
    at, address = room(town)
    first = await town.opened.sender.post(address, CARD, "row-1")
    assert await town.opened.sender.post(address, CARD, "row-1") == first
    assert len(shown(town, at)) == 1
    assert await town.opened.sender.post(address, CARD, "row-2") != first


@pytest.mark.parametrize("status", [412, 429, 502, 504])
async def test_busy_teams_should_be_asked_later_and_lose_nothing(small_town: TeamsTown, status: int) -> None:
    town = small_town
    at, address = room(town)
    town.teams.faults = [Fault(POST, status, retry_after=17)]
    with pytest.raises(TryLater) as later:
        await town.opened.sender.post(address, CARD, "row")
    assert later.value.after == timedelta(seconds=17)
    assert not isinstance(later.value, Down)
    await town.opened.sender.post(address, CARD, "row")
    assert len(shown(town, at)) == 1
    # 502 and 504 say nothing of whether it arrived; the others refused it.
    assert (ONCE_MORE in said(shown(town, at)[0])) == (status >= 500)


@pytest.mark.parametrize(
    ("status", "error"), [(403, Unsendable), (404, Unsendable), (500, Down), (503, Down), (401, TryLater)]
)
async def test_refusal_should_mean_what_teams_means(
    small_town: TeamsTown, status: int, error: type[Exception]
) -> None:
    _, address = room(small_town)
    small_town.teams.faults = [Fault(POST, status)]
    with pytest.raises(error):
        await small_town.opened.sender.post(address, CARD, "row")


@pytest.mark.parametrize("kind", ["before", "after"])
async def test_lost_answer_should_bring_the_message_once_more_and_say_so(town: TeamsTown, kind: str) -> None:
    at, address = room(town)
    town.teams.faults = [Fault(POST, kind)]
    with pytest.raises(Down):
        await town.opened.sender.post(address, CARD, "row")
    await town.opened.sender.post(address, CARD, "row")
    assert len(shown(town, at)) == (2 if kind == "after" else 1)
    assert ONCE_MORE in said(shown(town, at)[-1])
    assert await town.opened.sender.post(address, CARD, "row") == shown(town, at)[-1]["id"]


async def test_computer_that_is_offline_should_send_as_if_new(small_town: TeamsTown) -> None:
    town = small_town
    dana = town.ids["Dana"]
    await town.user("Dana").installs()
    await town.idle()
    with town.civility.store.read(town.council_id) as uow:
        kept = uow.conversations.get(TENANT, "personal", dana)
    assert kept is not None
    with town.civility.store.write(town.council_id) as uow:
        uow.conversations.save(replace(kept, service_url="http://127.0.0.1:9/"))
        uow.commit()
    address = town.opened.sender.direct(TENANT, dana)
    with pytest.raises(Down):
        await town.opened.sender.post(address, CARD, "row")
    with town.civility.store.write(town.council_id) as uow:
        uow.conversations.save(kept)
        uow.commit()
    await town.opened.sender.post(address, CARD, "row")
    assert ONCE_MORE not in said(town.user("Dana").messages()[-1])


async def test_card_that_was_deleted_should_be_posted_anew(small_town: TeamsTown) -> None:
    town = small_town
    at, address = room(town)
    first = await town.opened.sender.post(address, CARD, "row")
    assert await town.opened.sender.update(address, first, Card("INC-2026-0002"), "row-2") == first
    assert "INC-2026-0002" in said(shown(town, at)[0])
    town.teams.messages[at].clear()
    second = await town.opened.sender.update(address, first, Card("INC-2026-0003"), "row-3")
    assert second != first
    assert "INC-2026-0003" in said(shown(town, at)[0])


async def test_secret_that_ended_should_hold_everything_back_until_mended(small_town: TeamsTown) -> None:
    town = small_town
    _, address = room(town)
    town.teams.faults = [Fault("oauth2", 401)]
    with pytest.raises(TryLater, match="gives the app no token") as later:
        await town.opened.sender.post(address, CARD, "row")
    assert later.value.after == timedelta(minutes=10)
    await town.opened.sender.post(address, CARD, "row")


async def test_token_teams_no_longer_takes_should_be_asked_for_anew(small_town: TeamsTown) -> None:
    town = small_town
    at, address = room(town)
    await town.opened.sender.post(address, CARD, "row-1")
    town.teams.tokens.clear()
    with pytest.raises(TryLater):
        await town.opened.sender.post(address, CARD, "row-2")
    await town.opened.sender.post(address, CARD, "row-2")
    assert len(shown(town, at)) == 2


def test_pace_should_be_what_teams_documents() -> None:
    clock = Clock()
    pace = Pace(clock)
    sent = []
    while clock.now - Clock().now < timedelta(minutes=2):
        left = pace.left("a")
        if left:
            with pytest.raises(TryLater):
                pace.keep("a")
        clock.now += left
        pace.keep("a")
        sent.append(clock.now)
    for most, within in RATES:
        for one in sent:
            assert sum(one <= other < one + within for other in sent) <= most
    assert len(sent) >= 4 * 60
    pace.keep("b")


async def test_reply_should_not_be_lost_when_teams_is_busy(small_town: TeamsTown) -> None:
    town = small_town
    dana = town.user("Dana")
    await dana.types("help")
    await town.idle()
    town.teams.faults = [Fault(POST, 429, retry_after=2), Fault(POST, 502), Fault(POST, "before")]
    await dana.types("offices")
    await town.idle()
    assert len(dana.messages()) == 2
    assert 2 <= town.slept[0] <= 2.5


async def test_twelve_messages_at_once_should_all_arrive(small_town: TeamsTown) -> None:
    town = small_town
    with town.civility.store.write(town.council_id) as uow:
        chief = next(one.id for one in uow.colleagues.all() if one.name.startswith("Dana"))
        for number in range(12):
            uow.outbox.add(Recipient("colleague", chief), "welcome", {}, dedup_key=f"w{number}")
        uow.commit()
    await town.deliver()
    assert len([one for one in town.user("Dana").messages() if "Welcome" in said(one)]) == 12
