"""What the door says by itself, beside the answer to Teams: replies to typed commands, cards changed in place.

A reply is tried a few times while its colleague may still be waiting. It changes nothing, and typing the command
again brings it again; what must not be lost goes by the outbox.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from bot.teams.cards import adaptive, attachment
from bot.teams.connector import Connector
from bot.teams.places import Places
from bot.teams.problems import BROKEN, ServiceError
from bot.teams.requests import Talk
from bot.teams.sender import BUSY, IN_TROUBLE, Pace
from handlers.chat import Card

log = logging.getLogger("civility.teams")

TRIES: Final = 5
LONGEST: Final = timedelta(seconds=30)
NOT_INSTALLED: Final = (
    "Civility can answer you only where nobody else reads it. Add the app Civility for yourself in Teams, then type "
    "this again; or type it in your own chat with Civility."
)
ANSWERED: Final = "Civility has answered you in your own chat with it."


@dataclass(frozen=True, slots=True)
class Replies:
    """Says something, to one colleague alone unless everybody may read it."""

    connector: Connector
    places: Places
    pace: Pace
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def say(
        self,
        activity: Mapping[str, Any],
        talk: Talk,
        user: str,
        shown: dict[str, Any],
        *,
        alone: bool,
        open_to_all: bool,
    ) -> None:
        """Answer what was typed. `alone`: a slash command, which one colleague reads in the channel itself."""
        here, service, asked = activity["conversation"]["id"], talk.service_url, str(activity.get("id") or "")
        answer = {
            **_message(shown),
            "from": {"id": activity["recipient"]["id"]},
            "recipient": {"id": activity["from"]["id"]},
        }
        if talk.personal or alone or open_to_all:
            only = alone and not talk.personal
            reply_to = "" if only else asked
            if await self._tried(
                talk.conversation_id,
                lambda: self.connector.send(service, here, answer, reply_to=reply_to, only=only),
            ):
                return
            if not only:
                return
        own = await self.places.personal(user)
        told = own is not None and await self._tried(
            own.conversation_id,
            lambda: self.connector.send(own.service_url, own.conversation_id, _message(shown)),
        )
        note = {**answer, **_message(adaptive(Card(ANSWERED if told else NOT_INSTALLED)))}
        await self._tried(
            talk.conversation_id,
            lambda: self.connector.send(service, here, note, reply_to=asked),
        )

    async def replace(self, talk: Talk, message_id: str, shown: dict[str, Any]) -> None:
        """Show a card in the place of a message."""
        if message_id:
            await self._tried(
                talk.conversation_id,
                lambda: self.connector.update(
                    talk.service_url, talk.conversation_id, message_id, _message(shown)
                ),
            )

    async def _tried(self, conversation: str, call: Callable[[], Awaitable[object]]) -> bool:
        """Whether Teams took it, in a few tries."""
        for attempt in range(TRIES):
            self.pace.count(conversation)
            try:
                await call()
            except ServiceError as refused:
                if refused.status not in BUSY and refused.status < IN_TROUBLE:
                    log.warning("Teams did not take a reply: %s", refused)
                    return False
                wait = refused.after or 2.0**attempt
            except BROKEN as broken:
                log.warning("Teams was not reached with a reply: %s", type(broken).__name__)
                wait = 2.0**attempt
            else:
                return True
            await self.sleep(min(wait, LONGEST.total_seconds()) * (1 + 0.25 * random.random()))  # noqa: S311
        log.warning("a reply was given up")
        return False


def _message(shown: dict[str, Any]) -> dict[str, Any]:
    """A card as a message; its own words for notifications."""
    return {"type": "message", "summary": shown["fallbackText"], "attachments": [attachment(shown)]}
