"""A workspace that installed the app itself, as a plain value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Installation:
    """A workspace that installed the app itself. `expires_at` None: its token does not expire.

    `removed_at`: when the workspace removed the app; its tokens are gone then.
    """

    platform: str
    workspace: str
    name: str
    bot_id: str
    bot_user_id: str
    installed_by: str
    installed_at: datetime
    token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    expires_at: datetime | None = None
    removed_at: datetime | None = None
