"""Safety markers: facts only, two signatures, told or a reason, shown to who looks up, ended or run out (R10, R43)."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.journeys.steps import report
from tests.journeys.test_people import ONE, UNKNOWN, identify, merged, opened, two_cases
from tests.town import Answer, Seen, Town

MARKER: dict[str, Answer] = {
    "risk": "threat",
    "fact": "On 14 October 2026 he raised his fist at the desk and said “you will be sorry”.",
    "advice": "Meet in pairs, at the front desk.",
    "expires_on": "2027-04-14",
    "tell_person": "yes",
}
ADVICE = "Safety marker: Threat of violence. Meet in pairs, at the front desk."


async def propose(town: Town, name: str = "Dana", /, **changes: Answer) -> Seen:
    """A colleague proposes a marker from the case."""
    who = await town.colleague(name)
    form = await who.presses((await opened(town, name)).button("marker.propose"))
    return await who.fills(form, {**MARKER, **changes}, strict=False)


async def press(town: Town, name: str, button: str, **answers: Answer) -> Seen:
    """A colleague signs or ends the newest marker."""
    who = await town.colleague(name)
    seen = await who.presses(button, marker_id(town))
    return await who.fills(seen, answers) if seen.kind == "form" else seen


def marker_id(town: Town) -> str:
    """The newest marker's id."""
    with town.civility.store.read(town.council_id) as uow:
        return uow.markers.of_case(uow.cases.by_reference(ONE).id)[-1].id  # type: ignore[union-attr]


async def shown(town: Town, words: str = "marsden") -> bool:
    """Whether a colleague at the desk is told."""
    return ADVICE in (await (await town.colleague("Tom")).types(f"/incident check {words}")).text


async def test_marker_should_show_after_two_signatures_and_without_the_story(town: Town) -> None:
    await report(await town.colleague("Priya"))
    margaret, dana, tom = [await town.colleague(name) for name in ("Margaret", "Dana", "Tom")]
    proposed = await propose(town)
    assert "This marker waits for two colleagues to approve it." in proposed.text
    assert not await shown(town)
    message = await margaret.latest("marker")
    assert message.title == ONE
    assert not [word for word in ("fist", "Marsden", "pairs", "Threat") if word in message.text]
    read = await margaret.presses(message.button("marker.look"))
    assert "raised his fist" in read.text
    done = await margaret.presses(read.button("marker.approve"))
    assert "Signed by Councillor Margaret Hall, Chair of F&GP" in done.text
    seen = await tom.types("/incident check marsden")
    assert seen.title == "A safety marker is in force"
    assert f"{ADVICE} It is shown until 11.59pm on Wednesday 14 April 2027." in seen.text
    assert "A marker limits nothing the person may do." in seen.text
    assert "fist" not in seen.text
    assert len(town.log("marker.shown")) == 1
    assert len(town.log("marker.looked_at")) == 1
    task = next(one for one in await dana.room() if "the person is to be told" in one.text)
    assert "Marsden" not in task.text
    assert "Done on" in (await dana.presses(task.button("task.done"))).text


async def letter(town: Town, label: str) -> Seen:
    """The chief officer writes a letter about the marker, and records that it was e-mailed now."""
    dana = await town.colleague("Dana")
    found = next(one for one in (await opened(town, "Dana")).buttons if one.label == label)
    preview = await dana.fills(await dana.presses(found), {"method": "email", "expected_on": "2026-10-15"})
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    return preview


