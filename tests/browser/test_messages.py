"""Filing a message in a real browser: looked up, filed, its route on the chief officer's card, done (R27, R28)."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from tests.browser.screen import PHONE, open_screen
from tests.journeys.steps import decide, notify
from tests.town import Town


async def test_message_should_be_filed_from_the_look_up_and_its_route_be_done(
    chromium: Browser, town: Town
) -> None:
    await decide(town)
    await notify(town)
    tom = await open_screen(chromium, town, "Tom", viewport=PHONE)
    await tom.types("/incident check marsden")
    await tom.presses("A restriction is in force", "File a message")
    await tom.look("message-1")
    await tom.completes(
        {"channel": "email", "words": "Where are my minutes?", "questions": ["foi"]}, last="File it"
    )
    await tom.look("message-2")
    await expect(tom.card("Filed under INC-2026-0001")).to_contain_text("Wednesday 11 November 2026")
    await town.deliver()
    dana = await open_screen(chromium, town, "Dana")
    card = dana.card("To do: INC-2026-0001")
    await expect(card).not_to_contain_text("minutes")
    await dana.look("message-3")
    await dana.presses("To do: INC-2026-0001", "Read the message")
    await expect(dana.card("A message under INC-2026-0001")).to_contain_text("Where are my minutes?")
    await dana.look("message-4")
    await dana.presses("To do: INC-2026-0001", "Done")
    await expect(dana.card("Done: INC-2026-0001")).to_contain_text("Done on Wednesday 14 October 2026")
    await dana.check()
