"""An appeal in a real browser: recorded, heard by two councillors, cancelled; and from that second nothing holds."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from playwright.async_api import Browser, expect

from tests.browser.screen import DESKTOP, PHONE, open_screen
from tests.journeys.appeal_steps import LETTER, VERDICT, told
from tests.town import Town

CASE = re.compile(r"^INC-2026-0001")
APPEAL = "Appeal: INC-2026-0001"
SECRETS = ("Marsden", "stick", "recording")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_appeal_should_go_from_the_letter_to_a_cancelled_decision(
    chromium: Browser, town: Town, size: Mapping[str, int]
) -> None:
    await told(town)
    dana = await open_screen(chromium, town, "Dana", viewport=size)
    ruth = await open_screen(chromium, town, "Ruth", viewport=size)
    owen = await open_screen(chromium, town, "Owen", viewport=size)
    governance = await open_screen(chromium, town, "Sam", "governance", viewport=size)
    tom = await open_screen(chromium, town, "Tom", "staff", viewport=size)

    # The letter is recorded with the day it came.
    await dana.types("/incident appeal INC-2026-0001")
    await dana.fills(_plain(LETTER))
    await dana.look("appeal-01-record")
    await dana.completes(_plain(LETTER), "Save")
    await expect(dana.page.get_by_text("It is in time").first).to_be_visible()
    await expect(governance.card(APPEAL)).to_contain_text("waits for two reviewers")
    await governance.check()

    # Two councillors are picked; who is barred stands beside them with the reason.
    await dana.presses(APPEAL, "Pick the reviewers")
    await expect(dana.dialog).to_contain_text("they investigated the case and they approved the decision")
    await dana.look("appeal-02-reviewers")
    await dana.completes({}, "Save")

    # Each gets a card without a name, and reads the case before deciding.
    for screen in (ruth, owen):
        await expect(screen.card(APPEAL)).to_contain_text("0 of 2 have answered")
        for secret in SECRETS:
            await expect(screen.page.get_by_text(secret)).to_have_count(0)
    await ruth.check()
    await ruth.look("appeal-03-reviewer")
    await ruth.presses(APPEAL, "Read the case")
    await expect(ruth.card(CASE)).to_contain_text("I waved my stick")
    await ruth.look("appeal-04-case")
    await ruth.presses(APPEAL, "Decide")
    await ruth.fills(_plain(VERDICT))
    await ruth.look("appeal-05-outcome")
    await ruth.next("Next")
    await expect(ruth.dialog).to_contain_text("By which minute or officer decision?")
    await ruth.fills(_plain(VERDICT))
    await ruth.look("appeal-06-reasons")
    await ruth.completes(_plain(VERDICT), "Sign")

    # Until the second signature the restriction holds.
    await tom.types("/incident check marsden")
    await tom.completes({}, "Look up")
    await expect(tom.card("A restriction is in force")).to_be_visible()
    await expect(owen.card(APPEAL)).to_contain_text("1 of 2 have answered")
    assert town.record()["restrictions"][0]["in_force"] is True
    await owen.presses(APPEAL, "Agree with the other reviewer", sure="Agree and sign")
    await expect(owen.card(APPEAL)).to_contain_text("The decision is cancelled.")
    await owen.check()
    await owen.look("appeal-07-cancelled")

    # From that second nothing holds, and what was blocked is to be opened.
    found = town.record()
    (restriction,) = found["restrictions"]
    assert (restriction["in_force"], restriction["reason"]) == (False, "ended")
    assert restriction["ended_at"] == found["appeals"][0]["decided_at"]
    await tom.types("/incident check marsden")
    await tom.completes({}, "Look up")
    await expect(tom.card("No restriction is in force")).to_be_visible()
    await expect(dana.card("To do: INC-2026-0001")).to_contain_text("Tell colleagues")

    # The person is told.
    await dana.presses(re.compile(r"^Appeal: INC-2026-0001"), "Write how the appeal ended")
    await dana.completes({"method": "email"}, "Write the notice")
    letter = dana.card(re.compile("^Outcome of the appeal|^Notice for"))
    await expect(letter).to_contain_text("The outcome of your appeal")
    await expect(letter).to_contain_text("The decision is cancelled.")
    await dana.check()
    await dana.look("appeal-08-letter")
    await letter.get_by_role("button", name="Record that it was sent").click()
    await dana.completes({}, "Save")
    assert town.record()["appeals"][0]["state"] == "closed"
    await expect(governance.card(APPEAL)).to_contain_text("The person was told.")


def _plain(answers: Mapping[str, object]) -> dict[str, str | list[str]]:
    return {name: value if isinstance(value, str) else list(value) for name, value in answers.items()}  # type: ignore[call-overload]
