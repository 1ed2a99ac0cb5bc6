"""The live stream and the sender: everybody who may read a message gets it, and nobody else."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.local.channels import LocalColleague
from bot.local.streams import QUEUE, Changed, Streams
from tests.local.hall import APPROVED, PRIYA, WAITING, Hall
from tests.local.visitor import Visitor


async def open_stream(visitor: Visitor, me: str) -> ClientResponse:
    return await visitor.client.get("/local/events", params={"as": me})


async def next_event(stream: ClientResponse) -> tuple[str, dict[str, Any]]:
    """The next event and its data, heart-beats skipped."""
    name, data = "", ""
    async with asyncio.timeout(5):
        while line := (await stream.content.readline()).decode():
            field, _, value = line.strip().partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                data = value
            elif not field and name:
                return name, json.loads(data)
    return "end", {}


async def test_stream_should_begin_with_what_stands_where(hall: Hall, visitor: Visitor) -> None:
    message_id = hall.book.put("governance", WAITING)
    await visitor.load()
    stream = await open_stream(visitor, "c-dana")
    assert stream.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert await next_event(stream) == (
        "hello",
        {"channels": {"staff": [], "governance": [[message_id, 0]], "dm:c-dana": []}},
    )
    stream.close()


async def test_stream_should_carry_new_and_changed_messages(hall: Hall, visitor: Visitor) -> None:
    await visitor.load()
    stream = await open_stream(visitor, "c-dana")
    await next_event(stream)
    message_id = await hall.sender.post("governance", WAITING, "out-1")
    name, news = await next_event(stream)
    assert (name, news["channel"], news["id"], news["changes"]) == ("message", "governance", message_id, 0)
    assert "Approve version 1" in news["html"]
    await hall.sender.update("governance", message_id, APPROVED, "out-2")
    _, news = await next_event(stream)
    assert (news["id"], news["changes"], news["title"]) == (message_id, 1, APPROVED.title)
    assert "Approved by the Chair of F&amp;GP, 10:02" in news["html"]
    assert "brought up to date" in news["html"]
    stream.close()


async def test_stream_should_leave_out_what_the_colleague_may_not_read(hall: Hall, visitor: Visitor) -> None:
    await visitor.load()
    await visitor.act_as("c-priya")
    stream = await open_stream(visitor, "c-priya")
    _, hello = await next_event(stream)
    assert set(hello["channels"]) == {"staff", "dm:c-priya"}
    await hall.sender.post("governance", WAITING, "out-1")
    await hall.sender.post("councillors", WAITING, "out-2")
    await hall.sender.post("dm:c-dana", WAITING, "out-3")
    await hall.sender.post("dm:c-priya", APPROVED, "out-4")
    _, news = await next_event(stream)
    assert news["channel"] == "dm:c-priya"
    stream.close()


async def test_stream_should_stop_carrying_a_channel_when_the_office_ends(
    hall: Hall, visitor: Visitor
) -> None:
    await visitor.load()
    stream = await open_stream(visitor, "c-dana")
    await next_event(stream)
    hall.book.everybody = (LocalColleague("c-dana", "Dana Okoro"), PRIYA)
    await hall.sender.post("governance", WAITING, "out-1")
    await hall.sender.post("staff", APPROVED, "out-2")
    _, news = await next_event(stream)
    assert news["channel"] == "staff"
    stream.close()


async def test_stream_should_say_switched_when_the_page_is_another_colleagues(visitor: Visitor) -> None:
    await visitor.load()
    for claimed in ("c-priya", ""):
        stream = await open_stream(visitor, claimed)
        assert await next_event(stream) == ("switched", {})
        assert await next_event(stream) == ("end", {})


async def test_stream_should_beat_while_nothing_happens(visitor: Visitor) -> None:
    await visitor.load()
    stream = await open_stream(visitor, "c-dana")
    await next_event(stream)
    async with asyncio.timeout(5):
        assert (await stream.content.readline()).startswith(b": ping")
    stream.close()


async def test_stream_should_be_forgotten_when_the_page_goes(hall: Hall, visitor: Visitor) -> None:
    await visitor.load()
    stream = await open_stream(visitor, "c-dana")
    await next_event(stream)
    assert len(hall.streams) == 1
    stream.close()
    async with asyncio.timeout(5):
        while len(hall.streams):
            await visitor.load()  # noticed at the next heart-beat


async def test_stream_should_end_at_once_when_the_server_stops(hall: Hall) -> None:
    server = TestServer(hall.app(), shutdown_timeout=30)
    async with TestClient(server) as client:
        visitor = Visitor(client)
        await visitor.load()
        stream = await open_stream(visitor, "c-dana")
        await next_event(stream)
        async with asyncio.timeout(5):
            await server.close()
            assert await next_event(stream) == ("end", {})


async def test_post_should_be_one_message_when_the_outbox_sends_twice(hall: Hall) -> None:
    first = await hall.sender.post("staff", WAITING, "out-1")
    assert await hall.sender.post("staff", WAITING, "out-1") == first
    assert len(hall.book.kept) == 1


async def test_update_should_post_anew_when_the_message_is_gone(hall: Hall) -> None:
    message_id = await hall.sender.update("staff", "m9999", APPROVED, "out-1")
    assert hall.book.kept[message_id].channel == "staff"


async def test_full_stream_should_be_ended_rather_than_left_with_a_gap() -> None:
    streams = Streams()
    with streams.listen() as stream:
        for number in range(QUEUE + 5):
            streams.tell("staff", str(number))
        assert await stream.next() is None
        assert await stream.next() is None


async def test_streams_should_keep_their_order_and_end_when_closed() -> None:
    streams = Streams()
    with streams.listen() as stream:
        streams.tell("staff", "a")
        streams.tell("governance", "b")
        assert [await stream.next(), await stream.next()] == [
            Changed("staff", "a"),
            Changed("governance", "b"),
        ]
        streams.close()
        assert await stream.next() is None
    with streams.listen() as late:
        assert await late.next() is None


@pytest.mark.parametrize("ends", [1, 2])
async def test_stream_should_end_once_or_twice_alike(ends: int) -> None:
    with Streams().listen() as stream:
        for _ in range(ends):
            stream.end()
        assert await stream.next() is None
