"""The table of what was reported to the committee: numbers only, kept as they were published (R39)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint

from storage.columns import Row, json, key, of_council, parts


class PublishedRow(Row, table=True):
    """One piece of time that was reported, from an instant on and before another. `figures` holds no personal data."""

    __tablename__ = "published"
    __table_args__ = parts(of_council(), UniqueConstraint("council_id", "since", name="uq_published_since"))
    council_id: str = key()
    id: str = key()
    since: datetime
    until: datetime
    figures: dict[str, Any] = json()
    made_by: str
    made_at: datetime
