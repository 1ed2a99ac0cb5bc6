"""Reminders: fired exactly once into the outbox, whatever fails beside them (R40)."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from sqlalchemy import select

from storage.models import REMINDER
from storage.records import Recipient, Reminder
from storage.uow import UnitOfWork
from tests.storage.house import START, House, together

ROOM = Recipient("channel", "governance")
DUE = START + timedelta(days=5)


def _remind(house: House, *kinds: str, at: datetime = DUE, council: str = "", case: str = "case") -> None:
    with house.store.write(council or house.council) as uow:
        for kind in kinds:
            uow.reminders.add(at, kind, case, {"kind": kind})
        uow.commit()


def _fire(uow: UnitOfWork, reminder: Reminder) -> None:
    uow.outbox.add(ROOM, reminder.kind, dict(reminder.ids))
    uow.log.append("clock", "reminded", "reminder", reminder.id, kind=reminder.kind)


def _queued(house: House, council: str = "") -> list[str]:
    with house.store.read(council or house.council) as uow:
        logged = [line.detail["kind"] for line in uow.log.lines()]
        queued = [row.view for row in uow.outbox.waiting()]
    assert sorted(logged) == sorted(queued)  # together or not at all
    return queued


def _kinds(house: House, until: datetime | None = None) -> list[str]:
    with house.store.read(house.council) as uow:
        return [one.kind for one in uow.reminders.waiting(until)]


def test_waiting_should_be_in_the_order_they_are_due(house: House) -> None:
    _remind(house, "second", at=DUE + timedelta(days=1))
    _remind(house, "first")
    _remind(house, "of another council", council=house.other)
    assert _kinds(house) == ["first", "second"]
    assert _kinds(house, DUE) == ["first"]
    assert _kinds(house, START) == []
    with house.store.read(house.council) as uow:
        first = uow.reminders.waiting()[0]
    assert first == Reminder(first.id, house.council, DUE, "first", "case", {"kind": "first"})


def test_add_should_do_nothing_when_the_dedup_key_waits_or_has_fired(house: House) -> None:
    def add() -> None:
        for council in (house.council, house.other):
            with house.store.write(council) as uow:
                uow.reminders.add(DUE, "once", "case", dedup_key="key")
                uow.reminders.add(DUE + timedelta(days=1), "once", "case", dedup_key="key")
                uow.commit()

    add()
    assert _kinds(house) == ["once"]
    house.clock.now = DUE
    assert house.store.fire_reminders(10, _fire_none) == 2
    add()
    assert _kinds(house) == []


def _fire_none(uow: UnitOfWork, reminder: Reminder) -> None:
    uow.log.append("clock", "dropped", "reminder", reminder.id)


def test_drop_should_forget_waiting_ones_of_that_kind_and_case_only(house: House) -> None:
    _remind(house, "a", "b")
    _remind(house, "a", case="another")
    with house.store.write(house.council) as uow:
        uow.reminders.drop("case", "a")
        uow.commit()
    assert _kinds(house) == ["b", "a"]
    house.clock.now = DUE
    house.store.fire_reminders(10, _fire)
    with house.store.write(house.council) as uow:
        uow.reminders.drop("case", "b")
        uow.commit()
    engine = house.raw()
    with engine.connect() as connection:
        assert connection.execute(select(REMINDER.c.fired_at)).scalars().all() == [DUE, DUE]
    engine.dispose()


def test_fire_should_fire_what_is_due_in_every_council_once(house: House) -> None:
    _remind(house, "a", "b")
    _remind(house, "later", at=DUE + timedelta(seconds=1))
    _remind(house, "theirs", council=house.other)
    assert house.store.fire_reminders(10, _fire) == 0
    house.clock.now = DUE
    assert house.store.fire_reminders(10, _fire) == 3
    assert house.store.fire_reminders(10, _fire) == 0
    assert (_queued(house), _queued(house, house.other)) == (["a", "b"], ["theirs"])
    assert _kinds(house) == ["later"]


def test_fire_should_keep_to_its_limit_the_longest_due_first(house: House) -> None:
    _remind(house, "second", at=DUE - timedelta(days=1))
    _remind(house, "first", at=DUE - timedelta(days=2))
    house.clock.now = DUE
    assert house.store.fire_reminders(1, _fire) == 1
    assert _queued(house) == ["first"]


def test_fire_should_be_exactly_once_when_several_fire_at_the_same_moment(house: House) -> None:
    kinds = [f"kind {number:02}" for number in range(24)]
    _remind(house, *kinds)
    house.clock.now = DUE
    stores = [house.store, house.open()]

    def caller(number: int) -> int:
        fired = 0
        while now := stores[number % 2].fire_reminders(4, _fire):
            fired += now
        return fired

    fired = sum(together(*[lambda number=number: caller(number) for number in range(4)]))
    fired += house.store.fire_reminders(24, _fire)  # those passed over while another caller held them
    assert fired == 24
    assert sorted(_queued(house)) == kinds
    assert house.store.verify_log(house.council).ok


def test_fire_should_keep_nothing_of_one_that_fails_and_go_on_with_the_others(house: House) -> None:
    _remind(house, "a", "bad", "c")
    _remind(house, "theirs", council=house.other)
    broken = {"bad"}

    def fire(uow: UnitOfWork, reminder: Reminder) -> None:
        _fire(uow, reminder)
        assert uow.log.lines()[-1].action == "reminded"  # which writes the gathered lines
        if reminder.kind in broken:
            raise ZeroDivisionError

    house.clock.now = DUE
    assert house.store.fire_reminders(10, fire) == 3
    assert (_queued(house), _queued(house, house.other)) == (["a", "c"], ["theirs"])
    assert house.store.verify_log(house.council).lines == 2
    house.clock.pass_by(minutes=4, seconds=59)
    broken.clear()
    assert house.store.fire_reminders(10, fire) == 0
    house.clock.pass_by(seconds=1)
    assert house.store.fire_reminders(10, fire) == 1
    assert _queued(house) == ["a", "c", "bad"]
    assert house.store.verify_log(house.council).lines == 3


def test_fire_should_go_on_when_the_database_itself_refused_one(house: House) -> None:
    _remind(house, "a", "bad", "c")

    def fire(uow: UnitOfWork, reminder: Reminder) -> None:
        _fire(uow, reminder)
        if reminder.kind == "bad":
            uow.cases.open("nobody", urgent=False)

    house.clock.now = DUE
    assert house.store.fire_reminders(10, fire) == 2
    assert _queued(house) == ["a", "c"]
    engine = house.raw()
    with engine.connect() as connection:
        failed = connection.execute(
            select(REMINDER.c.visible_at, REMINDER.c.last_error).where(REMINDER.c.kind == "bad")
        ).one()
    engine.dispose()
    assert failed.visible_at == DUE + timedelta(minutes=5)
    assert failed.last_error in {"IntegrityError", "ForeignKeyViolation"}  # the drivers' own names


def test_fire_should_anchor_no_line_of_one_that_failed_last(house: House) -> None:
    _remind(house, "a", "bad")

    def fire(uow: UnitOfWork, reminder: Reminder) -> None:
        _fire(uow, reminder)
        uow.log.lines()
        if reminder.kind == "bad":
            raise ZeroDivisionError

    house.clock.now = DUE
    house.store.fire_reminders(10, fire)
    house.store.anchor()
    assert [one.seq for one in house.keys.anchors(house.council)] == [1]


def test_fire_should_not_wait_for_a_caller_that_holds_the_same_rows(house: House) -> None:
    """The one who holds them is inside `fire`; the other finds nothing to do, at once or after it."""
    _remind(house, "a")
    house.clock.now = DUE
    inside, go_on = threading.Event(), threading.Event()

    def slow(uow: UnitOfWork, reminder: Reminder) -> None:
        _fire(uow, reminder)
        inside.set()
        assert go_on.wait(20)

    def second() -> int:
        assert inside.wait(20)
        if house.is_sqlite:
            go_on.set()  # writers queue there
        try:
            return house.store.fire_reminders(10, _fire)
        finally:
            go_on.set()

    assert together(lambda: house.store.fire_reminders(10, slow), second) == [1, 0]
    assert _queued(house) == ["a"]


def test_drop_should_not_wait_for_a_tick_that_is_firing_the_same_reminder(house: House) -> None:
    """The tick may itself wait for the case that the dropping click has locked: neither would ever go on."""
    _remind(house, "a")
    house.clock.now = DUE
    inside, go_on = threading.Event(), threading.Event()

    def slow(uow: UnitOfWork, reminder: Reminder) -> None:
        _fire(uow, reminder)
        inside.set()
        assert go_on.wait(20)

    def click() -> int:
        assert inside.wait(20)
        if house.is_sqlite:
            go_on.set()  # writers queue there
        with house.store.write(house.council) as uow:
            uow.reminders.drop("case", "a")
            go_on.set()
            uow.commit()
        return 0

    assert together(lambda: house.store.fire_reminders(10, slow), click) == [1, 0]
    assert _kinds(house) == []
    assert _queued(house) == ["a"]
