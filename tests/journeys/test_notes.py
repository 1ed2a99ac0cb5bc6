"""Adding a note to one's own report when it can no longer be withdrawn (R12)."""

from __future__ import annotations

import pytest

from tests.journeys.steps import agree, report, sign
from tests.journeys.test_people import ONE, opened
from tests.town import Seen, Town

WORDS = "I remembered that he also kicked the door."


async def add(town: Town, name: str = "Priya", words: str = WORDS) -> Seen:
    """A reporter adds a note from their own card."""
    who = await town.colleague(name)
    form = await who.presses((await opened(town, name)).button("note.add"))
    return await who.fills(form, {"words": words}, strict=False)


async def test_note_should_take_the_place_of_withdrawing_once_a_finding_is_signed(town: Town) -> None:
    priya, dana = await town.colleague("Priya"), await town.colleague("Dana")
    received = await report(priya)
    assert "note.add" not in [one.id for one in received.buttons]
    await sign(dana)
    before = [one.id for one in (await opened(town, "Priya")).buttons]
    assert ("note.add" in before, "case.withdraw" in before) == (True, False)
    own = await add(town)
    assert WORDS in own.text
    assert "He raised his fist" in own.text
    message = await dana.latest("has added a note")
    assert WORDS not in message.text
    assert "Marsden" not in message.text
    for name in ("Dana", "Margaret"):
        whole = (await opened(town, name)).text
        assert WORDS in whole.partition("Note added ")[2]
    form = await dana.presses((await dana.latest(f"{ONE}:")).button("finding.sign"))
    assert WORDS in form.text
    assert town.file().incidents[0].what_happened == "He raised his fist and said I would be sorry."
    assert [name for name, _, _ in town.log("note.added")] == ["Priya"]


@pytest.mark.parametrize("name", ["Dana", "Margaret", "Tom", "Leila"])
async def test_only_who_reported_should_add_to_a_report(town: Town, name: str) -> None:
    await report(await town.colleague("Priya"))
    await sign(await town.colleague("Dana"))
    incident = town.file().incidents[0].id
    seen = await (await town.colleague(name)).presses("note.add", incident)
    assert "Only the colleague who made the report" in seen.text
    assert "note.add" not in [one.id for one in (await opened(town, name)).buttons]


async def test_target_who_reported_should_still_add_and_blank_should_not_be_kept(town: Town) -> None:
    await report(await town.colleague("Priya"), target=[town.people["Priya"]])
    await sign(await town.colleague("Dana"))
    assert "Fill in" in (await add(town, words=" ")).errors["words"]
    assert WORDS in (await add(town)).text


async def test_note_should_be_possible_after_the_end(town: Town) -> None:
    dana = await town.colleague("Dana")
    calm = {"examples": ["A1"], "offence": "no", "warning": "spoken", "warning_words": "Please stop."}
    await report(await town.colleague("Priya"), **calm)
    await sign(dana, finding="no_action")
    await agree(await town.colleague("Margaret"))
    await dana.presses((await opened(town, "Dana")).button("case.close"))
    assert town.record()["state"] == "closed"
    assert WORDS in (await add(town)).text
    assert WORDS in (await opened(town, "Margaret")).text


async def test_note_sent_twice_should_be_one(town: Town) -> None:
    priya = await town.colleague("Priya")
    await report(priya)
    await sign(await town.colleague("Dana"))
    form = await priya.presses((await opened(town, "Priya")).button("note.add"))
    for _ in range(2):
        assert WORDS in (await priya.fills(form, {"words": WORDS})).text
    with town.civility.store.read(town.council_id) as uow:
        assert len(uow.notes.of_case(town.file().case.id)) == 1
