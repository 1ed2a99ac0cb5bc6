"""Every button of a case full of the longest words, at Teams: each answer is one Teams takes, none is a failure."""

from __future__ import annotations

from tests.fakes.teams import Json
from tests.fakes.teams_user import TeamsUser, data_of
from tests.journeys.appeal_steps import LETTER
from tests.teams.after_steps import CASE, colleague, labelled, nothing_private, opened, told
from tests.teams.town import TeamsTown
from tests.teams.validators import buttons, words

LONG = ("*Er* sagte [x](y) & <b>, `z` # 1. - 🙂 und so weiter.\n" * 60)[:3000]
"""As many signs as a field takes; every one of them means something to some markup."""


async def read_on(who: TeamsUser) -> tuple[str, list[Json]]:
    """Everything of the card on the screen, part by part, and the buttons of its last part."""
    text = words(who.dialog)
    for _ in range(30):
        onward = [one for one in buttons(who.dialog) if one["title"] == "Read on"]
        if not onward:
            return text, buttons(who.dialog)
        await who.submit(onward[0]["data"])
        text += words(who.dialog)
    raise AssertionError("the card has no end")


async def whole(town: TeamsTown, name: str) -> list[Json]:
    """The buttons of the whole case that act at once or open something; not those that ask first."""
    await opened(town, name)
    _, found = await read_on(town.user(name))
    asked = [id(buttons(one["card"])[0]) for one in found if one["type"] == "Action.ShowCard"]
    return [one for one in found if data_of(one) and id(one) not in asked]


async def test_every_button_should_be_answered_in_a_dialog_that_teams_takes(small_town: TeamsTown) -> None:
    town, dana, margaret = small_town, small_town.user("Dana"), small_town.user("Margaret")
    await told(town, case_for=LONG, case_against=LONG, proportionate=LONG, adjustments=LONG)
    town.clock.pass_by(days=6, hours=2)
    await opened(town, "Dana")
    await read_on(dana)
    await dana.submit(labelled(dana.dialog, "Record an appeal")["data"])
    await dana.fills({**LETTER, "text": LONG})
    await town.deliver()
    await dana.presses(dana.card_of(f"Appeal: {CASE}"), "appeal.assign")
    await dana.fills({"reviewers": [colleague(town, "Ruth"), colleague(town, "Leila")]})
    await town.deliver()
    await opened(town, "Dana")
    await read_on(dana)
    await dana.submit(labelled(dana.dialog, "Propose a safety marker")["data"])
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
    await opened(town, "Dana")
    text, _ = await read_on(dana)
    assert "".join(LONG.split()) in "".join(text.split())

    pressed = set[str]()
    for name in ("Dana", "Ruth"):
        who = town.user(name)
        for one in await whole(town, name):
            await who.submit(one["data"])
            answer = words(who.dialog)
            if any(data_of(each).get("step") for each in buttons(who.dialog)):
                await who.sends({})  # as it stands: what is missing is said, and the form stays
                answer += words(who.dialog)
            assert "Something went wrong" not in answer, (one["title"], answer)
            assert "not there any more" not in answer, (one["title"], answer)
            pressed.add(str(data_of(one).get("button")))
    assert len(pressed) >= 18, pressed
    await town.deliver()
    for message in (*dana.messages(), *margaret.messages()):
        for one in buttons(message["attachments"][0]["content"]):
            if one["type"] == "Action.Submit":
                await (dana if message in dana.messages() else margaret).press_action(one, message["id"])
    nothing_private(town)
