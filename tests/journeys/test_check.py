"""What may I do if they contact us? Any colleague may ask, and every look-up is recorded (R27, R41)."""

from __future__ import annotations

import pytest

from tests.journeys.steps import decide, notify, report
from tests.town import Town


@pytest.mark.parametrize(
    "words",
    [
        "Alex Marsden",
        "marsden",
        "MARSDEN alex",
        "alex.marsden@example.com",
        "Alex.Marsden@Example.com",
        "01632 960123",
        "01632960123",
        "+44 1632 960123",
        "INC-2026-0001",
        "inc-2026-0001",
    ],
)
async def test_restricted_person_should_be_found_however_they_are_looked_up(town: Town, words: str) -> None:
    await decide(town)
    await notify(town)
    tom = await town.colleague("Tom")
    seen = await tom.types(f"/incident check {words}")
    assert seen.title == "A restriction is in force"
    assert "Ask the person to write." in seen.text
    assert "Never closed: emergencies" in seen.text
    for story in ("fist", "threat", "unacceptable"):
        assert story not in seen.text
    ((actor, _, detail),) = town.log("check.looked_up")
    assert (actor, detail) == ("Tom", {"found": "1"})


async def test_person_without_a_restriction_should_be_helped_like_anybody(town: Town) -> None:
    await report(await town.colleague("Priya"))
    tom = await town.colleague("Tom")
    for words in ("Alex Marsden", "Nobody Atall", "alex", "@", "***"):
        seen = await tom.types(f"/incident check {words}")
        assert seen.title == "No restriction is in force"
        assert "INC-" not in seen.text
    assert len(town.log("check.looked_up")) == 5


async def test_restriction_should_count_only_from_the_notice_to_its_last_day(town: Town) -> None:
    await decide(town)
    tom = await town.colleague("Tom")
    assert (await tom.types("/incident check marsden")).title == "No restriction is in force"
    await notify(town)
    assert (await tom.types("/incident check marsden")).title == "A restriction is in force"
    town.clock.pass_by(days=184)
    assert (await tom.types("/incident check marsden")).title == "No restriction is in force"


async def test_words_should_stay_out_of_a_channel(town: Town) -> None:
    await decide(town)
    await notify(town)
    tom = await town.colleague("Tom")
    form = await tom.types("/incident check marsden", "staff")
    assert form.kind == "form"
    assert form.fields["words"] == ["marsden"]
    assert town.log("check.looked_up") == []
    assert (await tom.fills(form, {})).title == "A restriction is in force"


async def test_several_people_should_be_told_apart(town: Town) -> None:
    await decide(town)
    await notify(town)
    contact = {"person_name": "Alex Marsden", "person_contact": "07700 900123"}
    await report(await town.colleague("Priya"), **contact)
    seen = await (await town.colleague("Tom")).types("/incident check alex marsden")
    assert "2 people match" in seen.text
    assert [detail["found"] for _, _, detail in town.log("check.looked_up")] == ["2", "2"]


@pytest.mark.parametrize("name", ["Dana", "Sam", "Priya", "Tom", "Margaret", "Owen", "Ruth", "Ian", "Leila"])
async def test_everybody_in_the_register_should_get_the_same_answer(town: Town, name: str) -> None:
    await decide(town)
    await notify(town)
    seen = await (await town.colleague(name)).types("/incident check marsden")
    assert "In force until 11.59pm on Thursday 15 April 2027" in seen.text
