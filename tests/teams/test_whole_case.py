"""The whole case at Teams, natively: commands, dialogs, buttons, personal messages, channels."""

from __future__ import annotations

from tests.fakes.teams_user import opener_of
from tests.journeys.steps import FINDING, PROPOSAL, THREAT
from tests.teams.town import TeamsTown
from tests.teams.validators import words


def said(message: dict[str, object]) -> str:
    """Every word of a message: what a notification reads, and what the card shows."""
    content = message["attachments"][0]["content"]  # type: ignore[index]
    return f"{message['summary']} {words(content)}"


async def test_case_should_go_from_command_to_restriction(town: TeamsTown) -> None:
    priya, dana, margaret, tom = (town.user(name) for name in ("Priya", "Dana", "Margaret", "Tom"))
    governance, councillors = town.channels["governance"], town.channels["councillors"]

    await priya.types("incident", governance)
    await town.idle()
    (offered,) = town.teams.messages[governance]
    await priya.press_action(opener_of(offered), offered["id"], governance)
    received = await priya.fills(THREAT)
    assert "Report received: INC-2026-0001" in words(received)
    await town.deliver()
    card = dana.card_of("INC-2026-0001")
    for message in (card, *margaret.messages(), *town.teams.messages[governance]):
        assert "Marsden" not in said(message)
        assert "fist" not in said(message)

    await dana.presses(card, "finding.sign")
    await dana.fills(FINDING)
    await town.deliver()
    await margaret.presses(margaret.card_of("INC-2026-0001"), "finding.agree")
    await town.deliver()
    await dana.presses(dana.card_of("INC-2026-0001"), "proposal.draft")
    await dana.fills(PROPOSAL)
    await town.deliver()
    await margaret.presses(margaret.card_of("INC-2026-0001"), "proposal.approve")
    await town.deliver()
    assert len(dana.messages()) == 1  # the same card, brought up to date in place
    assert "Decided: A communication restriction." in said(dana.messages()[0])
    (decision,) = town.teams.messages[councillors]
    assert "Marsden" not in said(decision)

    await dana.presses(dana.messages()[0], "case.open")
    assert "Alex Marsden" in words(dana.dialog)
    await dana.presses_in_dialog("notice.prepare")
    preview = await dana.fills({"method": "email", "address": "alex.marsden@example.com"})
    assert "Dear Alex Marsden" in words(preview)
    await dana.presses_in_dialog("notice.send")
    await dana.fills({})
    await town.deliver()
    assert "Wednesday 14 October 2026" in said(town.teams.messages[councillors][0])

    await tom.types("check marsden", governance)
    await town.idle()
    offered = town.teams.messages[governance][-1]
    assert "marsden" not in said(offered).lower()
    await tom.press_action(opener_of(offered), offered["id"], governance)
    found = await tom.fills({"words": "marsden"})
    assert "Ask the person to write." in words(found)
