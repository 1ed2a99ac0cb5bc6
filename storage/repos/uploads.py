"""Files shown for a while in a colleague's own conversation: asked for, shown, gone again. Ids and codes only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete

from storage.models import UPLOAD
from storage.records_files import Upload
from storage.unit import Repository, add_once, change, find, new_id, where

WANTED, SHOWN, OVER = "wanted", "shown", "over"
MOST_ERROR = 300
KEPT = timedelta(days=7)

_WANT = add_once(UPLOAD)
_ONE = find(UPLOAD, "id")
_OPEN = find(UPLOAD, "open_key")
_CHANGE = change(UPLOAD, "id").where(UPLOAD.c.open_key.is_not(None))
_SHOW = change(UPLOAD, "id").where(UPLOAD.c.state == WANTED)
_OVER = find(UPLOAD).where(UPLOAD.c.open_key.is_(None)).order_by(UPLOAD.c.asked_at, UPLOAD.c.id)
_PURGE = delete(UPLOAD).where(
    where(UPLOAD), UPLOAD.c.open_key.is_(None), UPLOAD.c.asked_at < bindparam("at_before")
)


class UploadRepo(Repository):
    """Who asked for which file, and where it stands now."""

    def want(
        self, what: str, about: str, colleague_id: str, account: tuple[str, str, str]
    ) -> tuple[Upload, bool]:
        """Let a file be shown to an account (platform, workspace, its id there), and whether that is new.

        Asked for while it is on its way or stands there: that one, and False. Those over for a week are dropped.
        """
        unit = self._unit
        unit.change(_PURGE, {}, before=unit.now() - KEPT)
        key = "|".join((what, about, colleague_id, *account))
        now = unit.now()
        row = Upload(
            new_id(), what, about, colleague_id, *account, WANTED, 0, now, now, "", "", key
        )  # fmt: skip
        if unit.put(_WANT, {name: getattr(row, name) for name in Upload.__slots__}):
            unit.queued = True
            return row, True
        found = unit.row(_OPEN, open_key=key)
        return (_upload(found), False) if found else (row, True)

    def get(self, upload_id: str) -> Upload | None:
        """One of them."""
        row = self._unit.row(_ONE, id=upload_id)
        return _upload(row) if row else None

    def failed(self) -> tuple[Upload, ...]:
        """What a platform did not do in the last week; not what a rule refused, which is kept as a code."""
        return tuple(_upload(row) for row in self._unit.rows(_OVER) if " " in row.last_error)

    def begun(self, upload_id: str, file_id: str) -> None:
        """The platform has named the file; nobody sees it yet. After a crash it is taken away by this name."""
        self._unit.change(_CHANGE, {"file_id": file_id}, id=upload_id)

    def shown(self, upload_id: str, until: datetime, look_at: datetime) -> bool:
        """It stands in the conversation until an instant, to be looked at before; False when it did before."""
        values = {"state": SHOWN, "until": until, "visible_at": look_at, "attempts": 0, "last_error": ""}
        return self._unit.change(_SHOW, values, id=upload_id) == 1

    def stays(self, upload_id: str, look_at: datetime) -> None:
        """It may still stand there: look again at an instant."""
        self._unit.change(_CHANGE, {"visible_at": look_at, "attempts": 0}, id=upload_id)

    def put_off(self, upload_id: str, until: datetime, error: str) -> None:
        """Not possible now: once more at an instant."""
        self._unit.change(_CHANGE, {"visible_at": until, "last_error": error[:MOST_ERROR]}, id=upload_id)

    def end(self, upload_id: str, error: str = "") -> bool:
        """It is gone, or never came (`error`: a code, or a sentence for who looks after it). False: that was known."""
        values = {"state": OVER, "open_key": None, "last_error": error[:MOST_ERROR]}
        return self._unit.change(_CHANGE, values, id=upload_id) == 1


def _upload(row: Row[Any]) -> Upload:
    return Upload(*(getattr(row, name) for name in Upload.__slots__))
