"""The steps of a case at Slack that journeys after the decision begin with, each through the door."""

from __future__ import annotations

from tests.fakes.slack import Json
from tests.fakes.slack_user import Answer, SlackUser
from tests.journeys.steps import FINDING, PROPOSAL, THREAT
from tests.slack.test_whole_case import words
from tests.slack.town import SlackTown

CASE = "INC-2026-0001"
SECRETS = ("Marsden", "Marsdon", "stick", "recording", "fist", "kept my temper", "sorry", "High Street")
"""Words of the story, names and addresses: none of them is ever posted (R41)."""


async def reported(town: SlackTown, name: str = "Priya", **changes: Answer) -> str:
    """A colleague reports a threat; the answer."""
    who = town.user(name)
    await who.types("/incident")
    answer = words(await who.fills({**THREAT, **changes}))
    await town.deliver()
    return answer


async def on_card(town: SlackTown, who: SlackUser, button: str, words_on_it: str = CASE) -> Json:
    """Press a button of the newest message with these words in their own conversation; the view on the screen."""
    card = next(one for one in reversed(who.messages()) if words_on_it in one["text"])
    return await who.presses(card, button, town.slack.direct(who.id))


async def decided(town: SlackTown, **changes: Answer) -> None:
    """Report, two findings, proposal, approval."""
    dana, margaret = town.user("Dana"), town.user("Margaret")
    await reported(town)
    await on_card(town, dana, "finding.sign")
    await dana.fills(FINDING)
    await town.deliver()
    await on_card(town, margaret, "finding.agree")
    await town.deliver()
    await on_card(town, dana, "proposal.draft")
    await dana.fills({**PROPOSAL, **changes})
    await town.deliver()
    await on_card(town, margaret, "proposal.approve")
    await town.deliver()


async def prepared(town: SlackTown, **changes: Answer) -> Json:
    """The same, and the notice is written; its preview. `changes` are the proposal's."""
    await decided(town, **changes)
    dana = town.user("Dana")
    await opened(town, "Dana")
    await dana.presses(dana.view, "notice.prepare")
    preview = await dana.fills({"method": "email", "address": "alex.marsden@example.com"})
    await town.deliver()
    return preview


async def told(town: SlackTown, **changes: Answer) -> None:
    """The same, and the person was told by email on Wednesday 14 October 2026."""
    await prepared(town, **changes)
    dana = town.user("Dana")
    await dana.presses(dana.view, "notice.send")
    await dana.fills({})
    await town.deliver()


async def opened(town: SlackTown, name: str, reference: str = CASE) -> Json:
    """The whole case, by the button of a card that carries its reference."""
    return await on_card(town, town.user(name), "case.open", reference)


async def press(who: SlackUser, label: str) -> Json:
    """The button of the view on the screen that says this."""
    return await who.presses(
        labelled(who.view, label), labelled(who.view, label)["action_id"].partition(":")[0]
    )


def colleague(town: SlackTown, name: str) -> str:
    """A colleague's own id, by first name."""
    with town.civility.store.read(town.council_id) as uow:
        return next(one.id for one in uow.colleagues.all() if name in one.name.split())


async def takes_no_part(town: SlackTown, name: str) -> None:
    """The chief officer records that a colleague has an interest of their own: they lose sight of the case."""
    dana = town.user("Dana")
    await opened(town, "Dana")
    await press(dana, "Record a conflict of interest")
    await dana.fills({"colleague": colleague(town, name), "reason": "interest", "words": "A neighbour."})


def labelled(shown: Json, label: str) -> Json:
    """The button that says this, as the only one of its view."""
    found = [one for block in shown["blocks"] for one in block.get("elements", ()) if _label(one) == label]
    assert found, (
        f"no button “{label}”: {[_label(o) for b in shown['blocks'] for o in b.get('elements', ())]}"
    )
    return {**found[0], "blocks": [{"elements": [found[0]]}]}


def _label(element: Json) -> str:
    text = element.get("text")
    return text.get("text", "") if isinstance(text, dict) else ""


def nothing_private(town: SlackTown) -> None:
    """No message posted anywhere carries a name or a word of the story."""
    for message in (one for held in town.slack.messages.values() for one in held):
        said = message["text"] + words(message)
        found = [one for one in SECRETS if one in said]
        assert not found, f"{found} in a posted message: {said}"
