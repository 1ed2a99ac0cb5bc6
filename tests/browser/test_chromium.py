"""The browser that the browser tests stand on."""

from __future__ import annotations

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

PAGE = "<html lang=en><title>Hall</title><main><h1>Hall</h1>{}</main></html>"


async def test_context_should_start_clean_when_another_kept_a_cookie(chromium: Browser) -> None:
    first = await chromium.new_context()
    await first.add_cookies([{"name": "kept", "value": "1", "url": "http://127.0.0.1"}])
    second = await chromium.new_context()
    assert await second.cookies() == []
    await first.close()
    await second.close()


async def test_axe_should_find_a_fault_when_a_picture_has_no_words(chromium: Browser) -> None:
    page = await chromium.new_page()
    await page.set_content(PAGE.format("<img src='data:,'>"))
    assert (await Axe().run(page)).violations_count == 1
    await page.set_content(PAGE.format("<p>Words</p>"))
    assert (await Axe().run(page)).violations_count == 0
    await page.close()
