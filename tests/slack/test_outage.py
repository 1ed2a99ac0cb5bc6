"""Slack is down for an hour: it is asked seldom, and afterwards everybody has each message once."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.steps import THREAT
from tests.slack.town import SlackTown

STEP = timedelta(seconds=15)


async def test_everything_should_arrive_once_after_an_hour_without_slack(town: SlackTown) -> None:
    priya, dana, margaret = (town.user(name) for name in ("Priya", "Dana", "Margaret"))
    await priya.types("/incident")
    await priya.fills(THREAT)
    town.slack.down = True
    before, until = len(town.slack.called), town.clock.now + timedelta(hours=1)
    while town.clock.now < until:
        await town.sender.deliver()
        town.clock.now += STEP
    assert len(town.slack.called) - before < 60
    assert dana.messages() == []
    town.slack.down = False
    until = town.clock.now + timedelta(minutes=20)
    while town.clock.now < until:
        await town.sender.deliver()
        town.clock.now += STEP
    for one in (priya, dana, margaret):
        assert len(one.messages()) == 1, one.name
    assert len(town.slack.messages[town.channels["governance"]]) == 1
    with town.civility.store.read(town.council_id) as uow:
        assert uow.outbox.waiting() == uow.outbox.parked() == ()
