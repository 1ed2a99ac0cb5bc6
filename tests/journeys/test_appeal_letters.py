"""What the person is told of their appeal, and what follows from their being told (R26, R30, R36)."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.journeys.appeal_steps import REF, agree, appeal_card, assign, heard, record, told, verdict
from tests.town import Answer, Colleague, Seen, Town

MAIL: dict[str, Answer] = {"method": "email", "address": "alex.marsden@example.com"}


async def write(dana: Colleague, label: str) -> Seen:
    """The chief officer writes the letter behind a button of the case."""
    opened = await dana.types(f"/incident case {REF}")
    button = next(one for one in opened.buttons if one.label == label)
    return await dana.fills(await dana.presses(button), MAIL)


async def send(dana: Colleague, preview: Seen) -> Seen:
    """And records that it was emailed now."""
    return await dana.fills(await dana.presses(preview.button("notice.send")), {})


async def test_person_should_be_told_that_the_appeal_came_and_by_when(town: Town) -> None:
    await told(town)
    dana = await town.colleague("Dana")
    await record(dana)
    preview = await write(dana, "Write that we have the appeal")
    for part in (
        "We have your appeal",
        "Your appeal reached us on Tuesday 20 October 2026.",
        "the restriction of Wednesday 14 October 2026",
        "Two councillors who took no part",
        "We aim to decide by Tuesday 3 November 2026",
    ):
        assert part in preview.text
    await send(dana, preview)
    found = town.record()
    assert [one["letter"] for one in found["notices"]] == ["decision", "appeal_received"]
    assert found["appeals"][0]["state"] == "waiting_for_reviewers"
    assert found["appeal_closes_at"].startswith("2026-10-28")  # the appeal clock is the decision's alone


@pytest.mark.parametrize(
    ("answers", "parts", "still"),
    [
        ({"outcome": "upheld"}, ["The decision stands as it is.", "another appeal"], True),
        ({"outcome": "quashed"}, ["The decision is cancelled.", "You need not do anything."], False),
        ({"outcome": "sent_back"}, ["is to be made again", "about the new decision"], True),
        (
            {"outcome": "varied", "ends_on": "2026-12-31"},
            ["milder than before", "Please contact the council only in writing.", "31 December 2026"],
            True,
        ),
    ],
)
async def test_letter_should_say_how_the_appeal_ended_and_why(
    town: Town, answers: dict[str, Answer], parts: list[str], still: bool
) -> None:
    await heard(town, **answers)
    dana = await town.colleague("Dana")
    preview = await write(dana, "Write how the appeal ended")
    reasons = "The recording shows a walking stick and no fist."
    for part in (*parts, reasons, "the Mayor and a Councillor", "F&GP 26/114"):
        assert part in preview.text, preview.text
    assert ("What stays open to you" in preview.text) is still
    for inner in ("upheld", "quashed", "None", "{", "offender"):
        assert inner not in preview.text
    await send(dana, preview)
    found = town.record()
    assert found["appeals"][0]["state"] == "closed"
    assert "The person was told." in (await appeal_card(dana)).text


async def test_case_should_close_only_after_the_person_knows_the_outcome(town: Town) -> None:
    await heard(town)
    dana = await town.colleague("Dana")
    police = await dana.presses((await dana.types(f"/incident case {REF}")).button("police.record"))
    await dana.fills(police, {"route": "not_referred", "reason_not": "No threat was made."})
    opened = await dana.types(f"/incident case {REF}")
    assert "case.close" not in [one.id for one in opened.buttons]
    refused = await dana.presses("case.close", town.file().case.id)
    assert "not been told the outcome" in refused.text
    await send(dana, await write(dana, "Write how the appeal ended"))
    opened = await dana.types(f"/incident case {REF}")
    await dana.presses(opened.button("case.close"))
    assert town.record()["state"] == "closed"


async def test_letter_that_came_back_should_be_owed_again(town: Town) -> None:
    await heard(town)
    dana = await town.colleague("Dana")
    await send(dana, await write(dana, "Write how the appeal ended"))
    opened = await dana.types(f"/incident case {REF}")
    back = next(one for one in opened.buttons if one.label == "It came back (Outcome of the appeal)")
    await dana.presses(back)
    found = town.record()
    assert (found["state"], found["appeals"][0]["state"]) == ("appeal_decided", "decided")
    assert found["restrictions"][0]["in_force"] is False
    await send(dana, await write(dana, "Write how the appeal ended"))
    assert town.record()["appeals"][0]["state"] == "closed"


async def test_refused_late_appeal_should_be_told_with_both_reasons(town: Town) -> None:
    await told(town)
    town.clock.go(datetime.fromisoformat("2026-11-02 09:00"))
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await record(dana, received_on="2026-10-30")
    for who, reasons in ((dana, "Two days late."), (margaret, "No reason was given.")):
        form = await who.presses((await appeal_card(who)).button("appeal.refuse_late"))
        await who.fills(form, {"reasons": reasons})
    preview = await write(dana, "Write how the appeal ended")
    for part in (
        "11.59pm on Wednesday 28 October 2026",
        "late by 2 days",
        "Two days late.",
        "No reason was given.",
    ):
        assert part in preview.text
    await send(dana, preview)
    assert town.record()["appeals"][0]["state"] == "closed"


async def test_pause_should_end_only_when_the_person_is_told(town: Town) -> None:
    await told(town)
    dana, ruth, leila = [await town.colleague(name) for name in ("Dana", "Ruth", "Leila")]
    await record(dana)
    await assign(town)
    for who in (ruth, leila):
        await who.presses((await appeal_card(who)).button("appeal.pause"))
    paused = await write(dana, "Write that the limits pause")
    assert "do not apply while they do so" in paused.text
    await send(dana, paused)
    await verdict(ruth, outcome="upheld", reasons="A fist was raised.")
    await agree(leila)
    assert town.record()["restrictions"][0]["reason"] == "paused"  # decided, but the person does not know
    town.clock.go(datetime.fromisoformat("2026-10-21 16:45"))
    preview = await write(dana, "Write how the appeal ended")
    assert "They apply again from the day you are told of this." in preview.text
    await send(dana, preview)  # after 4.30pm: told the next working day
    assert town.record()["restrictions"][0]["reason"] == "paused"
    town.clock.go(datetime.fromisoformat("2026-10-21 23:59:59"))
    assert town.record()["restrictions"][0]["in_force"] is False
    town.clock.pass_by(seconds=1)
    assert town.record()["restrictions"][0]["in_force"] is True


async def test_new_decision_without_a_notice_should_be_told_too(town: Town) -> None:
    await heard(town, outcome="sent_back")
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await send(dana, await write(dana, "Write how the appeal ended"))
    form = await dana.presses((await dana.types(f"/incident case {REF}")).button("finding.sign"))
    await dana.fills(form, {"finding": "no_action", "reasons": "It was a stick."})
    await margaret.presses("finding.agree", next(iter(town.file().by_seat.values())).id)
    preview = await write(dana, "Write that it was made again")
    assert "The earlier decision no longer applies." in preview.text
    await send(dana, preview)
    assert town.record()["notices"][-1]["letter"] == "appeal_remade"


async def test_reviewer_should_read_letters_and_send_none(town: Town) -> None:
    await told(town)
    dana, ruth = await town.colleague("Dana"), await town.colleague("Ruth")
    await record(dana)
    await assign(town)
    (notice,) = town.file().notices
    assert "Dear Alex Marsden" in (await ruth.presses("notice.preview", notice.id)).text
    assert (await ruth.presses("notice.bounced", notice.id)).kind == "refuse"
    (appealed,) = town.file().appeals
    value = f"{appealed.record.decision_id}:appeal_received:{appealed.record.id}"
    assert (await ruth.presses("notice.prepare", value)).kind == "refuse"
    assert town.file().notices == (notice,)


async def test_words_that_judge_the_person_should_be_refused_before_they_reach_a_letter(town: Town) -> None:
    await told(town)
    await record(await town.colleague("Dana"))
    await assign(town)
    refused = await verdict(await town.colleague("Ruth"), reasons="You are a troublemaker.")
    assert "judges the person" in refused.errors["reasons"]
