"""What is looked after by itself: typed words nobody sent, the month's check of the log (R38, R41)."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, update

from handlers.desk import Desk
from scheduler import upkeep
from scheduler.upkeep import nightly
from storage.models import LOG
from tests.journeys.steps import report
from tests.journeys.test_reminders import at
from tests.storage.house import unguarded
from tests.town import Town

TITLE = "The log is not whole"


async def night(town: Town) -> None:
    """The night's work, and what it says delivered."""
    await town.civility.run(lambda: nightly(town.civility.store, town.civility.desk))
    await town.deliver()


def tamper(town: Town) -> None:
    """Somebody with the database in their hands alters the second line of the log."""
    engine = create_engine(town.civility.settings.url)
    with engine.begin() as connection, unguarded(connection):
        connection.execute(update(LOG).where(LOG.c.seq == 2).values(action="nothing"))
    engine.dispose()


async def told(town: Town, name: str) -> int:
    """How often a colleague was told that the log is not whole."""
    one = await town.colleague(name)
    return len([m for m in await one.room() if m.title == TITLE])


async def test_words_nobody_sent_should_be_dropped_after_a_day(town: Town) -> None:
    priya = await town.colleague("Priya")
    form = await priya.types("/incident")
    await priya.sends(form, {"person_is": "member_of_public", "person_name": "Alex Marsden"})

    def kept() -> bool:
        with town.civility.store.read(town.council_id) as uow:
            return uow.drafts.get(form.hidden["nonce"], priya.id) is not None

    assert kept()
    town.clock.pass_by(hours=24)
    await night(town)
    assert kept()
    town.clock.pass_by(seconds=1)
    await night(town)
    assert not kept()


async def test_clicks_should_be_remembered_for_a_month(town: Town) -> None:
    await report(await town.colleague("Priya"))
    assert _deliveries(town)
    town.clock.pass_by(days=30)
    await night(town)
    assert _deliveries(town)
    town.clock.pass_by(seconds=1)
    await night(town)
    assert _deliveries(town) == 0


def _deliveries(town: Town) -> int:
    engine = create_engine(town.civility.settings.url)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM delivery").scalar_one()
    engine.dispose()
    return int(found)


async def test_log_should_be_checked_once_a_month_whenever_the_program_runs(town: Town) -> None:
    await night(town)  # or the program's own, at its start
    before = len(town.log("log.checked"))
    assert before
    for day, checks in (("2026-10-31", 0), ("2026-11-01", 1), ("2026-11-20", 1), ("2026-12-24", 2)):
        town.clock.go(at(f"{day} 10:00"))
        await night(town)
        assert len(town.log("log.checked")) == before + checks, day
    assert {detail["whole"] for _, _, detail in town.log("log.checked")} == {"yes"}
    assert await told(town, "Dana") == 0


async def test_altered_log_should_be_told_to_the_chief_officer_and_the_chair_once_a_month(town: Town) -> None:
    await report(await town.colleague("Priya"))
    tamper(town)
    await night(town)
    town.clock.pass_by(days=1)
    await night(town)
    assert [await told(town, one) for one in ("Dana", "Margaret", "Priya", "Leila")] == [1, 1, 0, 0]
    dana = await town.colleague("Dana")
    (said,) = [m.text for m in await dana.room() if m.title == TITLE]
    assert "Line 2 of the log was altered, or put in by other hands." in said
    assert "Marsden" not in said
    town.clock.go(at("2026-11-01 10:00"))
    await night(town)
    assert await told(town, "Margaret") == 2


async def test_council_in_trouble_should_hold_up_no_other(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen = []

    def fails_first(desk: Desk) -> None:
        seen.append(desk.council.id)
        if len(seen) == 1:
            raise RuntimeError("trouble")

    town.civility.store.create_council("Otherton", "", "", {})
    monkeypatch.setattr(upkeep, "tidy", fails_first)
    await night(town)
    assert len(set(seen)) == 2  # the program that runs beside may look too
    assert "is tried again in the night" in caplog.text
