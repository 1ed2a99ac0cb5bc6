"""A tenant without council.toml: whoever can read the set-up code names the chief officer, who names the rest (R18)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.teams.app import TeamsSettings, setup_code
from bot.teams.doctor import examine_teams
from tests.fakes.teams import APP, SECRET, TENANT, Fault
from tests.fakes.teams_user import opener_of
from tests.teams.test_whole_case import said
from tests.teams.town import TeamsTown, open_teams_town
from tests.teams.validators import words

COUNCIL = {
    "council_name": "Ambleford Town Council",
    "address": "Town Hall, Ambleford",
    "appeals_contact": "appeals@ambleford.example",
}


@pytest_asyncio.fixture
async def new_town(database_url: str, tmp_path: Path) -> AsyncIterator[TeamsTown]:
    async with open_teams_town(database_url, tmp_path, empty=True) as one:
        for name in ("Ivy Admin", "Dana Okoro", "Margaret Hall", "Gil Guest"):
            one.ids[name.split()[0]] = one.teams.add_user(name, guest=name.startswith("Gil"))
        yield one


async def test_whoever_holds_the_code_should_name_the_chief_officer(new_town: TeamsTown) -> None:
    town = new_town
    ivy, dana, gil = town.user("Ivy"), town.user("Dana"), town.user("Gil")
    room = town.channels["governance"]
    code = setup_code(town.civility.store, town.council_id)
    for one, text in (
        (dana, "report"),
        (dana, "setup"),
        (dana, "setup AAAA-BBBB-CCCC-DDDD"),
        (gil, f"setup {code}"),
    ):
        await one.types(text)
        await town.idle()
    await ivy.types(f"setup {code}", room)  # not where others read it
    await town.idle()
    assert "Whoever looks after its server" in said(dana.messages()[0])
    for message in (*dana.messages()[1:], *gil.messages(), *ivy.messages()):
        assert "not the set-up code" in said(message)

    await ivy.types(f"setup {code.lower().replace('-', ' ')}")
    await town.idle()
    offered = ivy.messages()[-1]
    await ivy.press_action(opener_of(offered), offered["id"])
    await ivy.fills({**COUNCIL, "chief_officer": dana.id, "chair_fgp": town.user("Margaret").id})
    assert "Civility is set up" in words(ivy.dialog)
    await town.deliver()
    assert "Welcome to Civility" in said(dana.messages()[-1])
    with town.civility.store.read(town.council_id) as uow:
        assert {one.name for one in uow.colleagues.all()} >= {"Dana Okoro", "Margaret Hall"}

    await dana.types(f"setup {code}")  # it opens nothing any more
    await town.idle()
    assert "Who is the chief officer" not in said(dana.messages()[-1])
    assert "set up already" in said(dana.messages()[-1])


async def test_guest_and_stranger_should_not_become_chief_officer(new_town: TeamsTown) -> None:
    town = new_town
    ivy = town.user("Ivy")
    unseen = town.teams.add_user("Una Unseen", installed=False)
    town.teams.rooms.clear()
    code = setup_code(town.civility.store, town.council_id)
    await ivy.types(f"setup {code}")
    await town.idle()
    offered = ivy.messages()[-1]
    await ivy.press_action(opener_of(offered), offered["id"])
    await ivy.sends({**COUNCIL, "chief_officer": town.ids["Gil"]})
    assert "not a guest" in words(ivy.dialog)
    await ivy.sends({**COUNCIL, "chief_officer": unseen})
    assert "can’t see this person in Teams yet" in words(ivy.dialog)
    assert "Town Hall, Ambleford" in str(ivy.dialog)


# --- who is not reached, and what doctor says -----------------------------------------------------


async def test_chief_officer_should_hear_who_has_not_added_the_app(small_town: TeamsTown) -> None:
    town = small_town
    dana, margaret, tom = town.user("Dana"), town.user("Margaret"), town.user("Tom")
    for name in town.ids:
        if name != "Margaret":
            await town.user(name).installs()
    room = town.teams.personal.pop(margaret.id)
    await town.idle()
    await dana.types("offices")
    await tom.types("offices")
    await town.idle()
    assert "Not reached in Teams yet: Councillor Margaret" in said(dana.messages()[-1])
    assert "Not reached in Teams yet" not in said(tom.messages()[-1])

    from tests.teams.test_door import reported

    await reported(town)
    told = [said(one) for one in dana.messages() if "could not be delivered" in said(one)]
    assert len(told) == 1
    assert "Civility is not installed there in Teams" in told[0]

    town.teams.personal[margaret.id] = room
    await margaret.installs()
    await town.idle()
    await dana.types("offices")
    await town.idle()
    assert "Not reached in Teams yet" not in said(dana.messages()[-1])


async def test_doctor_should_say_what_is_wrong(small_town: TeamsTown) -> None:
    town = small_town
    good = TeamsSettings(APP, SECRET, TENANT, login_url=town.teams.url, openid_url=town.teams.openid)
    await town.user("Dana").installs()
    await town.idle()

    async def found(settings: TeamsSettings = good) -> list[str]:
        with town.civility.store.read(town.council_id) as uow:
            channels, conversations = uow.council.get().channels, uow.conversations.all()
        return await examine_teams(settings, channels, conversations, town.clock)

    assert await found() == []
    town.teams.rooms.pop(town.channels["councillors"])
    (one,) = await found()
    assert "can't use the councillors channel" in one
    (one,) = await found(
        TeamsSettings(APP, "wrong", TENANT, login_url=town.teams.url, openid_url=town.teams.openid)
    )
    assert "gives the app no token (invalid_client)" in one
    town.teams.faults = [Fault("GET /openid", 500)]
    assert any("signing keys were not reached" in one for one in await found())
    with town.civility.store.write(town.council_id) as uow:
        uow.council.update(channels={})
        uow.commit()
    assert len([one for one in await found() if "No Teams channel is chosen" in one]) == 2