async def test_person_should_be_told_by_letter_that_a_marker_began_and_that_it_ended(town: Town) -> None:
    await report(await town.colleague("Priya"))
    dana = await town.colleague("Dana")
    await propose(town)
    assert "Write the letter" not in (await opened(town, "Dana")).text
    value = f"{town.file().case.id}:marker:{marker_id(town)}"
    waits = await dana.presses("notice.prepare", value)
    assert "This marker waits for two colleagues to approve it." in waits.text
    await press(town, "Margaret", "marker.approve")
    for name in ("Priya", "Tom", "Leila"):
        assert (await (await town.colleague(name)).presses("notice.prepare", value)).kind == "refuse", name
    written = (await letter(town, "Write the letter about the marker")).text
    for said in (
        "A safety note about you",
        "he raised his fist at the desk",
        "Meet in pairs, at the front desk.",
        "It ends by itself on Wednesday 14 April 2027",
        "You can tell us what is wrong with it",
        "It does not limit how you contact the council",
    ):
        assert said in written
    assert not any("the person is to be told" in one.text for one in await dana.room())
    whole = (await opened(town, "Dana")).text
    assert "Yes, by a letter that counts as received on Wednesday 14 October 2026" in whole
    assert "Write the letter about the marker" not in whole
    ends = await dana.presses("notice.prepare", value.replace(":marker:", ":marker_end:"))
    assert "This marker has not ended, so there is nothing to tell." in ends.text
    await press(town, "Sam", "marker.end", why="He apologised in person.")
    assert any("A safety marker has ended" in one.text for one in await dana.room())
    over = (await letter(town, "Write that the marker has ended")).text
    assert "The safety note about you has ended" in over
    assert "apologised" not in over
    assert not any("A safety marker has ended" in one.text for one in await dana.room())
    assert len(town.log("marker.told")) == len(town.log("marker_end.told")) == 1
    assert [one["letter"] for one in town.record()["notices"]] == ["marker", "marker_end"]


async def test_untold_marker_should_carry_its_reason_and_ask_nobody_to_write(town: Town) -> None:
    await report(await town.colleague("Priya"))
    missing = await propose(town, tell_person="no", not_told_reason="")
    assert "Fill in" in missing.errors["not_told_reason"]
    await propose(town, tell_person="no", not_told_reason="He threatened whoever writes to him.")
    done = await press(town, "Margaret", "marker.approve")
    assert "Is the person told? No: He threatened whoever writes to him." in done.text
    dana = await town.colleague("Dana")
    assert not any("to be told" in one.text for one in await dana.room())
    assert await shown(town)
    value = f"{town.file().case.id}:marker:{marker_id(town)}"
    refused = await dana.presses("notice.prepare", value)
    assert "telling the person raises the risk, so nothing is sent" in refused.text
    await press(town, "Sam", "marker.end", why="He moved away.")
    never = await dana.presses("notice.prepare", value.replace(":marker:", ":marker_end:"))
    assert "The person was never told of this marker" in never.text


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"risk": ""}, "risk", "Choose an answer"),
        ({"risk": "rude"}, "risk", "Choose from the answers listed"),
        ({"fact": "He seems dangerous."}, "fact", "“seems” is an opinion."),
        ({"advice": "A nuisance, take care."}, "advice", "“nuisance” is an opinion."),
        ({"advice": "Do not let him attend council meetings."}, "advice", "Nobody can be barred from public"),
        ({"fact": ""}, "fact", "Fill in"),
        ({"advice": "x" * 301}, "advice", "1 character too long"),
        ({"expires_on": "2026-10-13"}, "expires_on", "This day is past."),
        ({"expires_on": "2027-10-15"}, "expires_on", "at most 12 months"),
        ({"tell_person": ""}, "tell_person", "Choose an answer"),
    ],
)
async def test_bad_input_should_stand_at_its_field(
    town: Town, answers: dict[str, Answer], field: str, said: str
) -> None:
    await report(await town.colleague("Priya"))
    assert said in (await propose(town, **answers)).errors[field]
    with town.civility.store.read(town.council_id) as uow:
        assert uow.markers.of_case(town.file().case.id) == ()


async def test_marker_should_run_out_with_its_last_day_and_be_announced(town: Town) -> None:
    await report(await town.colleague("Priya"))
    await propose(town, expires_on="2026-11-30")
    await press(town, "Margaret", "marker.approve")
    dana = await town.colleague("Dana")
    town.clock.go(datetime(2026, 11, 16, 9, 0))  # noqa: DTZ001 -- the town's own clock
    await town.tick()
    ends = "The safety marker ends by itself at 11.59pm on Monday 30 November 2026."
    assert any(ends in one.text and "Marsden" not in one.text for one in await dana.room())
    town.clock.go(datetime(2026, 11, 30, 23, 59, 57))  # noqa: DTZ001
    assert await shown(town)
    town.clock.go(datetime(2026, 11, 30, 23, 59, 59))  # noqa: DTZ001 -- the press itself takes a second
    assert not await shown(town)
    town.clock.go(datetime(2026, 12, 1, 9, 0))  # noqa: DTZ001
    await town.tick()
    assert any("and is no longer shown." in one.text for one in await dana.room())
    assert not any(
        "A safety marker has ended" in one.text for one in await dana.room()
    )  # they were never told
    assert "This marker expired on Monday 30 November 2026." in (await opened(town, "Dana")).text


