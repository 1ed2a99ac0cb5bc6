"""The local chat in a real browser, apart from the council's journeys: keyboard, focus, live updates, small screens.

The journeys are a scripted desk, so that what is tested here is the page and nothing else.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

import pytest
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from handlers import chat
from tests.browser.screen import AXE, DESKTOP, LOOK, PHONE
from tests.local.desk import Desk
from tests.local.hall import APPROVED, MEASURES, WAITING, Hall

Scheme = Literal["light", "dark"]
STORY = "He said “I'll be back” & <b>left</b>."


@dataclass
class Street:
    """A hall with its door open, and browsers in front of it."""

    chromium: Browser
    hall: Hall
    desk: Desk
    url: str
    contexts: list[BrowserContext] = field(default_factory=list)

    async def arrive(
        self, name: str = "", *, size: dict[str, int] | None = None, scheme: Scheme = "light"
    ) -> Page:
        """A fresh browser, connected to the live stream, acting as `name` (Dana when none is given)."""
        width, height = (size or DESKTOP).values()
        context = await self.chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        self.contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(10_000)
        await page.goto(self.url)
        if name:
            await page.locator("#act-as summary").click()
            await page.get_by_role("button", name=name).click()
        await expect(page.locator("body")).to_have_attribute("data-live", "yes")
        return page


@asynccontextmanager
async def open_street(chromium: Browser) -> AsyncIterator[Street]:
    hall, desk = Hall(), Desk()
    hall.script = desk.answer
    async with TestServer(hall.app()) as server:
        street = Street(chromium, hall, desk, str(server.make_url("/")))
        try:
            yield street
        finally:
            for context in street.contexts:
                await context.close()


def asked(page: Page, name: str) -> Locator:
    """A field's block in the open form."""
    return page.get_by_role("dialog").locator(f'[data-field="f.{name}"]')


