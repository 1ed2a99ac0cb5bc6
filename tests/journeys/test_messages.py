"""Filing a further message: the eight questions, the routes they open, their dates and reminders (R28)."""

from __future__ import annotations

from datetime import datetime

import pytest

from policy.calendars import LONDON
from policy.messages import ROUTES, Question
from scheduler.standing import Standing
from tests.journeys.steps import THREAT, agree, decide, notify, report, sign
from tests.town import Answer, Colleague, Seen, Town

CASE = "INC-2026-0001"
SECRETS = ("Marsden", "Alex", "fist", "minutes")
WORDS = "Please send me the minutes about my garden gate."
MESSAGE: dict[str, Answer] = {"channel": "email", "received_on": "2026-10-14", "words": WORDS}
NONE: dict[str, Answer] = {"none_of_these": "yes"}


def at(local: str) -> datetime:
    """A London wall-clock time."""
    return datetime.fromisoformat(local).replace(tzinfo=LONDON)


async def files(who: Colleague, **changes: Answer) -> Seen:
    """A colleague files a message under the case by its reference."""
    return await who.fills(await who.types(f"/incident message {CASE}"), {**MESSAGE, **changes})


async def todo(who: Colleague) -> list[Seen]:
    """The task cards in a colleague's own room; nothing of the story on any."""
    found = [one for one in await who.room() if one.title.startswith(("To do:", "Done:"))]
    assert not [word for one in found for word in SECRETS if word in one.text]
    return found


async def reminders(who: Colleague, channel: str = "") -> list[Seen]:
    """The reminders about tasks in a room; nothing of the story on any."""
    found = [one for one in await who.room(channel) if "Not recorded as done" in one.text]
    assert not [word for one in found for word in SECRETS if word in one.text]
    return found


# --- filing -----------------------------------------------------------------------------------------


async def test_message_with_nothing_in_it_should_be_filed_with_its_readers_name(town: Town) -> None:
    await decide(town)
    await notify(town)
    tom = await town.colleague("Tom")
    seen = await files(tom, received_at="09:12", **NONE)
    assert seen.title == f"Filed under {CASE}"
    assert "It opens nothing. It is on file, with your name as its reader." in seen.text
    (message,) = town.file().messages
    assert (message.words, message.answers, message.read_by) == (WORDS, (), tom.id)
    (kept,) = town.record()["messages"]
    assert (kept["received_on"], kept["received_at"], kept["opened"]) == ("2026-10-14", "09:12", [])
    assert town.log("message.filed") == [
        ("Tom", "message.filed", {"case": town.file().case.id, "opened": ""})
    ]
    dana = await town.colleague("Dana")
    assert await todo(dana) == []
    opened = await dana.types(f"/incident case {CASE}")
    assert "Email, Wednesday 14 October 2026 at 9.12am" in opened.text
    assert "Read by Tom Bell" in opened.text
    assert "nothing: read and filed" in opened.text
    assert WORDS in opened.text


async def test_every_yes_should_open_its_route_with_its_own_date(town: Town) -> None:
    await decide(town)
    seen = await files(await town.colleague("Tom"), questions=[one.value for one in Question])
    assert "call 999 if anyone is in danger" in seen.text
    for route in ROUTES.values():
        assert route.to_do in seen.text
    (kept,) = town.record()["messages"]
    assert {one["kind"]: one["due_on"] for one in kept["opened"]} == {
        "message.new_information": None,
        "message.different_issue": None,
        "message.foi": "2026-11-11",
        "message.data_protection": "2026-11-16",  # 14 November is a Saturday
        "message.appeal_or_review": None,
        "message.adjustment": None,
        "message.safeguarding": None,
        "message.other_service": None,
    }
    cards = await todo(await town.colleague("Dana"))
    assert len(cards) == 8
    assert [one for one in cards if "The last day is Wednesday 11 November 2026." in one.text]
    assert [one for one in cards if "The last day is Monday 16 November 2026." in one.text]