async def test_marker_ended_early_should_be_gone_at_once_and_stay_in_the_history(town: Town) -> None:
    await report(await town.colleague("Priya"))
    await propose(town)
    await press(town, "Margaret", "marker.approve")
    assert await shown(town)
    seen = await press(town, "Sam", "marker.end", why="He apologised in person.")
    assert "Ended by Sam Whitfield" in seen.text
    assert not await shown(town)
    assert "He apologised in person." in (await opened(town, "Dana")).text
    town.clock.go(datetime(2027, 4, 2, 9, 0))  # noqa: DTZ001
    await town.tick()
    assert not any("marker ends" in one.text for one in await (await town.colleague("Dana")).room())


# --- every press in every state --------------------------------------------------------------------------

STEPS = {
    "waiting": (),
    "signed": ("approve",),
    "rejected": ("end",),
    "ended": ("approve", "end"),
    "expired": ("approve", "later"),
    "expired unsigned": ("later",),
}
LEGAL = {("waiting", "approve"), ("waiting", "end"), ("signed", "end")}


@pytest.mark.parametrize("state", STEPS)
@pytest.mark.parametrize("button", ["approve", "end"])
async def test_every_press_on_a_marker_should_do_what_its_state_allows(
    town: Town, state: str, button: str
) -> None:
    await report(await town.colleague("Priya"))
    await propose(town, expires_on="2026-10-20")
    for step in STEPS[state]:
        if step == "later":
            town.clock.pass_by(days=7)
        else:
            await press(town, "Margaret", f"marker.{step}", why="Enough.")
    before = len([line for line in town.log() if line[1] != "refused"])
    seen = await press(town, "Margaret", f"marker.{button}", why="Enough.")
    after = len([line for line in town.log() if line[1] != "refused"])
    assert (after > before) == ((state, button) in LEGAL), seen.text


@pytest.mark.parametrize("name", ["Dana", "Sam", "Priya", "Tom", "Owen", "Ruth", "Ian", "Leila"])
async def test_nobody_else_should_complete_a_marker(town: Town, name: str) -> None:
    await report(await town.colleague("Priya"))
    await propose(town)
    seen = await press(town, name, "marker.approve")
    assert seen.kind == "refuse", seen.text
    assert not await shown(town)


async def test_deputy_should_propose_without_signing(town: Town) -> None:
    await report(await town.colleague("Priya"))
    assert "Signed" not in (await propose(town, "Sam")).text
    await press(town, "Margaret", "marker.approve")
    assert not await shown(town)
    await press(town, "Dana", "marker.approve")
    assert await shown(town)


async def test_no_marker_should_be_about_a_councillor_or_somebody_unknown(town: Town) -> None:
    await report(await town.colleague("Priya"), **UNKNOWN)
    dana, case = await town.colleague("Dana"), town.file().case.id
    assert "Nobody is identified yet" in (await dana.presses("marker.propose", case)).text
    await identify(town, person_name="Alex Marsden")
    await propose(town)
    await identify(town, person_is="councillor", person_colleague=town.people["Leila"])
    assert "markers are closed" in (await dana.presses("marker.propose", case)).text
    assert "markers are closed" in (await press(town, "Margaret", "marker.approve")).text
    assert not await shown(town, ONE)
    assert [name for name, _, _ in town.log("marker.overtaken")] == ["Dana"]


async def test_marker_should_count_in_every_record_of_the_person_until_the_merge_is_undone(
    town: Town,
) -> None:
    await two_cases(town)
    await merged(town)
    await propose(town)
    await press(town, "Margaret", "marker.approve")
    assert await shown(town, "marsdon")
    dana = await town.colleague("Dana")
    other = await opened(town, "Dana", "INC-2026-0002")
    assert "Safety marker Threat of violence" in other.text
    assert "marker.end" not in [one.id for one in other.buttons]
    await dana.presses(other.button("merge.undo"))
    assert not await shown(town, "marsdon")
    assert await shown(town, "marsden")
