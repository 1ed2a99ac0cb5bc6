"""An appeal at Slack, natively: command, modals, nameless direct messages, two signatures, a letter."""

from __future__ import annotations

from tests.journeys.appeal_steps import LETTER, VERDICT
from tests.journeys.steps import FINDING, PROPOSAL, THREAT
from tests.slack.test_whole_case import words
from tests.slack.town import SlackTown

SECRETS = ("Marsden", "stick", "recording", "fist")


async def test_appeal_should_go_from_command_to_outcome(town: SlackTown) -> None:
    priya, dana, margaret, ruth, leila, tom = (
        town.user(name) for name in ("Priya", "Dana", "Margaret", "Ruth", "Leila", "Tom")
    )
    governance = town.channels["governance"]
    room = {one.id: town.slack.direct(one.id) for one in (dana, margaret, ruth, leila)}
    await priya.types("/incident", governance)
    await priya.fills(THREAT)
    await town.deliver()
    await dana.presses(dana.messages()[0], "finding.sign", room[dana.id])
    await dana.fills(FINDING)
    await town.deliver()
    await margaret.presses(margaret.messages()[0], "finding.agree", room[margaret.id])
    await town.deliver()
    await dana.presses(dana.messages()[0], "proposal.draft", room[dana.id])
    await dana.fills(PROPOSAL)
    await town.deliver()
    await margaret.presses(margaret.messages()[0], "proposal.approve", room[margaret.id])
    await dana.presses(dana.messages()[0], "case.open", room[dana.id])
    await dana.presses(dana.view, "notice.prepare")
    await dana.fills({"method": "email", "address": "alex.marsden@example.com"})
    await dana.presses(dana.view, "notice.send")
    await dana.fills({})
    await town.deliver()

    town.clock.pass_by(days=6, hours=2)
    await dana.types("/incident appeal INC-2026-0001", governance)
    recorded = await dana.fills(LETTER)
    assert "It is in time" in words(recorded)
    await town.deliver()
    card = dana.messages()[-1]
    await dana.presses(card, "appeal.assign", room[dana.id])
    assert "they investigated the case" in words(dana.view)
    await dana.fills({"reviewers": [_id(town, "Ruth"), _id(town, "Leila")]})
    await town.deliver()

    for reviewer in (ruth, leila):
        (card,) = reviewer.messages()
        assert "0 of 2 have answered" in words(card)
        assert not any(secret in card["text"] + words(card) for secret in SECRETS)
    await ruth.presses(ruth.messages()[0], "case.open", room[ruth.id])
    assert "waved my stick" in words(ruth.view)
    await ruth.presses(ruth.messages()[0], "appeal.decide", room[ruth.id])
    await ruth.fills(VERDICT)
    await town.deliver()
    await leila.presses(leila.messages()[0], "appeal.agree", room[leila.id])
    await town.deliver()
    assert "The decision is cancelled." in words(leila.messages()[0])
    for message in town.slack.messages[governance]:
        assert not any(secret in message["text"] + words(message) for secret in SECRETS)
    await tom.types("/incident check marsden", governance)
    assert "No restriction is in force" in words(await tom.fills({}))


def _id(town: SlackTown, name: str) -> str:
    """A colleague's own id, by first name."""
    with town.civility.store.read(town.council_id) as uow:
        return next(one.id for one in uow.colleagues.all() if name in one.name.split())
