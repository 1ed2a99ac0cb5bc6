"""An interim restriction settles nothing: what stays to be done, and what may not be done yet (R13, R16)."""

from __future__ import annotations

from tests.journeys.steps import PROPOSAL, agree, approve, propose, report, sign
from tests.town import Town

CASE = "/incident case INC-2026-0001"
OWN_REASON = {**PROPOSAL, "case_for": "A threat was made at the desk."}


async def test_case_should_not_close_on_an_interim_restriction_alone(town: Town) -> None:
    dana = await town.colleague("Dana")
    await _imposed_and_sent(town)
    opened = await dana.types(CASE)
    assert "case.close" not in [one.id for one in opened.buttons]
    refused = await dana.presses("case.close", town.file().case.id)
    assert refused.kind == "refuse"
    assert "There is no decision yet" in refused.text
    assert town.record()["closed_at"] is None


async def test_confirming_should_end_with_the_final_decision(town: Town) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await _imposed_and_sent(town)
    assert "interim.confirm" in [one.id for one in (await margaret.latest()).buttons]
    await sign(dana)
    await agree(margaret)
    await propose(dana)
    await approve(margaret)
    assert [one["decision"] for one in town.record()["decisions"]] == ["interim", "restriction"]
    assert "interim.confirm" not in [one.id for one in (await margaret.latest()).buttons]


async def test_second_proposal_should_have_a_reminder_of_its_own(town: Town) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"))
    await sign(dana)
    await agree(margaret)
    await propose(dana)
    rejected = await margaret.presses((await margaret.latest()).button("proposal.reject"))
    await margaret.fills(rejected, {"reason": "Too long for one occasion."})
    town.clock.pass_by(days=2)
    await propose(dana)
    with town.civility.store.read(town.council_id) as uow:
        due = [
            one.due_at.date().isoformat() for one in uow.reminders.waiting() if one.kind == "approval.awaited"
        ]
    assert due == ["2026-10-21", "2026-10-23"]
    town.clock.pass_by(days=5)  # the first one's morning: what it was about is rejected
    await town.tick()
    assert not any("still waits" in one.text or "Reminder" in one.title for one in await margaret.room())


async def _imposed_and_sent(town: Town) -> None:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"))
    opened = await dana.types(CASE)
    await dana.fills(await dana.presses(opened.button("interim.impose")), OWN_REASON)
    opened = await dana.types(CASE)
    form = await dana.presses(opened.button("notice.prepare"))
    preview = await dana.fills(form, {"method": "email", "address": "alex.marsden@example.com"})
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    opened = await dana.types(CASE)
    form = await dana.presses(opened.button("police.record"))
    await dana.fills(form, {"route": "not_referred", "reason_not": "The person was calm an hour later."})
