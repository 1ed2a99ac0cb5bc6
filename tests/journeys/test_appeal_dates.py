"""The last second to appeal, across clock changes and holidays; and the reminders of an appeal (R31, R33, R35, R40)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.journeys.appeal_steps import REF, appeal_card, assign, heard, record, told, verdict
from tests.journeys.steps import decide, notify
from tests.town import Town


@pytest.mark.parametrize(
    ("sent", "closes", "offset"),
    [
        ("2026-10-14", "2026-10-28", "+00:00"),  # summer time ends on the 25th
        ("2027-03-19", "2027-04-02", "+01:00"),  # it begins on the 28th
        ("2027-03-12", "2027-03-30", "+01:00"),  # day 14 is Good Friday
        ("2027-03-15", "2027-03-30", "+01:00"),  # day 14 is Easter Monday
        ("2026-12-11", "2026-12-29", "+00:00"),  # day 14 is Christmas Day; Boxing Day is moved to Monday
        ("2026-12-18", "2027-01-04", "+00:00"),  # day 14 is New Year's Day, a Friday
        ("2026-12-14", "2026-12-29", "+00:00"),  # day 14 is the moved Boxing Day
    ],
)
async def test_appeal_should_be_in_time_until_the_last_second_of_its_last_day(
    town: Town, sent: str, closes: str, offset: str
) -> None:
    await decide(town)
    town.clock.go(datetime.fromisoformat(f"{sent} 10:05"))
    await notify(town)
    assert town.record()["appeal_closes_at"] == f"{closes}T23:59:59{offset}"
    last = date.fromisoformat(closes)
    after = last + timedelta(days=1)
    town.clock.go(datetime.fromisoformat(f"{after + timedelta(days=1)} 12:00"))
    dana = await town.colleague("Dana")
    in_time = await record(dana, received_on=closes, received_at="23:59:59")
    assert "It is in time" in in_time.text
    form = await dana.presses((await appeal_card(dana)).button("appeal.withdraw"))
    await dana.fills(form, {"reasons": "By telephone."})
    late = await record(dana, received_on=after.isoformat(), received_at="00:00:00")
    assert "late by 1 day" in late.text
    found = town.record()["appeals"]
    assert [one["late_by_days"] for one in found] == [0, 1]
    assert [one["state"] for one in found] == ["withdrawn", "late"]
    received = [datetime.fromisoformat(one["received_at"]) for one in found]
    assert received[1] - received[0] == timedelta(seconds=1)


async def test_closing_should_say_that_an_appeal_has_come(town: Town) -> None:
    await told(town)
    await record(await town.colleague("Dana"))
    town.clock.go(datetime.fromisoformat("2026-10-23 09:00"))
    await _tick(town)
    said = await _reminders(town, "Dana")
    assert any(
        "closes at" in one and "An appeal was received on Tuesday 20 October 2026" in one for one in said
    )
    town.clock.go(datetime.fromisoformat("2026-10-29 09:00"))
    await _tick(town)
    said = await _reminders(town, "Dana")
    assert any("closed at" in one and "waits for two reviewers" in one for one in said)


async def test_undecided_appeal_should_be_reminded_of_again_and_again_until_it_is_decided(town: Town) -> None:
    await told(town)
    await record(await town.colleague("Dana"))
    await assign(town)
    ruth = await town.colleague("Ruth")
    await verdict(ruth)
    for day, times in (("2026-11-02", 0), ("2026-11-03", 1), ("2026-11-16", 1), ("2026-11-17", 2)):
        town.clock.go(datetime.fromisoformat(f"{day} 09:00"))
        await _tick(town)
        for name, wanted in (("Leila", times), ("Dana", times), ("Ruth", 0)):
            said = [one for one in await _reminders(town, name) if "still undecided" in one]
            assert len(said) == wanted, (day, name)
    leila = await town.colleague("Leila")
    await leila.presses((await appeal_card(leila)).button("appeal.agree"))
    town.clock.go(datetime.fromisoformat("2026-12-01 09:00"))
    await _tick(town)
    assert len([one for one in await _reminders(town, "Dana") if "still undecided" in one]) == 2
    for name in ("Leila", "Dana", "governance"):
        for one in await _reminders(town, name):
            assert not any(word in one for word in ("Marsden", "stick", "recording"))


async def test_outcome_that_the_person_was_not_told_should_be_reminded_of(town: Town) -> None:
    await heard(town)
    town.clock.go(datetime.fromisoformat("2026-10-22 09:00"))
    await _tick(town)
    said = await _reminders(town, "Dana")
    assert any("The decision is cancelled. The Chief Officer tells the person." in one for one in said)


async def test_what_waits_should_name_whose_turn_it_is(town: Town) -> None:
    await told(town)
    dana, ruth, leila, margaret = [
        await town.colleague(name) for name in ("Dana", "Ruth", "Leila", "Margaret")
    ]
    await record(dana)
    assert await _waits(town) == {"Dana"}
    await assign(town)
    assert await _waits(town) == {"Ruth", "Leila"}
    await verdict(ruth)
    assert await _waits(town) == {"Leila"}
    await verdict(leila, outcome="upheld", reasons="A fist was raised.")
    assert await _waits(town) == {"Ruth", "Leila"}  # a split: both talk it over
    listed = await dana.types("/incident cases")
    assert "do not agree yet" in listed.text
    await ruth.presses((await appeal_card(ruth)).button("appeal.agree"))
    assert await _waits(town) == {"Dana"}  # the person is to be told
    assert "tells the person" in (await margaret.types("/incident cases")).text


async def _waits(town: Town) -> set[str]:
    """Whose own page says that the case waits for them."""
    found = set()
    for name in town.people:
        page = await (await town.colleague(name)).types("/incident home")
        if "Waiting for you" in page.text and REF in page.text:
            found.add(name)
    return found


async def _tick(town: Town) -> None:
    await town.tick()
    await town.deliver()


async def _reminders(town: Town, name: str) -> list[str]:
    who = await town.colleague("Dana" if name == "governance" else name)
    room = await who.room("governance" if name == "governance" else "")
    return [one.text for one in room if one.title == f"Reminder: {REF}"]
