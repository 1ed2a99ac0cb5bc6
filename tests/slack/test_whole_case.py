"""The whole case at Slack, natively: command, modals, buttons, direct messages, channels."""

from __future__ import annotations

from typing import Any

from tests.journeys.steps import FINDING, PROPOSAL, THREAT
from tests.slack.town import SlackTown


def words(shown: dict[str, Any]) -> str:
    """Every word of a message or view, as its blocks show them."""
    found: list[str] = []

    def read(part: Any) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("text"), str):
                found.append(part["text"])
            for value in part.values():
                read(value)
        elif isinstance(part, list):
            for one in part:
                read(one)

    read(shown["blocks"])
    return " ".join(" ".join(found).split())


async def test_case_should_go_from_command_to_restriction(either_town: SlackTown) -> None:
    town = either_town
    priya, dana, margaret, tom = (town.user(name) for name in ("Priya", "Dana", "Margaret", "Tom"))
    governance, councillors = town.channels["governance"], town.channels["councillors"]

    await priya.types("/incident", governance)
    received = await priya.fills(THREAT)
    assert "Report received: INC-2026-0001" in words(received)
    await town.deliver()
    (card,) = dana.messages()
    assert "INC-2026-0001" in card["text"]
    for message in (card, *margaret.messages(), *town.slack.messages[governance]):
        assert "Marsden" not in message["text"] + words(message)
        assert "fist" not in message["text"] + words(message)

    await dana.presses(card, "finding.sign", town.slack.direct(dana.id))
    await dana.fills(FINDING)
    await town.deliver()
    await margaret.presses(margaret.messages()[0], "finding.agree", town.slack.direct(margaret.id))
    await town.deliver()
    await dana.presses(dana.messages()[0], "proposal.draft", town.slack.direct(dana.id))
    await dana.fills(PROPOSAL)
    await town.deliver()
    await margaret.presses(margaret.messages()[0], "proposal.approve", town.slack.direct(margaret.id))
    await town.deliver()
    assert len(dana.messages()) == 1  # the same card, brought up to date in place
    assert "Decided: A communication restriction." in words(dana.messages()[0])
    (decision,) = town.slack.messages[councillors]
    assert "Marsden" not in decision["text"]

    await dana.presses(dana.messages()[0], "case.open", town.slack.direct(dana.id))
    assert "Alex Marsden" in words(dana.view)
    await dana.presses(dana.view, "notice.prepare")
    preview = await dana.fills({"method": "email", "address": "alex.marsden@example.com"})
    assert "Dear Alex Marsden" in words(preview)
    await dana.presses(dana.view, "notice.send")
    await dana.fills({})
    await town.deliver()
    assert "Wednesday 14 October 2026" in town.slack.messages[councillors][0]["text"]

    # The reporter reads of each step in a message of its own (R47).
    _, found, told = [message["text"] + words(message) for message in priya.messages()]
    assert "The behaviour was found unacceptable; what follows from that is being decided." in found
    assert "The person has been told of the decision on your report." in told
    assert not [name for name in ("Marsden", "fist") if name in found + told]

    await tom.types("/incident check marsden", governance)
    found = await tom.fills({})
    assert "Ask the person to write." in words(found)
