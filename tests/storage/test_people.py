"""People: found by whole words, e-mail address or telephone number however it is written, in one council (R27)."""

from __future__ import annotations

import pytest

from storage.blind import MOST_TOKENS, TOKEN_BYTES, tokens_of, tokens_sought
from storage.errors import NotFound
from storage.records import Person
from tests.storage.house import House

SECRET = b"1" * 32


def _add(house: House, name: str, contact: str = "", council: str = "") -> Person:
    with house.store.write(council or house.council) as uow:
        person = uow.people.add(name, contact, "", identified=bool(name))
        uow.commit()
    return person


def _found(house: House, words: str, council: str = "") -> list[str]:
    with house.store.read(council or house.council) as uow:
        return [person.name for person in uow.people.search(words)]


def _matches(name: str, contact: str, words: str) -> bool:
    sought = set(tokens_sought(SECRET, words))
    return bool(sought) and sought <= tokens_of(SECRET, name, contact)


@pytest.mark.parametrize(
    "words",
    [
        "Siobhán O'Brien-Smith",
        "siobhan",
        "obrien",
        "O’BRIEN",
        "smith siobhan",
        "siobhan@example.org",
        " <Siobhan@Example.ORG> ",
        "mailto:siobhan@example.org",
        "Siobhan <siobhan@example.org>",
        "07700900123",
        "07700 900 123",
        "(07700) 900-123",
        "+44 7700 900123",
        "0044 7700 900123",
        "+44 (0)7700 900123",
        "Tel: 07700 900123",
        "07700 900123 ext 4",
        "Nightingale Court",
        "CA14 3YJ",
        "siobhan 07700 900123",
    ],
)
def test_tokens_should_match_however_it_is_typed(words: str) -> None:
    contact = "siobhan@example.org, +44 7700 900123; 7 Nightingale Court\nWorkington CA14 3YJ"
    assert _matches("Siobhán O'Brien-Smith", contact, words)
    assert not _matches("Somebody Else", "else@example.org, 01900 123456", words)


@pytest.mark.parametrize(
    "words", ["", "  ", "@", "brie", "siobhan jones", "siobhan@example.com", "07700900124", "900123", "7"]
)
def test_tokens_should_not_match_when_a_word_does_not_match_whole(words: str) -> None:
    assert not _matches("Siobhan O'Brien", "siobhan@example.org, 07700 900123", words)


@pytest.mark.parametrize(
    ("contact", "sought"),
    [
        ("alex@example.org 07700 900123", "alex@example.org"),
        ("alex@example.org 07700 900123", "07700 900123"),
        ("Mobile: 07700 900123", "+447700900123"),
        ("evenings 07700 900123 (wife)", "07700900123"),
        ("home 01900 123456 work 01900 654321", "01900654321"),
        ("12 High Street CA14 3AB", "high street"),
        ("12 High Street CA14 3AB", "ca14 3ab"),
        ("Alex <alex@example.org>", "ALEX@example.org"),
        ("+33 1 23 45 67 89", "0033 123456789"),
        ("123456", "123 456"),
    ],
)
def test_tokens_should_match_each_part_of_a_contact_written_in_one_line(contact: str, sought: str) -> None:
    assert _matches("A", contact, sought)
    assert not _matches("B", "somewhere else, b@example.org, 01900 999999", sought)


def test_search_should_find_a_person_by_name_address_and_number(house: House) -> None:
    _add(house, "Siobhán O'Brien", "siobhan@example.org, +44 7700 900123")
    _add(house, "Somebody Else", "else@example.org, 01900 123456")
    for words in ("siobhan", "obrien siobhan", "SIOBHAN@example.org", "07700 900 123", "siobhan 07700900123"):
        assert _found(house, words) == ["Siobhán O'Brien"]
    for words in ("", "@", "brien siobhan", "siobhan else", "07700 900124"):
        assert _found(house, words) == []


def test_search_should_not_cross_councils(house: House) -> None:
    _add(house, "Alex Smith", "07700 900123")
    _add(house, "Alex Smith of Maryport", "07700 900123", council=house.other)
    for words in ("alex smith", "07700900123"):
        assert _found(house, words) == ["Alex Smith"]
        assert _found(house, words, house.other) == ["Alex Smith of Maryport"]


def test_search_should_give_the_newest_first_and_keep_to_its_limit(house: House) -> None:
    for number in range(4):
        _add(house, f"Alex Number{number}")
    with house.store.read(house.council) as uow:
        assert [one.name for one in uow.people.search("alex", limit=2)] == ["Alex Number3", "Alex Number2"]
        assert [one.name for one in uow.people.search("number1 alex")] == ["Alex Number1"]


def test_update_should_change_what_is_given_and_let_the_search_follow(house: House) -> None:
    before = _add(house, "", "07700 900123")
    with house.store.write(house.council) as uow:
        after = uow.people.update(before.id, name="Alex Smith", identified=True)
        assert after == Person(before.id, "Alex Smith", "07700 900123", "", True, None, before.key_id)
        uow.commit()
    assert _found(house, "alex") == _found(house, "07700900123") == ["Alex Smith"]
    with house.store.write(house.council) as uow:
        uow.people.update(before.id, name="Bobby Smith", contact="", description="tall", colleague_id="c")
        uow.commit()
    assert (_found(house, "alex"), _found(house, "07700900123")) == ([], [])
    assert _found(house, "bobby smith") == ["Bobby Smith"]
    with house.store.read(house.council) as uow:
        assert uow.people.get(before.id) == Person(
            before.id, "Bobby Smith", "", "tall", True, "c", before.key_id
        )
    with house.store.write(house.council) as uow:
        assert uow.people.update(before.id, colleague_id="").colleague_id is None


def test_update_should_say_so_when_there_is_no_such_person(house: House) -> None:
    with house.store.write(house.council) as uow, pytest.raises(NotFound, match="no such person"):
        uow.people.update("nobody", name="x")


def test_people_should_have_a_key_each(house: House) -> None:
    assert len({_add(house, "A").key_id, _add(house, "B").key_id, _add(house, "A").key_id}) == 3


def test_tokens_should_differ_by_secret_and_be_limited() -> None:
    one, other = tokens_of(b"1" * 32, "Alex Smith", ""), tokens_of(b"2" * 32, "Alex Smith", "")
    assert len(one) == len(other) == 2
    assert not one & other
    assert {len(token) for token in one} == {TOKEN_BYTES}
    assert len(tokens_of(b"1" * 32, " ".join(f"name{n}" for n in range(99)), "")) == MOST_TOKENS
    assert set(tokens_sought(b"1" * 32, "smith alex alex")) == one
