"""A Slack of our own: its Web API over HTTP, its signatures, its triggers, its faults. Time is injected.

It takes what Slack takes and refuses what Slack refuses; what it refused for its shape stands in `refused`, so that a
test can be sure there was nothing.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from tests.fakes.slack_rules import problems_of_message, problems_of_view

Json = dict[str, Any]
TRIGGER_LIVES = timedelta(seconds=3)
RESPONSES_LIVE = timedelta(minutes=30)
RESPONSES = 5
TEAM = "T0000000001"
TOKEN = "xoxb-fake"
APP_TOKEN = "xapp-fake"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


@dataclass
class Fault:
    """What goes wrong at a method's next call.

    kind: 429, 500, a connection dropped "before" or "after" it was done, or "slow": done, and answered too late.
    """

    method: str
    kind: str
    retry_after: int = 1


@dataclass
class FakeSlack:
    """One workspace with an app in it."""

    now: Callable[[], datetime]
    users: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    messages: dict[str, list[Json]] = field(default_factory=dict)
    views: dict[str, Json] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    called: list[tuple[str, Json]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=lambda: {TOKEN: TEAM, APP_TOKEN: TEAM})
    scopes: str = "chat:write,commands,files:write,im:write,users:read"
    files: dict[str, Json] = field(default_factory=dict)
    """Every file there is, named or brought or shown."""
    contents: dict[str, bytes] = field(default_factory=dict)
    """The bytes that were brought, by the file's id; they are remembered here when the file is deleted."""
    workspaces: dict[str, str] = field(default_factory=lambda: {TEAM: "Sample"})
    app: tuple[str, str] = ("client-1", "client-secret")
    redirect: str = ""
    rotates: bool = False
    whole_organisation: bool = False
    down: bool = False

    def __post_init__(self) -> None:
        self._number = itertools.count(1)
        self._triggers: dict[str, tuple[datetime, str]] = {}
        self._responses: dict[str, tuple[datetime, int, str, str, str]] = {}
        self.said: dict[str, list[Json]] = {}
        self.sockets: list[web.WebSocketResponse] = []
        self.acknowledged: dict[str, asyncio.Future[Json]] = {}
        self.server: TestServer | None = None
        self.patience_ended = asyncio.Event()
        self._codes: dict[str, tuple[datetime, str, str]] = {}
        self._refresh: dict[str, str] = {}
        self.expires: dict[str, datetime] = {}

    # --- the workspace -------------------------------------------------------------------------

    def add_user(self, name: str, *, guest: bool = False, team: str = TEAM) -> str:
        """A user of the workspace; the id."""
        user_id = f"U{next(self._number):010d}"
        self.users[user_id] = {
            "id": user_id,
            "team_id": team,
            "name": name.split(maxsplit=1)[0].lower(),
            "is_restricted": guest,
            "profile": {"real_name": name},
        }
        return user_id

    def add_channel(self, name: str, *, bot_is_in: bool = True, team: str = TEAM) -> str:
        """A private channel; the id."""
        channel_id = f"C{next(self._number):010d}"
        self.channels[channel_id] = {"id": channel_id, "name": name, "bot": bot_is_in, "team": team}
        return channel_id

    def direct(self, user_id: str) -> str:
        """The app's direct conversation with a user."""
        channel_id = "D" + user_id[1:]
        room = {
            "id": channel_id,
            "name": "directmessage",
            "bot": True,
            "team": self.users[user_id]["team_id"],
        }
        self.channels.setdefault(channel_id, room)
        return channel_id

    def trigger(self, user_id: str) -> str:
        """A trigger id: it lives three seconds and opens one view."""
        trigger_id = f"{next(self._number)}.{user_id}"
        self._triggers[trigger_id] = (self.now(), user_id)
        return trigger_id

    def response_url(self, channel: str, user_id: str, ts: str = "") -> str:
        """Where an answer to a click may be sent, five times within half an hour."""
        name = f"r{next(self._number)}"
        self._responses[name] = (self.now(), 0, channel, user_id, ts)
        return f"{self.url}/response/{name}"

    def sign(self, body: bytes, at: datetime | None = None, secret: str = SECRET) -> dict[str, str]:
        """The headers by which the app knows that Slack sends."""
        stamp = str(int((at or self.now()).timestamp()))
        mac = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac}"}

    # --- the server ----------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """Where this Slack is."""
        assert self.server is not None
        return str(self.server.make_url("")).rstrip("/")

    async def start(self) -> None:
        """Serve on loopback."""
        app = web.Application()
        app.add_routes(
            [
                web.route("*", "/api/{method}", self._api),
                web.post("/response/{name}", self._response),
                web.get("/socket", self._socket),
                web.get("/oauth/v2/authorize", self._authorize),
                web.post("/upload/{file}", self._upload),
            ]
        )
        self.server = TestServer(app)
        await self.server.start_server()

    async def stop(self) -> None:
        """Stop serving."""
        self.patience_ended.set()
        if self.server:
            await self.server.close()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given = await _arguments(request)
        self.called.append((method, given))
        if self.down:
            return _dropped(request)
        fault = next((one for one in self.faults if one.method == method), None)
        if fault:
            self.faults.remove(fault)
            if fault.kind == "429":
                headers = {"Retry-After": str(fault.retry_after)}
                return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
            if fault.kind == "500":
                return web.Response(status=500, text="Slack has a problem")
            if fault.kind == "before":
                return _dropped(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(
            given.get("token", "")
        )
        if method == "oauth.v2.access":
            answer: Json = self._oauth_v2_access(request, given)
        elif token not in self.tokens:
            answer = {"ok": False, "error": "invalid_auth" if token else "not_authed"}
        elif self.now() >= self.expires.get(token, self.now() + timedelta(1)):
            answer = {"ok": False, "error": "token_expired"}
        else:
            given["team of token"] = self.tokens[token]
            handler = getattr(self, "_" + method.replace(".", "_"), None)
            answer = handler(given) if handler else {"ok": False, "error": "unknown_method"}
        if fault and fault.kind == "after":
            return _dropped(request)
        if fault and fault.kind == "slow":
            await self.patience_ended.wait()
        said = {
            "X-OAuth-Scopes": self.scopes,
            "Date": format_datetime(self.now().astimezone(UTC), usegmt=True),
        }
        return web.json_response({"ok": True, **answer}, headers=said)

    async def _response(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        given = await request.json()
        at, used, channel, user_id, ts = self._responses.get(name, (self.now(), RESPONSES, "", "", ""))
        if used >= RESPONSES or self.now() - at > RESPONSES_LIVE:
            return web.Response(status=404, text="expired_url")
        self._responses[name] = (at, used + 1, channel, user_id, ts)
        if self._wrong(problems_of_message(given)):
            return web.Response(status=400, text="invalid_blocks")
        if given.get("replace_original") and ts:
            self._message(channel, ts).update({k: given[k] for k in ("text", "blocks") if k in given})
        else:
            self.said.setdefault(user_id, []).append(given)
        return web.Response(text="ok")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        """Socket Mode: a greeting, then envelopes out and acknowledgements in."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0"}})
        self.sockets.append(socket)
        async for message in socket:
            given = message.json() if message.type is WSMsgType.TEXT else {}
            waiting = self.acknowledged.get(given.get("envelope_id", ""))
            if waiting and not waiting.done():
                waiting.set_result(given.get("payload") or {})
        return socket

    async def send_envelope(self, kind: str, payload: Json) -> Json:
        """Send an interaction by Socket Mode; what the app acknowledged it with."""
        envelope_id = f"envelope-{next(self._number)}"
        self.acknowledged[envelope_id] = asyncio.get_running_loop().create_future()
        await self.sockets[-1].send_json(
            {
                "type": kind,
                "envelope_id": envelope_id,
                "payload": payload,
                "accepts_response_payload": True,
            }
        )
        return await asyncio.wait_for(self.acknowledged[envelope_id], 10)

    def _apps_connections_open(self, _: Json) -> Json:
        return {"url": f"{self.url.replace('http', 'ws', 1)}/socket"}

    def _wrong(self, problems: list[str]) -> bool:
        self.refused += problems
        return bool(problems)

    # --- installing ----------------------------------------------------------------------------

    async def _authorize(self, request: web.Request) -> web.Response:
        """Slack's page that asks "may Civility?"; `approve` (a workspace and a user) or `deny` is what is clicked."""
        asked = request.query
        if asked.get("client_id") != self.app[0] or not asked.get("state") or not asked.get("scope"):
            return web.Response(status=400, text="invalid_client_id")
        if "deny" in asked:
            return _to(self.redirect, error="access_denied", state=asked["state"])
        team, _, user = asked["approve"].partition("/")
        code = f"code-{next(self._number)}"
        self._codes[code] = (self.now(), team, user)
        return _to(self.redirect, code=code, state=asked["state"])

    def _oauth_v2_access(self, request: web.Request, given: Json) -> Json:
        basic = request.headers.get("Authorization", "").removeprefix("Basic ")
        client = tuple(base64.b64decode(basic).decode().split(":")) if basic else ("", "")
        if client != self.app:
            return {"ok": False, "error": "bad_client_secret"}
        if given.get("grant_type") == "refresh_token":
            team = self._refresh.pop(given["refresh_token"], "")
            return self._new_token(team) if team else {"ok": False, "error": "invalid_refresh_token"}
        at, team, user = self._codes.pop(str(given.get("code")), (None, "", ""))
        if at is None or self.now() - at > timedelta(minutes=10):
            return {"ok": False, "error": "invalid_code"}
        if self.whole_organisation:
            return {"team": None, "enterprise": {"id": "E1"}, "is_enterprise_install": True}
        named = {"team": {"id": team, "name": self.workspaces[team]}, "authed_user": {"id": user}}
        return {
            **named,
            **self._new_token(team),
            "bot_user_id": f"U0BOT-{team}",
            "is_enterprise_install": False,
        }

    def _new_token(self, team: str) -> Json:
        number = next(self._number)
        token = f"xoxb-installed-{number}"
        self.tokens[token] = team
        answer: Json = {"access_token": token, "token_type": "bot", "scope": self.scopes}
        if self.rotates:
            refresh = f"xoxe-refresh-{number}"
            self._refresh[refresh] = team
            self.expires[token] = self.now() + timedelta(hours=12)
            answer |= {"refresh_token": refresh, "expires_in": 12 * 3600}
        return answer

    def remove(self, team: str) -> None:
        """Somebody removes the app: its tokens are worth nothing from now on."""
        self.tokens = {token: one for token, one in self.tokens.items() if one != team}

    # --- methods -------------------------------------------------------------------------------

    def _auth_test(self, given: Json) -> Json:
        team = given["team of token"]
        return {
            "team_id": team,
            "team": self.workspaces[team],
            "user_id": "U0BOT",
            "bot_id": "B0BOT",
            "url": f"{self.url}/",
        }

    def _users_info(self, given: Json) -> Json:
        user = self._user(given, str(given.get("user")))
        return {"user": user} if user else {"ok": False, "error": "user_not_found"}

    def _conversations_open(self, given: Json) -> Json:
        if not self._user(given, given["users"]):
            return {"ok": False, "error": "user_not_found"}
        return {"channel": {"id": self.direct(given["users"])}}

    def _conversations_history(self, given: Json) -> Json:
        refused = self._room(given)
        if refused:
            return refused
        found = self.messages.get(given["channel"], [])[::-1][: int(given.get("limit", 100))]
        whole = str(given.get("include_all_metadata", "")).lower() in ("true", "1")
        return {
            "messages": found if whole else [{k: v for k, v in m.items() if k != "metadata"} for m in found]
        }

    def _conversations_info(self, given: Json) -> Json:
        return self._room(given) or {"channel": self.channels[given["channel"]]}

    def _chat_postMessage(self, given: Json) -> Json:  # noqa: N802 - Slack's own name
        refused = self._room(given)
        if refused:
            return refused
        if self._wrong(problems_of_message(given)):
            return {"ok": False, "error": "invalid_blocks"}
        ts = f"{self.now().timestamp():.0f}.{next(self._number):06d}"
        message: Json = {
            "ts": ts,
            "user": "U0BOT",
            **{k: given[k] for k in ("text", "blocks", "metadata") if k in given},
        }
        self.messages.setdefault(given["channel"], []).append(message)
        return {"channel": given["channel"], "ts": ts, "message": message}

    def _chat_update(self, given: Json) -> Json:
        message = self._message(given["channel"], given["ts"])
        if not message:
            return {"ok": False, "error": "message_not_found"}
        if self._wrong(problems_of_message(given)):
            return {"ok": False, "error": "invalid_blocks"}
        message.update({k: given[k] for k in ("text", "blocks") if k in given}, edited={"ts": given["ts"]})
        return {"channel": given["channel"], "ts": given["ts"]}

    def _files_getUploadURLExternal(self, given: Json) -> Json:  # noqa: N802 - Slack's own name
        if "files:write" not in self.scopes.split(","):
            return {"ok": False, "error": "missing_scope"}
        file_id = f"F{next(self._number):010d}"
        self.files[file_id] = {"id": file_id, "name": given["filename"], "length": int(given["length"])}
        return {"upload_url": f"{self.url}/upload/{file_id}", "file_id": file_id}

    async def _upload(self, request: web.Request) -> web.Response:
        """The bytes of a file, raw. Nobody sees it yet."""
        found, content = self.files[request.match_info["file"]], await request.read()
        if len(content) != found["length"]:
            return web.Response(status=400, text="length")
        self.contents[found["id"]] = content
        return web.Response(text=f"OK - {len(content)}")

    def _files_completeUploadExternal(self, given: Json) -> Json:  # noqa: N802 - Slack's own name
        refused = self._room({**given, "channel": given["channel_id"]})
        if refused:
            return refused
        shown = [self.files.get(one["id"], {}) for one in json.loads(given["files"])]
        if not all(one.get("id") in self.contents for one in shown):
            return {"ok": False, "error": "file_not_found"}
        ts = f"{self.now().timestamp():.0f}.{next(self._number):06d}"
        message: Json = {"ts": ts, "user": "U0BOT", "text": given.get("initial_comment", ""), "blocks": []}
        self.messages.setdefault(given["channel_id"], []).append({**message, "files": shown})
        return {"files": [{"id": one["id"]} for one in shown]}

    def _files_delete(self, given: Json) -> Json:
        if self.files.pop(given["file"], None) is None:
            return {"ok": False, "error": "file_not_found"}
        for held in self.messages.values():
            for message in held:
                if "files" in message:
                    message["files"] = [one for one in message["files"] if one["id"] != given["file"]]
        return {}

    def _views_open(self, given: Json) -> Json:
        at, user_id = self._triggers.pop(given["trigger_id"], (None, ""))
        if at is None:
            return {"ok": False, "error": "exchanged_trigger_id"}
        if self.now() - at > TRIGGER_LIVES:
            return {"ok": False, "error": "expired_trigger_id"}
        if self._wrong(problems_of_view(given["view"])):
            return {"ok": False, "error": "invalid_arguments"}
        return {"view": self.show(user_id, given["view"])}

    def _views_push(self, given: Json) -> Json:
        return self._views_open(given)

    def _views_update(self, given: Json) -> Json:
        before = next((v for v in self.views.values() if v["id"] == given.get("view_id")), None)
        if before is None:
            return {"ok": False, "error": "not_found"}
        if given.get("hash") and given["hash"] != before["hash"]:
            return {"ok": False, "error": "hash_conflict"}
        if self._wrong(problems_of_view(given["view"])):
            return {"ok": False, "error": "invalid_arguments"}
        return {"view": self.show(before["user"], given["view"], before["id"])}

    def _views_publish(self, given: Json) -> Json:
        if self._wrong(problems_of_view(given["view"])):
            return {"ok": False, "error": "invalid_arguments"}
        self.homes[given["user_id"]] = given["view"]
        return {"view": given["view"]}

    # --- parts ---------------------------------------------------------------------------------

    def show(self, user_id: str, view: Json, view_id: str = "") -> Json:
        """Put a view on a user's screen."""
        shown = {
            **view,
            "id": view_id or f"V{next(self._number):010d}",
            "hash": f"h{next(self._number)}",
            "user": user_id,
        }
        self.views[user_id] = shown
        return shown

    def _user(self, given: Json, user_id: str) -> Json | None:
        """A user of the token's own workspace."""
        found: Json | None = self.users.get(user_id)
        return found if found and found["team_id"] == given["team of token"] else None

    def _room(self, given: Json) -> Json | None:
        """What is wrong with the channel: a token sees only its own workspace."""
        found = self.channels.get(given["channel"])
        seen = found and found["bot"] and found["team"] == given["team of token"]
        return None if seen else {"ok": False, "error": "channel_not_found"}

    def _message(self, channel: str, ts: str) -> Json:
        return next((m for m in self.messages.get(channel, ()) if m["ts"] == ts), {})


async def _arguments(request: web.Request) -> Json:
    """A method's arguments, sent as JSON or as a form with JSON in its fields."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        return {**given, **await request.json()}
    given |= dict((await request.post()).items())
    for name in ("blocks", "view", "metadata"):
        if isinstance(given.get(name), str):
            given[name] = json.loads(str(given[name]))
    return given


def _to(address: str, **query: str) -> web.Response:
    return web.Response(status=302, headers={"Location": f"{address}?{urlencode(query)}"})


def _dropped(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
