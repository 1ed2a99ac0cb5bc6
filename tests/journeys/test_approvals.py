"""Proposals and approvals: versions, rejections, the Mayor, and presses at one instant (R13, R15, R19)."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from policy.calendars import LONDON
from tests.journeys.steps import PROPOSAL, agree, approve, propose, report, sign
from tests.town import Colleague, Town

CASE = "/incident case INC-2026-0001"
AGAINST = {**PROPOSAL, "case_against": "It was one occasion, and he apologised."}
MILDER = {"finding": "warning", "reasons": "A fist was raised. A warning is enough."}


async def test_change_should_void_the_approvals_of_the_version_before(town: Town) -> None:
    dana, margaret = await ready(town)
    await propose(dana)
    old = (await margaret.latest()).button("proposal.approve")
    await change(dana)
    found = town.record()
    assert [(one["version"], one["state"]) for one in found["proposals"]] == [(2, "open")]
    late = await margaret.presses(old)
    assert "This has changed since you saw it" in late.text
    assert "and he apologised" in late.text
    assert town.record()["decisions"] == []
    await approve(margaret)
    assert [(one["version"], one["office"]) for one in town.record()["approvals"]] == [
        (1, "chief_officer"),
        (2, "chief_officer"),
        (2, "chair_fgp"),
    ]
    assert [one["decision"] for one in town.record()["decisions"]] == ["restriction"]


async def test_rejection_should_end_a_proposal_and_leave_room_for_another(town: Town) -> None:
    dana, margaret = await ready(town)
    await propose(dana)
    card = await margaret.latest()
    form = await margaret.presses(card.button("proposal.reject"))
    assert (await margaret.fills(form, {"reason": ""}, strict=False)).errors["reason"]
    await margaret.fills(form, {"reason": "Six months is too long for one occasion."})
    assert [one["state"] for one in town.record()["proposals"]] == ["rejected"]
    assert "Six months is too long" in (await dana.types(CASE)).text
    late = await margaret.presses(card.button("proposal.approve"))
    assert "Already rejected by the Chair of F&GP at" in late.text
    await propose(dana, ends_on="2026-12-15")
    await approve(margaret)
    found = town.record()
    assert [one["state"] for one in found["proposals"]] == ["rejected", "approved"]
    assert [one["ends_on"] for one in found["restrictions"]] == ["2026-12-15"]


async def test_colleague_who_approved_should_not_reject_the_same_version(town: Town) -> None:
    dana, _ = await ready(town)
    await propose(dana)
    form = await dana.presses("proposal.reject", seen(town))
    if form.kind == "form":
        form = await dana.fills(form, {"reason": "Changed my mind."}, strict=False)
    assert "You approved this version already" in form.text
    assert [one["state"] for one in town.record()["proposals"]] == ["open"]


async def test_deputy_who_drafts_should_approve_nothing(town: Town) -> None:
    _, _ = await ready(town)
    await by_the_deputy(town)
    assert town.record()["approvals"] == []
    refused = await (await town.colleague("Sam")).presses("proposal.approve", seen(town))
    assert refused.kind == "refuse"
    assert "the Chief Officer" in refused.text or "The Chief Officer" in refused.text


async def test_approvals_that_wait_for_a_finding_should_take_effect_when_it_is_signed(town: Town) -> None:
    dana, margaret = await ready(town)
    await propose(dana)
    await sign(dana, **MILDER)
    await approve(margaret)
    assert town.record()["decisions"] == []
    assert "The findings differ" in (await dana.latest()).text
    await sign(dana)
    found = town.record()
    assert [one["decision"] for one in found["decisions"]] == ["restriction"]
    assert [one["state"] for one in found["proposals"]] == ["approved"]
    assert len(found["restrictions"]) == 1


async def test_proposal_should_end_when_both_findings_decide_otherwise(town: Town) -> None:
    dana, margaret = await ready(town)
    await propose(dana)
    await sign(dana, **MILDER)
    await sign(margaret, **MILDER)
    found = town.record()
    assert [one["decision"] for one in found["decisions"]] == ["warning"]
    assert [one["state"] for one in found["proposals"]] == ["overtaken"]
    opened = await dana.types(CASE)
    assert "overtaken by the decision" in opened.text
    assert not [one.id for one in opened.buttons if one.id.startswith("proposal.")]
    town.clock.pass_by(days=14)
    await town.tick()
    assert not [one for one in await margaret.room() if "approval is still awaited" in one.text]


async def test_stand_in_who_signed_should_stay_asked_for_the_approval(town: Town) -> None:
    dana, owen = await town.colleague("Dana"), await town.colleague("Owen")
    await report(await town.colleague("Priya"))
    await sign(dana)
    town.clock.go(datetime(2026, 10, 21, 9, 0, tzinfo=LONDON))
    await town.tick()
    await agree(owen)
    opened = await dana.types(CASE)
    await dana.fills(await dana.presses(opened.button("proposal.draft")), PROPOSAL)
    assert sorted(one.office.value for one in town.file().seats.chair) == ["chair_fgp", "vice_chair_fgp"]
    await owen.presses("proposal.approve", seen(town))
    assert [one["decision"] for one in town.record()["decisions"]] == ["restriction"]


async def test_change_should_give_a_late_finding_no_more_time(town: Town) -> None:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"))
    await sign(dana)
    town.clock.go(datetime(2026, 10, 20, 9, 0, tzinfo=LONDON))
    opened = await dana.types(CASE)
    await dana.fills(await dana.presses(opened.button("proposal.draft")), PROPOSAL)
    town.clock.go(datetime(2026, 10, 21, 9, 0, tzinfo=LONDON))
    assert "vice_chair_fgp" in [one.office.value for one in town.file().seats.chair]


async def test_council_may_ask_the_mayor_as_well(town: Town) -> None:
    with town.civility.store.write(town.council_id) as uow:
        uow.settings.set("approvals_needed", ["officer", "chair", "mayor"], "test")
        uow.commit()
    dana, margaret = await ready(town)
    ruth = await town.colleague("Ruth")
    await propose(dana)
    await approve(margaret)
    assert town.record()["decisions"] == []
    await ruth.presses((await ruth.latest()).button("finding.agree_approve"))
    found = town.record()
    assert [one["office"] for one in found["approvals"]] == ["chief_officer", "chair_fgp", "mayor"]
    assert [one["seat"] for one in found["findings"]] == ["officer", "chair", "mayor"]
    assert [one["decided_by"] for one in found["decisions"]] == [["chief_officer", "chair_fgp", "mayor"]]


async def test_council_may_ask_the_mayor_in_place_of_the_chair(town: Town) -> None:
    with town.civility.store.write(town.council_id) as uow:
        uow.settings.set("approvals_needed", ["officer", "mayor"], "test")
        uow.commit()
    dana, margaret = await ready(town)
    ruth = await town.colleague("Ruth")
    await propose(dana)
    assert not {"proposal.approve", "proposal.reject"} & {one.id for one in (await margaret.latest()).buttons}
    refused = await margaret.presses("proposal.approve", seen(town))
    assert "The Chief Officer and the Mayor may act on it." in refused.text
    await ruth.presses((await ruth.latest()).button("finding.agree_approve"))
    assert [one["decided_by"] for one in town.record()["decisions"]] == [["chief_officer", "mayor"]]


async def test_mayor_who_rejects_early_should_be_warned_too(town: Town) -> None:
    dana, _ = await ready(town)
    ruth = await town.colleague("Ruth")
    await propose(dana)
    form = await ruth.presses("proposal.reject", seen(town))
    assert "you cannot hear an appeal" in form.text
    await ruth.fills(form, {"reason": "It is too much."})
    assert [one["state"] for one in town.record()["proposals"]] == ["rejected"]


# --- at one instant ----------------------------------------------------------------------------------


async def test_two_approvals_at_one_instant_should_make_one_decision(town: Town) -> None:
    dana, margaret = await ready(town)
    await by_the_deputy(town)
    buttons = [(await one.latest()).button("proposal.approve") for one in (dana, margaret)]
    await asyncio.gather(dana.presses(buttons[0]), margaret.presses(buttons[1]))
    await one_decision(town)


async def test_one_approval_from_three_browsers_should_count_once(town: Town) -> None:
    dana, margaret = await ready(town)
    await propose(dana)
    browsers = [await town.colleague("Margaret", new_browser=True) for _ in range(2)]
    button = (await margaret.latest()).button("proposal.approve")
    answers = await asyncio.gather(*(one.presses(button) for one in (margaret, *browsers)))
    await one_decision(town)
    assert len([one for one in answers if "Already approved by the Chair of F&GP at 10:0" in one.text]) == 2


async def test_chair_and_mayor_at_one_instant_should_make_one_decision(town: Town) -> None:
    dana, margaret = await ready(town)
    ruth = await town.colleague("Ruth")
    await propose(dana)
    asked = await ruth.presses("proposal.approve", seen(town))
    answers = await asyncio.gather(
        ruth.presses(asked.button("proposal.approve")),
        margaret.presses((await margaret.latest()).button("proposal.approve")),
    )
    await one_decision(town)
    assert len([one for one in answers if "Already approved by the" in one.text]) == 1


async def test_approval_and_change_at_one_instant_should_not_mix(town: Town) -> None:
    dana, margaret = await ready(town)
    await propose(dana)
    form = await dana.presses((await dana.latest()).button("proposal.change"))
    approved, changed = await asyncio.gather(
        margaret.presses((await margaret.latest()).button("proposal.approve")),
        dana.fills(form, AGAINST, strict=False),
    )
    found = town.record()
    if found["decisions"]:
        assert (found["proposals"][0]["version"], found["proposals"][0]["state"]) == (1, "approved")
        assert "Already decided by the Chief Officer and the Chair of F&GP at" in changed.text
        await one_decision(town)
    else:
        assert (found["proposals"][0]["version"], found["proposals"][0]["state"]) == (2, "open")
        assert "This has changed since you saw it" in approved.text
        assert [(one["version"], one["office"]) for one in found["approvals"]] == [
            (1, "chief_officer"),
            (2, "chief_officer"),
        ]


async def test_approval_and_rejection_at_one_instant_should_be_one_of_them(town: Town) -> None:
    dana, margaret = await ready(town)
    await by_the_deputy(town)
    await approve(dana)
    phone = await town.colleague("Margaret", new_browser=True)
    card = await margaret.latest()
    form = await margaret.presses(card.button("proposal.reject"))
    answers = await asyncio.gather(
        phone.presses(card.button("proposal.approve")),
        margaret.fills(form, {"reason": "Too long."}, strict=False),
    )
    found = town.record()
    state = found["proposals"][0]["state"]
    assert len(found["approvals"]) == 2
    assert (len(found["decisions"]), len(found["restrictions"])) == (
        (1, 1) if state == "approved" else (0, 0)
    )
    assert [one.text for one in answers if f"Already {state} by the Chair of F&GP at" in one.text]


async def test_two_drafts_at_one_instant_should_be_one_proposal(town: Town) -> None:
    dana, margaret = await ready(town)
    forms = [await one.presses((await one.latest()).button("proposal.draft")) for one in (dana, margaret)]
    answers = await asyncio.gather(
        dana.fills(forms[0], PROPOSAL, strict=False), margaret.fills(forms[1], PROPOSAL, strict=False)
    )
    (proposal,) = town.record()["proposals"]
    assert (proposal["version"], proposal["state"]) == (1, "open")
    assert len([one for one in answers if "A proposal is waiting already" in one.text]) == 1


@pytest.mark.parametrize("kind", ["warning", "restriction"])
async def test_one_agreement_from_three_browsers_should_count_once(town: Town, kind: str) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"))
    await sign(dana, finding=kind)
    browsers = [await town.colleague("Margaret", new_browser=True) for _ in range(2)]
    button = (await margaret.latest()).button("finding.agree")
    answers = await asyncio.gather(*(one.presses(button) for one in (margaret, *browsers)))
    found = town.record()
    assert [one["seat"] for one in found["findings"]] == ["officer", "chair"]
    assert len(found["decisions"]) == (1 if kind == "warning" else 0)
    late = [one.text for one in answers if "Already signed by the Chair of F&GP at 10:0" in one.text]
    assert len(late) == 2


async def test_finding_after_the_decision_should_say_who_decided_when(town: Town) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"))
    await sign(dana, finding="warning")
    await agree(margaret)
    late = await dana.presses("finding.sign", town.file().case.id)
    assert "Already decided by the Chief Officer and the Chair of F&GP at 10:0" in late.text


async def ready(town: Town) -> tuple[Colleague, Colleague]:
    """The chief officer and the Chair, both having found that a restriction is the answer."""
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"))
    await sign(dana)
    await agree(margaret)
    return dana, margaret


async def test_proposal_that_waited_past_its_last_day_should_be_changed_before_it_is_approved(
    town: Town,
) -> None:
    dana, margaret = await ready(town)
    await propose(dana, ends_on="2026-10-20")
    town.clock.go(datetime.fromisoformat("2026-10-20 10:00"))
    refused = await margaret.presses((await margaret.latest()).button("proposal.approve"))
    assert refused.kind == "refuse"
    assert "its last day is Tuesday 20 October 2026. Change the proposal first." in refused.text
    assert town.file().decisions == ()
    form = await dana.presses((await dana.latest()).button("proposal.change"))
    await dana.fills(form, {"ends_on": "2026-12-01"})
    await margaret.presses((await margaret.latest()).button("proposal.approve"))
    assert [one.kind for one in town.file().decisions] == ["restriction"]


async def by_the_deputy(town: Town) -> None:
    """A draft by somebody who may not approve it."""
    sam = await town.colleague("Sam")
    opened = await sam.types(CASE)
    await sam.fills(await sam.presses(opened.button("proposal.draft")), PROPOSAL)


async def change(dana: Colleague) -> None:
    """The next version."""
    form = await dana.presses((await dana.latest()).button("proposal.change"))
    await dana.fills(form, AGAINST)


def seen(town: Town) -> str:
    """What a button on the open proposal sends."""
    proposal = town.file().open_proposal
    assert proposal is not None
    return f"{proposal.id}:{proposal.version}"


async def one_decision(town: Town) -> None:
    """One decision, one restriction, one decision notice, one line in the log."""
    found = town.record()
    assert [one["decision"] for one in found["decisions"]] == ["restriction"]
    assert len(found["restrictions"]) == 1
    assert len(town.log("decision.made")) == 1
    leila = await town.colleague("Leila")
    assert len(await leila.room("councillors")) == 1
