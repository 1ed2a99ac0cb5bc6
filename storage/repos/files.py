"""Documents made of letters, links by which files are fetched once, and letters handed to GOV.UK Notify."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert

from storage.models import DOCUMENT, FILE_LINK, POSTING
from storage.records_files import Document, FileLink, Posting
from storage.unit import Repository, add_once, change, find, new_id, where

WANTED, MADE, FAILED = "wanted", "made", "failed"
QUEUED, ACCEPTED, RECEIVED, STOPPED = "queued", "accepted", "received", "stopped"
MOST_ERROR = 300

_WANT = add_once(DOCUMENT)
_DOCUMENT = find(DOCUMENT, "id")
_DOCUMENTS = find(DOCUMENT, "notice_id").order_by(DOCUMENT.c.format)
_CHANGE_DOCUMENT = change(DOCUMENT, "id")
_SETTLE_DOCUMENT = change(DOCUMENT, "id").where(DOCUMENT.c.state == WANTED)
_LINK = insert(FILE_LINK)
_GET_LINK = find(FILE_LINK, "id")
_USE = change(FILE_LINK, "id").where(FILE_LINK.c.used_at.is_(None))
_PURGE = delete(FILE_LINK).where(where(FILE_LINK), FILE_LINK.c.expires_at < bindparam("at_before"))
_POST = insert(POSTING)
_POSTING = find(POSTING, "id")
_POSTINGS = find(POSTING, "notice_id").order_by(POSTING.c.asked_at, POSTING.c.id)
_CHANGE_POSTING = change(POSTING, "id")
_SETTLE_POSTING = change(POSTING, "id").where(POSTING.c.settled_at.is_(None))


class DocumentRepo(Repository):
    """The files of letters. The bytes are sealed with the case's key: they go when it is erased."""

    def want(self, case_id: str, notice_id: str, kind: str) -> None:
        """Let a file of a kind (its format) be made, once."""
        unit = self._unit
        row = Document(
            new_id(), case_id, notice_id, kind, WANTED, 0, unit.now(), None, "", 0, ""
        )  # fmt: skip
        if unit.put(_WANT, {**_fields(row), "content": b""}):
            unit.queued = True

    def get(self, document_id: str) -> Document | None:
        """One document with its bytes."""
        row = self._unit.row(_DOCUMENT, id=document_id)
        return None if row is None else self._document(row)

    def of_notice(self, notice_id: str) -> tuple[Document, ...]:
        """The files of a letter, by format."""
        return tuple(self._document(row) for row in self._unit.rows(_DOCUMENTS, notice_id=notice_id))

    def keep(self, document_id: str, case_id: str, content: bytes) -> bool:
        """The file is made: these are its bytes, for good. False when it was made before."""
        unit = self._unit
        sealed = unit.seal(
            unit.case_key(case_id), "document.content", document_id, b64encode(content).decode()
        )
        values = {
            "state": MADE,
            "made_at": unit.now(),
            "sha256": sha256(content).hexdigest(),
            "size": len(content),
            "last_error": "",
            "content": sealed,
        }
        return unit.change(_SETTLE_DOCUMENT, values, id=document_id) == 1

    def put_off(self, document_id: str, until: datetime, error: str) -> None:
        """It could not be made: once more at an instant."""
        self._unit.change(
            _SETTLE_DOCUMENT, {"visible_at": until, "last_error": error[:MOST_ERROR]}, id=document_id
        )

    def fail(self, document_id: str, error: str) -> None:
        """It can't be made."""
        self._unit.change(
            _SETTLE_DOCUMENT, {"state": FAILED, "last_error": error[:MOST_ERROR]}, id=document_id
        )

    def again(self, document_id: str) -> None:
        """Try once more to make what failed."""
        self._unit.change(
            _CHANGE_DOCUMENT, {"state": WANTED, "attempts": 0, "visible_at": self._unit.now()}, id=document_id
        )
        self._unit.queued = True

    def _document(self, row: Row[Any]) -> Document:
        values = {name: getattr(row, name) for name in Document.__slots__}
        values["content"] = b64decode(self._unit.open("document.content", row.id, row.content))
        return Document(**values)


