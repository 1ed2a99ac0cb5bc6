"""A review at Slack, natively: the invitation, what the person said, a nameless card, ending it; nothing holds then."""

from __future__ import annotations

from datetime import datetime

from policy.calendars import LONDON
from tests.slack.after_steps import labelled, told
from tests.slack.test_whole_case import words
from tests.slack.town import SlackTown

SECRETS = ("Marsden", "fist", "kept my temper")
PERMANENT = {"duration": "permanent", "ends_on": "", "review_on": "2027-04-14"}


async def test_review_should_go_from_the_invitation_to_its_end(town: SlackTown) -> None:
    dana, margaret, tom = (town.user(name) for name in ("Dana", "Margaret", "Tom"))
    governance = town.channels["governance"]
    room = {one.id: town.slack.direct(one.id) for one in (dana, margaret)}
    await told(town, **PERMANENT)
    town.clock.now = datetime(2027, 3, 24, 10, tzinfo=LONDON)
    await dana.presses(dana.messages()[0], "case.open", room[dana.id])
    assert "due for review by Wednesday 14 April 2027" in words(dana.view)
    invite = labelled(dana.view, "Invite the person to comment")["value"]
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
