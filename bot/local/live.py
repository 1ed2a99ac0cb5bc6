"""The live stream of one page: what stands now, then each message as it comes or changes.

Whether the colleague may read the channel is asked again just before each message: an office may have changed
hands since the page was opened.
"""

from __future__ import annotations

import asyncio
import json
import logging

from aiohttp import web
from aiohttp_sse import EventSourceResponse, sse_response

from bot.local.book import LocalBook
from bot.local.channels import channel_for, channels_for, find
from bot.local.guard import HEADERS
from bot.local.pages import Pages
from bot.local.streams import Changed, Stream, Streams

log = logging.getLogger(__name__)

KEPT = 50
"""Messages of a channel shown at once."""
RETRY_MS = 2000
"""How soon a page that lost its stream asks again."""


class Live:
    """Serves the live streams of all pages."""

    def __init__(self, book: LocalBook, pages: Pages, streams: Streams, ping_seconds: float) -> None:
        self._book, self._pages, self._streams, self._ping_seconds = book, pages, streams, ping_seconds

    async def follow(self, request: web.Request, me_id: str | None) -> web.StreamResponse:
        """Send events until the page goes or the server stops.

        `hello`: what stands in every channel, so that a page that was away sees what it missed. `message`:
        one message. `switched`: this page is not (or no longer) one of the colleague's (`me_id` is None).
        """
        with self._streams.listen() as stream:  # before looking, so that nothing slips between
            headers = {**HEADERS, "Cache-Control": "no-store"}
            async with sse_response(request, headers=headers, ping_interval=self._ping_seconds) as live:
                gone = asyncio.ensure_future(live.wait())
                gone.add_done_callback(lambda _: stream.end())
                try:
                    await self._tell(me_id, stream, live)
                except ConnectionError:
                    log.debug("A page of the local chat went away")
            return live

    async def _tell(self, me_id: str | None, stream: Stream, live: EventSourceResponse) -> None:
        me = find(await self._book.colleagues(), me_id) if me_id else None
        if me is None:
            await live.send("{}", event="switched")
            return
        standing = {
            room.id: [[one.id, one.changes] for one in await self._book.messages(room.id, KEPT)]
            for room in channels_for(me)
        }
        await live.send(json.dumps({"channels": standing}), event="hello", retry=RETRY_MS)
        while (changed := await stream.next()) is not None:
            if (news := await self._news(me.id, changed)) is not None:
                await live.send(json.dumps(news), event="message")

    async def _news(self, me_id: str, changed: Changed) -> dict[str, object] | None:
        """A changed message for this page; None if this colleague may not (or no longer) read the channel."""
        me = find(await self._book.colleagues(), me_id)
        if me is None or channel_for(me, changed.channel) is None:
            return None
        message = await self._book.message(changed.message_id)
        if message is None or message.channel != changed.channel:
            return None
        return {
            "channel": message.channel,
            "id": message.id,
            "changes": message.changes,
            "title": str(message.card.get("title", "")),
            "html": self._pages.message(message),
        }
