"""What could not reach somebody without the app comes when they add it: oldest first, and only what still applies."""

from __future__ import annotations

from tests.journeys.steps import FINDING
from tests.teams.after_steps import CASE, colleague, opened, press, reported, said
from tests.teams.town import TeamsTown

OTHER = "INC-2026-0002"


async def test_colleague_should_get_what_waits_when_they_add_the_app(town: TeamsTown) -> None:
    dana, margaret = town.user("Dana"), town.user("Margaret")
    await margaret.installs()
    room = town.teams.personal.pop(margaret.id)
    await margaret.send({"type": "installationUpdate", "action": "remove"})
    town.teams.messages.clear()
    await reported(town)
    await reported(town, "Tom", person_name="Bo Derwent", person_contact="bo@example.org")
    await dana.presses(dana.card_of(CASE), "finding.sign")
    await dana.fills(FINDING)
    await town.deliver()
    with town.civility.store.read(town.council_id) as uow:
        parked = [one for one in uow.outbox.parked() if one.recipient.id == colleague(town, "Margaret")]
    assert [one.view for one in parked] == ["case.card", "case.card"]
    assert any("Margaret Hall could not be delivered" in said(one) for one in dana.messages())
    assert room not in town.teams.messages

    await opened(town, "Dana", OTHER)  # meanwhile she turns out to have an interest in the second case
    await press(dana, "Record a conflict of interest")
    await dana.fills(
        {"colleague": colleague(town, "Margaret"), "reason": "interest", "words": "A neighbour."}
    )
    await town.deliver()
    town.teams.personal[margaret.id] = room
    for _ in range(2):  # Teams says it twice
        await margaret.send({"type": "installationUpdate", "action": "add"})
    await town.deliver()
    got = [said(one) for one in margaret.messages()]
    assert "Welcome to Civility" in got[0]
    assert [CASE in got[1], "Agree with the finding" in got[1]] == [True, True]  # as it stands now, and once
    assert [OTHER in got[2], "take no part" in got[2], len(got)] == [True, True, 3]
    with town.civility.store.read(town.council_id) as uow:
        assert uow.outbox.parked() == ()
    await margaret.presses(margaret.card_of(CASE), "finding.agree")
    assert len(town.file(CASE).by_seat) == 2
