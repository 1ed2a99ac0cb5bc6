"""Tables of files: the documents made of a letter, the links they are fetched by, and letters handed to a service."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text

from storage.columns import Row, belongs_to, key, of_council, parts, sealed

WANTED = "state = 'wanted'"
UNSETTLED = "state IN ('queued', 'accepted')"


class DocumentRow(Row, table=True):
    """One file of a letter: wanted, then made. `visible_at` is due time, retry time and lease in one."""

    __tablename__ = "document"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        belongs_to("notice", "notice_id"),
        UniqueConstraint("council_id", "notice_id", "format", name="uq_document_format"),
        Index("ix_document_due", "visible_at", sqlite_where=text(WANTED), postgresql_where=text(WANTED)),
    )
    council_id: str = key()
    id: str = key()
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
    content: bytes = sealed()


class FileLinkRow(Row, table=True):
    """A link that works once: its id is the hash of the secret in it."""

    __tablename__ = "file_link"
    __table_args__ = parts(of_council(), Index("ix_file_link_expires", "council_id", "expires_at"))
    council_id: str = key()
    id: str = key()
    what: str
    about: str
    colleague_id: str
    expires_at: datetime
    used_at: datetime | None


class PostingRow(Row, table=True):
    """A letter handed to GOV.UK Notify, and what became of it."""

    __tablename__ = "posting"
    __table_args__ = parts(
        belongs_to("case_file", "case_id"),
        belongs_to("notice", "notice_id"),
        Index("ix_posting_notice", "council_id", "notice_id"),
        Index("ix_posting_due", "visible_at", sqlite_where=text(UNSETTLED), postgresql_where=text(UNSETTLED)),
    )
    council_id: str = key()
    id: str = key()
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
