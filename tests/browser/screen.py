"""A colleague at a real browser: what they click and what they read."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, expect

from tests.town import PREFIX, Town

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
LOOK = os.environ.get("CIVILITY_SCREENSHOTS", "")
"""A folder for pictures of every step, for somebody who wants to look; none are taken otherwise."""


@dataclass
class Screen:
    """One colleague's page. Everything is found as a person finds it: by its words, or inside its field."""

    town: Town
    name: str
    page: Page

    @property
    def dialog(self) -> Locator:
        """The open form."""
        return self.page.get_by_role("dialog")

    async def go(self, channel: str = "") -> None:
        """Open a channel; the private room when none is named."""
        room = channel or f"dm:{self.town.people[self.name]}"
        await self.page.goto(str(self.town.server.make_url("/").with_query(channel=room)))

    async def types(self, text: str) -> None:
        """Type into the composer and press Enter."""
        box = self.page.get_by_role("combobox")
        await box.fill(text)
        await box.press("Escape")  # the list of commands
        await box.press("Enter")

    def card(self, title: str | re.Pattern[str]) -> Locator:
        """The newest card of this title."""
        heading = self.page.get_by_role("heading", name=title)
        return self.page.get_by_role("article").filter(has=heading).last

    async def presses(self, title: str | re.Pattern[str], button: str, *, sure: str = "") -> None:
        """Press a button of a card; `sure` is the button of the question that follows."""
        card = self.card(title)
        await expect(card).to_be_visible()
        found = card.get_by_role("button", name=button, exact=False)
        for more in await card.locator("details.more:not([open]) > summary").all():
            if not await found.count():
                await more.click()
        await found.first.click()
        if sure:
            await self.page.get_by_role("alertdialog").get_by_role("button", name=sure).click()

    async def fills(self, answers: Mapping[str, str | list[str]]) -> None:
        """Fill in the fields of this page of the form that are named in `answers`."""
        await expect(self.dialog).to_be_visible()
        for field in await self.dialog.locator("[data-field]").all():
            name = str(await field.get_attribute("data-field")).removeprefix(PREFIX)
            if name in answers:
                await _answer(field, answers[name])

    async def next(self, button: str) -> None:
        """Press "Next", or the form's own last button."""
        await self.dialog.get_by_role("button", name=button, exact=True).click()

    async def completes(self, answers: Mapping[str, str | list[str]], last: str) -> None:
        """Go through every page; the dialog closes after the button named `last`."""
        while True:
            await self.fills(answers)
            await self.check()
            step = self.dialog.locator(".step")
            before = await step.text_content() if await step.count() else ""
            go = self.dialog.locator("button[data-step=submit]")
            final = await go.text_content() == last
            await go.click()
            if final:
                await expect(self.dialog).to_have_count(0)
                return
            await expect(step).not_to_have_text(before or "")

    async def check(self) -> None:
        """Nothing for axe to complain about, and the page itself never scrolls: only its rooms do."""
        result = await Axe().run(self.page, options=AXE)
        assert result.response["violations"] == [], result.generate_report()
        beyond = await self.page.evaluate(
            "(page => [page.scrollWidth - page.clientWidth, page.scrollHeight - page.clientHeight])"
            "(document.documentElement)"
        )
        assert max(beyond) <= 0, f"{beyond} px wider and higher than the screen"

    async def look(self, name: str) -> None:
        """Keep a picture, if somebody asked for pictures."""
        if LOOK:
            width = (self.page.viewport_size or PHONE)["width"]
            await self.page.screenshot(path=f"{LOOK}/{name}-{width}.png")


AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


async def open_screen(
    chromium: Browser, town: Town, name: str, channel: str = "", viewport: Mapping[str, int] = DESKTOP
) -> Screen:
    """A fresh browser profile, acting as this colleague, in this channel."""
    context = await chromium.new_context(
        viewport={"width": viewport["width"], "height": viewport["height"]}, reduced_motion="reduce"
    )
    page = await context.new_page()
    page.set_default_timeout(20_000)
    await page.goto(str(town.server.make_url("/")))
    await page.locator("#act-as summary").click()
    await page.locator(f'#act-as button[value="{town.people[name]}"]').click()
    await expect(page.locator("body")).to_have_attribute("data-me", town.people[name])
    screen = Screen(town, name, page)
    await screen.go(channel)
    return screen


async def _answer(field: Locator, answer: str | list[str]) -> None:
    several = [answer] if isinstance(answer, str) else answer
    ticks = field.locator("input[type=radio], input[type=checkbox]")
    if await ticks.count():
        for value in several:
            await field.locator(f'input[value="{value}"]').check()
    elif await field.locator("select").count():
        await field.locator("select").select_option(several)
    else:
        await field.locator("input, textarea").fill(several[0])
