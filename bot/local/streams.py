"""Who is listening: one stream a page, told where something changed and left to fetch what it may see."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

QUEUE = 200
"""Changes a slow page may fall behind before its stream is ended; it then connects and catches up afresh."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A message that is new or changed. Never its content: who may see that is asked just before sending."""

    channel: str
    message_id: str


@dataclass(slots=True, eq=False)
class Stream:
    """One page's changes, in order."""

    queue: asyncio.Queue[Changed | None] = field(default_factory=lambda: asyncio.Queue(QUEUE))
    ended: bool = False

    async def next(self) -> Changed | None:
        """The next change; None once the stream is ended."""
        if self.ended and self.queue.empty():
            return None
        return await self.queue.get()

    def tell(self, changed: Changed) -> None:
        """Add a change; a stream that is full is ended rather than left with a gap."""
        if not self.ended:
            if self.queue.full():
                self.end()
            else:
                self.queue.put_nowait(changed)

    def end(self) -> None:
        """Let the listener go, forgetting what it has not read (it catches up when it connects again)."""
        self.ended = True
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


class Streams:
    """Every open stream of this process. Used from the event loop only."""

    def __init__(self) -> None:
        self._open: set[Stream] = set()
        self._closed = False

    @contextmanager
    def listen(self) -> Iterator[Stream]:
        """A stream that lasts as long as the page's connection; already ended when closing down."""
        stream = Stream()
        if self._closed:
            stream.end()
        self._open.add(stream)
        try:
            yield stream
        finally:
            self._open.discard(stream)

    def tell(self, channel: str, message_id: str) -> None:
        """Tell every page that a message is new or changed."""
        for stream in tuple(self._open):
            stream.tell(Changed(channel, message_id))

    def close(self) -> None:
        """End every stream, so that the server can stop at once."""
        self._closed = True
        for stream in tuple(self._open):
            stream.end()

    def __len__(self) -> int:
        return len(self._open)
