"""What a reporter and a target are told: each step in a message of its own, without a name or a story (R47)."""

from __future__ import annotations

from datetime import datetime

from handlers import views
from handlers.casefile import load
from handlers.chat import ViewRef
from handlers.news import VIEW, steps
from tests.journeys.appeal_steps import agree as agree_on_appeal
from tests.journeys.appeal_steps import assign, verdict
from tests.journeys.appeal_steps import record as record_appeal
from tests.journeys.steps import agree, approve, notify, propose, report, sign
from tests.journeys.test_people import ONE
from tests.town import Colleague, Town

TOLD = "The person has been told of the decision"


async def news(who: Colleague) -> list[str]:
    """The messages of a colleague's room but a reporter's card of the case, which comes first, and the support."""
    found = [one.text for one in await who.room() if "Support for you" not in one.text]
    return found[1:] if who.name == "Priya" else found


async def test_reporter_and_target_should_hear_of_every_step_once(town: Town) -> None:
    priya, tom, dana = [await town.colleague(name) for name in ("Priya", "Tom", "Dana")]
    margaret, ruth = await town.colleague("Margaret"), await town.colleague("Ruth")
    await report(priya, target=[tom.id])
    received = (await priya.room())[0].text
    assert "We have received your report." in received
    assert "A finding is awaited from the Chief Officer and from the Chair of F&GP." in received
    assert "It is due before Wednesday 21 October 2026." in received
    assert await news(priya) == []
    assert any("You can talk it over with the chief officer" in one.text for one in await tom.room())
    await sign(dana)
    assert await news(priya) == []  # one finding is no outcome
    await agree(margaret)
    (found,) = await news(priya)
    assert "The behaviour was found unacceptable; what follows from that is being decided." in found
    (aimed,) = await news(tom)
    assert "The report was looked into." in aimed
    assert "your report" not in aimed.lower()
    await propose(dana)
    await approve(margaret)
    assert len(await news(priya)) == 1  # decided, and the person is not told yet
    await notify(town)
    _, told = await news(priya)
    assert "After your report, the decision is a limit on contact with the council." in told
    assert TOLD in told
    assert "The person can appeal until 11.59pm on Wednesday 28 October 2026." in told
    town.clock.go(datetime.fromisoformat("2026-10-20 12:00"))
    await record_appeal(dana)
    assert "There is an appeal about the decision on your report." in (await news(priya))[-1]
    await assign(town)
    await verdict(ruth)
    assert len(await news(priya)) == 3
    await agree_on_appeal(await town.colleague("Leila"))
    last = (await news(priya))[-1]
    assert "The appeal about the decision on your report has been decided. " in last
    assert "The decision is cancelled." in last
    for who in (priya, tom):
        heard = await news(who)
        assert len(heard) == 4
        assert not [
            word
            for word in ("Marsden", "Alex", "fist", "Dana", "Okoro", "Margaret", "stick")
            if any(word in one for one in heard)
        ]
    # Who works on the case has its card, and none of these.
    assert not [one for one in await dana.room() if "your report" in one.text]


async def test_step_should_give_way_to_a_later_one_and_nothing_come_of_a_report_taken_back(
    town: Town,
) -> None:
    priya, tom, dana = [await town.colleague(name) for name in ("Priya", "Tom", "Dana")]
    await report(priya)
    await sign(dana, finding="not_unacceptable")
    margaret, case_id = await town.colleague("Margaret"), town.file().case.id
    police = await dana.presses("police.record", case_id)
    await dana.fills(police, {"route": "not_referred", "reason_not": "No crime."})
    press = (await margaret.latest(ONE)).button("finding.agree")
    await margaret.presses(press)
    await dana.presses("case.close", case_id)
    found, closed = await news(priya)
    assert "No unacceptable behaviour was found. You were right to report it." in found
    assert "police" not in found  # what it takes to close the case is not the reporter's business
    assert "The case about your report is closed." in closed
    # One that is still on its way when the next step comes is not shown any more.
    with town.civility.store.read(town.council_id) as uow:
        desk = town.civility.desk(uow)
        told = steps(load(desk, case_id))
        shown = [
            views.show(desk, ViewRef(VIEW, {"case": case_id, "step": one.key}), priya.id) for one in told
        ]
    assert [one is not None for one in shown] == [False, True]
    # A second report, taken back: nothing more comes of it.
    await report(tom)
    (card,) = [one for one in await tom.room() if "INC-2026-0002" in one.text]
    whole = await tom.presses(card.button("case.open"))
    await tom.presses(whole.button("case.withdraw"))
    assert [one.text for one in await tom.room() if "INC-2026-0002" in one.text][1:] == []
