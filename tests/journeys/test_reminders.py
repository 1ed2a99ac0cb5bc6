"""Each reminder: once, at its instant, to the right readers, in words computed then, or not at all (R11, R40, R47)."""

from __future__ import annotations

import re
from datetime import datetime

from policy.calendars import LONDON
from storage.records import Reminder
from tests.journeys.steps import PROPOSAL, agree, decide, notify, propose, report, sign
from tests.town import Answer, Seen, Town

REMINDER = "Reminder: INC-2026-0001"
ANY_REMINDER = re.compile(r"Reminder: INC-20\d\d-0001")
NAMES = ("Marsden", "Alex", "fist", "Dana", "Margaret", "Priya", "Okoro", "Hall", "Shah")


def at(local: str) -> datetime:
    """A London wall-clock time."""
    return datetime.fromisoformat(local).replace(tzinfo=LONDON)


async def reminded(town: Town, name: str) -> list[str]:
    """The words of the reminders a colleague has had, or the governance channel; no name in any (R41)."""
    one = await town.colleague("Dana" if name == "governance" else name)
    found = await one.room("governance" if name == "governance" else "")
    said = [_sentence(m) for m in found if ANY_REMINDER.fullmatch(m.title)]
    assert not [word for one in said for word in NAMES if word in one]
    return said


def _sentence(message: Seen) -> str:
    """A reminder's words without its title and its buttons."""
    words = message.text.partition(message.title)[2].strip()
    for button in reversed(message.buttons):
        words = words.removesuffix(button.label).strip()
    return words


def waiting(town: Town) -> dict[str, Reminder]:
    """The reminders that have not fired, by id."""
    with town.civility.store.read(town.council_id) as uow:
        return {one.id: one for one in uow.reminders.waiting()}


async def fires_at(town: Town, when: datetime, number: int = 1) -> None:
    """Nothing a second before, this many at that instant, nothing afterwards."""
    town.clock.go(when)
    town.clock.pass_by(seconds=-1)
    before = waiting(town)
    assert await town.tick() == 0
    assert waiting(town) == before
    town.clock.go(when)
    await town.tick()  # or the program's own, whichever comes first
    after = waiting(town)
    assert len(before.keys() - after.keys()) == number
    town.clock.pass_by(seconds=5)
    assert await town.tick() == 0
    assert waiting(town) == after


async def quietly(town: Town, until: datetime) -> None:
    """Let every earlier reminder come, and forget how many they were."""
    town.clock.go(until)
    await town.tick()


async def calm(town: Town, **changes: Answer) -> None:
    """Priya reports something nobody has to be debriefed about."""
    words: dict[str, Answer] = {
        "examples": ["A1"],
        "offence": "no",
        "warning": "spoken",
        "warning_words": "Please stop.",
    }
    await report(await town.colleague("Priya"), **{**words, **changes})


# --- signatures -------------------------------------------------------------------------------------

LATE = at("2026-10-21 09:00")
"""Nine in the morning of the fifth working day after Wednesday 14 October."""


async def test_awaited_finding_should_be_reminded_of_on_the_fifth_working_day(town: Town) -> None:
    await calm(town)
    await fires_at(town, LATE)
    words = (
        "A finding is still awaited; it was due before Wednesday 21 October 2026. The Chief Officer, the Deputy "
        "Chief Officer, the Chair of F&GP and the Vice-Chair of F&GP may act on it."
    )
    for name in ("Dana", "Sam", "Margaret", "Owen", "governance"):
        assert await reminded(town, name) == [words], name
    for name in ("Priya", "Ruth", "Ian", "Leila"):
        assert await reminded(town, name) == [], name


async def test_late_finding_should_bring_the_stand_in_a_card_to_sign_with(town: Town) -> None:
    await calm(town)
    town.clock.go(LATE)
    await town.tick()
    owen = await town.colleague("Owen")
    (card,) = [one for one in await owen.room() if one.title != REMINDER]
    assert card.title == "INC-2026-0001: Reported"
    assert card.button("finding.sign").label == "Sign a finding"


async def test_only_those_whose_finding_is_missing_should_be_reminded(town: Town) -> None:
    await calm(town)
    await sign(await town.colleague("Dana"), finding="warning")
    await fires_at(town, LATE)
    (words,) = await reminded(town, "Margaret")
    assert "The Chair of F&GP and the Vice-Chair of F&GP may act on it." in words
    assert await reminded(town, "Owen") == [words]
    assert await reminded(town, "governance") == [words]
    assert await reminded(town, "Dana") == await reminded(town, "Sam") == []


async def test_stand_ins_should_be_reminded_in_turn_five_working_days_later(town: Town) -> None:
    await calm(town)
    await fires_at(town, LATE)
    await fires_at(town, at("2026-10-28 09:00"))
    assert len(await reminded(town, "Owen")) == 2
    assert len(await reminded(town, "governance")) == 2
    (words,) = await reminded(town, "Ian")
    assert words.endswith("the Vice-Chair of F&GP and a Member of F&GP may act on it.")


