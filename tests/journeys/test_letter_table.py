"""A notice from its writing to its replacement: at every stage what the policy's table allows, by whom (R30, R32)."""

from __future__ import annotations

from handlers.casefile import load
from handlers.letter_standing import letter_stage
from policy.letter_stages import LetterAct, LetterStage, letter_refusal
from tests.journeys.steps import decide
from tests.journeys.test_corrections import CASE, WRONG, correct, press
from tests.journeys.test_reminders import at
from tests.town import Colleague, Town

FORMS = {
    LetterAct.WRITE: "notice.prepare",
    LetterAct.RECORD_SENT: "notice.send",
    LetterAct.SEND_ANOTHER_WAY: "notice.again",
    LetterAct.CORRECT: "notice.correct",
}
"""What only opens a form; a press that is refused changes nothing either."""


async def test_notice_should_allow_at_every_stage_what_the_table_says_and_to_those_who_work_the_case(
    town: Town,
) -> None:
    await decide(town)
    dana = await town.colleague("Dana")
    await dana.fills(await press(dana, "Prepare the notice"), {"method": "email"})
    first = town.file().notices[0].id
    await _everything(town, dana, first, LetterStage.WRITTEN)
    await dana.fills(await press(dana, "Record that it was sent"), {})
    await _everything(town, dana, first, LetterStage.SENT, everybody=True)

    town.clock.go(at("2026-10-20 10:00"))
    await correct(dana, changed=["dates"], ends_on="2027-03-15")
    await _everything(town, dana, first, LetterStage.CORRECTED)
    await dana.fills(await press(dana, "Prepare the corrected notice"), {"method": "email"})
    stale = town.file().notices[1].id
    again = await dana.fills(
        await press(dana, "Correct it once more"),
        {"words": WRONG, "changed": ["dates"], "ends_on": "2027-03-01"},
    )
    await _everything(town, dana, stale, LetterStage.REPLACED)  # it says only what was put right before
    preview = await dana.fills(await dana.presses(again.button("notice.prepare")), {"method": "email"})
    assert "Monday 1 March 2027" in preview.text
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    await _everything(town, dana, first, LetterStage.OVERTAKEN)
    labels = [one.label for one in (await dana.types(CASE)).buttons if one.id == "notice.again"]
    assert labels == ["Send it another way (Corrected notice)"]

    newest = town.file().notices[2].id
    await dana.presses("notice.bounced", newest)
    await _everything(town, dana, newest, LetterStage.RETURNED)
    assert letter_stage(town.file(), town.file().notices[0]) is LetterStage.CORRECTED
    await dana.presses("notice.bounced", first)
    await _everything(town, dana, first, LetterStage.REPLACED)  # what it says is not so any more
    opened = await dana.types(CASE)
    assert "Prepare the notice" in [one.label for one in opened.buttons]


async def _everything(
    town: Town, dana: Colleague, notice_id: str, stage: LetterStage, *, everybody: bool = False
) -> None:
    """Press everything that opens a form, and what is refused; with `everybody`, as every colleague."""
    before = town.record()
    notice = next(one for one in town.file().notices if one.id == notice_id)
    with town.civility.store.read(town.council_id) as uow:
        assert letter_stage(load(town.civility.desk(uow), notice.case_id), notice) is stage
    value = {LetterAct.WRITE: f"{notice.decision_id}:{notice.kind}:{notice.about}"}
    for act in LetterAct:
        refusal = letter_refusal(stage, act)
        if (
            act is LetterAct.WRITE
            and refusal is None
            and stage in (LetterStage.RETURNED, LetterStage.REPLACED)
        ):
            continue  # writing is of the letter, whichever version counts now
        button = FORMS.get(
            act, {"record_return": "notice.bounced", "hand_over": "notice.notify"}.get(act, "")
        )
        if refusal is None and act not in FORMS:
            continue  # done in the journey itself
        seen = await dana.presses(button, value.get(act, notice_id))
        if refusal is None:
            assert seen.kind == "form", (stage, act, seen.text)
        else:
            assert refusal.sentence in seen.text, (stage, act, seen.text)
        for name in town.people if everybody and refusal is None else ():
            seen = await (await town.colleague(name)).presses(button, value.get(act, notice_id))
            assert (seen.kind == "form") is (name in ("Dana", "Sam", "Margaret")), (act, name, seen.kind)
            assert seen.kind == "form" or not any(word in seen.text for word in ("Marsden", "fist"))
    assert town.record() == before
