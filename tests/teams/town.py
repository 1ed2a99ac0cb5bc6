"""The sample council at Teams: the whole program behind its real door, signed requests over HTTP both ways."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.app import Civility
from bot.sample import sample_council
from bot.seed import seed
from bot.settings import Settings
from bot.teams.app import ADDRESS, OpenTeams, TeamsSettings, open_teams
from handlers.casefile import CaseFile, load
from policy.calendars import local_date
from scheduler.sender import Sender
from storage.mainkey import new_key_text
from storage.records import Identity
from tests.fakes.teams import APP, SECRET, TENANT, FakeTeams
from tests.fakes.teams_user import TeamsUser
from tests.town import START, Clock, first_name


@dataclass
class TeamsTown:
    """Colleagues by first name, each a user of the tenant."""

    civility: Civility
    council_id: str
    teams: FakeTeams
    opened: OpenTeams
    sender: Sender
    clock: Clock
    door: str
    session: aiohttp.ClientSession
    site: str
    """Where a browser reaches the program's pages: it stands for PUBLIC."""
    ids: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    slept: list[float] = field(default_factory=list)
    _users: dict[str, TeamsUser] = field(default_factory=dict)

    def user(self, name: str) -> TeamsUser:
        """A colleague at their own Teams."""
        if name not in self._users:
            self._users[name] = TeamsUser(self.teams, self.ids[name], name, self.door, self.session)
        return self._users[name]

    async def idle(self) -> None:
        """Wait for the replies that are on their way."""
        await self.opened.door.idle()

    async def deliver(self) -> None:
        """Deliver until nothing is due, letting the seconds pass that Teams asks for."""
        await self.idle()
        for _ in range(30):
            await self.civility.paper.work()
            await self.sender.deliver()
            self.clock.pass_by(seconds=11)
            if not self.civility.store.outbox_waits():
                return
        raise AssertionError("the outbox is never empty")

    def file(self, reference: str = "") -> CaseFile:
        """A case whole, as it is recorded now."""
        with self.civility.store.read(self.council_id) as uow:
            case = uow.cases.by_reference(reference) if reference else uow.cases.all(1)[0]
            assert case is not None
            found = load(self.civility.desk(uow), case.id)
            _ = (found.seats, found.stage, found.parties, found.messages)  # computed while the unit is open
            return found


@asynccontextmanager
async def open_teams_town(
    database_url: str, folder: Path, *, empty: bool = False, **more: Any
) -> AsyncIterator[TeamsTown]:
    """A town on this database whose colleagues use Teams; `empty`: nobody was named yet. `more`: settings."""
    clock = Clock(START)
    teams = FakeTeams(clock)
    await teams.start()
    settings = Settings(
        database_url=database_url, civility_data=folder, civility_key=new_key_text(), teams_app_id=APP, **more
    )
    civility = Civility(settings, now=clock)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock.pass_by(seconds=seconds)

    try:
        civility.store.migrate()
        if empty:
            council_id = civility.store.create_council("", "", "", {}).id
        else:
            council_id = seed(civility.store, sample_council(local_date(clock())), "local", clock)
        civility.store.bind_workspace(council_id, "teams", TENANT)
        ids, channels = join(civility, council_id, teams)
        given = TeamsSettings(
            APP, SECRET, TENANT, login_url=teams.url, openid_url=teams.openid, service_url=teams.service
        )
        async with (
            open_teams(
                given.checked("127.0.0.1"), civility.answer, clock, civility.store, civility.run, sleep
            ) as opened,
            aiohttp.ClientSession() as session,
        ):
            app = web.Application()
            app.router.add_post(ADDRESS, opened.entrance.handle)
            app.add_routes(civility.paper.routes())
            server = TestServer(app)
            await server.start_server()
            civility.platforms["teams"] = opened.sender
            sender = Sender(civility.store, civility.platforms, civility.desk, clock, civility.run)
            door, site = str(server.make_url(ADDRESS)), str(server.make_url("")).rstrip("/")
            yield TeamsTown(
                civility, council_id, teams, opened, sender, clock, door, session, site, ids, channels, slept
            )
            await server.close()
    finally:
        await teams.stop()
        civility.close()
    assert teams.refused == [], f"Teams would have refused this: {teams.refused}"


def join(civility: Civility, council_id: str, teams: FakeTeams) -> tuple[dict[str, str], dict[str, str]]:
    """Give every colleague an account in the tenant, and the council its channels."""
    ids: dict[str, str] = {}
    with civility.store.write(council_id) as uow:
        for one in uow.colleagues.all():
            user_id = ids[first_name(one.name)] = teams.add_user(one.name)
            uow.colleagues.link(Identity("teams", TENANT, user_id, one.id))
        channels = {kind: teams.add_room(kind) for kind in ("governance", "councillors")}
        known = uow.council.get().channels
        uow.council.update(
            channels={
                **known,
                **{kind: {**known.get(kind, {}), "teams": room} for kind, room in channels.items()},
            }
        )
        uow.commit()
    return ids, channels
