"""What the storage room hands out of files: documents, links, letters handed to a service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a letter. format: pdf, docx, or notify (the PDF whose address stands where GOV.UK Notify reads it).

    state: wanted, made, failed. `content` is exactly the bytes that were made, `sha256` their hash; b"" before, and
    after an erasure.
    """

    id: str
    case_id: str
    notice_id: str
    format: str
    state: str
    attempts: int
    visible_at: datetime
    made_at: datetime | None
    sha256: str
    size: int
    last_error: str
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class FileLink:
    """Who may fetch what, until when; `used_at` is set by the one fetch that counts."""

    id: str
    what: str
    about: str
    colleague_id: str
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Posting:
    """A letter handed to GOV.UK Notify. channel: email, letter.

    state: queued (not taken yet), accepted (taken, not settled), received, failed, stopped. `status` is Notify's own
    last word. `id` is the reference Notify knows it by; `external_id` is Notify's own id.
    """

    id: str
    case_id: str
    notice_id: str
    channel: str
    state: str
    status: str
    external_id: str
    attempts: int
    resent: int
    visible_at: datetime
    asked_by: str
    asked_at: datetime
    accepted_at: datetime | None
    settled_at: datetime | None
    last_error: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file shown for a while in a colleague's own conversation. state: wanted, shown, over.

    `what` and `about` say which file, as for a link. `file_id` is the platform's name of it, once it has one.
    `open_key` is None when it is over; `until`: when a shown one is taken away at the latest.
    """

    id: str
    what: str
    about: str
    colleague_id: str
    platform: str
    workspace: str
    account: str
    state: str
    attempts: int
    visible_at: datetime
    asked_at: datetime
    file_id: str
    last_error: str
    open_key: str | None
    until: datetime | None = None
