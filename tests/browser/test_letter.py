"""From the notice to the downloaded PDF, in a real browser."""

from __future__ import annotations

import io
import re
from hashlib import sha256
from pathlib import Path

from playwright.async_api import Browser, expect
from pypdf import PdfReader

from tests.browser.screen import open_screen
from tests.journeys.steps import decide
from tests.town import Town

TITLE = "Notice for INC-2026-0001, version 1"


async def test_notice_should_be_written_previewed_and_downloaded(
    chromium: Browser, town: Town, tmp_path: Path
) -> None:
    await decide(town)
    dana = await open_screen(chromium, town, "Dana")
    await dana.types("/incident case INC-2026-0001")
    await dana.presses(re.compile("INC-2026-0001"), "Prepare the notice")
    await dana.completes(
        {"method": "first-class", "address": "1 High Street\nAmbleford\nCA14 2ED"}, "Write the notice"
    )
    await expect(dana.card(TITLE)).to_contain_text("Dear Alex Marsden")
    await town.deliver()
    await dana.presses(TITLE, "Download the letter")
    links = dana.card("The letter of INC-2026-0001")
    await expect(links).to_contain_text("Each link works once")
    await dana.check()
    await dana.look("letter-links")
    async with dana.page.context.expect_page() as opened:
        await links.get_by_role("link", name="Download: PDF").click()
    page = await opened.value
    await expect(page.get_by_role("heading", name="Your file")).to_be_visible()
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Download the file").click()
    got = await download.value
    assert got.suggested_filename == "INC-2026-0001-decision-1.pdf"
    await got.save_as(tmp_path / "letter.pdf")
    content = (tmp_path / "letter.pdf").read_bytes()
    (made,) = [d for _, _, d in town.log("file.made") if d["file"] == "pdf"]
    assert sha256(content).hexdigest() == made["sha256"]
    text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "Dear Alex Marsden" in text
    await page.reload()
    await expect(page.get_by_text("This link no longer works")).to_be_visible()
