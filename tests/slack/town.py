"""The sample council at Slack: the real door behind a fake Slack, signed requests over HTTP in both directions."""

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
from bot.slack.app import OpenSlack, SlackSettings, open_slack
from policy.calendars import local_date
from scheduler.sender import Sender
from storage.mainkey import new_key_text
from storage.records import Identity
from tests.fakes.slack import APP_TOKEN, SECRET, TEAM, TOKEN, FakeSlack
from tests.fakes.slack_user import SlackUser
from tests.town import START, Clock, first_name


@dataclass
class SlackTown:
    """Colleagues by first name, each a user of the workspace."""

    civility: Civility
    council_id: str
    slack: FakeSlack
    opened: OpenSlack
    sender: Sender
    clock: Clock
    door: str
    session: aiohttp.ClientSession
    site: str
    """Where a browser reaches the program's pages: it stands for PUBLIC."""
    ids: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)

    def user(self, name: str) -> SlackUser:
        """A colleague at their own Slack."""
        return SlackUser(self.slack, self.ids[name], name, self.door, self.session)

    async def deliver(self) -> None:
        """Deliver until nothing is due, letting the seconds pass that Slack asks for."""
        for _ in range(30):
            await self.civility.paper.work()
            await self.sender.deliver()
            self.clock.pass_by(seconds=11)
            if not self.civility.store.outbox_waits():
                return
        raise AssertionError("the outbox is never empty")


@asynccontextmanager
async def open_slack_town(
    database_url: str, folder: Path, *, socket: bool = False, **more: Any
) -> AsyncIterator[SlackTown]:
    """A town on this database whose colleagues use Slack; with `socket` by Socket Mode, at no address.

    `more` are settings of the program.
    """
    clock = Clock(START)
    slack = FakeSlack(clock)
    await slack.start()
    settings = Settings(
        database_url=database_url,
        civility_data=folder,
        civility_key=new_key_text(),
        slack_bot_token=TOKEN,
        **more,
    )
    civility = Civility(settings, now=clock)
    try:
        civility.store.migrate()
        council_id = seed(civility.store, sample_council(local_date(clock())), "local", clock)
        ids, channels = _join(civility, council_id, slack)
        secret, app_token = ("", APP_TOKEN) if socket else (SECRET, "")
        slack_settings = SlackSettings(TOKEN, secret, app_token, f"{slack.url}/api/")
        async with (
            open_slack(slack_settings, civility.answer, clock) as opened,
            aiohttp.ClientSession() as session,
        ):
            app = web.Application()
            app.router.add_post("/slack/events", opened.door.handle)
            app.add_routes(civility.paper.routes())
            server = TestServer(app)
            await server.start_server()
            civility.platforms["slack"] = opened.sender
            sender = Sender(civility.store, civility.platforms, civility.desk, clock, civility.run)
            door = "" if socket else str(server.make_url("/slack/events"))
            site = str(server.make_url("")).rstrip("/")
            yield SlackTown(
                civility, council_id, slack, opened, sender, clock, door, session, site, ids, channels
            )
            await server.close()
    finally:
        await slack.stop()
        civility.close()
    assert slack.refused == [], f"Slack would have refused this: {slack.refused}"


def _join(civility: Civility, council_id: str, slack: FakeSlack) -> tuple[dict[str, str], dict[str, str]]:
    """Give every colleague an account in the workspace, and the council its channels."""
    civility.store.bind_workspace(council_id, "slack", TEAM)
    ids: dict[str, str] = {}
    with civility.store.write(council_id) as uow:
        for one in uow.colleagues.all():
            user_id = ids[first_name(one.name)] = slack.add_user(one.name)
            uow.colleagues.link(Identity("slack", TEAM, user_id, one.id))
        channels = {kind: slack.add_channel(kind) for kind in ("governance", "councillors")}
        uow.council.update(channels={kind: {"slack": room} for kind, room in channels.items()})
        uow.commit()
    return ids, channels
