"""Due reminders: fired once, in batches, whatever the number of processes; one that fails holds up nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import pytest

from handlers import reminder_kinds
from handlers.casefile import CaseFile
from handlers.reminder_kinds import Kind
from scheduler.reminders import BATCH, fire_due
from storage.records import Case, Recipient
from tests.scheduler.post_office import PostOffice

ROOM = Recipient("channel", "governance")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the kinds of reminder "one" and "two" say now; without an entry they fail."""
    words = {"one": "One.", "two": "Two."}
    for kind in tuple(words):

        def sentence(_file: CaseFile, _ids: Mapping[str, str], kind: str = kind) -> str:
            return words[kind]

        monkeypatch.setitem(reminder_kinds.KINDS, kind, Kind(sentence, lambda _: (ROOM,)))
    return words


def _case(office: PostOffice) -> Case:
    with office.civility.store.write(office.council_id) as uow:
        person = uow.people.add("Alex Marsden", "", "", identified=True)
        case = uow.cases.open(person.id, urgent=False)
        uow.commit()
    return case


def _due(office: PostOffice, case: Case, *kinds: str) -> None:
    with office.civility.store.write(office.council_id) as uow:
        for kind in kinds:
            uow.reminders.add(office.clock.now, kind, case.id)
        uow.commit()


def _fire(office: PostOffice) -> int:
    return fire_due(office.civility.store, office.civility.desk)


@pytest.mark.usefixtures("said")
async def test_more_than_a_batch_should_all_fire_and_once(office: PostOffice) -> None:
    _due(office, _case(office), *["one"] * (BATCH + 3), *["two"])
    assert _fire(office) == BATCH + 4
    assert _fire(office) == 0
    assert len(office.waiting) == BATCH + 4
    await office.sender().deliver()
    assert office.shown("governance") == ["Reminder: INC-2026-0001"] * (BATCH + 4)


@pytest.mark.usefixtures("said")
async def test_two_processes_should_fire_a_reminder_once(office: PostOffice) -> None:
    _due(office, _case(office), *["one"] * 8)
    run = office.civility.run
    fired = await asyncio.gather(*(run(lambda: _fire(office)) for _ in range(3)))
    assert sum(fired) == 8
    assert len(office.waiting) == 8


def test_reminder_that_fails_should_come_in_five_minutes_and_hold_up_nobody(
    office: PostOffice, said: dict[str, str]
) -> None:
    _due(office, _case(office), "one", "two")
    del said["one"]
    assert _fire(office) == 1
    assert [row.ids["kind"] for row in office.waiting] == ["two"]
    said["one"] = "One."
    assert _fire(office) == 0
    office.clock.now += timedelta(minutes=5)
    assert _fire(office) == 1
    assert [row.ids["kind"] for row in office.waiting] == ["two", "one"]


async def test_reminder_should_be_dropped_when_it_no_longer_applies_as_it_is_sent(
    office: PostOffice, said: dict[str, str]
) -> None:
    _due(office, _case(office), "one", "two")
    assert _fire(office) == 2
    said["one"] = ""
    await office.sender().deliver()
    assert office.shown("governance") == ["Reminder: INC-2026-0001"]
    assert (office.waiting, office.parked) == ((), ())


def test_reminder_that_no_longer_applies_should_be_done_with(
    office: PostOffice, said: dict[str, str]
) -> None:
    _due(office, _case(office), "one")
    said["one"] = ""
    assert _fire(office) == 1
    assert office.waiting == ()
    assert _fire(office) == 0


@pytest.mark.usefixtures("said")
def test_reminder_should_not_fire_before_its_instant(office: PostOffice) -> None:
    _due(office, _case(office), "one")
    office.clock.now -= timedelta(seconds=1)
    assert _fire(office) == 0
    office.clock.now += timedelta(seconds=1)
    assert _fire(office) == 1
