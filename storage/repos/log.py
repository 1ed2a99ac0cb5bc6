"""The append-only log (R38): every line's hash covers its content and the line before.

The hash is keyed with a secret of the council from the key store, so that somebody who can write to the database
cannot forge a whole new chain. Lines gather in the unit and are written just before its commit: the head of the
chain is read once and, on PostgreSQL, held for the shortest time.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select

from storage.models import LOG, LOG_HEAD
from storage.records import LogLine
from storage.unit import Repository, Unit, change, find, up_to, where

_HEAD = find(LOG_HEAD)
_HOLD_HEAD = find(LOG_HEAD).with_for_update()
_MOVE_HEAD = change(LOG_HEAD)
_ADD = insert(LOG)
_NEWEST = up_to(find(LOG).where(LOG.c.seq < bindparam("at_before")).order_by(LOG.c.seq.desc()))
_COUNTS = (
    select(LOG.c.action, func.count().label("times"))
    .where(where(LOG), LOG.c.at >= bindparam("at_since"), LOG.c.at < bindparam("at_until"))
    .group_by(LOG.c.action)
)
_OF_SUBJECT = up_to(find(LOG, "subject_id").order_by(LOG.c.seq.desc()))
_CHAIN = up_to(find(LOG).where(LOG.c.seq > bindparam("at_after")).order_by(LOG.c.seq))
_END = 2**31 - 1
_PAGE = 1000
MOST = 500


@dataclass(frozen=True, slots=True)
class Verified:
    """What checking the log found; unpacks as (ok, lines, sentence)."""

    ok: bool
    lines: int
    sentence: str

    def __iter__(self) -> Iterator[Any]:
        return iter((self.ok, self.lines, self.sentence))


@dataclass(frozen=True, slots=True)
class _Pending:
    at: datetime
    actor_id: str
    action: str
    subject_kind: str
    subject_id: str
    detail: dict[str, str]


class LogRepo(Repository):
    """Actions, refusals and look-ups: ids and codes, never words typed."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self._pending: list[_Pending] = []
        self._written: tuple[int, str] | None = None
        self.head: tuple[int, str] | None = None
        """The last line that this unit knows to be committed; None when it has neither written nor verified."""

    def append(self, actor_id: str, action: str, subject_kind: str, subject_id: str, **detail: str) -> None:
        """Add a line; it is written with the unit's commit and lost with its rollback."""
        self._pending.append(
            _Pending(self._unit.now(), actor_id, action, subject_kind, subject_id, dict(detail))
        )

    def lines(self, subject_id: str | None = None, limit: int = MOST) -> tuple[LogLine, ...]:
        """The newest lines, of one subject or of all, in the order they were written."""
        self.flush()
        if subject_id is None:
            rows = self._unit.rows(_NEWEST, before=_END, limit=limit)
        else:
            rows = self._unit.rows(_OF_SUBJECT, subject_id=subject_id, limit=limit)
        return tuple(_line(row) for row in reversed(rows))

    def count(self, actor_id: str, action: str, since: datetime) -> int:
        """How often a colleague did something since an instant, this unit's own lines included."""
        # Read backwards from the end: an index for this rare question would make every report dearer.
        found, before = list[_Pending | LogLine](self._pending), _END
        while rows := self._unit.rows(_NEWEST, before=before, limit=_PAGE):
            found += [_line(row) for row in rows if row.at >= since]
            before = rows[-1].seq
            if rows[-1].at < since:
                break
        return sum(one.actor_id == actor_id and one.action == action and one.at >= since for one in found)

    def counts(self, since: datetime, until: datetime) -> dict[str, int]:
        """How often each action was done from an instant on and before another."""
        self.flush()
        return {row.action: row.times for row in self._unit.rows(_COUNTS, since=since, until=until)}

    def verify(self) -> Verified:
        """Recompute the whole chain and compare it with its head and with the anchors outside the database."""
        # The anchors come first: one set by another process after this snapshot began would look like a cut.
        anchors = {one.seq: one for one in self._unit.vault.keys.anchors(self._unit.council_id)}
        self.flush()
        unit, secret = self._unit, self._unit.keys.log
        seq, hash_ = 0, ""
        while rows := unit.rows(_CHAIN, after=seq, limit=_PAGE):
            for row in rows:
                if row.seq != seq + 1:
                    return Verified(False, seq, f"Line {seq + 1} of the log is missing.")
                if row.hash != line_hash(secret, unit.council_id, hash_, _line(row)):
                    return Verified(
                        False, seq, f"Line {row.seq} of the log was altered, or put in by other hands."
                    )
                seq, hash_ = row.seq, row.hash
                anchor = anchors.get(seq)
                if anchor is not None and anchor.hash != hash_:
                    return Verified(
                        False, seq, f"Line {seq} is not the line that stood there on {anchor.day}."
                    )
        last = max(anchors, default=0)
        if last > seq:
            return Verified(
                False,
                seq,
                f"The log ends at line {seq}; on {anchors[last].day} it had {last}. Its end was cut off.",
            )
        head = unit.row(_HEAD)
        if head is None or (head.seq, head.hash) != (seq, hash_):
            return Verified(False, seq, f"The log ends at line {seq}, but its head says otherwise.")
        if not unit.writing:
            self.head = (seq, hash_)
        return Verified(True, seq, f"The log is whole: {seq} lines, none altered, none missing.")

    def flush(self) -> None:
        """Write the gathered lines behind the head of the chain."""
        if not self._pending:
            return
        unit, secret = self._unit, self._unit.keys.log
        head = unit.row(_HEAD if unit.is_sqlite else _HOLD_HEAD)
        seq, hash_ = (head.seq, head.hash) if head else (0, "")
        rows: list[Mapping[str, object]] = []
        for one in self._pending:
            seq += 1
            line = LogLine(
                seq, one.at, one.actor_id, one.action, one.subject_kind, one.subject_id, one.detail, ""
            )
            hash_ = line_hash(secret, unit.council_id, hash_, line)
            rows.append({**{name: getattr(line, name) for name in LogLine.__slots__}, "hash": hash_})
        unit.put_all(_ADD, rows)
        unit.change(_MOVE_HEAD, {"seq": seq, "hash": hash_})
        self._pending.clear()
        self._written = (seq, hash_)

    def committed(self) -> None:
        """The lines written are durable: from here on their end may be anchored."""
        self.head, self._written = self._written or self.head, None

    def drop(self) -> None:
        """Forget the lines since the last commit, written or gathered: what they tell of was rolled back."""
        self._pending.clear()
        self._written = None

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Part of a transaction that may fail by itself: its lines go with it, the lines before it stay."""
        self.flush()
        before = self._written
        try:
            with self._unit.connection.begin_nested():
                yield
                self.flush()
        except BaseException:
            self._pending.clear()
            self._written = before
            raise


def line_hash(secret: bytes, council_id: str, before: str, line: LogLine) -> str:
    """The keyed hash of a line: its canonical content and the hash of the line before, as 64 hex digits."""
    content = [
        before,
        council_id,
        line.seq,
        line.at.isoformat(timespec="microseconds"),
        line.actor_id,
        line.action,
        line.subject_kind,
        line.subject_id,
        sorted(line.detail.items()),
    ]
    canonical = json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode()
    return hmac.digest(secret, canonical, hashlib.sha256).hex()


def _line(row: Row[Any]) -> LogLine:
    return LogLine(*(getattr(row, name) for name in LogLine.__slots__))
