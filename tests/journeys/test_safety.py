"""Police, the days after an injury, legal action, two incidents against one colleague (R8, R11, R14)."""

from __future__ import annotations

from datetime import datetime

import pytest

from policy.calendars import LONDON
from policy.conduct import ADVICE
from tests.journeys.steps import agree, report, sign
from tests.journeys.test_people import NAMED, identify, merged, opened
from tests.town import Answer, Colleague, Seen, Town

CASE = "INC-2026-0001"
SECRETS = ("Marsden", "Alex", "fist", "Priya", "Tom")


def at(local: str) -> datetime:
    """A London wall-clock time."""
    return datetime.fromisoformat(local).replace(tzinfo=LONDON)


async def case(who: Colleague) -> Seen:
    """The case as a colleague sees it now."""
    return await who.types(f"/incident case {CASE}")


async def comes(town: Town, name: str, moment: str) -> list[Seen]:
    """What came to a colleague about an injury by this moment; no name on any."""
    town.clock.go(at(moment))
    await town.tick()
    found = [one for one in await (await town.colleague(name)).room() if "was hurt" in one.text]
    assert not [word for one in found for word in SECRETS if word in one.text]
    return found


# --- police -----------------------------------------------------------------------------------------


async def test_urgent_case_should_close_only_with_its_police_part_and_take_its_outcome_later(
    town: Town,
) -> None:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"))
    await sign(dana, finding="no_action")
    await agree(await town.colleague("Margaret"))
    refused = await dana.presses("case.close", town.file().case.id)
    assert "Complete the police part before you close it" in refused.text
    form = await dana.presses((await case(dana)).button("police.record"))
    told = {"route": "101", "force": "Cumbria Police", "log_number": ""}
    await dana.fills(form, told)
    refused = await dana.presses("case.close", town.file().case.id)
    assert "Complete the police part" in refused.text
    form = await dana.presses((await case(dana)).button("police.record"))
    assert form.fields["route"] == ["101"]
    form = await dana.sends(form, {})
    assert form.fields["force"] == ["Cumbria Police"]
    await dana.sends(form, {"log_number": "log 77"})
    await dana.presses((await case(dana)).button("case.close"))
    assert town.file().stage == "closed"
    form = await dana.presses((await case(dana)).button("police.record"))
    shown = await dana.fills(form, {"outcome": "He was cautioned on 20 October."})
    for words in ("Cumbria Police", "log 77", "He was cautioned on 20 October.", "by Dana Okoro"):
        assert words in shown.text
    assert len(town.record()["police"]) == 3
    assert [detail["route"] for _, _, detail in town.log("police.recorded")] == ["101"] * 3


# --- injuries ---------------------------------------------------------------------------------------


async def test_still_unable_on_day_eight_should_open_the_report_with_its_date(town: Town) -> None:
    await report(await town.colleague("Priya"), injury="physical")
    assert await comes(town, "Dana", "2026-10-18 08:59") == []
    (day4,) = await comes(town, "Dana", "2026-10-18 09:00")
    dana = await town.colleague("Dana")
    seen = await dana.presses(day4.button("injury.recorded"))
    assert "It is in the accident book." in seen.text
    (_, day8) = await comes(town, "Dana", "2026-10-22 09:00")
    assert "by Thursday 29 October 2026" in day8.text
    assert [one.label for one in day8.buttons][:2] == ["Yes, still unable", "No, back at normal work"]
    for _ in range(2):
        seen = await dana.presses(day8.button("injury.unable"))
        assert "must be reported to the Health and Safety Executive by Thursday 29 October 2026" in seen.text
    (task,) = town.record()["tasks"]
    assert (task["kind"], task["due_on"]) == ("riddor", "2026-10-29")
    (injury,) = town.record()["injuries"]
    assert injury["owed"] == ["report"]
    cards = [one for one in await dana.room() if one.title == f"To do: {CASE}"]
    assert "Report this injury to the Health and Safety Executive (RIDDOR)." in cards[0].text
    counted = []
    for moment in ("2026-10-23 09:00", "2026-10-29 09:00", "2026-10-30 09:00"):
        town.clock.go(at(moment))
        await town.tick()
        counted.append(len([one for one in await dana.room() if "Not recorded as done" in one.text]))
    assert counted == [0, 1, 2]
    await dana.presses(cards[0].button("task.done"))
    assert "Report to the HSE done on" in (await case(dana)).text
    assert [(actor, detail["what"]) for actor, _, detail in town.log("injury.recorded")] == [
        ("Dana", "recorded"),
        ("Dana", "unable"),
    ]


async def test_back_before_day_four_should_bring_no_reminder(town: Town) -> None:
    await report(await town.colleague("Priya"), injury="physical")
    dana = await town.colleague("Dana")
    town.clock.go(at("2026-10-16 10:00"))
    form = await dana.presses((await case(dana)).button("injury.record"))
    assert "still_unable" not in form.fields
    wrong = await dana.sends(form, {"back_on": "2026-10-13"})
    assert wrong.errors == {"back_on": "This is before the day of the injury."}
    wrong = await dana.sends(form, {"back_on": ""})
    assert "Record at least one of these." in str(wrong.errors)
    shown = await dana.sends(form, {"back_on": "2026-10-16"})
    assert "back on Friday 16 October 2026" in shown.text
    assert await comes(town, "Dana", "2026-10-22 09:00") == []


