"""The composition root: builds everything once and hands it on. No other module holds state at import time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.council_file import CouncilFile, read_council_file
from bot.holidays import published_calendar
from bot.local.book import StoreBook
from bot.local.door import LocalDoor
from bot.local.sender import LocalSender
from bot.local.streams import Streams
from bot.metrics import Metrics
from bot.paper_room import PaperRoom
from bot.platforms import LocalPlatform
from bot.sample import sample_council
from bot.seed import join_workspace, new_council, seed
from bot.settings import Settings
from bot.storing import open_store
from handlers.chat import Request, Response
from handlers.desk import Desk
from handlers.home import COMMANDS
from handlers.routes import Routes
from handlers.table import TABLE
from handlers.templates_check import check_templates
from policy.calendars import Calendar, local_date
from policy.settings import council_calendar, current_settings
from scheduler.clock import every, every_minute, every_night, make_clock
from scheduler.platform import Platform
from scheduler.reminders import fire_due
from scheduler.sender import Sender
from scheduler.standing import Standing
from scheduler.upkeep import nightly
from storage.store import UnitOfWork

if TYPE_CHECKING:
    from bot.slack.app import SlackSettings
    from bot.teams.app import TeamsSettings

log = logging.getLogger("civility")

T = TypeVar("T")
Clock = Callable[[], datetime]
TICK = timedelta(seconds=5)
STUCK = timedelta(minutes=10)
"""So long may a message or a reminder be due; a sender that runs takes it within seconds, or sets another time."""
LOCAL_WORKSPACE = "local"


def utc_now() -> datetime:
    """The time, aware UTC: the one clock of the program."""
    return datetime.now(UTC)


class Civility:
    """One running program: its store, its journeys, its doors, its sender and its clock."""

    def __init__(
        self,
        settings: Settings,
        *,
        now: Clock = utc_now,
        calendar: Callable[[], Calendar] = published_calendar,
    ) -> None:
        self.settings, self.now, self.calendar = settings, now, calendar
        self.store, self._keys = open_store(settings, now)
        self.routes = Routes(self.store, TABLE, calendar, now, settings.outside)
        # SQLite has one writer and a few readers; on PostgreSQL as many clicks run as the pool has connections.
        self._embedded = settings.embedded
        self._pool = ThreadPoolExecutor(6 if self._embedded else 16, thread_name_prefix="click")
        self.metrics = Metrics()
        self.platforms: dict[str, Platform] = {}  # filled as the doors open
        self.paper = PaperRoom(settings.notify, self.store, self.desk, now, self.run, self.platforms)
        self._serving: Sender | None = None

    # --- one click -----------------------------------------------------------------------------

    async def run(self, work: Callable[[], T], /) -> T:
        """Run synchronous work (a click, a claim) beside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def answer(self, request: Request) -> Response:
        """Answer one verified click; what every door calls."""
        if self._embedded:
            # The file is here: a look into it takes less time than the way to a thread and back.
            found = self.routes.at_once(request)
            if found is not None:
                return found
        return await self.run(lambda: self.routes.answer(request))

    def desk(self, uow: UnitOfWork) -> Desk:
        """What views and reminders are rendered from."""
        settings = current_settings(uow.settings.get())
        calendar = council_calendar(self.calendar(), settings)
        outside = self.settings.outside
        return Desk(uow, uow.council.get(), settings, calendar, self.now(), outside=outside)

    # --- councils ------------------------------------------------------------------------------

    def prepare(self) -> str:
        """Bring the database up to date and make sure there is a council; its id.

        Where workspaces install Civility themselves each brings its own council, and there may be none yet: "".
        """
        if self.settings.civility_templates:
            check_templates(self.settings.civility_templates)
        self.store.migrate()
        councils = self.store.councils()
        if councils:
            return councils[0].id
        if not self.settings.local and not self.settings.slack_bot_token and not self.settings.teams:
            return ""
        file = self.council_file()
        return (
            seed(self.store, file, LOCAL_WORKSPACE, self.now) if file else new_council(self.store, self.now)
        )

    def council_file(self) -> CouncilFile | None:
        """`council.toml` where there is one; else in the local chat the sample council, elsewhere nothing yet."""
        path = self.settings.civility_config
        if path.exists():
            return read_council_file(path)
        return sample_council(local_date(self.now())) if self.settings.local else None

    # --- the web application -------------------------------------------------------------------

    def application(self, council_id: str) -> web.Application:
        """The aiohttp application with every door that is configured; starts and stops the sender with itself."""
        app = web.Application(client_max_size=1024 * 1024)
        app.add_routes([web.get("/healthz", _healthz), web.get("/readyz", self._readyz)])
        platforms = self.platforms
        if self.settings.local:
            self._open_local(app, council_id, platforms)
        if self.settings.slack:
            self._open_slack(app, council_id, platforms)
        if self.settings.teams:
            self._open_teams(app, council_id, platforms)
        sender = self._serving = Sender(
            self.store, platforms, self.desk, self.now, self.run, observer=self.metrics
        )
        app.add_routes(self.paper.routes())
        app.router.add_get("/metrics", partial(self._metrics, sender))
        app.cleanup_ctx.append(lambda _: self._running(sender))
        return app

    def _open_local(self, app: web.Application, council_id: str, platforms: dict[str, Platform]) -> None:
        with self.store.read(council_id) as uow:
            council = uow.council.get()
        streams, book = Streams(), self._book(council_id)
        platforms["local"] = LocalPlatform(LocalSender(book, streams))
        door = LocalDoor(
            answer=self.answer,
            book=book,
            council_name=council.name,
            commands=COMMANDS,
            streams=streams,
            key=self.store.secret(council_id, "local chat cookie"),
            workspace=LOCAL_WORKSPACE,
        )
        app.add_routes(door.routes())
        app.on_shutdown.append(door.close)

    def slack_settings(self) -> SlackSettings:
        """What the environment says about Slack."""
        from bot.slack.app import SlackSettings

        return SlackSettings(
            self.settings.slack_bot_token,
            self.settings.slack_signing_secret,
            self.settings.slack_app_token,
            self.settings.slack_api_url,
            self.settings.slack_client_id,
            self.settings.slack_client_secret,
        )

    def _open_slack(self, app: web.Application, council_id: str, platforms: dict[str, Platform]) -> None:
        from bot.slack.app import open_slack
        from bot.slack.installs import SLACK, Installs
        from bot.slack.manifest import ADDRESS, INSTALL, REDIRECT

        settings = self.slack_settings()
        installs = Installs(self.store, self.now)
        rooms: dict[str, Callable[[web.Request], Awaitable[web.Response]]] = {}

        async def enter(request: web.Request) -> web.Response:
            return await rooms[request.path](request)

        async def opened(_: web.Application) -> AsyncIterator[None]:
            async with open_slack(settings, self.answer, self.now, installs=(installs, self.run)) as slack:
                team = slack.workspace
                if team is not None:
                    join_workspace(
                        self.store, council_id, SLACK, team.team_id, team.name, self.council_file()
                    )
                rooms[ADDRESS] = slack.door.handle
                if slack.installing is not None:
                    rooms.update({INSTALL: slack.installing.start, REDIRECT: slack.installing.back})
                platforms[SLACK] = slack.sender
                yield

        app.add_routes([web.post(ADDRESS, enter)])
        if settings.client_id:
            app.add_routes([web.get(INSTALL, enter), web.get(REDIRECT, enter)])
        app.cleanup_ctx.append(opened)

    def teams_settings(self) -> TeamsSettings:
        """What the environment says about Teams."""
        from bot.teams.app import TeamsSettings

        given = self.settings
        return TeamsSettings(
            app_id=given.teams_app_id,
            secret=given.teams_secret,
            tenant=given.teams_tenant,
            kind=given.teams_app_type,
            playground=given.teams_playground,
            login_url=given.teams_login_url,
            openid_url=given.teams_openid_url,
        )

    def _open_teams(self, app: web.Application, council_id: str, platforms: dict[str, Platform]) -> None:
        from bot.teams.about import about
        from bot.teams.app import ADDRESS, open_teams
        from bot.teams.manifest import ABOUT
        from bot.teams.requests import PLATFORM

        settings = self.teams_settings().checked(self.settings.host)
        join_workspace(self.store, council_id, PLATFORM, settings.tenant, "", self.council_file())
        rooms: dict[str, Callable[[web.Request], Awaitable[web.Response]]] = {}

        async def enter(request: web.Request) -> web.Response:
            return await rooms[request.path](request)

        async def opened(_: web.Application) -> AsyncIterator[None]:
            async with open_teams(settings, self.answer, self.now, self.store, self.run) as teams:
                rooms[ADDRESS] = teams.entrance.handle
                platforms[PLATFORM] = teams.sender
                yield

        app.add_routes([web.post(ADDRESS, enter), web.get(ABOUT, about)])
        app.cleanup_ctx.append(opened)

    async def deliver(self, council_id: str) -> int:
        """Deliver what is due now, and wait for what is on its way; the number of messages settled."""
        sender = self._serving
        if sender is None:
            local = LocalPlatform(LocalSender(self._book(council_id), Streams()))
            sender = Sender(self.store, {"local": local}, self.desk, self.now, self.run)
        await self.paper.work()
        return await sender.deliver()

    def _book(self, council_id: str) -> StoreBook:
        def today() -> date:
            return local_date(self.now())

        return StoreBook(self.store, council_id, today=today, reading=self._pool, writing=self._pool)

    async def _running(self, sender: Sender) -> AsyncIterator[None]:
        """The sender, woken by each commit, and the clock: for as long as the application runs."""
        loop = asyncio.get_running_loop()

        def wake() -> None:
            sender.wake()
            self.paper.wake()

        def heard() -> None:
            with suppress(
                RuntimeError
            ):  # the loop has ended, and a last commit comes after it: nobody to wake
                loop.call_soon_threadsafe(wake)

        self.store.on_commit(heard)
        listener = self.store.listen(heard)

        async def tick() -> None:
            await self.run(lambda: fire_due(self.store, self.desk))
            await self.run(self.store.anchor)
            wake()

        standing = Standing(self.store, self.desk, self.now)

        async def minute() -> None:
            await self.run(standing.look)

        async def night() -> None:
            await self.run(lambda: nightly(self.store, self.desk))

        clock = make_clock(
            {
                "tick": (every(TICK), tick),
                "minute": (every_minute(), minute),
                "night": (every_night(), night),
            }
        )
        delivery = asyncio.create_task(sender.forever())
        clock.start()
        clock.modify_job("night", next_run_time=datetime.now(UTC))  # many computers are off at night
        stop_paper = self.paper.start()
        wake()  # what a crash left undelivered goes out now
        try:
            yield
        finally:
            clock.shutdown(wait=False)
            if listener is not None:
                await asyncio.to_thread(listener.close)
            delivery.cancel()
            await stop_paper()
            await asyncio.gather(delivery, return_exceptions=True)

    async def _readyz(self, _: web.Request) -> web.Response:
        try:
            queue = await self.run(self.store.queue)
        except Exception:
            log.exception("not ready")
            return web.json_response({"status": "database not reachable"}, status=503)
        if max(queue.oldest_message, queue.oldest_reminder) > STUCK:
            log.error("not ready: nobody takes what is due: %s", queue)
            return web.json_response(
                {"status": "messages or reminders are due and nobody takes them"}, status=503
            )
        return web.json_response({"status": "ready"})

    async def _metrics(self, sender: Sender, _: web.Request) -> web.Response:
        body = self.metrics.page(await self.run(self.store.queue), sender.up())
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    def close(self) -> None:
        """Give everything back."""
        self._pool.shutdown(wait=True)
        self.store.dispose()
        self._keys.close()


async def _healthz(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})