class FileLinkRepo(Repository):
    """Links that work once. Only the hash of the secret is kept."""

    def add(self, id: str, what: str, about: str, colleague_id: str, life: timedelta) -> FileLink:
        """A new link, whose secret has this hash; those that ended a day ago are dropped."""
        unit = self._unit
        self._unit.change(_PURGE, {}, before=unit.now() - timedelta(days=1))
        link = FileLink(id, what, about, colleague_id, unit.now() + life, None)
        unit.put(_LINK, {name: getattr(link, name) for name in FileLink.__slots__})
        return link

    def get(self, id: str) -> FileLink | None:
        """The link whose secret has this hash."""
        row = self._unit.row(_GET_LINK, id=id)
        return None if row is None else FileLink(*(getattr(row, name) for name in FileLink.__slots__))

    def use(self, id: str) -> bool:
        """Take its one use; False when somebody was quicker."""
        return self._unit.change(_USE, {"used_at": self._unit.now()}, id=id) == 1


class PostingRepo(Repository):
    """Letters handed to GOV.UK Notify. No name, no address and no word of the letter is kept here."""

    def add(self, case_id: str, notice_id: str, channel: str, by: str) -> Posting:
        """Queue a letter for Notify."""
        unit = self._unit
        now = unit.now()
        row = Posting(
            new_id(), case_id, notice_id, channel, QUEUED, "", "", 0, 0, now, by, now, None, None, ""
        )  # fmt: skip
        unit.put(_POST, {name: getattr(row, name) for name in Posting.__slots__})
        unit.queued = True
        return row

    def get(self, posting_id: str) -> Posting | None:
        """One posting."""
        row = self._unit.row(_POSTING, id=posting_id)
        return None if row is None else _posting(row)

    def of_notice(self, notice_id: str) -> tuple[Posting, ...]:
        """Every attempt for a letter, the first first."""
        return tuple(map(_posting, self._unit.rows(_POSTINGS, notice_id=notice_id)))

    def accepted(self, posting_id: str, external_id: str, look_at: datetime) -> None:
        """Notify took it; ask at `look_at` what became of it."""
        values = {
            "state": ACCEPTED,
            "external_id": external_id,
            "accepted_at": self._unit.now(),
            "visible_at": look_at,
            "attempts": 0,
            "last_error": "",
        }
        self._unit.change(_SETTLE_POSTING, values, id=posting_id)

    def look_again(self, posting_id: str, status: str, look_at: datetime, error: str = "") -> None:
        """Not settled yet, or not reached: once more at an instant."""
        values = {"status": status, "visible_at": look_at, "last_error": error[:MOST_ERROR]}
        self._unit.change(_SETTLE_POSTING, values, id=posting_id)

    def send_again(self, posting_id: str, resent: int, at: datetime, status: str) -> None:
        """A passing failure: hand it to Notify once more at an instant."""
        values = {
            "state": QUEUED,
            "status": status,
            "resent": resent,
            "visible_at": at,
            "attempts": 0,
            "external_id": "",
        }
        self._unit.change(_SETTLE_POSTING, values, id=posting_id)
        self._unit.queued = True

    def settle(self, posting_id: str, state: str, status: str, error: str = "") -> bool:
        """Its end; False when it had one already (a repeated callback)."""
        values = {
            "state": state,
            "status": status,
            "settled_at": self._unit.now(),
            "last_error": error[:MOST_ERROR],
        }
        return self._unit.change(_SETTLE_POSTING, values, id=posting_id) == 1


def _fields(row: Document) -> dict[str, object]:
    return {name: getattr(row, name) for name in Document.__slots__}


def _posting(row: Row[Any]) -> Posting:
    return Posting(*(getattr(row, name) for name in Posting.__slots__))
