"""Merged records: one person to whoever looks, two records to whoever undoes it (R45, R46)."""

from __future__ import annotations

import pytest

from storage.errors import StorageError
from storage.records import Person
from storage.uow import UnitOfWork
from tests.storage.house import House, together


def _person(uow: UnitOfWork, name: str, contact: str = "") -> Person:
    return uow.people.add(name, contact, "", identified=True)


def _merge(uow: UnitOfWork, kept: Person, merged: Person) -> str:
    one = uow.merges.propose(kept.id, merged.id, [], "the same dog", "one")
    assert uow.merges.settle(one.id, "merged", "two")
    return one.id


def test_group_should_follow_every_pointer_and_lose_only_what_is_undone(house: House) -> None:
    with house.store.write(house.council) as uow:
        a, b, c, d = (_person(uow, name) for name in "ABCD")
        first, second = _merge(uow, a, b), _merge(uow, c, a)
        assert uow.merges.root(b.id) == c.id
        assert [uow.merges.group(one.id) for one in (a, b, c)] == [(c.id, a.id, b.id)] * 3
        assert uow.merges.group(d.id) == (d.id,)
        assert uow.merges.undo(second, "x")
        assert uow.merges.group(b.id) == (a.id, b.id)
        assert uow.merges.undo(first, "x")
        assert not uow.merges.undo(first, "x")
        assert uow.merges.group(b.id) == (b.id,)
        uow.commit()


@pytest.mark.parametrize("state", ["merged", "rejected"])
def test_a_proposal_should_be_settled_once(house: House, state: str) -> None:
    with house.store.write(house.council) as uow:
        a, b = _person(uow, "A"), _person(uow, "B")
        one = uow.merges.propose(a.id, b.id, ["same_email"], "", "one")
        assert uow.merges.settle(one.id, state, "two")
        assert not uow.merges.settle(one.id, "merged", "two")
        assert not uow.merges.settle(one.id, "rejected", "two")


def test_a_record_should_point_to_one_other_at_most(house: House) -> None:
    with house.store.write(house.council) as uow:
        a, b, c = (_person(uow, name) for name in "ABC")
        late = uow.merges.propose(c.id, a.id, [], "x", "one")
        _merge(uow, b, a)
        assert not uow.merges.settle(late.id, "merged", "two")
        assert uow.merges.root(a.id) == b.id


def test_two_confirmations_at_one_instant_should_make_one_merge(house: House) -> None:
    with house.store.write(house.council) as uow:
        a, b = _person(uow, "A"), _person(uow, "B")
        one = uow.merges.propose(a.id, b.id, [], "x", "one")
        uow.commit()

    def confirm() -> bool:
        with house.store.write(house.council) as uow:
            uow.merges.hold(a.id, b.id)
            done = uow.merges.settle(one.id, "merged", "two")
            uow.commit()
            return done

    assert sorted(together(confirm, confirm)) == [False, True]


def test_forgetting_a_person_should_forget_all_their_records_and_what_was_said_of_them(house: House) -> None:
    with house.store.write(house.council) as uow:
        a, b, other = _person(uow, "Alex Marsden"), _person(uow, "A. Marsden"), _person(uow, "Bo")
        done = _merge(uow, a, b)
        aside = uow.merges.propose(other.id, a.id, [], "both keep bees", "one").id
        uow.commit()
    with house.store.write(house.council) as uow:
        uow.people.forget(b.id)
        uow.commit()
    house.store.finish_forgetting()
    for key in (a.key_id, b.key_id):
        assert not house.keys.holds(key)
    with house.store.read(house.council) as uow:
        assert [uow.people.get(one.id).name for one in (a, b, other)] == ["", "", "Bo"]  # type: ignore[union-attr]
        assert uow.people.search("marsden") == ()
        assert [uow.merges.get(one).evidence for one in (done, aside)] == ["", ""]  # type: ignore[union-attr]
        assert [p.name for p in uow.people.resembling(other.id, 9, 9)] == []


def test_after_an_undo_each_record_should_be_forgotten_by_itself(house: House) -> None:
    with house.store.write(house.council) as uow:
        a, b = _person(uow, "Alex"), _person(uow, "Alexis")
        uow.merges.undo(_merge(uow, a, b), "x")
        uow.people.forget(a.id)
        uow.commit()
    house.store.finish_forgetting()
    with house.store.read(house.council) as uow:
        assert [uow.people.get(one.id).name for one in (a, b)] == ["", "Alexis"]  # type: ignore[union-attr]


def test_those_with_most_in_common_should_come_first(house: House) -> None:
    with house.store.write(house.council) as uow:
        me = _person(uow, "Alex Marsden", "07700 900123")
        both = _person(uow, "Alex Marsden")
        number = _person(uow, "Jo", "+44 7700 900123")
        far = _person(uow, "Nobody Else")
        assert [p.id for p in uow.people.resembling(me.id, 1, 0)] == [both.id]
        assert [p.id for p in uow.people.resembling(me.id, 9, 0)] == [both.id, number.id]
        assert [p.id for p in uow.people.resembling(me.id, 9, 9)] == [both.id, number.id, far.id]
        uow.commit()
    with house.store.read(house.other) as uow:
        assert uow.people.resembling(me.id, 9, 9) == ()


def test_what_was_said_of_two_people_should_open_in_no_other_row(house: House) -> None:
    from sqlalchemy import update

    from storage.models import PERSON_MERGE

    with house.store.write(house.council) as uow:
        a, b = _person(uow, "A"), _person(uow, "B")
        one, other = (uow.merges.propose(a.id, b.id, [], words, "one") for words in ("bees", "wasps"))
        uow.commit()
    engine = house.raw()
    with engine.begin() as connection:
        stolen = connection.execute(PERSON_MERGE.select().where(PERSON_MERGE.c.id == one.id)).one().evidence
        connection.execute(update(PERSON_MERGE).where(PERSON_MERGE.c.id == other.id).values(evidence=stolen))
    engine.dispose()
    with house.store.read(house.council) as uow:
        assert uow.merges.get(one.id) == one
        with pytest.raises(StorageError, match="moved from another row"):
            uow.merges.get(other.id)