async def test_signed_findings_should_not_be_reminded_of(town: Town) -> None:
    await calm(town)
    await sign(await town.colleague("Dana"), finding="no_action")
    await agree(await town.colleague("Margaret"))
    await quietly(town, at("2026-11-30 09:00"))
    for name in ("Dana", "Margaret", "governance"):
        assert await reminded(town, name) == []


async def test_withdrawn_report_should_not_be_reminded_of(town: Town) -> None:
    priya = await town.colleague("Priya")
    seen = await report(priya, injury="physical")
    await priya.presses(seen.button("case.withdraw"))
    await quietly(town, at("2026-11-30 09:00"))
    for name in ("Dana", "Margaret", "governance"):
        assert await reminded(town, name) == []


async def test_awaited_approval_should_be_reminded_of_by_its_version(town: Town) -> None:
    await report(await town.colleague("Priya"))
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await sign(dana)
    await agree(margaret)
    town.clock.go(at("2026-10-16 09:00"))
    await propose(dana)
    await quietly(town, LATE)  # the reminder of the findings, which no longer applies
    await fires_at(town, at("2026-10-23 09:00"))
    words = (
        "Version 1 of the proposal still waits for approval. The Chair of F&GP and the Vice-Chair of F&GP may "
        "act on it."
    )
    for name in ("Margaret", "Owen", "governance"):
        assert await reminded(town, name) == [words], name
    assert not [one for one in await reminded(town, "Dana") if "approval" in one]  # she proposed it


async def test_approved_proposal_should_not_be_reminded_of(town: Town) -> None:
    await decide(town)
    await notify(town)
    await quietly(town, at("2026-10-26 09:00"))
    assert not [one for one in await reminded(town, "governance") if "approval" in one]


# --- the notice and the appeal ------------------------------------------------------------------------


async def test_unsent_notice_should_be_reminded_of_at_its_office(town: Town) -> None:
    await decide(town)
    (due,) = [one.due_at for one in waiting(town).values() if one.kind == "notice.unsent"]
    await quietly(town, at("2026-10-15 09:50"))  # the debrief
    before = len(await reminded(town, "Dana"))
    town.clock.now = due
    await town.tick()
    words = (
        "A decision was made on Wednesday 14 October 2026, and the notice to the person is not recorded as sent. "
        "It takes effect only once the person is notified. The Chief Officer sends it."
    )
    assert (await reminded(town, "Dana"))[before:] == [words]
    assert await reminded(town, "governance") == [words]
    assert await reminded(town, "Margaret") == []


async def test_sent_notice_should_not_be_reminded_of(town: Town) -> None:
    await decide(town)
    await notify(town)
    await quietly(town, at("2026-10-23 09:00"))
    assert not [one for one in await reminded(town, "Dana") if "notice" in one]


async def test_appeal_should_be_reminded_of_before_it_closes_and_after(town: Town) -> None:
    await decide(town)
    await notify(town)
    await quietly(town, at("2026-10-22 12:00"))
    before = len(await reminded(town, "Dana"))
    await fires_at(town, at("2026-10-23 09:00"))  # three days before is a Sunday
    until = "11.59pm on Wednesday 28 October 2026"
    closing = f"The appeal period closes at {until}. No appeal is recorded so far."
    assert (await reminded(town, "Dana"))[before:] == [closing]
    await fires_at(town, at("2026-10-29 09:00"))
    closed = (
        f"The appeal period closed at {until}. No appeal is recorded here. "
        "One that reached us in time and is found later still counts."
    )
    assert (await reminded(town, "Dana"))[before:] == [closing, closed]
    assert await reminded(town, "governance") == [closing, closed]
    assert await reminded(town, "Margaret") == []


async def test_notice_that_came_back_should_silence_the_appeal(town: Town) -> None:
    await decide(town)
    await notify(town)
    dana = await town.colleague("Dana")
    opened = await dana.types("/incident case INC-2026-0001")
    await dana.presses(opened.button("notice.bounced"))
    await quietly(town, at("2026-11-30 09:00"))
    assert not [one for one in await reminded(town, "Dana") if "appeal" in one]


async def test_closed_case_should_say_nothing_more(town: Town) -> None:
    await decide(town)
    await notify(town)
    dana = await town.colleague("Dana")
    opened = await dana.types("/incident case INC-2026-0001")
    police = await dana.presses(opened.button("police.record"))
    route = police.options("route")
    await dana.fills(
        police, {"route": route["Not reported to the police"], "reason_not": "It was one gesture."}
    )
    await dana.presses((await dana.types("/incident case INC-2026-0001")).button("case.close"))
    assert town.record()["state"] == "closed"
    await quietly(town, at("2026-11-30 09:00"))
    for name in ("Dana", "governance"):
        assert await reminded(town, name) == []


