"""Words people typed are sealed: no table shows them, a moved value does not open, a forgotten key erases them."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text, update

from storage.errors import KeyProblem, StorageError
from storage.models import INCIDENT, KEY_TO_FORGET, PERSON, PERSON_TOKEN, SENSITIVE, SETTING
from tests.storage.filled import TYPED, fill
from tests.storage.house import MAIN_KEY, START, House, everything

OTHER_KEY = "YW5vdGhlci1tYWluLWtleS1vZi0zMi1ieXRlcy1ub3c="


def _files(house: House) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(house.folder.iterdir()) if path.is_file())


def test_no_table_should_show_a_word_that_was_typed(house: House) -> None:
    with house.store.write(house.council) as uow:
        fill(uow)
    engine = house.raw()
    shown = repr(everything(engine)).lower()
    engine.dispose()
    assert [word for word in TYPED if word.lower() in shown] == []
    assert "zephyrhill" not in shown  # nor as a token


def test_no_file_should_hold_a_word_that_was_typed(sqlite_house: House) -> None:
    with sqlite_house.store.write(sqlite_house.council) as uow:
        it = fill(uow)
    held = _files(sqlite_house)
    assert it.case.id.encode() in held  # the write-ahead log was read with the rest
    assert [word for word in TYPED if word.encode() in held] == []


def test_sealed_value_should_not_open_when_it_was_moved_to_another_row(house: House) -> None:
    with house.store.write(house.council) as uow:
        one = uow.people.add("Alex", "", "", identified=True)
        other = uow.people.add("Bobby", "", "", identified=True)
        uow.commit()
    engine = house.raw()
    with engine.begin() as connection:
        name = connection.execute(select(PERSON.c.name).where(PERSON.c.id == one.id)).scalar_one()
        connection.execute(update(PERSON).where(PERSON.c.id == other.id).values(name=name))
    engine.dispose()
    with house.store.read(house.council) as uow:
        assert uow.people.get(one.id) == one
        with pytest.raises(StorageError, match=r"person\.name was altered, or moved from another row"):
            uow.people.get(other.id)


def test_sealed_value_should_not_open_when_it_was_moved_to_another_column(house: House) -> None:
    with house.store.write(house.council) as uow:
        it = fill(uow)
    engine = house.raw()
    with engine.begin() as connection:
        connection.execute(update(INCIDENT).values(place=INCIDENT.c.what_happened))
    engine.dispose()
    with (
        house.store.read(house.council) as uow,
        pytest.raises(StorageError, match=r"incident\.place was altered"),
    ):
        uow.incidents.get(it.incident.id)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [(b"\x02 a version of the future", "unknown version"), (b"\x01", "unknown version")],
)
def test_sealed_value_should_not_open_when_it_is_not_one(house: House, changed: bytes, sentence: str) -> None:
    with house.store.write(house.council) as uow:
        uow.settings.set("wording", "kind words", "a")
        uow.commit()
    engine = house.raw()
    with engine.begin() as connection:
        connection.execute(update(SETTING).values(value=changed))
    engine.dispose()
    with house.store.read(house.council) as uow, pytest.raises(StorageError, match=sentence):
        uow.settings.get()


def test_sealed_value_should_not_open_when_one_bit_was_changed(house: House) -> None:
    with house.store.write(house.council) as uow:
        person = uow.people.add("Alex", "", "", identified=True)
        uow.commit()
    engine = house.raw()
    with engine.begin() as connection:
        name = bytearray(connection.execute(select(PERSON.c.name)).scalar_one())
        name[-1] ^= 1
        connection.execute(update(PERSON).values(name=bytes(name)))
    engine.dispose()
    with house.store.read(house.council) as uow, pytest.raises(StorageError, match="was altered"):
        uow.people.get(person.id)


def test_sensitive_words_should_stand_in_a_table_of_their_own(house: House) -> None:
    with house.store.write(house.council) as uow:
        fill(uow)
    engine = house.raw()
    with engine.connect() as connection:
        kinds = set(connection.execute(select(SENSITIVE.c.kind)).scalars())
    engine.dispose()
    assert kinds == {"offence", "offence_words", "adjustments", "characteristic"}


def test_store_should_be_refused_when_the_key_store_is_of_another_database(house: House) -> None:
    house.store.migrate()  # its own
    stranger = house.open(keys="stranger.keys")
    with pytest.raises(KeyProblem, match=r"stranger\.keys is not the one of this database"):
        stranger.migrate()


def test_key_store_should_be_refused_when_the_main_key_is_wrong(house: House) -> None:
    with pytest.raises(KeyProblem, match="CIVILITY_KEY does not open the key store"):
        house.open(main_key=OTHER_KEY)
    house.open(main_key=f"{OTHER_KEY},{MAIN_KEY}").migrate()  # the old one behind the new one


def test_case_forget_should_wipe_its_words_and_keep_its_row(house: House) -> None:
    with house.store.write(house.council) as uow:
        it = fill(uow)
    with house.store.write(house.council) as uow:
        uow.cases.forget(it.case.id)
        uow.log.append("a", "erased", "case", it.case.id)
        assert uow.incidents.get(it.incident.id) == it.incident  # until the commit
        uow.commit()
    assert not house.keys.holds(it.case.key_id)
    for store in (house.store, house.open()):
        with store.read(house.council) as uow:
            case = uow.cases.get(it.case.id)
            incident = uow.incidents.get(it.incident.id)
            assert case == it.case
            assert incident is not None
            assert (incident.what_happened, incident.place, incident.adjustments) == ("", "", "")
            assert (incident.category, incident.happened_on) == ("A", it.incident.happened_on)
            assert uow.findings.of_case(it.case.id)[0].answers == {}
            assert uow.proposals.of_case(it.case.id)[0].content == {}
            assert uow.approvals.of(it.proposal.id)[0].reason == ""
            assert uow.notices.of_case(it.case.id)[0].text == ""
            assert uow.restrictions.of_case(it.case.id)[0].content == {}
            assert uow.police.of_case(it.case.id)[0].words == {}
            assert uow.decisions.of_case(it.case.id) == (it.decision,)  # the makers' names stay (R20)
            assert uow.people.get(it.person.id) == it.person  # whose other cases go on
        assert store.verify_log(house.council).ok
    with (
        pytest.raises(KeyProblem, match="was erased; nothing can be added"),
        house.store.write(house.council) as uow,
    ):
        uow.police.add(it.case.id, "yes", {"words": "more"}, "a")


def test_person_forget_should_wipe_who_it_is_and_the_tokens(house: House) -> None:
    with house.store.write(house.council) as uow:
        it = fill(uow)
        uow.people.forget(it.person.id)
        uow.people.forget("nobody")
        uow.commit()
    assert not house.keys.holds(it.person.key_id)
    with house.open().read(house.council) as uow:
        person = uow.people.get(it.person.id)
        assert person is not None
        assert (person.name, person.contact, person.description) == ("", "", "")
        assert uow.people.search("Zephyrhill") == ()
        assert uow.incidents.get(it.incident.id) == it.incident
    engine, mine = house.raw(), PERSON.c.id == it.person.id
    with engine.connect() as connection:
        assert connection.execute(select(PERSON_TOKEN)).all() == []
        assert connection.execute(select(PERSON.c.tokens).where(mine)).scalar_one() == b""
        assert connection.execute(select(PERSON.c.forgotten_at).where(mine)).scalar_one() == START
        assert connection.execute(select(KEY_TO_FORGET.c.done_at)).scalar_one() == START
    engine.dispose()


def test_forget_should_keep_the_key_when_it_is_rolled_back(house: House) -> None:
    with house.store.write(house.council) as uow:
        it = fill(uow)
        uow.cases.forget(it.case.id)
        uow.rollback()
        uow.commit()
    assert house.keys.holds(it.case.key_id)
    assert house.store.finish_forgetting() == 0


def test_forget_should_be_finished_at_the_next_start_when_the_process_died_after_the_commit(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.store.write(house.council) as uow:
        it = fill(uow)
        monkeypatch.setattr(house.store, "finish_forgetting", lambda: 0)  # dies here
        uow.people.forget(it.person.id)
        uow.cases.forget(it.case.id)
        uow.commit()
    assert house.keys.holds(it.case.key_id)
    house.open().migrate()
    assert not house.keystores[-1].holds(it.case.key_id)
    assert not house.keystores[-1].holds(it.person.key_id)
    with house.store.read(house.council) as uow:  # a process that knew the key sees that it is gone
        assert uow.incidents.of_case(it.case.id)[0].what_happened == ""


def test_forget_should_be_finished_when_asked_again_after_the_key_store_was_busy(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    house.store.on_commit(lambda: told.append("committed"))
    with house.store.write(house.council) as uow:
        it = fill(uow)

    def busy(key_id: str) -> None:
        raise KeyProblem("busy")

    def forget() -> None:
        with house.store.write(house.council) as uow:
            uow.cases.forget(it.case.id)
            uow.commit()

    with monkeypatch.context() as patched:
        patched.setattr(house.keys, "forget", busy)
        with pytest.raises(KeyProblem, match="busy"):
            forget()
    assert told == ["committed"] * 2  # what was committed is told to those who listen
    assert house.keys.holds(it.case.key_id)
    forget()
    assert not house.keys.holds(it.case.key_id)
    assert house.store.finish_forgetting() == 0


def test_forget_should_leave_neither_key_nor_words_in_any_file(sqlite_house: House) -> None:
    with sqlite_house.store.write(sqlite_house.council) as uow:
        it = fill(uow)
    engine = sqlite_house.raw()
    with engine.connect() as connection:
        sealed = connection.execute(text("SELECT name FROM person WHERE identified")).scalar_one()
    engine.dispose()
    wrapped = _wrapped(sqlite_house, it.person.key_id)
    assert sealed in _files(sqlite_house)
    assert wrapped in _files(sqlite_house)
    with sqlite_house.store.write(sqlite_house.council) as uow:
        uow.people.forget(it.person.id)
        uow.commit()
    held = _files(sqlite_house)
    assert sealed not in held
    assert wrapped not in held


def _wrapped(house: House, key_id: str) -> bytes:
    found = house.keys._db.execute("SELECT wrapped FROM data_key WHERE id = ?", (key_id,)).fetchone()
    wrapped: bytes = found[0]
    return wrapped