async def check_page(page: Page) -> None:
    """Nothing for axe to complain about, and nothing wider than the screen."""
    result = await Axe().run(page, options=AXE)
    assert result.response["violations"] == [], result.generate_report()
    wider = await page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll(".messages, dialog[open], .form-body")]
            .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className || one.tagName)"""
    )
    assert wider == []


async def look_at(page: Page, name: str) -> None:
    """Keep a picture, if somebody asked for pictures."""
    if LOOK:
        width = (page.viewport_size or PHONE)["width"]
        await page.screenshot(path=f"{LOOK}/{name}-{width}.png")


# --- keyboard only ------------------------------------------------------------------------------------


async def test_report_should_be_sent_with_the_keyboard_alone(chromium: Browser) -> None:
    async with open_street(chromium) as street:
        page = await street.arrive("Priya")
        keys = page.keyboard
        await page.get_by_role("combobox", name="Message or command").focus()
        await keys.type("/inc")
        await keys.press("ArrowDown")
        await keys.press("Enter")  # takes the offered command
        await expect(page.get_by_role("combobox", name="Message or command")).to_have_value("/incident")
        await keys.press("Enter")  # sends it
        await expect(page.get_by_role("heading", name="Report an incident")).to_be_focused()

        # Empty: the summary has the focus, and leads to the fields.
        await page.locator("#f-person_name").focus()
        await keys.type("Sam Smith")
        await keys.press("Enter")
        summary = page.get_by_role("alert", name="There is a problem")
        await expect(summary).to_be_focused()
        await expect(page.locator("#f-person_name")).to_have_value("Sam Smith")
        await keys.press("Tab")
        await keys.press("Enter")
        await expect(page.locator("#f-channel")).to_be_focused()
        await keys.type("Tel")
        await keys.press("Tab")
        await keys.type("10102026")  # the same whether the browser asks for the day or the month first
        await page.locator("#f-what_happened").focus()
        await keys.type(STORY)
        await page.locator("#f-examples-0").focus()
        await keys.press("Space")
        await page.get_by_role("button", name="Next").press("Enter")
        await expect(page.get_by_text("Page 2 of 2")).to_be_visible()
        await expect(page.get_by_role("heading", name="Report an incident")).to_be_focused()
        await page.get_by_role("button", name="Send the report").press("Enter")
        await expect(page.get_by_role("heading", name="Report received: INC-2026-0008")).to_be_visible()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await expect(page.get_by_role("combobox", name="Message or command")).to_be_focused()
        (report,) = street.desk.reports
        assert report["what_happened"] == STORY
        assert (report["channel"], report["happened_on"]) == ("telephone", "2026-10-10")
        assert report["examples"] == ("A1",)


async def test_escape_should_close_an_empty_form_and_ask_before_losing_words(chromium: Browser) -> None:
    async with open_street(chromium) as street:
        page = await street.arrive()
        opener = page.get_by_role("button", name="Report an incident")
        await opener.press("Enter")
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await expect(opener).to_be_focused()

        await opener.press("Enter")
        await asked(page, "what_happened").locator("textarea").fill(STORY)
        await page.keyboard.press("Escape")
        question = page.get_by_role("alertdialog", name="Throw away what you typed?")
        await expect(question.get_by_role("button", name="Keep typing")).to_be_focused()
        await check_page(page)
        await page.keyboard.press("Escape")  # the question: no
        await expect(question).to_have_count(0)
        await expect(asked(page, "what_happened").locator("textarea")).to_have_value(STORY)
        await page.keyboard.press("Escape")
        await question.get_by_role("button", name="Throw away").press("Enter")
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await expect(opener).to_be_focused()
        assert street.desk.reports == []


async def test_press_should_keep_the_focus_on_the_card_it_changed(chromium: Browser) -> None:
    async with open_street(chromium) as street:
        street.hall.book.put("staff", WAITING)
        page = await street.arrive()
        await page.get_by_role("button", name="Approve version 1").press("Enter")
        card = page.get_by_role("article", name=APPROVED.title)
        await expect(card).to_be_focused()
        await expect(page.get_by_role("button", name="Approve version 1")).to_have_count(0)
        await card.get_by_role("button", name="Open this case").press("Enter")
        answer = page.get_by_role("article", name=MEASURES.title)
        await expect(answer).to_be_focused()
        await page.get_by_role("button", name=f"Dismiss {MEASURES.title}").press("Enter")
        await expect(answer).to_have_count(0)


async def test_question_should_be_asked_before_a_press_that_needs_it(chromium: Browser) -> None:
    async with open_street(chromium) as street:
        street.hall.book.put("staff", WAITING)
        page = await street.arrive()
        button = page.get_by_role("button", name="Impose at once")
        await button.press("Enter")
        question = page.get_by_role("alertdialog", name="Impose an urgent restriction?")
        await expect(question).to_contain_text("lapses after five working days")
        await page.keyboard.press("Escape")
        await expect(button).to_be_focused()
        assert street.hall.asked == []
        await button.press("Enter")
        await question.get_by_role("button", name="Impose it").press("Enter")
        await expect(page.get_by_text("Only the Chief Officer may do that.")).to_be_visible()
        assert [one.what for one in street.hall.asked] == [chat.Press("interim.impose", "case-7:1")]


# --- live ---------------------------------------------------------------------------------------------


async def test_message_should_arrive_and_change_on_every_page_that_may_read_it(chromium: Browser) -> None:
    async with open_street(chromium) as street:
        first, second = await street.arrive(), await street.arrive("Priya")
        message = await street.hall.sender.post("staff", WAITING, "out-1")
        for page in (first, second):
            await expect(page.get_by_role("article", name=WAITING.title)).to_be_visible()
        await street.hall.sender.update("staff", message, APPROVED, "out-2")
        for page in (first, second):
            await expect(page.get_by_text("Approved by the Chair of F&GP, 10:02")).to_be_visible()
            await expect(page.get_by_role("button", name="Approve version 1")).to_have_count(0)
        await street.hall.sender.post("governance", WAITING, "out-3")
        await expect(first.get_by_role("link", name="Governance")).to_contain_text("1 unread")
        await expect(second.get_by_role("link", name="Governance")).to_have_count(0)
        await expect(first).to_have_title("(1) Staff room · Civility")
        await first.get_by_role("link", name="Governance").press("Enter")
        await expect(first.get_by_role("heading", name="Governance")).to_be_focused()
        await expect(first).to_have_title("Governance · Civility")


async def test_page_should_catch_up_when_it_was_cut_off(chromium: Browser) -> None:
    async with open_street(chromium) as street:
        page = await street.arrive()
        street.hall.book.put("staff", WAITING)  # nobody was told
        for stream in tuple(street.hall.streams._open):
            stream.end()
        await expect(page.get_by_role("article", name=WAITING.title)).to_be_visible()


async def test_form_should_keep_its_words_when_the_server_is_not_reached(chromium: Browser) -> None:
    async with open_street(chromium) as street:
        page = await street.arrive()
        await page.get_by_role("button", name="Report an incident").click()
        await asked(page, "what_happened").locator("textarea").fill(STORY)
        await page.context.set_offline(True)
        await page.get_by_role("button", name="Next").click()
        await expect(page.locator("#form-failure")).to_contain_text("We could not reach Civility")
        await expect(asked(page, "what_happened").locator("textarea")).to_have_value(STORY)
        await page.context.set_offline(False)
        await page.get_by_role("button", name="Next").click()
        await expect(page.get_by_role("alert", name="There is a problem")).to_be_focused()
        await expect(asked(page, "what_happened").locator("textarea")).to_have_value(STORY)


async def test_page_should_say_so_when_another_tab_acts_as_somebody_else(chromium: Browser) -> None:
    async with open_street(chromium) as street:
        page = await street.arrive()
        other = await page.context.new_page()
        await other.goto(street.url)
        await other.locator("#act-as summary").click()
        await other.get_by_role("button", name="Priya").click()
        await expect(other.locator("body")).to_have_attribute("data-me", "c-priya")
        await page.get_by_role("button", name="Report an incident").click()
        await expect(page.get_by_text("This page is out of date")).to_be_visible()
        assert street.hall.asked == []


# --- every screen -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_screen_should_be_accessible_and_fit(
    chromium: Browser, size: dict[str, int], scheme: Scheme
) -> None:
    async with open_street(chromium) as street:
        page = await street.arrive(size=size, scheme=scheme)
        await look_at(page, f"30-empty-{scheme}")
        await check_page(page)
        for card in (WAITING, APPROVED, MEASURES):
            await street.hall.sender.post("staff", card, card.title)
        await expect(page.get_by_role("article", name=MEASURES.title)).to_be_visible()
        await look_at(page, f"31-room-{scheme}")
        await check_page(page)
        await page.locator("#act-as summary").click()
        await look_at(page, f"32-act-as-{scheme}")
        await check_page(page)
        await page.keyboard.press("Escape")
        say = page.get_by_role("combobox", name="Message or command")
        await say.fill("/")
        await look_at(page, f"33-offers-{scheme}")
        await check_page(page)
        await say.fill("hello")
        await say.press("Enter")
        await expect(page.get_by_text("only understands /incident")).to_be_visible()
        await look_at(page, f"34-notice-{scheme}")
        await check_page(page)
        await say.fill("/incident")
        await say.press("Escape")
        await say.press("Enter")
        await expect(page.get_by_role("heading", name="Report an incident")).to_be_focused()
        await look_at(page, f"35-form-{scheme}")
        await check_page(page)
        await page.get_by_role("button", name="Next").click()
        await expect(page.get_by_role("alert", name="There is a problem")).to_be_focused()
        await look_at(page, f"36-errors-{scheme}")
        await check_page(page)
        await asked(page, "what_happened").locator("textarea").fill(STORY)
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("alertdialog")).to_be_visible()
        await look_at(page, f"37-ask-{scheme}")
        await check_page(page)


async def test_page_should_ask_no_other_host_and_break_no_rule_of_its_policy(chromium: Browser) -> None:
    async with open_street(chromium) as street:
        page = await street.arrive()
        hosts: set[str] = set()
        said: list[str] = []
        page.on("request", lambda request: hosts.add(request.url.removeprefix(street.url)[:4]))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        await page.reload()
        await expect(page.locator("body")).to_have_attribute("data-live", "yes")
        await page.get_by_role("button", name="Report an incident").click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert "http" not in hosts
        assert said == []
