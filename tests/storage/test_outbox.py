"""The outbox: claimed by one, in turn for one card, retried, parked, brought up to date (R19, R40)."""

from __future__ import annotations

import threading
from datetime import timedelta

from sqlalchemy import select

from storage.models import OUTBOX
from storage.records import Outgoing, Posted, Recipient
from tests.storage.house import START, House, meet, together

CHAIR = Recipient("colleague", "chair")
OFFICER = Recipient("colleague", "officer")
ROOM = Recipient("channel", "governance")
LEASE = timedelta(minutes=2)


def _queue(house: House, *views: str, card: str = "", to: Recipient = CHAIR, council: str = "") -> None:
    with house.store.write(council or house.council) as uow:
        for view in views:
            uow.outbox.add(to, view, {"about": view}, card_key=card)
        uow.commit()


def _refresh(house: House, view: str, card: str = "card") -> None:
    with house.store.write(house.council) as uow:
        uow.outbox.refresh(card, view, {"about": view})
        uow.commit()


def _waiting(house: House) -> list[tuple[str, str]]:
    with house.store.read(house.council) as uow:
        return [(row.recipient.id, row.view) for row in uow.outbox.waiting()]


def _claim(house: House, limit: int = 10) -> tuple[Outgoing, ...]:
    return house.store.claim_outbox(limit, LEASE)


def _send(house: House, row: Outgoing, message: str = "1.1") -> None:
    house.store.mark_sent(row.council_id, row.id, ("slack", "D1", message))


def test_claim_should_hand_out_due_rows_of_every_council_longest_due_first(house: House) -> None:
    with house.store.write(house.council) as uow:
        uow.outbox.add(CHAIR, "late", {"a": "b"}, visible_at=START + timedelta(seconds=2))
        uow.outbox.add(CHAIR, "tomorrow", {}, visible_at=START + timedelta(days=1))
        uow.commit()
    _queue(house, "early", council=house.other)
    assert house.store.outbox_waits()
    house.clock.pass_by(seconds=5)
    rows = _claim(house)
    assert [(row.view, row.council_id) for row in rows] == [("early", house.other), ("late", house.council)]
    now = house.clock.now
    assert rows[1] == Outgoing(
        id=rows[1].id,
        council_id=house.council,
        recipient=CHAIR,
        view="late",
        ids={"a": "b"},
        card_key="",
        attempts=1,
        created_at=START,
        visible_at=now + LEASE,
        last_error="",
        sending_since=None,
    )
    assert not house.store.outbox_waits()
    assert _claim(house) == ()


def test_claim_should_keep_to_its_limit(house: House) -> None:
    _queue(house, "a", "b", "c")
    assert [row.view for row in _claim(house, 2)] == ["a", "b"]
    assert [row.view for row in _claim(house, 2)] == ["c"]


def test_claim_should_give_no_row_to_two_callers(house: House) -> None:
    _queue(house, *(f"view {number}" for number in range(40)))
    stores = [house.store, house.open()]

    def caller(number: int) -> list[str]:
        got: list[str] = []
        while rows := stores[number % 2].claim_outbox(3, LEASE):
            got += [row.id for row in rows]
        return got

    got = together(*[lambda number=number: caller(number) for number in range(4)])
    # On PostgreSQL rows that another caller holds are passed over; whoever asks last finds them.
    flat = [id for one in got for id in one] + [row.id for row in _claim(house, 40)]
    assert len(flat) == len(set(flat)) == 40


def test_row_should_wait_for_an_older_one_of_the_same_card_and_recipient(house: House) -> None:
    _queue(house, "first", "second", card="card")
    _queue(house, "to another", card="card", to=OFFICER)
    _queue(house, "another card", card="other")
    _queue(house, "no card", "no card either")
    first, *others = _claim(house)
    assert first.view == "first"
    assert {row.view for row in others} == {"to another", "another card", "no card", "no card either"}
    assert _claim(house) == ()
    house.store.retry_at(first.council_id, first.id, house.clock.now + LEASE, "busy")
    assert _claim(house) == ()  # a younger one does not overtake the one that failed
    house.clock.pass_by(minutes=2)
    assert "second" not in {row.view for row in _claim(house)}
    _send(house, first)
    assert [row.view for row in _claim(house)] == ["second"]


def test_row_should_go_on_when_the_older_one_was_dropped_or_parked(house: House) -> None:
    _queue(house, "first", "second", "third", card="card")
    (first,) = _claim(house)
    house.store.mark_dropped(first.council_id, first.id)
    (second,) = _claim(house)
    house.store.park(second.council_id, second.id, "the channel is gone" * 40)
    (third,) = _claim(house)
    assert (first.view, second.view, third.view) == ("first", "second", "third")
    with house.store.read(house.council) as uow:
        assert [row.view for row in uow.outbox.waiting()] == ["third"]
        (parked,) = uow.outbox.parked()
        assert (parked.view, parked.attempts, parked.sending_since) == ("second", 1, None)
        assert parked.last_error == ("the channel is gone" * 40)[:300]
    house.clock.pass_by(days=9)
    assert [row.view for row in _claim(house)] == ["third"]  # its lease ended; the others are done with


def test_retry_should_come_back_at_its_instant_with_the_error_and_no_doubt(house: House) -> None:
    _queue(house, "view")
    (row,) = _claim(house)
    when = house.clock.now + timedelta(minutes=10)
    house.store.retry_at(row.council_id, row.id, when, "busy")
    house.clock.pass_by(minutes=9, seconds=59)
    assert _claim(house) == ()
    house.clock.pass_by(seconds=1)
    (again,) = _claim(house)
    assert (again.id, again.attempts, again.last_error) == (row.id, 2, "busy")
    assert again.sending_since is None  # its first try told its end: no need to look for a message


