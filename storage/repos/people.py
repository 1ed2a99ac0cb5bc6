"""The people cases are about: sealed, found by blind index, forgotten for real (R9, R27, R45)."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Row, and_, bindparam, exists, func, insert, literal, select
from sqlalchemy.sql import Select

from storage.blind import TOKEN_BYTES, tokens_of, tokens_sought
from storage.errors import NotFound
from storage.models import KEY_TO_FORGET, PERSON, PERSON_TOKEN
from storage.records import Person
from storage.repos.merges import MergeRepo
from storage.unit import Repository, add_once, change, find, new_id, remove, up_to, where

_ADD = insert(PERSON)
_GET = find(PERSON, "id")
_UPDATE = change(PERSON, "id")
_ADD_TOKENS = insert(PERSON_TOKEN)
_DROP_TOKEN = remove(PERSON_TOKEN, "token", "person_id")
_FORGET_KEY = add_once(KEY_TO_FORGET)
_RARE = 256
_COUNT = select(func.count()).select_from(
    select(literal(1)).where(where(PERSON_TOKEN, "token")).limit(_RARE).subquery()
)
_WORDS = ("name", "contact", "description")
_NEWEST = up_to(find(PERSON).where(PERSON.c.forgotten_at.is_(None)).order_by(PERSON.c.id.desc()))
_OWN, _SAME = PERSON_TOKEN.alias("own"), PERSON_TOKEN.alias("same")
# Who has most in common comes first: a common first name alone stops at the limit.
_SHARING = up_to(
    select(_SAME.c.person_id)
    .select_from(_OWN)
    .join(_SAME, and_(_SAME.c.council_id == _OWN.c.council_id, _SAME.c.token == _OWN.c.token))
    .where(
        _OWN.c.council_id == bindparam("at_council_id"),
        _OWN.c.person_id == bindparam("at_person_id"),
        _SAME.c.person_id != _OWN.c.person_id,
    )
    .group_by(_SAME.c.person_id)
    .order_by(func.count().desc(), _SAME.c.person_id.desc())
)
_OF_COLLEAGUE = find(PERSON, "colleague_id").order_by(PERSON.c.id)


class PersonRepo(Repository):
    """Members of the community. Their words are sealed with a key of their own."""

    def add(
        self,
        name: str,
        contact: str,
        description: str,
        identified: bool,
        colleague_id: str | None = None,
    ) -> Person:
        """Record somebody; `identified` is False while only a description is known (R9)."""
        person = Person(
            new_id(), name, contact, description, identified, colleague_id, self._unit.vault.keys.take()
        )
        tokens = self._tokens(person)
        self._unit.put(
            _ADD,
            {
                "id": person.id,
                **self._sealed(person),
                "tokens": b"".join(tokens),
                "identified": identified,
                "colleague_id": colleague_id,
                "key_id": person.key_id,
                "added_at": self._unit.now(),
                "forgotten_at": None,
            },
        )
        self._index(person.id, tokens)
        return person

    def get(self, person_id: str) -> Person | None:
        """One person; after an erasure the words are ""."""
        row = self._unit.row(_GET, id=person_id)
        return None if row is None else self._person(row)

    def search(self, words: str, limit: int = 10) -> tuple[Person, ...]:
        """People who match every word, or the e-mail address, or the telephone number; the newest first."""
        sought = tokens_sought(self._unit.keys.index, words)
        if not sought:
            return ()
        # The rarest token leads and the others are looked up for each of its few people; a common name alone
        # stops at the limit.
        if len(sought) > 1:
            sought = tuple(sorted(sought, key=self._how_common))
        rows = self._unit.rows(_matching(len(sought)), limit=limit, **_numbered(sought))
        return tuple(self._person(row) for row in rows)

    def update(
        self,
        person_id: str,
        *,
        name: str | None = None,
        contact: str | None = None,
        description: str | None = None,
        identified: bool | None = None,
        colleague_id: str | None = None,
    ) -> Person:
        """Change what is given, the rest stays; the search follows. Raises NotFound for an unknown person.

        `colleague_id` "" says that the person is no councillor after all.
        """
        row = self._unit.row(_GET, id=person_id)
        if row is None:
            raise NotFound("This council has no such person.")
        before = self._person(row)
        after = Person(
            before.id,
            before.name if name is None else name,
            before.contact if contact is None else contact,
            before.description if description is None else description,
            before.identified if identified is None else identified,
            before.colleague_id if colleague_id is None else colleague_id or None,
            before.key_id,
        )
        tokens = self._tokens(after)
        values = {
            **self._sealed(after),
            "tokens": b"".join(tokens),
            "identified": after.identified,
            "colleague_id": after.colleague_id,
        }
        self._unit.change(_UPDATE, values, id=person_id)
        self._unindex(row)
        self._index(person_id, tokens)
        return after

    def of_colleague(self, colleague_id: str) -> tuple[Person, ...]:
        """Every record that says the person is this colleague, a councillor."""
        return tuple(self._person(row) for row in self._unit.rows(_OF_COLLEAGUE, colleague_id=colleague_id))

    def resembling(self, person_id: str, sharing: int, newest: int) -> tuple[Person, ...]:
        """Records to compare with this one: those with a word, address or number in common, and the newest (R46)."""
        alike = [row.person_id for row in self._unit.rows(_SHARING, person_id=person_id, limit=sharing)]
        found = [self._unit.row(_GET, id=one) for one in alike]
        found += [row for row in self._unit.rows(_NEWEST, limit=newest) if row.id not in {*alike, person_id}]
        return tuple(self._person(row) for row in found if row is not None)

    def forget(self, person_id: str) -> None:
        """Erase who somebody is: words and tokens go now, the key goes from the key store after the commit.

        Records that are merged are one person, so they go together (R45, R46).
        """
        for one in MergeRepo(self._unit).group(person_id):
            self._forget(one)

    def _forget(self, person_id: str) -> None:
        row = self._unit.row(_GET, id=person_id)
        if row is None:
            return
        empty: dict[str, object] = dict.fromkeys((*_WORDS, "tokens"), b"")
        self._unit.change(_UPDATE, {**empty, "forgotten_at": self._unit.now()}, id=person_id)
        self._unindex(row)
        self._unit.put(_FORGET_KEY, {"key_id": row.key_id, "asked_at": self._unit.now(), "done_at": None})
        self._unit.keys_asked_to_forget = True

    def _how_common(self, token: bytes) -> int:
        row = self._unit.row(_COUNT, token=token)
        return int(row[0]) if row else 0

    def _tokens(self, person: Person) -> list[bytes]:
        return sorted(tokens_of(self._unit.keys.index, person.name, person.contact))

    def _index(self, person_id: str, tokens: list[bytes]) -> None:
        self._unit.put_all(_ADD_TOKENS, [{"token": one, "person_id": person_id} for one in tokens])

    def _unindex(self, row: Row[Any]) -> None:
        for start in range(0, len(row.tokens), TOKEN_BYTES):
            token = row.tokens[start : start + TOKEN_BYTES]
            self._unit.change(_DROP_TOKEN, {}, token=token, person_id=row.id)

    def _sealed(self, person: Person) -> dict[str, object]:
        return {
            column: self._unit.seal(person.key_id, f"person.{column}", person.id, getattr(person, column))
            for column in _WORDS
        }

    def _person(self, row: Row[Any]) -> Person:
        name, contact, description = (
            self._unit.open(f"person.{column}", row.id, getattr(row, column)) for column in _WORDS
        )
        return Person(row.id, name, contact, description, row.identified, row.colleague_id, row.key_id)


def _numbered(tokens: tuple[bytes, ...]) -> dict[str, bytes]:
    return {f"token{number}": token for number, token in enumerate(tokens)}


@cache
def _matching(count: int) -> Select[Any]:
    """People who have `count` tokens, the first of them leading."""
    lead = PERSON_TOKEN.alias("lead")
    statement = (
        select(PERSON)
        .select_from(lead)
        .join(PERSON, and_(PERSON.c.council_id == lead.c.council_id, PERSON.c.id == lead.c.person_id))
        .where(lead.c.council_id == bindparam("at_council_id"), lead.c.token == bindparam("at_token0"))
        .order_by(lead.c.person_id.desc())
    )
    for number in range(1, count):
        other = PERSON_TOKEN.alias(f"other{number}")
        statement = statement.where(
            exists().where(
                other.c.council_id == bindparam("at_council_id"),
                other.c.token == bindparam(f"at_token{number}"),
                other.c.person_id == lead.c.person_id,
            )
        )
    return up_to(statement)