async def test_ticks_that_come_late_should_fire_each_reminder_once_and_only_what_still_applies(
    town: Town,
) -> None:
    await decide(town)
    await notify(town)
    town.clock.go(at("2026-11-30 09:10"))
    await town.tick()
    assert await town.tick() == 0
    assert await reminded(town, "Dana") == await reminded(town, "governance") == []
    for name in ("Dana", "governance"):
        (said,) = await caught_up(town, name)
        assert said.count("The appeal period closed at 11.59pm on Wednesday 28 October 2026.") == 1
        assert "Thursday 29 October 2026 at 9am" in said
        assert "Worked through on Monday 30 November 2026 at 9am, or within the hour." in said
        assert "closes" not in said
        assert "awaited" not in said
    assert await caught_up(town, "Margaret") == []


async def caught_up(town: Town, name: str) -> list[str]:
    """The words of the messages about what became due during an outage; no name in any."""
    one = await town.colleague("Dana" if name == "governance" else name)
    found = [m.text for m in await one.room("governance" if name == "governance" else "")]
    said = [one for one in found if "What became due meanwhile" in one]
    assert not [word for one in said for word in NAMES if word in one]
    return said


# --- the urgent interim restriction -------------------------------------------------------------------

WARN = at("2026-10-20 09:00")
"""The morning of the working day before the interim restriction lapses, on Wednesday 21 October."""


async def impose(town: Town) -> None:
    """The chief officer imposes an interim restriction alone."""
    await report(await town.colleague("Priya"))
    dana = await town.colleague("Dana")
    form = await dana.presses((await dana.latest("INC-2026-0001")).button("interim.impose"))
    await dana.fills(form, {**PROPOSAL, "case_for": "A fist was raised and a threat was made."})
    assert town.record()["restrictions"][0]["interim_lapses_on"] == "2026-10-21"


async def test_unconfirmed_interim_restriction_should_be_reminded_of_before_it_lapses(town: Town) -> None:
    await impose(town)
    await quietly(town, at("2026-10-20 08:00"))
    await fires_at(town, WARN)
    words = (
        "The interim restriction lapses at 11.59pm on Wednesday 21 October 2026 unless a councillor confirms it. "
        "The Chair, the Vice-Chair or another member of F&GP may confirm it."
    )
    for name in ("Dana", "Margaret", "governance"):
        assert words in await reminded(town, name), name
    for name in ("Priya", "Ruth", "Leila"):
        assert await reminded(town, name) == [], name


async def test_findings_should_be_reminded_of_beside_an_interim_restriction(town: Town) -> None:
    await impose(town)
    await quietly(town, at("2026-10-21 08:00"))
    town.clock.go(LATE)
    await town.tick()
    assert [one for one in await reminded(town, "Margaret") if one.startswith("A finding is still awaited")]


async def test_confirmed_interim_restriction_should_not_be_reminded_of(town: Town) -> None:
    await impose(town)
    margaret = await town.colleague("Margaret")
    await margaret.presses((await margaret.latest("INC-2026-0001")).button("interim.confirm"))
    await quietly(town, at("2026-10-20 12:00"))
    assert not [one for one in await reminded(town, "Margaret") if "interim" in one]


async def test_interim_reminder_that_comes_too_late_should_say_nothing(town: Town) -> None:
    await impose(town)
    await quietly(town, at("2026-10-22 00:00"))
    assert not [one for one in await reminded(town, "Margaret") if "interim" in one]


# --- looking after colleagues -------------------------------------------------------------------------


async def test_debrief_should_be_reminded_of_24_hours_after_a_threat(town: Town) -> None:
    await report(await town.colleague("Priya"))
    await fires_at(town, at("2026-10-15 09:40"))
    words = "A debrief is due: talk with the colleagues affected about what happened and what would help."
    assert await reminded(town, "Dana") == [words]
    for name in ("governance", "Margaret", "Priya", "Sam"):
        assert await reminded(town, name) == [], name


async def test_debrief_should_be_for_the_deputy_when_the_threat_was_aimed_at_the_chief_officer(
    town: Town,
) -> None:
    await report(await town.colleague("Priya"), target=[town.people["Dana"]])
    await quietly(town, at("2026-10-15 09:40"))
    assert len(await reminded(town, "Sam")) == 1
    assert await reminded(town, "Dana") == []


async def test_injury_should_be_reminded_of_on_its_fourth_and_eighth_day(town: Town) -> None:
    await calm(town, injury="physical")
    await fires_at(town, at("2026-10-18 09:00"))
    await quietly(town, at("2026-10-21 10:00"))
    await fires_at(town, at("2026-10-22 09:00"))
    said = [one for one in await reminded(town, "Dana") if one.startswith("A colleague was hurt")]
    day4 = (
        "A colleague was hurt on Wednesday 14 October 2026. If they could not do their normal work for more than "
        "3 days, record the injury in the accident book."
    )
    day8 = (
        "A colleague was hurt on Wednesday 14 October 2026. Are they still unable to do their normal work, more "
        "than 7 days later? If so, report it to the Health and Safety Executive (RIDDOR) by Thursday 29 October "
        "2026."
    )
    assert said == [day4, day8]
    for name in ("governance", "Margaret", "Priya"):
        assert not [one for one in await reminded(town, name) if "hurt" in one]


async def test_words_alone_should_raise_no_injury(town: Town) -> None:
    await calm(town)
    assert not [one for one in waiting(town).values() if one.kind.startswith("injury")]
