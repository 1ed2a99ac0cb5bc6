"""The log: append-only in the database itself, chained, anchored outside, whole under concurrent writers (R38)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from storage.models import LOG, LOG_HEAD
from storage.records import LogLine
from storage.repos import log as log_module
from storage.repos.log import line_hash
from tests.storage.house import START, House, together, unguarded


def _say(house: House, *actions: str, council: str = "", subject: str = "case") -> None:
    with house.store.write(council or house.council) as uow:
        for action in actions:
            uow.log.append("dana", action, "case", subject, to="x")
        uow.commit()


def _actions(house: House, subject: str | None = None, limit: int = 500) -> list[tuple[int, str]]:
    with house.store.read(house.council) as uow:
        return [(line.seq, line.action) for line in uow.log.lines(subject, limit)]


def _tamper(house: House, change: Callable[[Connection], object]) -> None:
    engine = house.raw()
    with engine.begin() as connection, unguarded(connection):
        change(connection)
    engine.dispose()


FORBIDDEN = (
    "UPDATE log SET action = 'nothing'",
    "UPDATE log SET seq = seq + 10",
    "DELETE FROM log",
    "DELETE FROM log WHERE seq = 2",
    "DELETE FROM log_head",
    "UPDATE log_head SET seq = seq - 1",
    "UPDATE log_head SET hash = 'x'",
    "UPDATE log_head SET council_id = 'x', seq = seq + 1",
)
SQLITE_ONLY = (
    "INSERT OR REPLACE INTO log SELECT * FROM log WHERE seq = 1",
    "REPLACE INTO log SELECT * FROM log",
    "INSERT OR REPLACE INTO log_head SELECT council_id, 0, '' FROM log_head",
    "UPDATE OR REPLACE log SET seq = 1 WHERE seq = 2",
    "INSERT INTO log_head SELECT council_id, 0, '' FROM log_head WHERE 1 ON CONFLICT DO UPDATE SET seq = 0",
)
POSTGRESQL_ONLY = (
    "TRUNCATE log",
    "TRUNCATE log_head",
    "INSERT INTO log SELECT * FROM log ON CONFLICT (council_id, seq) DO UPDATE SET action = 'nothing'",
    "INSERT INTO log_head SELECT * FROM log_head ON CONFLICT (council_id) DO UPDATE SET seq = 0",
)


def test_database_should_refuse_to_alter_remove_or_replace_a_line(house: House) -> None:
    _say(house, "one", "two", "three")
    engine = house.raw()
    for forbidden in (*FORBIDDEN, *(SQLITE_ONLY if house.is_sqlite else POSTGRESQL_ONLY)):
        with engine.connect() as connection, pytest.raises(Exception, match="the log is append-only"):
            connection.execute(text(forbidden))
    engine.dispose()
    assert _actions(house) == [(1, "one"), (2, "two"), (3, "three")]
    assert tuple(house.store.verify_log(house.council)) == (
        True,
        3,
        "The log is whole: 3 lines, none altered, none missing.",
    )


def test_lines_should_come_in_order_and_the_newest_when_limited(house: House) -> None:
    _say(house, "one", "two")
    _say(house, "of another", subject="other")
    _say(house, "three")
    assert _actions(house) == [(1, "one"), (2, "two"), (3, "of another"), (4, "three")]
    assert _actions(house, "case") == [(1, "one"), (2, "two"), (4, "three")]
    assert _actions(house, "case", limit=2) == [(2, "two"), (4, "three")]
    assert _actions(house, limit=1) == [(4, "three")]
    assert _actions(house, "nothing") == []


def test_lines_should_show_what_the_unit_gathered_before_its_commit(house: House) -> None:
    with house.store.write(house.council) as uow:
        uow.log.append("dana", "one", "case", "case", reference="INC-2026-0001")
        (line,) = uow.log.lines("case")
        assert line == LogLine(
            1, START, "dana", "one", "case", "case", {"reference": "INC-2026-0001"}, line.hash
        )
        uow.log.append("dana", "two", "case", "case")
        assert [one.seq for one in uow.log.lines()] == [1, 2]
        uow.commit()
    assert _actions(house) == [(1, "one"), (2, "two")]


def test_count_should_count_a_colleagues_lines_since_an_instant(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_module, "_PAGE", 3)
    _say(house, *["refused"] * 2)
    later = house.clock.pass_by(hours=1)
    _say(house, *["refused"] * 5, "allowed")
    _say(house, "refused", council=house.other)
    with house.store.write(house.council) as uow:
        uow.log.append("sam", "refused", "case", "c")
        uow.log.append("dana", "refused", "case", "c")
        assert uow.log.count("dana", "refused", START) == 8
        assert uow.log.count("dana", "refused", later) == 6
        assert uow.log.count("sam", "refused", later) == 1
        assert uow.log.count("dana", "refused", later + timedelta(seconds=1)) == 0


@pytest.mark.parametrize(
    "change",
    [{"action": "nothing"}, {"actor_id": "sam"}, {"detail": {"to": "y"}}, {"at": START - timedelta(days=1)}],
)
def test_verify_should_find_an_altered_line(house: House, change: dict[str, object]) -> None:
    _say(house, "one", "two", "three")
    _tamper(house, lambda c: c.execute(update(LOG).where(LOG.c.seq == 2).values(change)))
    assert tuple(house.store.verify_log(house.council)) == (
        False,
        1,
        "Line 2 of the log was altered, or put in by other hands.",
    )


def test_verify_should_find_a_missing_line(house: House) -> None:
    _say(house, "one", "two", "three")
    _tamper(house, lambda c: c.execute(delete(LOG).where(LOG.c.seq == 2)))
    assert tuple(house.store.verify_log(house.council)) == (False, 1, "Line 2 of the log is missing.")


def test_verify_should_find_a_line_moved_from_another_council(house: House) -> None:
    _say(house, "one")
    _say(house, "one", council=house.other)
    _tamper(house, lambda c: c.execute(delete(LOG).where(LOG.c.council_id == house.other)))
    _tamper(house, lambda c: c.execute(update(LOG).values(council_id=house.other)))
    assert house.store.verify_log(house.other).sentence.startswith("Line 1 of the log was altered")


def _cut(connection: Connection, house: House, to: int) -> None:
    """Cut the end off and move the head back, so that the database alone looks whole."""
    connection.execute(delete(LOG).where(LOG.c.council_id == house.council, LOG.c.seq > to))
    last = connection.execute(select(LOG.c.hash).where(LOG.c.seq == to)).scalar()
    connection.execute(
        update(LOG_HEAD).where(LOG_HEAD.c.council_id == house.council).values(seq=to, hash=last or "")
    )


@pytest.mark.parametrize("left", [0, 2])
def test_verify_should_find_a_cut_off_end_by_the_anchor(house: House, left: int) -> None:
    _say(house, "one", "two", "three")
    house.store.anchor()
    _tamper(house, lambda c: _cut(c, house, left))
    found = house.open().verify_log(house.council)
    assert tuple(found) == (
        False,
        left,
        f"The log ends at line {left}; on 2026-10-14 it had 3. Its end was cut off.",
    )


def test_verify_should_find_a_cut_off_end_when_new_lines_grew_over_it(house: House) -> None:
    _say(house, "one", "two", "three")
    house.store.dispose()  # anchors
    _tamper(house, lambda c: _cut(c, house, 1))
    house.clock.pass_by(days=1)
    _say(house, "four", "five", "six")
    found = house.store.verify_log(house.council)
    assert (found.ok, found.sentence) == (False, "Line 3 is not the line that stood there on 2026-10-14.")


def test_verify_should_find_a_head_that_says_otherwise(house: House) -> None:
    _say(house, "one")
    _tamper(house, lambda c: c.execute(update(LOG_HEAD).values(seq=7, hash="x")))
    found = house.store.verify_log(house.council)
    assert (found.ok, found.sentence) == (False, "The log ends at line 1, but its head says otherwise.")


def test_verify_should_find_a_chain_forged_without_the_key(house: House) -> None:
    _say(house, "one")
    line = LogLine(1, START, "sam", "forged", "case", "case", {}, "")
    values = {name: getattr(line, name) for name in LogLine.__slots__}
    values["hash"] = line_hash(b"a guessed secret", house.council, "", line)

    def forge(connection: Connection) -> None:
        connection.execute(delete(LOG))
        connection.execute(insert(LOG), {**values, "council_id": house.council})
        connection.execute(
            update(LOG_HEAD).where(LOG_HEAD.c.council_id == house.council).values(hash=values["hash"])
        )

    _tamper(house, forge)
    assert house.store.verify_log(house.council).sentence == (
        "Line 1 of the log was altered, or put in by other hands."
    )


def test_verify_should_check_every_page_of_a_long_log(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "_PAGE", 2)
    _say(house, *"abcdef", "g")
    assert house.store.verify_log(house.council).lines == 7
    _tamper(house, lambda c: c.execute(update(LOG).where(LOG.c.seq == 5).values(action="z")))
    assert house.store.verify_log(house.council).lines == 4


def test_verify_should_find_an_empty_log_whole(house: House) -> None:
    assert house.store.verify_log(house.council) == log_module.Verified(
        True, 0, "The log is whole: 0 lines, none altered, none missing."
    )


def test_anchor_should_never_name_a_line_that_was_rolled_back(house: House) -> None:
    with house.store.write(house.council) as uow:
        uow.log.append("dana", "one", "case", "c")
        uow.commit()
        uow.log.append("dana", "two", "case", "c")
        assert len(uow.log.lines()) == 2  # written, but not committed
        uow.rollback()
        uow.log.append("dana", "three", "case", "c")
        assert uow.log.verify().lines == 2
    house.store.anchor()
    assert [(one.day, one.seq) for one in house.keys.anchors(house.council)] == [("2026-10-14", 1)]
    assert house.store.verify_log(house.council).ok


def test_anchor_should_keep_one_a_day_and_only_the_furthest(house: House) -> None:
    _say(house, "one", "two")
    house.store.anchor()
    house.keys.set_anchors({house.council: (1, "x")}, START.date())  # a slower process
    _say(house, "three")
    house.store.anchor()
    house.clock.pass_by(days=1)
    _say(house, "four")
    house.store.anchor()
    assert [(one.day, one.seq) for one in house.keys.anchors(house.council)] == [
        ("2026-10-14", 3),
        ("2026-10-15", 4),
    ]
    assert house.keys.anchors(house.other) == ()
    assert house.store.verify_log(house.council).ok


def test_log_should_stay_one_chain_when_many_write_at_once(house: House) -> None:
    stores = [house.store, house.open()]

    def writer(number: int) -> None:
        for turn in range(5):
            with stores[number % 2].write(house.council) as uow:
                uow.log.append(f"writer {number}", "wrote", "turn", str(turn))
                uow.log.append(f"writer {number}", "wrote again", "turn", str(turn))
                uow.commit()

    together(*[lambda number=number: writer(number) for number in range(4)])

    assert house.store.verify_log(house.council).lines == 40
    with house.store.read(house.council) as uow:
        lines = uow.log.lines()
    assert [line.seq for line in lines] == list(range(1, 41))
    for number in range(4):
        mine = [(line.action, line.subject_id) for line in lines if line.actor_id == f"writer {number}"]
        assert mine == [(action, str(turn)) for turn in range(5) for action in ("wrote", "wrote again")]