def test_claim_should_say_since_when_a_row_was_being_sent_when_its_lease_ended(house: House) -> None:
    _queue(house, "view", card="card")
    _claim(house)
    begun = house.clock.now
    house.clock.pass_by(seconds=119)
    assert _claim(house) == ()
    house.clock.pass_by(seconds=1)
    (again,) = _claim(house)
    assert (again.sending_since, again.attempts) == (begun, 2)
    house.clock.pass_by(minutes=2)
    (third,) = _claim(house)
    assert (third.sending_since, third.attempts) == (begun + LEASE, 3)


def test_mark_sent_should_record_where_the_card_stands(house: House) -> None:
    _queue(house, "view", card="card")
    _queue(house, "no card")
    for row in _claim(house):
        _send(house, row, f"of {row.view}")
    with house.store.read(house.council) as uow:
        posted = Posted(CHAIR, "card", "slack", "D1", "of view", "view", {"about": "view"})
        assert uow.posted.of("card") == uow.posted.find(CHAIR, "card") == (posted,)
        assert uow.posted.of("") == ()
        assert uow.outbox.waiting() == ()
    engine = house.raw()
    with engine.connect() as connection:
        sent = connection.execute(select(OUTBOX.c.sent_at, OUTBOX.c.message_id, OUTBOX.c.sending_since)).all()
    engine.dispose()
    assert {tuple(row) for row in sent} == {(START, "of view", None), (START, "of no card", None)}
    house.store.mark_sent(house.council, "unknown", ("slack", "D1", "x"))  # changes nothing


def test_posted_should_hold_one_copy_a_platform_and_channel(house: House) -> None:
    with house.store.write(house.council) as uow:
        for platform, message, view in (
            ("slack", "1", "a"), ("teams", "2", "a"), ("slack", "3", "b"),
        ):  # fmt: skip
            uow.posted.record(Posted(CHAIR, "card", platform, "D1", message, view, {"v": view}))
        uow.posted.record(Posted(OFFICER, "card", "slack", "D2", "4", "a", {}))
        uow.commit()
    with house.store.read(house.council) as uow:
        mine = [(one.platform, one.message_id, one.view, one.ids) for one in uow.posted.find(CHAIR, "card")]
        assert mine == [("slack", "3", "b", {"v": "b"}), ("teams", "2", "a", {"v": "a"})]
        assert [one.recipient.id for one in uow.posted.of("card")] == ["chair", "chair", "officer"]


def test_add_should_do_nothing_when_the_dedup_key_was_ever_used(house: House) -> None:
    for council in (house.council, house.council, house.other):
        with house.store.write(council) as uow:
            uow.outbox.add(CHAIR, "once", {}, dedup_key="key")
            uow.outbox.add(CHAIR, "always", {})
            uow.commit()
    assert [view for _, view in _waiting(house)] == ["once", "always", "always"]
    for row in _claim(house):
        _send(house, row)
    with house.store.write(house.council) as uow:
        uow.outbox.add(CHAIR, "once", {}, dedup_key="key")
        assert uow.outbox.waiting() == ()


def test_refresh_should_change_a_row_that_was_not_begun_in_its_place(house: House) -> None:
    _queue(house, "old", card="card")
    _queue(house, "between")
    _refresh(house, "new")
    assert _waiting(house) == [("chair", "new"), ("chair", "between")]
    with house.store.read(house.council) as uow:
        assert uow.outbox.waiting()[0].ids == {"about": "new"}


def test_refresh_should_add_a_row_when_the_card_is_on_its_way(house: House) -> None:
    _queue(house, "old", card="card")
    (row,) = _claim(house)
    _refresh(house, "new")
    _refresh(house, "newest")
    assert _waiting(house) == [("chair", "old"), ("chair", "newest")]
    _send(house, row)
    assert [one.view for one in _claim(house)] == ["newest"]


def test_refresh_should_reach_every_copy_once_and_nobody_else(house: House) -> None:
    _queue(house, "old", card="card")
    _queue(house, "old", card="card", to=OFFICER)
    _queue(house, "old", card="another card", to=ROOM)
    for row in _claim(house):
        _send(house, row)
    with house.store.write(house.council) as uow:  # the chair has a second copy, on another platform
        uow.posted.record(Posted(CHAIR, "card", "teams", "D9", "9", "old", {}))
        uow.commit()
    _refresh(house, "new")
    assert sorted(_waiting(house)) == [("chair", "new"), ("officer", "new")]


def test_refresh_should_do_nothing_when_nobody_has_the_card(house: House) -> None:
    _queue(house, "no card")
    _refresh(house, "new")
    assert _waiting(house) == [("chair", "no card")]


def test_refresh_should_not_bring_a_parked_row_back(house: House) -> None:
    _queue(house, "old", card="card")
    (row,) = _claim(house)
    house.store.park(row.council_id, row.id, "gone")
    _refresh(house, "new")
    assert _waiting(house) == []


def test_refresh_should_lose_no_change_when_a_claim_comes_at_the_same_moment(house: House) -> None:
    _queue(house, "old", card="card")
    barrier = threading.Barrier(2)

    def claim() -> tuple[Outgoing, ...]:
        meet(barrier)
        return _claim(house)

    def refresh() -> tuple[Outgoing, ...]:
        meet(barrier)
        _refresh(house, "new")
        return ()

    # On PostgreSQL a claim passes over a row that the refresh is changing; the next one finds it.
    (claimed,) = together(claim, refresh)[0] or _claim(house)
    if claimed.view == "old":  # it was on its way already: the new view follows it
        assert _waiting(house) == [("chair", "old"), ("chair", "new")]
    else:
        assert _waiting(house) == [("chair", "new")]
