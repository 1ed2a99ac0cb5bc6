"""The program as a process with Teams: killed as Teams takes a message; what `civility doctor` says of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from bot.app import Civility, utc_now
from bot.settings import Settings
from bot.teams.app import ADDRESS, TeamsSettings, open_teams
from bot.teams.sender import ONCE_MORE
from policy.calendars import local_date
from scheduler.sender import Sender
from storage.mainkey import new_key_text
from tests.fakes.notify import KEY, TEMPLATE, open_notify
from tests.fakes.teams import APP, SECRET, TENANT, FakeTeams
from tests.fakes.teams_user import TeamsUser
from tests.journeys.steps import THREAT
from tests.process.program import PATIENCE, Running, civility, environment, run
from tests.teams.after_steps import said

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
OFFICES = {"Dana Okoro": "chief_officer", "Margaret Hall": "chair_fgp"}


@dataclass
class DeadlyTeams(FakeTeams):
    """Kills the program when the n-th message arrives: `before` it is taken, or after it, unanswered."""

    victim: Running | None = None
    number: int = 0
    moment: str = ""
    arrived: int = field(default=0, init=False)
    taken: asyncio.Queue[str] = field(default_factory=asyncio.Queue, init=False)

    async def _post(self, request: web.Request) -> web.Response:
        self.arrived += self.victim is not None
        if self.victim is None or self.arrived != self.number:
            answer = await super()._post(request)
            self.taken.put_nowait(request.match_info["talk"])
            return answer
        answer = await super()._post(request) if self.moment == "after" else web.Response()
        self.victim.kill()
        return answer


@dataclass
class Office:
    """A council in a file, its tenant, and the environment of its program."""

    teams: DeadlyTeams
    env: dict[str, str]
    session: aiohttp.ClientSession
    users: dict[str, str]

    async def at(self, running: Running, name: str) -> TeamsUser:
        """A colleague at their own Teams who has added the app."""
        who = TeamsUser(self.teams, self.users[name], name, running.address + ADDRESS, self.session)
        await who.installs()
        return who

    def settings(self) -> Settings:
        """The same environment, for a life in this process."""
        return Settings(
            database_url=self.env.get("DATABASE_URL", ""),
            civility_key=self.env["CIVILITY_KEY"],
            civility_data=Path(self.env["CIVILITY_DATA"]),
        )


@pytest_asyncio.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """A council that has chosen Teams, before its first start."""
    teams = DeadlyTeams(utc_now)
    await teams.start()
    users = {name.split()[0]: teams.add_user(name) for name in (*OFFICES, "Priya Shah")}
    rooms = [teams.add_room(kind) for kind in ("governance", "councillors")]
    lines = ["[council]", 'name = "Process Town Council"', 'address = "Town Hall"', 'appeals_contact = "x"']
    lines += [
        "[channels]",
        f'governance = {{ teams = "{rooms[0]}" }}',
        f'councillors = {{ teams = "{rooms[1]}" }}',
    ]
    for name, held in OFFICES.items():
        lines += ["[[offices]]", f'office = "{held}"', f'name = "{name}"', "from = 2020-01-01"]
        lines += [f'teams = "{users[name.split()[0]]}"']
    (tmp_path / "council.toml").write_text("\n".join(lines), encoding="utf-8")
    env = {
        "CIVILITY_KEY": new_key_text(),
        "CIVILITY_CONFIG": str(tmp_path / "council.toml"),
        "MicrosoftAppId": APP,
        "MicrosoftAppPassword": SECRET,
        "MicrosoftAppTenantId": TENANT,
        "TEAMS_LOGIN_URL": teams.url,
        "TEAMS_OPENID_URL": teams.openid,
    }
    async with aiohttp.ClientSession() as session:
        yield Office(teams, environment(tmp_path, **env), session, users)
    await teams.stop()
    assert teams.refused == []


@pytest.mark.parametrize(("moment", "number"), [("after", 1), ("before", 2)])
async def test_kill_between_sending_and_marking_should_lose_nothing_and_repeat_only_what_is_unknown(
    office: Office, moment: str, number: int
) -> None:
    running = await asyncio.to_thread(run, office.env)
    colleagues = [await office.at(running, name) for name in ("Dana", "Margaret", "Priya")]
    for _ in colleagues:  # until each was welcomed
        await asyncio.wait_for(office.teams.taken.get(), PATIENCE)
    welcomed = {one["id"] for held in office.teams.messages.values() for one in held}
    office.teams.victim, office.teams.number, office.teams.moment = running, number, moment
    await colleagues[2].extension("report_incident")
    yesterday = (local_date(utc_now()) - timedelta(days=1)).isoformat()
    with suppress(aiohttp.ClientError):  # the kill may be quicker than the answer
        await colleagues[2].fills({**THREAT, "happened_on": yesterday})
    await asyncio.to_thread(running.process.wait, PATIENCE)
    office.teams.victim = None
    before = _reports(office, welcomed)
    assert len(before) == 1  # taken and unanswered, or taken and answered before the kill at the second

    await _live_again(office)
    after = _reports(office, welcomed)
    twice = [one for one in after if ONCE_MORE in said(one)]
    assert len(twice) == 1  # of the one message nothing was known: it says so
    rooms = [one["talk"] for one in after]
    if moment == "after":
        assert rooms.count(before[0]["talk"]) == 2
        assert twice[0]["talk"] == before[0]["talk"]
        after.remove(twice[0])
    assert sorted(one["talk"] for one in after) == sorted({one["talk"] for one in after})
    assert len(after) >= 4  # Dana's, Margaret's, Priya's, the governance channel's


def _reports(office: Office, before: set[str]) -> list[dict[str, str]]:
    """Every message since, in order."""
    return [one for held in office.teams.messages.values() for one in held if one["id"] not in before]


async def _live_again(office: Office) -> None:
    """The next start, when the lease of what was claimed has ended."""

    def later() -> object:
        return utc_now() + timedelta(minutes=2)

    program = Civility(office.settings(), now=later)  # type: ignore[arg-type]
    given = TeamsSettings(
        APP, SECRET, TENANT, login_url=office.teams.url, openid_url=office.teams.openid,
        service_url=office.teams.service,
    )  # fmt: skip
    council = program.store.councils()[0]
    async with open_teams(
        given.checked("127.0.0.1"), program.answer, program.now, program.store, program.run
    ) as opened:
        sender = Sender(program.store, {"teams": opened.sender}, program.desk, program.now, program.run)
        await sender.deliver()
    with program.store.read(council.id) as uow:
        assert uow.outbox.waiting() == uow.outbox.parked() == ()
        assert [line.action for line in uow.log.lines()].count("incident.reported") == 1
    assert program.store.verify_log(council.id).ok
    program.close()


async def test_doctor_should_be_content_and_then_say_what_is_wrong_with_teams_and_notify(
    office: Office,
) -> None:
    async with open_notify() as notify:
        notify_env = {
            "NOTIFY_API_KEY": KEY,
            "NOTIFY_BASE_URL": notify.url,
            "NOTIFY_EMAIL_TEMPLATE": TEMPLATE,
            "PUBLIC_URL": "https://civility.example",
        }

        async def doctor(**more: str) -> list[str]:
            done = await asyncio.to_thread(civility, "doctor", env={**office.env, **notify_env, **more})
            found = done.stdout.strip().splitlines()
            assert (done.returncode == 0) == (found == ["All is well."]), done
            return found

        running = await asyncio.to_thread(run, office.env)
        for name in ("Dana", "Margaret"):
            await office.at(running, name)
        assert (await asyncio.to_thread(running.stop))[0] == 0
        assert await doctor() == ["All is well."]
        office.teams.rooms.pop(next(iter(office.teams.rooms)))
        found = " ".join(await doctor(NOTIFY_API_KEY=KEY[:-1] + "f", PUBLIC_URL=""))
        assert "can't use the governance channel" in found
        assert "GOV.UK Notify does not take the key" in found
        assert "can't be downloaded in Teams: set PUBLIC_URL" in found
        for secret in (SECRET, KEY, KEY[-36:], office.env["CIVILITY_KEY"]):
            assert secret not in found