async def test_urgent_message_should_reach_the_chief_officer_and_the_deputy_at_night(town: Town) -> None:
    await decide(town)
    town.clock.go(at("2026-10-14 23:30"))
    await files(await town.colleague("Tom"), questions=["safeguarding"])
    for name in ("Dana", "Sam"):
        (card,) = await todo(await town.colleague(name))
        assert "Urgent" in card.text
        assert "Act at once: call 999 if anyone is in danger" in card.text
    for name in ("Margaret", "Owen", "Tom", "Priya", "Ruth"):
        assert await todo(await town.colleague(name)) == [], name
    town.clock.pass_by(minutes=59)
    await town.tick()
    assert await reminders(await town.colleague("Sam")) == []
    town.clock.pass_by(minutes=2)
    await town.tick()
    for name, channel in (("Dana", ""), ("Sam", ""), ("Dana", "governance")):
        (card,) = await reminders(await town.colleague(name), channel)
        assert "Not recorded as done: act on an urgent message." in card.text


async def test_card_of_a_route_should_be_done_once_and_show_the_message_to_those_who_see_the_case(
    town: Town,
) -> None:
    await decide(town)
    tom = await town.colleague("Tom")
    await files(tom, questions=["safeguarding"])
    dana, sam = await town.colleague("Dana"), await town.colleague("Sam")
    (card,) = await todo(dana)
    read = await dana.presses(card.button("message.read"))
    assert WORDS in read.text
    refused = await tom.presses(card.button("message.read"))
    assert refused.kind == "refuse"
    assert WORDS not in refused.text
    assert (await tom.presses(card.button("task.done"))).kind == "refuse"
    done = await dana.presses(card.button("task.done"))
    assert done.title == f"Done: {CASE}"
    (other,) = await todo(sam)
    assert other.title == f"Done: {CASE}"
    await sam.presses(card.button("task.done"))
    assert [actor for actor, *_ in town.log("task.done")] == ["Dana"]
    assert [actor for actor, *_ in town.log("message.read")] == ["Dana"]
    assert town.record()["messages"][0]["opened"][0]["done_at"].startswith("2026-10-14T10:00")
    town.clock.pass_by(hours=2)
    await town.tick()
    assert await reminders(dana) == []


# --- reminders --------------------------------------------------------------------------------------


async def test_officers_should_be_reminded_before_on_and_after_the_last_day(town: Town) -> None:
    await decide(town)
    await files(await town.colleague("Tom"), questions=["foi"])
    dana = await town.colleague("Dana")
    counted = []
    for moment in (
        "2026-11-04 08:59",
        "2026-11-04 09:00",  # five working days before
        "2026-11-11 08:59",
        "2026-11-11 09:00",  # the last day
        "2026-11-12 09:00",
        "2026-11-30 09:00",
    ):
        town.clock.go(at(moment))
        await town.tick()
        counted.append(len(await reminders(dana)))
    assert counted == [0, 1, 1, 2, 3, 3]
    first, second, third = await reminders(dana)
    assert (
        "Not recorded as done: answer a freedom-of-information request. The last day is Wednesday 11 November"
        in first.text
    )
    assert "The last day is" in second.text
    assert "The last day was Wednesday 11 November 2026." in third.text
    assert len(await reminders(dana, "governance")) == 3
    assert await reminders(await town.colleague("Priya")) == []
    done = await dana.presses(third.button("task.done"))
    assert done.title == f"Done: {CASE}"
    assert town.record()["tasks"][0]["done_at"]


async def test_route_without_a_last_day_should_be_asked_again_after_a_week(town: Town) -> None:
    await decide(town)
    await files(await town.colleague("Tom"), questions=["other_service"])
    town.clock.go(at("2026-10-21 09:00"))
    await town.tick()
    (card,) = await reminders(await town.colleague("Dana"))
    assert "Not recorded as done: pass on a request for a service." in card.text


async def test_answer_owed_by_law_should_be_reminded_of_when_the_report_is_withdrawn(town: Town) -> None:
    await report(await town.colleague("Priya"))
    await files(await town.colleague("Tom"), questions=["foi"])
    priya = await town.colleague("Priya")
    opened = await priya.types(f"/incident case {CASE}")
    await priya.presses(opened.button("case.withdraw"))
    town.clock.go(at("2026-11-11 09:00"))
    await town.tick()
    assert len(await reminders(await town.colleague("Dana"))) == 2


async def test_digest_should_name_what_is_owed(town: Town) -> None:
    await decide(town)
    await files(await town.colleague("Tom"), questions=["foi", "adjustment"])
    town.clock.go(at("2026-10-19 09:00"))
    civility = town.civility
    await civility.run(Standing(civility.store, civility.desk, town.clock).look)
    dana = await town.colleague("Dana")
    (digest,) = [one for one in await dana.room("governance") if one.title.startswith("The week from")]
    assert "Wednesday 11 November 2026 INC-2026-0001 Answer a freedom-of-information request" in digest.text
    assert "Decide on a request in a message" in digest.text
    assert not [word for word in SECRETS if word in digest.text]


