"""The local chat's front door: its pages, its clicks and its live stream, over aiohttp.

Each click is checked (host, origin, token, channel), turned into a `chat.Request`, answered by the journeys
and rendered. Who clicks is the colleague this browser acts as; nothing in a payload says so.
"""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Awaitable, Callable, Collection, Sequence
from pathlib import Path
from secrets import token_bytes
from urllib.parse import quote

from aiohttp import web

from bot.local.book import LocalBook
from bot.local.channels import Channel, LocalColleague, channel_for, channels_for, find
from bot.local.clicks import Asked, Click, command, delivery_id, form_page, posted, press
from bot.local.guard import HEADERS, Seal, Visit, host_allowed, same_site
from bot.local.live import KEPT, Live
from bot.local.pages import Pages
from bot.local.static_files import StaticFiles
from bot.local.streams import Streams
from handlers import chat

log = logging.getLogger(__name__)

MONTH = 30 * 24 * 3600

WRONG_HOST = "The local chat answers on this computer only. Open it as http://127.0.0.1 with its port.\n"
WRONG_ORIGIN = "That did not come from this page, so nothing was done."
SWITCHED = "This page is out of date, perhaps because another tab acts as somebody else. Load the page again."
CLOSED_ROOM = "You can't use that channel as the colleague you act as."
FAILED = (
    "Something went wrong. Try again: pressing twice counts once. "
    "If it goes on, tell whoever looks after Civility."
)
NOBODY = "There are no colleagues in the register yet, so there is nobody to act as.\n"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class LocalDoor:
    """All the local chat serves. Give `routes()` to the application and call `close` when it shuts down."""

    def __init__(
        self,
        *,
        answer: Callable[[chat.Request], Awaitable[chat.Response]],
        book: LocalBook,
        council_name: str,
        commands: Sequence[tuple[str, str]],
        streams: Streams,
        key: bytes | None = None,
        workspace: str = "local",
        allowed_hosts: Collection[str] = (),
        ping_seconds: float = 15,
    ) -> None:
        """`commands` are (command, what it does), words in capitals being what the colleague adds.

        `key` signs the "act as" cookie; without one each start forgets who acted as whom. `streams` is shared
        with the `LocalSender`. `allowed_hosts` are names besides the loopback ones, in lower case.
        """
        here = Path(__file__).parent
        self._answer, self._book, self._workspace = answer, book, workspace
        self._streams = streams
        self._seal = Seal(key or token_bytes(32))
        self._allowed_hosts = frozenset(allowed_hosts)
        self._static = StaticFiles(here / "static")
        self._pages = Pages(council_name, commands, f"/local/static/{self._static.release}")
        self._live = Live(book, self._pages, streams, ping_seconds)

    def routes(self) -> list[web.RouteDef]:
        """Every address of the local chat, each behind its guard."""
        return [
            web.get("/", self._guarded(self._page)),
            web.get("/local/channel/{name}", self._guarded(self._channel, ours_only=True)),
            web.get("/local/events", self._guarded(self._events, ours_only=True)),
            web.get("/local/static/{release}/{name}", self._guarded(self._file)),
            web.post("/local/command", self._guarded(self._click(command), ours_only=True)),
            web.post("/local/press", self._guarded(self._click(press), ours_only=True)),
            web.post("/local/form", self._guarded(self._click(form_page), ours_only=True)),
            web.post("/local/act-as", self._guarded(self._act_as, ours_only=True)),
        ]

    async def close(self, _app: web.Application | None = None) -> None:
        """End the live streams. Fits `app.on_shutdown`."""
        self._streams.close()

    # --- pages ---------------------------------------------------------------------------------

    async def _page(self, request: web.Request) -> web.StreamResponse:
        everybody = await self._book.colleagues()
        if not everybody:
            return web.Response(status=503, text=NOBODY)
        visit = self._visit(request)
        me = find(everybody, visit.colleague_id) if visit else None
        if me is None or visit is None:
            me = everybody[0]
            visit = self._seal.new(me.id)
        room = channel_for(me, request.query.get("channel", "")) or channels_for(me)[0]
        messages = await self._book.messages(room.id, KEPT)
        html = self._pages.page(me, everybody, room, messages, self._seal.token(visit))
        response = web.Response(text=html, content_type="text/html")
        self._remember(request, response, visit)
        return response

    async def _channel(self, request: web.Request) -> web.StreamResponse:
        me = await self._me(request, request.query.get("as", ""))
        room = channel_for(me, request.match_info["name"]) if me else None
        if room is None:
            return _failure(403, CLOSED_ROOM if me else SWITCHED)
        messages = await self._book.messages(room.id, KEPT)
        return web.Response(text=self._pages.channel(room, messages), content_type="text/html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = self._static.get(request.match_info["name"])
        if file is None:
            return web.Response(status=404, text="There is no such file.\n")
        return web.Response(
            body=file.body,
            content_type=file.content_type,
            charset="utf-8",
            headers={"Cache-Control": self._static.keep(request.match_info["release"])},
        )

    async def _act_as(self, request: web.Request) -> web.StreamResponse:
        asked = await posted(request)
        visit = self._visit(request)
        if visit is None or not self._seal.token_holds(visit, asked.one("token")):
            return web.Response(status=403, text=SWITCHED + "\n")
        chosen = find(await self._book.colleagues(), asked.one("colleague"))
        if chosen is None:
            return web.Response(status=400, text="That colleague is not in the register.\n")
        room = channel_for(chosen, asked.one("channel")) or channels_for(chosen)[0]
        response = web.Response(status=303, headers={"Location": f"/?channel={quote(room.id)}"})
        self._remember(request, response, Visit(visit.id, chosen.id))
        return response

    # --- clicks --------------------------------------------------------------------------------

    def _click(self, read: Callable[[Asked], Click | None]) -> Handler:
        async def clicked(request: web.Request) -> web.StreamResponse:
            asked = await posted(request)
            visit = self._visit(request)
            if visit is None or not self._seal.token_holds(visit, asked.one("token")):
                return _failure(403, SWITCHED)
            me = find(await self._book.colleagues(), visit.colleague_id)
            if me is None:
                return _failure(403, SWITCHED)
            room = channel_for(me, asked.one("channel"))
            if room is None:
                return _failure(403, CLOSED_ROOM)
            what = read(asked)
            if what is None:
                return _failure(400, FAILED)
            return await self._answered(me, room, what, asked)

        return clicked

    async def _answered(
        self, me: LocalColleague, room: Channel, what: Click, asked: Asked
    ) -> web.StreamResponse:
        if isinstance(what, str):
            return self._rendered(chat.Refuse(what), "")
        request = chat.Request(
            sender=chat.Sender("local", self._workspace, me.id, me.name),
            what=what,
            delivery_id=what.nonce if isinstance(what, chat.Submission) else delivery_id(asked),
            channel=room.id,
            private=room.private,
        )
        try:
            return self._rendered(await self._answer(request), asked.one("uid"))
        except Exception:
            log.exception("A click in the local chat was not answered")
            return _failure(500, FAILED)

    def _rendered(self, response: chat.Response, uid: str) -> web.Response:
        """The answer as the page's script takes it. `uid` is the pressed card's, "" when there was none."""
        match response:
            case chat.OpenForm() | chat.FieldErrors():
                errors = isinstance(response, chat.FieldErrors)
                return _json("errors" if errors else "form", self._pages.form(response))
            case chat.Replace(card) if re.fullmatch(r"[mo]-[\w-]{1,64}", uid):
                return _json("replace", self._pages.card(card, uid), card.title)
            case chat.Reply(card) | chat.Replace(card):
                return _json("reply", self._pages.only_you(card), card.title)
            case chat.Refuse(sentence):
                return _json("refuse", self._pages.notice(sentence), sentence)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        me = await self._me(request, request.query.get("as", ""))
        return await self._live.follow(request, me.id if me else None)

    # --- guards --------------------------------------------------------------------------------

    def _guarded(self, handler: Handler, *, ours_only: bool = False) -> Handler:
        """Check where a request comes from, and put the protecting headers on whatever is answered."""

        @functools.wraps(handler)
        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                response = self._stranger(request, ours_only) or await handler(request)
            except web.HTTPException as refused:
                response = web.Response(status=refused.status, text=refused.text)
            if not response.prepared:
                response.headers.update(HEADERS)
                response.headers.setdefault("Cache-Control", "no-store")
            return response

        return guarded

    def _stranger(self, request: web.Request, ours_only: bool) -> web.Response | None:
        headers = request.headers
        host = headers.get("Host", "")
        if not host_allowed(host, self._allowed_hosts):
            return web.Response(status=421, text=WRONG_HOST)
        if ours_only and not same_site(headers.get("Origin"), headers.get("Sec-Fetch-Site"), host):
            return _failure(403, WRONG_ORIGIN)
        return None

    def _visit(self, request: web.Request) -> Visit | None:
        return self._seal.read(request.cookies.get(self._seal.cookie))

    async def _me(self, request: web.Request, claimed: str) -> LocalColleague | None:
        """The colleague this browser acts as; None if the page was made for another (`claimed`)."""
        visit = self._visit(request)
        if visit is None or visit.colleague_id != claimed:
            return None
        return find(await self._book.colleagues(), visit.colleague_id)

    def _remember(self, request: web.Request, response: web.Response, visit: Visit) -> None:
        response.set_cookie(
            self._seal.cookie,
            self._seal.write(visit),
            max_age=MONTH,
            path="/",
            secure=request.secure,
            httponly=True,
            samesite="Strict",
        )


def _json(kind: str, html: str, say: str = "") -> web.Response:
    return web.json_response({"kind": kind, "html": html, "say": say})


def _failure(status: int, sentence: str) -> web.Response:
    return web.json_response({"kind": "failed", "say": sentence}, status=status)
