"""The table of files shown for a while in a colleague's own conversation, where no browser reaches this program."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text

from storage.columns import Row, key, of_council, parts

OPEN = "state IN ('wanted', 'shown')"


class UploadRow(Row, table=True):
    """A file that was asked for, then stands in the chat, then is gone. `visible_at` is due time, retry and lease.

    `until`: when it goes at the latest; before that, whether it may still stand there is asked again and again.
    """

    __tablename__ = "upload"
    __table_args__ = parts(
        of_council(),
        UniqueConstraint("council_id", "open_key", name="uq_upload_open"),
        Index("ix_upload_due", "visible_at", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    )
    council_id: str = key()
    id: str = key()
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
    until: datetime | None
