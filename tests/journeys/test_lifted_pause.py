"""A pause lifted before the outcome: two names, and it goes on until the person is told (R26, R30, R36)."""

from __future__ import annotations

from datetime import datetime

from tests.journeys.appeal_steps import REF, agree, appeal_card, assign, record, told, verdict
from tests.journeys.test_appeal_letters import send, write
from tests.town import Town

CASE = f"/incident case {REF}"


def pauses(town: Town) -> list[tuple[bool, bool]]:
    """Of each pause whether it was lifted, and whether its end is known."""
    (restriction,) = town.record()["restrictions"]
    return [(one["lifted_at"] is not None, one["until"] is not None) for one in restriction["pauses"]]


async def test_pause_should_be_lifted_by_both_and_hold_until_the_person_is_told(town: Town) -> None:
    await told(town)
    dana, ruth, leila = [await town.colleague(name) for name in ("Dana", "Ruth", "Leila")]
    await record(dana)
    await assign(town)
    (appealed,) = town.file().appeals
    refused = await ruth.presses("appeal.lift", appealed.record.id)
    assert "not paused, so there is nothing to lift" in refused.text
    for who in (ruth, leila):
        await who.presses((await appeal_card(who)).button("appeal.pause"))
    assert (await dana.presses("appeal.lift", appealed.record.id)).kind == "refuse"
    await ruth.presses((await appeal_card(ruth)).button("appeal.lift"))
    again = await ruth.presses("appeal.lift", appealed.record.id)
    assert "You have asked to lift the pause already." in again.text
    assert "appeal.lift" not in [one.id for one in (await appeal_card(ruth)).buttons]
    assert pauses(town) == [(False, False)]
    lifted = await leila.presses((await appeal_card(leila)).button("appeal.lift"))
    assert (
        "The reviewers lifted the pause. The restriction holds again once the person is told" in lifted.text
    )
    assert pauses(town) == [(True, False)]
    assert town.record()["restrictions"][0]["reason"] == "paused"
    opened = await dana.types(CASE)
    assert "wants the restriction to hold again before it is decided" in opened.text
    assert "Write that the limits pause" not in [one.label for one in opened.buttons]

    town.clock.go(datetime.fromisoformat("2026-10-21 16:45"))
    preview = await write(dana, "Write that the limits apply again")
    for part in (
        "have not applied since",
        "from the day on which you are told of this, and not before",
        "Please contact the council only in writing.",
        "Your appeal goes on.",
    ):
        assert part in preview.text, part
    await send(dana, preview)  # after 4.30pm: told the next working day
    assert pauses(town) == [(True, True)]
    assert "The restriction holds again from Thursday 22 October 2026." in (await appeal_card(dana)).text
    town.clock.go(datetime.fromisoformat("2026-10-21 23:59:59"))
    assert town.record()["restrictions"][0]["in_force"] is False
    town.clock.pass_by(seconds=1)
    assert town.record()["restrictions"][0]["in_force"] is True
    assert "Meanwhile" not in (await appeal_card(dana)).text

    back = [one for one in (await dana.types(CASE)).buttons if one.id == "notice.bounced"]
    await dana.presses(next(one for one in back if "The limits apply again" in one.label))
    assert town.record()["restrictions"][0]["reason"] == "paused"  # they were not told after all
    await send(dana, await write(dana, "Write that the limits apply again"))
    assert town.record()["restrictions"][0]["in_force"] is True
    before = town.record()["restrictions"][0]["pauses"]
    assert before[0]["until"].startswith("2026-10-22T00:00:0")

    for who in (ruth, leila):  # paused once more, and then decided
        await who.presses((await appeal_card(who)).button("appeal.pause"))
    assert town.record()["restrictions"][0]["reason"] == "paused"
    await send(dana, await write(dana, "Write that the limits pause"))
    await verdict(ruth, outcome="upheld", reasons="A fist was raised.")
    await agree(leila)
    ending = await write(dana, "Write how the appeal ended")
    assert "They apply again from the day you are told of this." in ending.text
    await send(dana, ending)
    found = town.record()["restrictions"][0]
    assert found["in_force"] is True
    assert found["pauses"][0] == before[0]  # what was over is not lengthened by what came later
    assert [one["until"] is not None for one in found["pauses"]] == [True, True]
    actions = [one[1] for one in town.log() if one[1].startswith("restriction.pause")]
    assert actions == ["restriction.paused", "restriction.pause_lifted", "restriction.paused"]


async def test_lifting_taken_back_or_overtaken_by_the_outcome_should_leave_no_letter_behind(
    town: Town,
) -> None:
    await told(town)
    dana, ruth, leila = [await town.colleague(name) for name in ("Dana", "Ruth", "Leila")]
    await record(dana)
    await assign(town)
    for button in ("appeal.pause", "appeal.lift"):
        for who in (ruth, leila):
            await who.presses((await appeal_card(who)).button(button))
    await write(dana, "Write that the limits apply again")
    for who in (leila, ruth):
        await who.presses((await appeal_card(who)).button("appeal.pause"))
    assert pauses(town) == [(False, False)]  # it was never over
    assert [one["state"] for one in town.record()["notices"]] == ["sent", "void"]
    for who in (ruth, leila):
        await who.presses((await appeal_card(who)).button("appeal.lift"))
    await verdict(ruth, outcome="upheld", reasons="A fist was raised.")
    await agree(leila)
    refused = await dana.presses(
        "notice.prepare", f"x:appeal_lifted:{town.file().restrictions[0].pauses[0].id}"
    )
    assert refused.kind == "refuse"
    ending = await write(dana, "Write how the appeal ended")
    assert "They apply again from the day you are told of this." in ending.text
    await send(dana, ending)
    assert town.record()["restrictions"][0]["in_force"] is True
