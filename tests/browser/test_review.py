"""A review in a real browser: from a restriction without end to the invitation, the person's words, and its end."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from playwright.async_api import Browser, expect

from tests.browser.screen import DESKTOP, PHONE, open_screen
from tests.journeys.steps import decide, notify
from tests.journeys.test_reminders import at
from tests.town import Town

CASE = re.compile(r"^INC-2026-0001")
WORDS = "I have kept my temper since the summer."


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_review_should_go_from_a_restriction_to_its_end(
    chromium: Browser, town: Town, size: Mapping[str, int]
) -> None:
    await decide(town, duration="permanent", ends_on="", review_on="2027-04-14")
    await notify(town)
    town.clock.go(at("2027-03-24 10:00"))
    dana = await open_screen(chromium, town, "Dana", viewport=size)
    tom = await open_screen(chromium, town, "Tom", "staff", viewport=size)

    # The chief officer invites the person, and records when the invitation went.
    await dana.types("/incident case INC-2026-0001")
    await expect(dana.card(CASE)).to_contain_text("due for review by Wednesday 14 April 2027")
    await dana.look("review-01-due")
    await dana.presses(CASE, "Invite the person to comment")
    await dana.completes({"method": "email"}, "Write the notice")
    letter = dana.card(re.compile("^Invitation to the review"))
    await expect(letter).to_contain_text("Please let us have it before Wednesday 7 April 2027.")
    await dana.look("review-02-invitation")
    await letter.get_by_role("button", name="Record that it was sent").click()
    await dana.completes({}, "Save")
    await expect(dana.card(CASE)).to_contain_text("can comment until Wednesday 7 April 2027")

    # What the person says is kept, and read before anything is decided.
    await dana.presses(CASE, "Record what the person said")
    await dana.completes({"how": "email", "text": WORDS}, "Save")
    await expect(dana.card(CASE)).to_contain_text(WORDS)
    await dana.presses(CASE, "Decide the review")
    await expect(dana.dialog).to_contain_text(WORDS)
    await expect(dana.dialog.locator('input[value="end"]')).to_be_checked()
    await dana.look("review-03-decide")
    await dana.fills({"outcome": "continue"})
    await dana.next("Next")
    await dana.look("review-04-continue")
    await dana.dialog.get_by_role("button", name="Decide", exact=True).click()
    await expect(dana.dialog).to_contain_text("The person can comment until Wednesday 7 April 2027.")
    await dana.look("review-05-too-soon")
    await dana.completes({"outcome": "end"}, "Decide")

    # From that second nothing holds, and what was blocked is to be opened again.
    await expect(dana.card(CASE)).to_contain_text("The restriction was ended")
    await dana.check()
    await dana.look("review-06-ended")
    assert town.record()["restrictions"][0]["reason"] == "ended"
    await expect(dana.card("To do: INC-2026-0001")).to_contain_text("Tell colleagues")
    await expect(dana.card("To do: INC-2026-0001")).not_to_contain_text("temper")
    await tom.types("/incident check marsden")
    await tom.completes({}, "Look up")
    await expect(tom.card("No restriction is in force")).to_be_visible()

    # The person is told.
    await dana.presses(CASE, "Write to the person that it ended")
    await dana.completes({"method": "email"}, "Write the notice")
    await expect(dana.card(re.compile("^End of the restriction"))).to_contain_text("have ended them")
    await dana.check()
    await dana.look("review-07-letter")
