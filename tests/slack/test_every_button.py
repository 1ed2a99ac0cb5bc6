"""Every button of a case full of the longest words, at Slack: each answer is one Slack takes, none is a failure."""

from __future__ import annotations

from tests.fakes.slack import Json
from tests.journeys.appeal_steps import LETTER
from tests.slack.after_steps import CASE, colleague, nothing_private, on_card, opened, press, told
from tests.slack.test_whole_case import words
from tests.slack.town import SlackTown

LONG = ("*Er* sagte <x|y> & <b>, `z` :) <!here> 1. - 🙂 und so weiter.\n" * 60)[:2990]
"""As many signs as a field takes; every one of them means something to Slack."""


def harmless(view: Json) -> list[Json]:
    """The buttons of a view that don't ask first and lead nowhere outside."""
    found = [
        one for block in view["blocks"] for one in block.get("elements", ()) if one.get("type") == "button"
    ]
    return [one for one in found if "confirm" not in one and "url" not in one]


async def test_every_button_should_be_answered_in_a_view_that_slack_takes(small_town: SlackTown) -> None:
    town, dana = small_town, small_town.user("Dana")
    await told(town, case_for=LONG, case_against=LONG, proportionate=LONG, adjustments=LONG)
    town.clock.pass_by(days=6, hours=2)
    await dana.types(f"/incident appeal {CASE}")
    await dana.fills({**LETTER, "text": LONG})
    await town.deliver()
    await on_card(town, dana, "appeal.assign", "Appeal")
    await dana.fills({"reviewers": [colleague(town, "Ruth"), colleague(town, "Leila")]})
    await town.deliver()
    await opened(town, "Dana")
    await press(dana, "Propose a safety marker")
    await dana.fills(
        {
            "risk": "threat",
            "fact": "On 14 October 2026 he raised his fist at the desk.",
            "advice": "Meet in pairs.",
            "expires_on": "2027-04-14",
            "tell_person": "yes",
        }
    )
    await town.deliver()
    pressed = set[str]()
    for name in ("Dana", "Ruth"):
        who = town.user(name)
        for one in harmless(await opened(town, name)):
            await opened(town, name)
            button = str(one["action_id"]).partition(":")[0]
            await who.presses({"blocks": [{"elements": [one]}]}, button)
            answer = words(who.view)
            if any(block["type"] == "input" for block in who.view["blocks"]):
                answer += str(await who.sends({}))  # as it stands: what is missing is said
            assert "Something went wrong" not in answer, (one["text"], answer)
            pressed.add(button)
    assert len(pressed) >= 18, pressed
    await town.deliver()
    nothing_private(town)
