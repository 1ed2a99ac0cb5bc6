"""An appeal at Slack, natively: command, modals, nameless direct messages, two signatures, a letter."""

from __future__ import annotations

from tests.journeys.appeal_steps import LETTER, VERDICT
from tests.slack.after_steps import colleague, told
from tests.slack.test_whole_case import words
from tests.slack.town import SlackTown

SECRETS = ("Marsden", "stick", "recording", "fist")


async def test_appeal_should_go_from_command_to_outcome(town: SlackTown) -> None:
    dana, ruth, leila, tom = (town.user(name) for name in ("Dana", "Ruth", "Leila", "Tom"))
    governance = town.channels["governance"]
    room = {one.id: town.slack.direct(one.id) for one in (dana, ruth, leila)}
    await told(town)
    town.clock.pass_by(days=6, hours=2)
    await dana.types("/incident appeal INC-2026-0001", governance)
    recorded = await dana.fills(LETTER)
    assert "It is in time" in words(recorded)
    await town.deliver()
    card = dana.messages()[-1]
    await dana.presses(card, "appeal.assign", room[dana.id])
    assert "they investigated the case" in words(dana.view)
    await dana.fills({"reviewers": [colleague(town, "Ruth"), colleague(town, "Leila")]})
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
