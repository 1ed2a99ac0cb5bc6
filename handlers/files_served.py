"""What every kind of file shares on its way out."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.pages import Page
from policy.answers import Refusal

NOT_YOURS = Refusal("file_not_yours", "You can no longer see this case, so its files are closed to you.")


@dataclass(frozen=True, slots=True)
class Served:
    """A file on its way: its name carries the reference only."""

    name: str
    type: str
    content: bytes
    page: Page | None = None
    """A page that is still to be made into the file, after the records are closed."""
