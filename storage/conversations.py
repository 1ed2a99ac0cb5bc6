"""A conversation in Teams and a copy sent there, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

PERSONAL: Final = "personal"
ROOM: Final = "room"


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where the app may speak. `name`: the colleague's Entra object id (kind "personal"), or the room's own id.

    `admin`: this colleague proved to look after Civility. `left_at`: when the app was removed from it.
    """

    workspace: str
    kind: str
    name: str
    conversation_id: str
    service_url: str
    admin: bool
    seen_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SentCopy:
    """A message that was sent (`message_id`), or was begun and nothing more is known ("")."""

    message_id: str
    begun_at: datetime