# --- bad input --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({}, "questions", "Tick what is so, or tick “None of these” below."),
        ({"questions": ["foi"], **NONE}, "none_of_these", "You answered yes above."),
        ({"received_on": "2026-10-15", **NONE}, "received_on", "This day is in the future."),
        ({"received_at": "23:59", **NONE}, "received_at", "This time is in the future."),
        ({"words": " ", **NONE}, "words", "Fill in"),
        ({"channel": "", **NONE}, "channel", "Choose an answer"),
    ],
)
async def test_what_is_wrong_should_stand_at_its_field_and_lose_nothing(
    town: Town, changes: dict[str, Answer], field: str, sentence: str
) -> None:
    await decide(town)
    tom = await town.colleague("Tom")
    form = await tom.types(f"/incident message {CASE}")
    seen = await tom.fills(form, {**MESSAGE, **changes}, strict=False)
    assert seen.kind == "errors"
    assert list(seen.errors) == [field]
    assert sentence in seen.errors[field]
    assert town.file().messages == ()
    repaired = {"questions": [], **MESSAGE, "received_at": "", **NONE}
    while seen.kind in ("errors", "form"):
        seen = await tom.sends(seen, repaired)
    assert seen.title == f"Filed under {CASE}"


@pytest.mark.parametrize("typed", ["", "the gate", "INC-2026-0099"])
async def test_reference_should_be_asked_for_when_none_is_known(town: Town, typed: str) -> None:
    await decide(town)
    tom = await town.colleague("Tom")
    if typed.startswith("INC"):
        assert "no case with this reference" in (await tom.types(f"/incident message {typed}")).text
    form = await tom.types(f"/incident message {typed if not typed.startswith('INC') else ''}")
    assert form.kind == "form"
    seen = await tom.fills(form, {**MESSAGE, "reference": "INC-2026-0099", **NONE}, strict=False)
    assert "no case with this reference" in seen.errors["reference"]
    while seen.kind in ("errors", "form"):
        seen = await tom.sends(seen, {**MESSAGE, "reference": "inc 2026 1", **NONE})
    assert seen.title == f"Filed under {CASE}"
    assert len(town.file().messages) == 1


async def test_message_sent_thrice_should_be_filed_once(town: Town) -> None:
    await decide(town)
    tom = await town.colleague("Tom")
    form = await tom.sends(await tom.types(f"/incident message {CASE}"), MESSAGE)
    answers = [await tom.sends(form, {"questions": ["foi"]}) for _ in range(3)]
    assert {one.title for one in answers} == {f"Filed under {CASE}"}
    assert len(town.file().messages) == len(town.file().tasks) == 1


# --- who may, and when ------------------------------------------------------------------------------


async def test_look_up_should_offer_to_file_a_message(town: Town) -> None:
    await decide(town)
    await notify(town)
    tom = await town.colleague("Tom")
    found = await tom.types("/incident check marsden")
    form = await tom.presses(found.button("message.open"))
    seen = await tom.fills(form, {**MESSAGE, **NONE})
    assert seen.title == f"Filed under {CASE}"
    assert [one.id for one in seen.buttons] == ["report.open"]


async def test_councillor_who_is_the_person_should_learn_nothing(town: Town) -> None:
    leila = await town.colleague("Leila")
    await report(await town.colleague("Priya"), person_is="councillor", person_colleague=leila.id)
    seen = await leila.types(f"/incident message {CASE}")
    assert seen.kind == "refuse"
    assert "no case with this reference" in seen.text


async def test_nothing_should_be_filed_after_a_case_without_a_restriction(town: Town) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"), **{**THREAT, "examples": ["A1"], "offence": "no"})
    await sign(dana, finding="no_action")
    await agree(margaret)
    opened = await dana.types(f"/incident case {CASE}")
    form = await dana.presses(opened.button("police.record"))
    await dana.fills(form, {"route": "not_referred", "reason_not": "It was no crime."})
    opened = await dana.types(f"/incident case {CASE}")
    await dana.presses(opened.button("case.close"))
    refused = await (await town.colleague("Tom")).types(f"/incident message {CASE}")
    assert "Nothing more is filed under this reference." in refused.text
    opened = await dana.types(f"/incident case {CASE}")
    assert "message.open" not in [one.id for one in opened.buttons]
