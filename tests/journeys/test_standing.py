"""What comes round by itself: Monday's digest at nine on London's clocks, the quarterly review of the log (R40)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from handlers.desk import Desk
from handlers.standing import send_due
from scheduler import standing
from scheduler.standing import Standing
from tests.journeys.steps import decide, notify, report
from tests.journeys.test_reminders import NAMES, at, quietly
from tests.town import Seen, Town

WEEK = "The week from "


class Clockwork:
    """One process's look at what comes round."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.again()

    def again(self) -> None:
        """Another process, or the same one started again."""
        self.standing = Standing(self.town.civility.store, self.town.civility.desk, self.town.clock)

    async def at(self, when: datetime) -> None:
        """It is this moment, and the minute begins."""
        self.town.clock.go(when)
        await self.town.civility.run(self.standing.look)
        await self.town.deliver()


async def digests(town: Town) -> list[Seen]:
    """The digests in the governance channel; no name in any."""
    dana = await town.colleague("Dana")
    found = [one for one in await dana.room("governance") if one.title.startswith(WEEK)]
    assert not [word for one in found for word in NAMES if word in one.text.partition(WEEK)[2]]
    return found


async def test_digest_should_come_each_monday_at_nine_across_the_clock_change(town: Town) -> None:
    clockwork = Clockwork(town)
    await clockwork.at(at("2026-10-19 08:59:59"))
    assert await digests(town) == []
    for monday in ("2026-10-19", "2026-10-26", "2026-11-02"):  # the clocks go back on 25 October
        before = len(await digests(town))
        await clockwork.at(at(f"{monday} 08:59:59"))
        assert len(await digests(town)) == before
        for _ in range(2):
            await clockwork.at(at(f"{monday} 09:00"))
            clockwork.again()
        assert len(await digests(town)) == before + 1
    assert [one.title for one in await digests(town)] == [
        "The week from Monday 19 October 2026",
        "The week from Monday 26 October 2026",
        "The week from Monday 2 November 2026",
    ]


async def test_digest_should_say_what_is_open_and_what_ends(town: Town) -> None:
    await decide(town)
    await notify(town)
    await report(await town.colleague("Priya"))
    await quietly(town, at("2026-10-26 08:00"))
    await Clockwork(town).at(at("2026-10-26 09:00"))
    (said,) = await digests(town)
    assert "INC-2026-0002 A finding is aw" in said.text
    assert "Wednesday 28 October 2026 INC-2026-0001 The appeal period closes." in said.text


async def test_weeks_without_the_program_should_bring_one_digest(town: Town) -> None:
    clockwork = Clockwork(town)
    await clockwork.at(at("2026-12-03 12:00"))
    assert [one.title for one in await digests(town)] == ["The week from Monday 30 November 2026"]
    assert "No case is open." in (await digests(town))[0].text


async def test_log_should_be_reviewed_each_quarter_by_both(town: Town) -> None:
    clockwork = Clockwork(town)
    await report(await town.colleague("Priya"))
    await clockwork.at(at("2027-01-14 08:59"))
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    assert not [one for one in await dana.room() if one.title == "Review of the log"]
    await clockwork.at(at("2027-01-14 09:00"))
    await clockwork.at(at("2027-01-14 11:00"))
    (card,) = [one for one in await dana.room() if one.title == "Review of the log"]
    assert "The Chief Officer has not signed yet." in card.text
    look = await dana.presses(card.button("log.look"))
    assert "Reports 1" in look.text
    await dana.presses(look.button("log.sign"))
    await dana.presses(look.button("log.sign"))
    assert len(town.log("log.reviewed")) == 1
    (card,) = [one for one in await margaret.room() if one.title == "Review of the log"]
    assert "The Chief Officer has signed." in card.text
    await margaret.presses((await margaret.presses(card.button("log.look"))).button("log.sign"))
    (card,) = [one for one in await dana.room() if one.title == "Review of the log"]
    assert "Look at the log" not in card.text
    assert "The Chair of F&GP has signed." in card.text


@pytest.mark.parametrize("value", ["2027-01-14", "2099-01-01", "soon", ""])
async def test_nobody_else_should_sign_and_nothing_that_is_not_due(town: Town, value: str) -> None:
    tom, dana = await town.colleague("Tom"), await town.colleague("Dana")
    assert "Nobody else can sign it." in (await tom.presses("log.sign", value)).text
    assert "There is no review of the log on that day." in (await dana.presses("log.sign", value)).text
    assert town.log("log.reviewed") == []


async def test_council_in_trouble_should_hold_up_no_other(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = town.civility.store.create_council("Broken", "", "", {"governance": {"local": "governance"}}).id

    def fails_for_one(desk: Desk) -> datetime:
        if desk.council.id == broken:
            raise RuntimeError("poisoned")
        return send_due(desk)

    monkeypatch.setattr(standing, "send_due", fails_for_one)
    ours = town.civility.store.councils
    monkeypatch.setattr(town.civility.store, "councils", lambda: ours()[::-1])  # the broken one comes first
    await Clockwork(town).at(at("2026-10-19 09:00"))
    assert len(await digests(town)) == 1


async def test_council_without_a_channel_should_be_asked_again_later(town: Town) -> None:
    with town.civility.store.write(town.council_id) as uow:
        channels = uow.council.get().channels
        uow.council.update(channels={})
        uow.commit()
    clockwork = Clockwork(town)
    await clockwork.at(at("2026-10-19 09:00"))
    with town.civility.store.write(town.council_id) as uow:
        assert uow.outbox.waiting() == ()
        uow.council.update(channels=channels)
        uow.commit()
    await clockwork.at(at("2026-10-19 09:00") + timedelta(hours=1))
    assert len(await digests(town)) == 1
