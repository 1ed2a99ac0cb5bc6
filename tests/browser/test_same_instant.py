"""Two people at two browsers, at the same instant; and people who press what is not theirs, or not current."""

from __future__ import annotations

import asyncio
import re

from playwright.async_api import Browser, Locator, expect

from tests.browser.screen import Screen, open_screen
from tests.journeys.steps import PROPOSAL, agree, propose, report, sign
from tests.town import Town

CASE = re.compile("INC-2026-0001")
DECIDED = "Decided: A communication restriction."


async def test_two_approvals_at_one_instant_should_make_one_decision(chromium: Browser, town: Town) -> None:
    await _proposed_by_the_deputy(town)
    dana = await open_screen(chromium, town, "Dana")
    margaret = await open_screen(chromium, town, "Margaret")
    leila = await open_screen(chromium, town, "Leila", "councillors")
    for screen in (dana, margaret):  # both questions stand open before either is answered
        await screen.presses(CASE, "Approve version 1")
        await expect(_sure(screen)).to_be_visible()
    await asyncio.gather(*(_sure(screen).click() for screen in (dana, margaret)))
    for screen in (dana, margaret):
        await expect(screen.page.get_by_text(DECIDED).first).to_be_visible()
        await expect(screen.page.get_by_role("button", name="Approve version 1")).to_have_count(0)
    await expect(leila.page.get_by_role("heading", name="Decision notice")).to_have_count(1)
    found = town.record()
    assert len(found["decisions"]) == 1
    assert len(found["restrictions"]) == 1
    assert sorted(one["office"] for one in found["approvals"]) == ["chair_fgp", "chief_officer"]
    assert [actor for actor, _, _ in town.log("decision.made")] in (["Dana"], ["Margaret"])


async def test_one_colleague_at_two_browsers_should_count_once(chromium: Browser, town: Town) -> None:
    await _proposed_by_the_deputy(town)
    desk = await open_screen(chromium, town, "Margaret")
    phone = await open_screen(chromium, town, "Margaret")
    for screen in (desk, phone):
        await screen.presses(CASE, "Approve version 1")
    await asyncio.gather(*(_sure(screen).click() for screen in (desk, phone)))
    for screen in (desk, phone):
        await expect(screen.page.get_by_role("button", name="Approve version 1")).to_have_count(0)
    found = town.record()
    assert [one["office"] for one in found["approvals"]] == ["chair_fgp"]
    assert found["decisions"] == []


async def test_press_on_an_old_version_should_show_the_new_one(chromium: Browser, town: Town) -> None:
    await _proposed_by_the_deputy(town)
    margaret = await open_screen(chromium, town, "Margaret")
    await margaret.presses(CASE, "Approve version 1")
    await expect(_sure(margaret)).to_be_visible()
    sam = await town.colleague("Sam")
    opened = await sam.types("/incident case INC-2026-0001")
    form = await sam.presses(opened.button("proposal.change"))
    await sam.fills(form, {**PROPOSAL, "case_against": "It was one occasion, and he apologised."})
    await _sure(margaret).click()
    shown = margaret.card(CASE)
    await expect(shown).to_contain_text("version 2")
    await expect(shown).to_contain_text("he apologised")
    await expect(shown.get_by_role("button", name="Approve version 2")).to_be_visible()
    await margaret.check()
    assert town.record()["decisions"] == []
    assert [detail["code"] for actor, _, detail in town.log("refused") if actor == "Margaret"] == ["stale"]


async def test_press_by_somebody_not_entitled_should_tell_nothing(chromium: Browser, town: Town) -> None:
    await _proposed_by_the_deputy(town)
    proposal = town.file().open_proposal
    assert proposal is not None
    tom = await open_screen(chromium, town, "Tom", "staff")
    answer = await tom.page.evaluate(
        """async ([value]) => {
            const body = new URLSearchParams({ token: document.body.dataset.token, channel: "staff",
                button: "proposal.approve", value });
            return (await fetch("/local/press", { method: "POST", body })).text();
        }""",
        [f"{proposal.id}:1"],
    )
    assert "You cannot act on this case" in answer
    for secret in ("Marsden", "fist", "INC-2026"):
        assert secret not in answer
    assert [actor for actor, _, _ in town.log("refused")] == ["Tom"]
    assert len(town.record()["approvals"]) == 0


def _sure(screen: Screen) -> Locator:
    return screen.page.get_by_role("alertdialog").get_by_role("button", name="Approve", exact=True)


async def _proposed_by_the_deputy(town: Town) -> None:
    """A proposal that both offices have yet to approve: the deputy wrote it."""
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"))
    await sign(dana)
    await agree(margaret)
    await propose(await town.colleague("Sam"))
