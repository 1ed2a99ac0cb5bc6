"""A committee decides where no officer can act, in a real browser: its minute is recorded and confirmed (R17)."""

from __future__ import annotations

import re

from playwright.async_api import Browser, expect

from tests.browser.screen import PHONE, open_screen
from tests.journeys.test_minutes import REASONS, stuck
from tests.town import Town

CASE = re.compile("INC-2026-0001")


async def test_minute_should_be_recorded_and_confirmed_on_a_phone(chromium: Browser, town: Town) -> None:
    await stuck(town)
    await town.deliver()
    margaret = await open_screen(chromium, town, "Margaret", viewport=PHONE)
    owen = await open_screen(chromium, town, "Owen", viewport=PHONE)

    await expect(margaret.card(CASE)).to_contain_text("No officer can lawfully act in this case.")
    await margaret.presses(CASE, "Record the committee’s minute")
    await margaret.look("minute-01-form")
    await margaret.completes(
        {
            "met_on": "2026-10-14",
            "reference": "F&GP 26/114",
            "present": [town.people[name] for name in ("Margaret", "Owen", "Ian")],
            "resolution": "warning",
            "reasons": REASONS,
        },
        "Record",
    )
    await expect(margaret.page.get_by_text("It has no effect until a second colleague").last).to_be_visible()
    await margaret.check()
    await margaret.look("minute-02-recorded")
    assert town.file().decisions == ()

    told = owen.page.get_by_role("article").filter(
        has=owen.page.get_by_role("button", name="Read the minute")
    )
    await expect(told).to_have_count(1)
    await expect(told).not_to_contain_text("fist")
    await told.get_by_role("button", name="Read the minute").click()
    await expect(owen.page.get_by_text(REASONS)).to_be_visible()
    await owen.check()
    await owen.look("minute-03-to-confirm")
    await owen.page.get_by_role("button", name="Confirm the minute").click()
    await owen.page.get_by_role("alertdialog").get_by_role("button", name="Confirm").click()
    await expect(owen.page.get_by_role("button", name="Confirm the minute")).to_have_count(0)
    await owen.look("minute-04-confirmed")
    assert [one.kind for one in town.file().decisions] == ["warning"]
