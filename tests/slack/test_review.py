"""A review at Slack, natively: the invitation, what the person said, a nameless card, ending it; nothing holds then."""

from __future__ import annotations

from datetime import datetime

from policy.calendars import LONDON
from tests.journeys.steps import FINDING, PROPOSAL, THREAT
from tests.slack.test_whole_case import words
from tests.slack.town import SlackTown

SECRETS = ("Marsden", "fist", "kept my temper")
PERMANENT = {"duration": "permanent", "ends_on": "", "review_on": "2027-04-14"}


async def test_review_should_go_from_the_invitation_to_its_end(town: SlackTown) -> None:
    priya, dana, margaret, tom = (town.user(name) for name in ("Priya", "Dana", "Margaret", "Tom"))
    governance = town.channels["governance"]
    room = {one.id: town.slack.direct(one.id) for one in (dana, margaret)}
    await priya.types("/incident", governance)
    await priya.fills(THREAT)
    await town.deliver()
    await dana.presses(dana.messages()[0], "finding.sign", room[dana.id])
    await dana.fills(FINDING)
    await town.deliver()
    await margaret.presses(margaret.messages()[0], "finding.agree", room[margaret.id])
    await town.deliver()
    await dana.presses(dana.messages()[0], "proposal.draft", room[dana.id])
    await dana.fills({**PROPOSAL, **PERMANENT})
    await town.deliver()
    await margaret.presses(margaret.messages()[0], "proposal.approve", room[margaret.id])
    await dana.presses(dana.messages()[0], "case.open", room[dana.id])
    await dana.presses(dana.view, "notice.prepare")
    await dana.fills({"method": "email", "address": "alex.marsden@example.com"})
    await dana.presses(dana.view, "notice.send")
    await dana.fills({})

    town.clock.now = datetime(2027, 3, 24, 10, tzinfo=LONDON)
    await dana.presses(dana.messages()[0], "case.open", room[dana.id])
    assert "due for review by Wednesday 14 April 2027" in words(dana.view)
    (invite,) = [
        one["value"]
        for block in dana.view["blocks"]
        if block["type"] == "actions"
        for one in block["elements"]
        if one["text"]["text"] == "Invite the person to comment"
    ]
    assert invite.partition(":")[2].startswith("invitation:")
    await dana.presses(dana.view, "review.comment")
    await dana.fills({"how": "email", "text": "I have kept my temper since."})
    await dana.presses(dana.messages()[0], "case.open", room[dana.id])
    await dana.presses(dana.view, "review.decide")
    assert "kept my temper" in words(dana.view)
    await dana.sends({"outcome": "continue"})
    early = await dana.sends({"reasons": "He shouted again in March."})
    assert "has not been invited to comment" in str(early) + words(dana.view)
    await dana.fills({"outcome": "end", "reasons": ""})
    await town.deliver()
    assert any("To do" in words(card) for card in dana.messages())
    for card in (*dana.messages(), *margaret.messages(), *town.slack.messages[governance]):
        assert not any(secret in card["text"] + words(card) for secret in SECRETS)
    await tom.types("/incident check marsden", governance)
    assert "No restriction is in force" in words(await tom.fills({}))
