"""When a restriction's dates come: reminders in time, tasks, putting off, quiet hours (R22, R26, R37, R40)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from policy.calendars import LONDON
from storage.records import Reminder
from tests.journeys.steps import decide, notify, report
from tests.journeys.test_reminders import at, caught_up, fires_at, impose, quietly, reminded
from tests.town import Town

TO_DO = "To do: INC-2026-0001"


async def restricted(town: Town, **changes: str) -> None:
    """A restriction the person was told of by email on Wednesday 14 October 2026."""
    await decide(town, **changes)
    await notify(town)


async def through(town: Town, until: datetime) -> None:
    """Every hour until an instant comes, as for a program that runs."""
    while town.clock.now + timedelta(hours=1) < until:
        town.clock.pass_by(hours=1)
        await town.tick()
    town.clock.go(until)


def waits(town: Town, kind: str) -> list[Reminder]:
    """The waiting reminders of a kind."""
    with town.civility.store.read(town.council_id) as uow:
        return [one for one in uow.reminders.waiting() if one.kind == kind]


async def test_end_of_a_restriction_should_be_announced_told_and_worked_off(town: Town) -> None:
    await restricted(town, ends_on="2027-03-29")  # the Monday after the clocks go forward, and Easter Monday
    await quietly(town, at("2027-03-12 12:00"))
    await fires_at(town, at("2027-03-15 09:00"))
    (soon,) = [one for one in await reminded(town, "governance") if "ends" in one]
    assert soon.startswith("The restriction ends by itself at 11.59pm on Monday 29 March 2027.")
    town.clock.go(at("2027-03-29 23:59:59"))
    assert town.record()["restrictions"][0]["in_force"] is True
    town.clock.pass_by(seconds=1)
    assert town.record()["restrictions"][0]["in_force"] is False
    await fires_at(town, at("2027-03-30 09:00"))
    dana = await town.colleague("Dana")
    assert "The restriction ended at 11.59pm on Monday 29 March 2027." in (await reminded(town, "Dana"))[-1]
    (task,) = [one for one in await dana.room() if one.title == TO_DO]
    assert "Tell colleagues that the restriction has ended." in task.text
    await dana.presses(task.button("task.done"))
    titles = [one.title for one in await dana.room()]
    assert "Done: INC-2026-0001" in titles
    assert TO_DO not in titles
    again = await dana.presses("task.done", task.button("task.done").value)
    assert "Done on Tuesday 30 March 2027 at 9am." in again.text
    assert len(town.log("task.done")) == 1
    tom = await town.colleague("Tom")
    refused = await tom.presses("task.done", task.button("task.done").value)
    assert "Done on" not in refused.text


async def test_returned_notice_should_forget_every_date(town: Town) -> None:
    await restricted(town)
    dana = await town.colleague("Dana")
    opened = await dana.types("/incident case INC-2026-0001")
    await dana.presses(opened.button("notice.bounced"))
    for kind in ("restriction.ending", "restriction.ended", "appeal.closing", "appeal.closed"):
        assert waits(town, kind) == []


async def test_review_should_be_announced_twice_and_chased_every_day(town: Town) -> None:
    await restricted(
        town, duration="permanent", ends_on="", review_on="2027-04-14", why_permanent="It never stops."
    )
    assert [one.due_at.astimezone(LONDON).isoformat() for one in waits(town, "review.coming")] == [
        "2027-03-15T09:00:00+00:00",
        "2027-04-07T09:00:00+01:00",
    ]
    await quietly(town, at("2027-03-14 12:00"))
    await fires_at(town, at("2027-03-15 09:00"))
    said = (await reminded(town, "Dana"))[-1]
    assert said == (
        "The restriction is due for review by Wednesday 14 April 2027. "
        "The Chief Officer invites the person to comment by Wednesday 31 March 2027."
    )
    await quietly(town, at("2027-04-14 12:00"))
    for days, day in ((1, "2027-04-15 09:00"), (2, "2027-04-16 09:00"), (3, "2027-04-17 09:00")):
        await fires_at(town, at(day))
        words = (
            f"is overdue by {days} day{'s' if days > 1 else ''}. The restriction stays in force until then."
        )
        assert words in (await reminded(town, "governance"))[-1]
    assert town.record()["restrictions"][0]["in_force"] is True


async def test_lapsed_interim_restriction_should_be_told_with_what_to_open_again(town: Town) -> None:
    await impose(town)
    await notify(town)
    await quietly(town, at("2026-10-21 12:00"))
    await fires_at(town, at("2026-10-22 09:00"))
    words = "lapsed at 11.59pm on Wednesday 21 October 2026, because no councillor confirmed it."
    assert words in (await reminded(town, "governance"))[-1]
    dana = await town.colleague("Dana")
    assert [one for one in await dana.room() if one.title == TO_DO]


async def test_appeal_over_christmas_should_close_on_the_next_working_day(town: Town) -> None:
    town.clock.go(at("2026-12-11 10:00"))
    await decide(town)
    await notify(town)
    assert town.record()["decisions"][0]["appeal_closes_at"] == "2026-12-29T23:59:59+00:00"
    await through(town, at("2026-12-23 12:00"))
    await fires_at(town, at("2026-12-24 09:00"))  # three days before is Boxing Day
    last = (await reminded(town, "Dana"))[-1]
    assert last.startswith("The appeal period closes at 11.59pm on Tuesday 29 December 2026.")
    await fires_at(town, at("2026-12-30 09:00"))
    assert "The appeal period closed at" in (await reminded(town, "Dana"))[-1]


async def test_clock_that_jumps_should_bring_nothing_twice(town: Town) -> None:
    await restricted(town)
    await quietly(town, at("2026-10-22 12:00"))
    town.clock.go(at("2026-10-23 09:00"))
    for jump in (0, 1, -2, 1):  # a day ahead, and back again
        town.clock.pass_by(days=jump)
        await town.tick()
        await town.deliver()
    closing = [one for one in await reminded(town, "governance") if "The appeal period closes" in one]
    assert len(closing) == 1


# --- putting it off -----------------------------------------------------------------------------------


async def test_snooze_should_come_back_on_the_next_working_morning_for_one_alone(town: Town) -> None:
    await restricted(town)
    await quietly(town, at("2026-10-22 12:00"))
    await fires_at(town, at("2026-10-23 09:00"))  # Friday: the appeal closes next Wednesday
    dana = await town.colleague("Dana")
    card = [one for one in await dana.room() if one.title.startswith("Reminder")][-1]
    answer = await dana.presses(card.button("reminder.snooze"))
    assert "You will be reminded again on Monday 26 October 2026 at 9am." in answer.text
    await dana.presses("reminder.snooze", card.button("reminder.snooze").value)  # twice is once
    before, room = len(await reminded(town, "Dana")), await reminded(town, "governance")
    await fires_at(town, at("2026-10-26 09:00"))
    assert len(await reminded(town, "Dana")) == before + 1
    assert await reminded(town, "governance") == room


async def test_somebody_elses_reminder_should_not_be_put_off(town: Town) -> None:
    await restricted(town)
    await quietly(town, at("2026-10-22 12:00"))
    await fires_at(town, at("2026-10-23 09:00"))
    dana, tom = await town.colleague("Dana"), await town.colleague("Tom")
    card = [one for one in await dana.room() if one.title.startswith("Reminder")][-1]
    refused = await tom.presses("reminder.snooze", card.button("reminder.snooze").value)
    assert "This reminder is not, or no longer, for you." in refused.text
    assert not [one for one in waits(town, "appeal.closing") if one.ids.get("only")]


async def test_channel_should_offer_no_snooze(town: Town) -> None:
    await restricted(town)
    await quietly(town, at("2026-10-22 12:00"))
    await fires_at(town, at("2026-10-23 09:00"))
    dana = await town.colleague("Dana")
    card = [one for one in await dana.room("governance") if one.title.startswith("Reminder")][-1]
    assert "Remind me tomorrow" not in card.text


# --- quiet hours --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("urgent", "arrives"), [(False, False), (True, True)])
async def test_reminder_at_night_should_wait_for_the_morning_unless_it_is_urgent(
    town: Town, *, urgent: bool, arrives: bool
) -> None:
    calm = (
        {} if urgent else {"examples": ["A1"], "warning": "spoken", "warning_words": "Stop.", "offence": "no"}
    )
    await report(await town.colleague("Priya"), **calm)
    case = town.file().case
    with town.civility.store.write(town.council_id) as uow:
        uow.reminders.add(at("2026-10-21 23:00"), "finding.awaited", case.id)
        uow.commit()
    assert case.urgent is urgent
    await through(town, at("2026-10-21 08:30"))
    await quietly(town, at("2026-10-21 09:00"))
    before = len(await reminded(town, "governance"))
    town.clock.go(at("2026-10-21 23:00"))
    await town.tick()
    await town.deliver()
    assert (len(await reminded(town, "governance")) > before) is arrives
    town.clock.go(at("2026-10-22 07:59:59"))
    await town.deliver()
    assert (len(await reminded(town, "governance")) > before) is arrives
    town.clock.go(at("2026-10-22 08:00"))
    await town.deliver()
    assert len(await reminded(town, "governance")) == before + 1


async def test_injury_day_on_the_night_the_clocks_change_should_come_at_nine(town: Town) -> None:
    town.clock.go(at("2026-10-21 10:00"))
    await report(await town.colleague("Priya"), happened_on="2026-10-21", injury="physical")
    (day4,) = waits(town, "injury.day4")
    assert day4.due_at.astimezone(LONDON).isoformat() == "2026-10-25T09:00:00+00:00"


async def test_outage_should_bring_one_message_a_reader_however_much_became_due(town: Town) -> None:
    await decide(town)
    await notify(town)
    for _ in range(3):
        await report(await town.colleague("Priya"))
    town.clock.go(at("2026-11-30 09:10"))
    await town.tick()
    await town.deliver()
    await town.tick()
    await town.deliver()
    for name in ("Dana", "Margaret", "governance"):
        assert len(await caught_up(town, name)) == 1, name
        assert await reminded(town, name) == []
    assert (await caught_up(town, "governance"))[0].count("A finding is still awaited") == 3
