"""The steps of a case at Teams that journeys after the decision begin with, each through the door."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fakes.teams import Json
from tests.fakes.teams_user import Answer, TeamsUser, data_of
from tests.journeys.steps import FINDING, PROPOSAL, THREAT
from tests.teams.town import TeamsTown
from tests.teams.validators import buttons, words

CASE = "INC-2026-0001"
SECRETS = (
    "Marsden",
    "Marsdon",
    "stick",
    "recording",
    "fist",
    "kept my temper",
    "sorry",
    "minutes about my gate",
)
"""Words of the story and names: none of them is ever posted (R41)."""


def said(message: Json) -> str:
    """Every word of a message: what a notification reads, and what the card shows."""
    return f"{message['summary']} {words(message['attachments'][0]['content'])}"


def colleague(town: TeamsTown, name: str) -> str:
    """A colleague's own id, by first name."""
    with town.civility.store.read(town.council_id) as uow:
        return next(one.id for one in uow.colleagues.all() if name in one.name.split())


async def reported(town: TeamsTown, name: str = "Priya", **changes: Answer) -> str:
    """A colleague reports a threat from the compose box; the answer."""
    who = town.user(name)
    await who.extension("report_incident")
    answer = words(await who.fills({**THREAT, **changes}))
    await town.deliver()
    return answer


async def decided(town: TeamsTown, **changes: Answer) -> None:
    """Report, two findings, proposal, approval."""
    dana, margaret = town.user("Dana"), town.user("Margaret")
    await reported(town)
    await dana.presses(dana.card_of(CASE), "finding.sign")
    await dana.fills(FINDING)
    await town.deliver()
    await margaret.presses(margaret.card_of(CASE), "finding.agree")
    await town.deliver()
    await dana.presses(dana.card_of(CASE), "proposal.draft")
    await dana.fills({**PROPOSAL, **changes})
    await town.deliver()
    await margaret.presses(margaret.card_of(CASE), "proposal.approve")
    await town.deliver()


async def told(town: TeamsTown, **changes: Answer) -> None:
    """The same, and the person was told by email on Wednesday 14 October 2026."""
    await decided(town, **changes)
    await opened(town, "Dana")
    await write(town, "Prepare the notice", {"method": "email", "address": "alex.marsden@example.com"})


async def opened(town: TeamsTown, name: str, reference: str = CASE) -> Json:
    """The whole case in a dialog, by a card that carries its reference or by typing the command."""
    who = town.user(name)
    await who.types(f"case {reference}")
    await town.idle()
    (only,) = [
        one for one in buttons(who.messages()[-1]["attachments"][0]["content"]) if "command" in data_of(one)
    ]
    return await who.press_action(only, who.messages()[-1]["id"])


async def press(who: TeamsUser, label: str) -> Json:
    """The button of the dialog on the screen that says this."""
    return await who.submit(labelled(who.dialog, label)["data"])


def labelled(shown: Json, label: str) -> Json:
    """The button that says this; where it asks first, the one that says yes."""
    found = next((one for one in buttons(shown) if one["title"] == label), None)
    assert found, f"no button “{label}”: {[one['title'] for one in buttons(shown)]}"
    return buttons(found["card"])[0] if found["type"] == "Action.ShowCard" else found


async def write(town: TeamsTown, label: str, how: Mapping[str, Answer], name: str = "Dana") -> str:
    """Write a letter from the case on the screen, and record that it was sent; its preview."""
    who = town.user(name)
    await press(who, label)
    preview = words(await who.fills(how))
    await who.presses_in_dialog("notice.send")
    await who.fills({})
    await town.deliver()
    return preview


def nothing_private(town: TeamsTown) -> None:
    """No message posted anywhere carries a name or a word of the story."""
    for message in (one for held in town.teams.messages.values() for one in held):
        found = [one for one in SECRETS if one in said(message)]
        assert not found, f"{found} in a posted message: {said(message)}"
        assert message["summary"]
