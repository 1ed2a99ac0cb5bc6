"""Tables of the people cases are about, and of the keyed-hash tokens that find them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field

from storage.columns import Row, belongs_to, key, of_council, parts, sealed


class PersonRow(Row, table=True):
    """A member of the community, known by name or by a description (R9).

    `tokens` lists the tokens in `person_token`, end to end, so that they are removed without an index for it.
    """

    __tablename__ = "person"
    __table_args__ = parts(of_council())
    council_id: str = key()
    id: str = key()
    name: bytes = sealed()
    contact: bytes = sealed()
    description: bytes = sealed()
    tokens: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    identified: bool
    colleague_id: str | None
    key_id: str
    added_at: datetime
    forgotten_at: datetime | None


class PersonTokenRow(Row, table=True):
    """A keyed hash of one word, e-mail address or telephone number of a person (R27)."""

    __tablename__ = "person_token"
    __table_args__ = parts(belongs_to("person", "person_id"))
    council_id: str = key()
    token: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    person_id: str = key()


class KeyToForgetRow(Row, table=True):
    """A key whose erasure was decided with the rows around it; wiped from the key store after the commit."""

    __tablename__ = "key_to_forget"
    __table_args__ = parts(of_council())
    council_id: str = key()
    key_id: str = key()
    asked_at: datetime
    done_at: datetime | None
