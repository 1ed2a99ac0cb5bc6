"""What the sender asks of a chat platform, and what a platform may answer; `bot/` fulfils it for each door."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol, TypeVar, runtime_checkable

from handlers.chat import Card

T = TypeVar("T")


class Unsendable(Exception):
    """A platform will never take this message (no such channel, app removed): park it, don't try again."""


class TryLater(Exception):
    """A platform asks to wait; `after` says how long, None leaves it to the sender's back-off."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Down(TryLater):
    """A platform was not reached, or is in trouble as a whole: it says nothing about this message."""


class Run(Protocol):
    """Runs synchronous work (a claim, a mark) beside the event loop."""

    def __call__(self, work: Callable[[], T], /) -> Awaitable[T]:
        """The work's result, once it is done."""


class Platform(Protocol):
    """What `bot/` fulfils for each door. Both calls must be safe to repeat with the same `outbox_id`."""

    @property
    def name(self) -> str:
        """The platform as identities and channels name it: "local", "slack", "teams"."""

    async def post(self, channel: str, card: Card, outbox_id: str) -> str:
        """Post a new message and return its id; if this outbox id was posted before, return that one's."""

    async def update(self, channel: str, message_id: str, card: Card, outbox_id: str) -> str:
        """Show `card` in place of the message's present content; the id of the message that now shows it."""

    def direct(self, workspace: str, external_id: str, /) -> str:
        """The platform's address for a private message to one account."""

    def room(self, workspace: str, channel: str, /) -> str:
        """The platform's address of a channel of a workspace."""


class Observer(Protocol):
    """Counts what the sender does."""

    def delivered(self, platform: str, after: timedelta) -> None:
        """A platform took a message, so long after it was caused."""

    def failed(self, platform: str, kind: str) -> None:
        """A platform did not take one. kind: down, later, never."""


@runtime_checkable
class HasHome(Protocol):
    """A platform where each colleague has a page of their own that stays open."""

    async def show_home(self, channel: str, card: Card, /) -> None:
        """Show the page of the colleague with this address anew."""
