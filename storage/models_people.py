"""Tables of the people cases are about, and of the keyed-hash tokens that find them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field

from storage.columns import Row, belongs_to, key, of_council, sealed


class PersonRow(Row, table=True):
    """A member of the community, known by name or by a description (R9)."""

    __tablename__ = "person"
    __table_args__ = (of_council(),)
    council_id: str = key()
    id: str = key()
    name: bytes = sealed()
    contact: bytes = sealed()
    description: bytes = sealed()
    identified: bool
    colleague_id: str | None
    key_id: str
    added_at: datetime
    forgotten_at: datetime | None


class PersonTokenRow(Row, table=True):
    """A keyed hash of one word, e-mail address or telephone number of a person (R27)."""

    __tablename__ = "person_token"
    __table_args__ = (
        belongs_to("person", "person_id"),
        Index("ix_person_token_person", "council_id", "person_id"),
        {"sqlite_with_rowid": False},
    )
    council_id: str = key()
    token: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    person_id: str = key()


class KeyToForgetRow(Row, table=True):
    """A key whose erasure was decided with the rows around it; wiped from the key store after the commit."""

    __tablename__ = "key_to_forget"
    __table_args__ = (of_council(),)
    council_id: str = key()
    key_id: str = key()
    asked_at: datetime
    done_at: datetime | None