async def test_back_at_work_on_day_eight_should_open_nothing(town: Town) -> None:
    await report(await town.colleague("Priya"), injury="physical")
    (_, day8) = await comes(town, "Dana", "2026-10-22 09:00")
    dana = await town.colleague("Dana")
    await dana.presses(day8.button("injury.able"))
    assert town.record()["tasks"] == []
    assert (await (await town.colleague("Tom")).presses(day8.button("injury.unable"))).kind == "refuse"
    assert town.record()["tasks"] == []
    form = await dana.presses((await case(dana)).button("injury.record"))
    await dana.sends(form, {"still_unable": "unable"})  # it became worse again
    assert [one["due_on"] for one in town.record()["tasks"]] == ["2026-10-29"]


async def test_injury_of_a_closed_case_should_still_be_asked_about(town: Town) -> None:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"), injury="physical")
    await sign(dana, finding="no_action")
    await agree(await town.colleague("Margaret"))
    form = await dana.presses((await case(dana)).button("police.record"))
    await dana.fills(form, {"route": "not_referred", "reason_not": "The colleague did not wish it."})
    await dana.presses((await case(dana)).button("case.close"))
    assert len(await comes(town, "Dana", "2026-10-22 09:00")) == 2


# --- legal action and a course of conduct -----------------------------------------------------------


async def test_two_incidents_against_one_colleague_should_ask_for_advice_until_it_is_recorded(
    town: Town,
) -> None:
    priya, dana, tom = (await town.colleague("Priya"), await town.colleague("Dana"), "Tom")
    aimed = {"target": [town.people[tom]]}
    await report(priya, **aimed)
    assert ADVICE not in (await case(dana)).text
    form = await priya.presses((await case(priya)).button("incident.add"))
    town.clock.pass_by(days=1)
    await priya.fills(form, {**_AGAIN, "happened_on": "2026-10-15", "happened_at": "09:00", **aimed})
    assert town.record()["course_of_conduct"] is True
    assert ADVICE in (await case(dana)).text
    assert ADVICE in (await dana.latest(CASE)).text
    assert ADVICE not in (await case(priya)).text
    form = await dana.presses((await case(dana)).button("legal.record"))
    wrong = await dana.fills(form, {}, strict=False)
    assert "advice" in wrong.errors
    await dana.sends(wrong, {"advice": "Solicitor A. Reed, 15 October: write first."})
    assert ADVICE not in (await case(dana)).text
    form = await dana.presses((await case(dana)).button("legal.record"))
    assert form.fields["advice"] == ["Solicitor A. Reed, 15 October: write first."]
    shown = await dana.fills(form, {"authority": "Minute F&GP 26/114", "outcome": "Undertaking given."})
    for words in ("write first.", "Minute F&GP 26/114", "Undertaking given."):
        assert words in shown.text
    assert [one["given"] for one in town.record()["legal"]] == [
        ["advice"],
        ["advice", "authority", "outcome"],
    ]
    assert len(town.log("legal.recorded")) == 2


@pytest.mark.parametrize("how", ["merge", "councillor"])
async def test_two_cases_that_turn_out_to_be_of_one_person_should_ask_for_advice(
    town: Town, how: str
) -> None:
    """Advice taken before that was known speaks of one case alone."""
    tom: dict[str, Answer] = {"target": [town.people["Tom"]]}
    priya, dana = await town.colleague("Priya"), await town.colleague("Dana")
    await report(priya, **tom)
    await report(priya, **{**NAMED, **tom, "happened_at": "08:00"})
    form = await dana.presses((await case(dana)).button("legal.record"))
    await dana.fills(form, {"advice": "Solicitor A. Reed: nothing to be done about one threat."})
    assert not town.record()["course_of_conduct"]
    if how == "merge":
        await merged(town)
    else:
        for reference in (CASE, "INC-2026-0002"):
            councillor: dict[str, Answer] = {
                "person_is": "councillor",
                "person_colleague": town.people["Leila"],
            }
            await identify(town, "Dana", reference, **councillor)
    # Of the first case advice was taken; that it is a course of conduct was not known then.
    assert [town.record(one)["course_of_conduct"] for one in (CASE, "INC-2026-0002")] == [True, True]
    assert ADVICE in (await dana.latest("INC-2026-0002:")).text
    if how == "merge":
        await dana.presses((await opened(town, "Dana")).button("merge.undo"))
        assert not town.record()["course_of_conduct"]


async def test_nobody_else_should_record_police_injury_or_legal_action(town: Town) -> None:
    await report(await town.colleague("Priya"), injury="physical")
    file = town.file()
    for name in ("Priya", "Tom", "Leila", "Ruth"):
        one = await town.colleague(name)
        for button, value in (
            ("police.record", file.case.id),
            ("legal.record", file.case.id),
            ("injury.record", file.incidents[0].id),
            ("injury.unable", file.incidents[0].id),
            ("injury.recorded", file.incidents[0].id),
        ):
            assert (await one.presses(button, value)).kind == "refuse", (name, button)
    assert town.file().entries == ()


_AGAIN = {
    "channel": "telephone",
    "category": "aggressive_or_abusive",
    "what_happened": "He rang and shouted again.",
    "examples": ["A1"],
    "warning": "not_given",
    "offence": "no",
    "injury": "none",
}
