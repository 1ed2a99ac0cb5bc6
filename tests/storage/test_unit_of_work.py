"""Units of work: all or nothing, one at a time in a thread, and readers who see one moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.due import Queue
from storage.engine import Database
from storage.errors import NotFound, StorageError
from storage.records import Recipient
from storage.uow import UnitOfWork
from tests.storage.house import START, House

_ALL = Recipient("channel", "governance")


def _names(house: House) -> list[str]:
    with house.store.read(house.council) as uow:
        return [one.name for one in uow.colleagues.all()]


def test_write_should_keep_nothing_when_it_is_not_committed(house: House) -> None:
    with house.store.write(house.council) as uow:
        uow.colleagues.add("Dana")
        uow.log.append("a", "added", "colleague", "b")
    assert _names(house) == []
    with house.store.read(house.council) as uow:
        assert uow.log.lines() == ()


def test_write_should_keep_nothing_when_it_raises(house: House) -> None:
    def fail() -> None:
        with house.store.write(house.council) as uow:
            uow.colleagues.add("Dana")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert _names(house) == []


def test_commit_should_land_rows_log_and_outbox_together(house: House) -> None:
    with house.store.write(house.council) as uow:
        uow.colleagues.add("Dana")
        uow.outbox.add(_ALL, "hello", {})
        uow.log.append("a", "added", "colleague", "b")
        assert _names(house) == []  # a reader waits for nobody and sees the moment before
        uow.commit()
        assert _names(house) == ["Dana"]
    with house.store.read(house.council) as uow:
        assert [row.view for row in uow.outbox.waiting()] == ["hello"]
        assert [line.action for line in uow.log.lines()] == ["added"]


def test_unit_should_be_usable_again_after_a_commit_and_after_a_rollback(house: House) -> None:
    with house.store.write(house.council) as uow:
        first = uow.now()
        uow.colleagues.add("Dana")
        uow.commit()
        house.clock.pass_by(minutes=1)
        assert uow.now() == first + timedelta(minutes=1)
        uow.colleagues.add("Sam")
        uow.log.append("a", "added", "colleague", "b")
        uow.rollback()
        uow.colleagues.add("Priya")
        uow.commit()
    assert _names(house) == ["Dana", "Priya"]
    with house.store.read(house.council) as uow:
        assert uow.log.lines() == ()


def test_unit_should_keep_one_instant_until_it_is_committed(house: House) -> None:
    with house.store.write(house.council) as uow:
        assert uow.now() == START
        house.clock.pass_by(hours=1)
        person = uow.people.add("A", "", "", identified=True)
        assert uow.cases.open(person.id, urgent=False).opened_at == START
        uow.commit()


def test_a_write_in_a_write_should_be_refused_and_leave_the_outer_one_whole(house: House) -> None:
    with house.store.write(house.council) as uow:
        uow.colleagues.add("Dana")
        with (
            pytest.raises(StorageError, match="already open in this thread"),
            house.store.write(house.other),
        ):
            pytest.fail("the second unit was opened")
        with pytest.raises(StorageError, match="already open in this thread"):
            house.store.mark_dropped(house.council, "x")
        uow.commit()
    assert _names(house) == ["Dana"]
    with house.store.write(house.council) as uow:
        assert uow.council.get().name == "Workington"


def test_read_should_see_one_moment_while_others_write(house: House) -> None:
    with house.store.read(house.council) as reader:
        assert reader.colleagues.all() == ()
        with house.store.write(house.council) as uow:
            uow.colleagues.add("Dana")
            uow.outbox.add(_ALL, "hello", {})
            uow.commit()
        assert reader.colleagues.all() == ()
        assert reader.outbox.waiting() == ()
    assert _names(house) == ["Dana"]


def test_read_should_be_unable_to_write(house: House) -> None:
    def write(uow: UnitOfWork) -> None:
        uow.colleagues.add("Dana")

    def log(uow: UnitOfWork) -> None:
        uow.log.append("a", "looked", "person", "b")
        uow.commit()

    for attempt in (write, log):
        with pytest.raises(Exception, match=r"(?i)read-?only"), house.store.read(house.council) as uow:
            attempt(uow)
    assert _names(house) == []
    with house.store.write(house.council) as uow:  # the connection came back fit for writing
        uow.colleagues.add("Sam")
        uow.commit()
    assert _names(house) == ["Sam"]


def test_write_should_work_again_after_the_database_refused_a_row(house: House) -> None:
    with pytest.raises(NotFound), house.store.write(house.council) as uow:
        uow.incidents.add(
            case_id="none", reporter_id="a", channel="x", category="A", happened_on=START.date()
        )
    with pytest.raises(Exception, match=r"(?i)foreign key"), house.store.write(house.council) as uow:
        uow.cases.open("nobody", urgent=False)
    with house.store.write(house.council) as uow:
        uow.colleagues.add("Dana")
        uow.commit()
    assert _names(house) == ["Dana"]


def test_on_commit_should_be_told_of_commits_only_and_survive_a_deaf_listener(house: House) -> None:
    told: list[str] = []

    def deaf() -> None:
        raise ZeroDivisionError

    house.store.on_commit(deaf)
    house.store.on_commit(lambda: told.append(_names(house)[-1]))  # outside the transaction: it may read
    with house.store.write(house.council) as uow:
        uow.colleagues.add("Nobody")
    assert told == []
    with house.store.write(house.council) as uow:
        uow.colleagues.add("Dana")
        uow.commit()
        assert told == []
    assert told == ["Dana"]


def test_unit_should_say_so_when_there_is_no_such_council(house: House) -> None:
    with house.store.read("nobody") as uow:
        with pytest.raises(NotFound, match="no such council"):
            uow.council.get()
        with pytest.raises(NotFound, match="no such council"):
            uow.people.search("anybody")
    with house.store.write("nobody") as uow:
        uow.log.append("a", "b", "c", "d")
        with pytest.raises(NotFound):
            uow.commit()
    with pytest.raises(NotFound):
        house.store.secret("nobody", "cookie")


def test_councils_should_be_listed_first_created_first_and_refuse_a_second_of_one_id(house: House) -> None:
    house.clock.pass_by(days=1)
    third = house.store.create_council("Cockermouth", "Kirkgate", "c@example.org", {"governance": {}}, id="c")
    assert [one.name for one in house.store.councils()][2:] == ["Cockermouth"]
    assert {one.id for one in house.store.councils()} == {house.council, house.other, "c"}
    assert house.store.councils()[2] == third
    with pytest.raises((IntegrityError, DBAPIError)):
        house.store.create_council("Again", "", "", {}, id="c")
    assert house.store.councils()[2].name == "Cockermouth"


def test_secret_should_differ_by_council_and_purpose_and_stay(house: House) -> None:
    secrets = {
        (council, purpose): house.store.secret(council, purpose)
        for council in (house.council, house.other)
        for purpose in ("cookie", "form")
    }
    assert len(set(secrets.values())) == 4
    assert {len(one) for one in secrets.values()} == {32}
    assert house.open().secret(house.council, "cookie") == secrets[house.council, "cookie"]


def test_workspace_should_speak_for_one_council_for_good(house: House) -> None:
    assert house.store.council_for("slack", "T1") is None
    house.store.bind_workspace(house.council, "slack", "T1")
    house.store.bind_workspace(house.council, "slack", "T1")
    house.store.bind_workspace(house.other, "teams", "T1")
    with pytest.raises(StorageError, match="already connected to another council"):
        house.store.bind_workspace(house.other, "slack", "T1")
    for store in (house.store, house.open()):
        assert store.council_for("slack", "T1") == house.council
        assert store.council_for("teams", "T1") == house.other
        assert store.council_for("slack", "T2") is None


def test_queue_should_be_empty_at_the_start(house: House) -> None:
    assert house.store.queue() == Queue(0, 0, 0, timedelta(), timedelta())
    assert len(house.store.councils()) == 2


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite://", "need a SQLite file"),
        ("sqlite:///:memory:", "need a SQLite file"),
        ("mysql://somewhere/db", "must begin with"),
    ],
)
def test_database_should_refuse_an_address_it_cannot_keep_records_at(url: str, sentence: str) -> None:
    with pytest.raises(StorageError, match=sentence):
        Database(url)
