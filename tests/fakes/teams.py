"""A Teams of our own: the Bot Connector, Entra and the signing keys over HTTP, with real signed tokens and its faults.

It takes what Teams takes and refuses what Teams refuses; what it refused for its shape stands in `refused`, so that a
test can be sure there was nothing. Time is injected.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.teams.validators import check_message

Json = dict[str, Any]
APP = "11111111-aaaa-4bbb-8ccc-222222222222"
SECRET = "a-client-secret"
TENANT = "33333333-dddd-4eee-8fff-444444444444"
BOT = {"id": f"28:{APP}", "name": "Civility"}
ISSUER = "https://api.botframework.com"


class SigningKey:
    """A key that signs tokens, as Microsoft publishes its public half."""

    def __init__(self, kid: str) -> None:
        self.kid = kid
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def published(self) -> Json:
        """The key as it stands in the published list."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key()))
        return {**public, "kid": self.kid, "use": "sig", "endorsements": ["msteams"]}

    def sign(self, claims: Json) -> str:
        """A token."""
        return jwt.encode(claims, self.private, algorithm="RS256", headers={"kid": self.kid})


KEY, OTHER_KEY = SigningKey("key-1"), SigningKey("key-2")
"""Made once: making one takes a while."""


@dataclass
class Fault:
    """What goes wrong at the next call that holds `call`: a status, or a drop "before" or "after" it is done."""

    call: str
    kind: int | str
    retry_after: int | None = None


@dataclass
class FakeTeams:
    """One tenant with the app in it."""

    now: Callable[[], datetime]
    users: dict[str, Json] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)
    personal: dict[str, str] = field(default_factory=dict)
    messages: dict[str, list[Json]] = field(default_factory=dict)
    alone: dict[str, list[Json]] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    keys: list[SigningKey] = field(default_factory=lambda: [KEY])
    tokens: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._number = itertools.count(1)
        self.server: TestServer | None = None

    # --- the tenant ----------------------------------------------------------------------------

    def add_user(
        self, name: str, *, guest: bool = False, installed: bool = True, tenant: str = TENANT
    ) -> str:
        """A user; the Entra object id."""
        number = next(self._number)
        user = f"00000000-0000-4000-8000-{number:012d}"
        self.users[user] = {
            "id": f"29:user-{number}",
            "aadObjectId": user,
            "name": name,
            "tenantId": tenant,
            "userRole": "guest" if guest else "user",
            "userPrincipalName": f"user{number}#EXT#@x.example" if guest else f"user{number}@x.example",
        }
        if installed:
            self.personal[user] = f"a:{number}"
        return user

    def add_room(self, name: str) -> str:
        """A channel of a team with the app in it; the id."""
        room = f"19:{name}{next(self._number)}@thread.tacv2"
        self.rooms[room] = name
        return room

    def read_by(self, user: str, room: str) -> list[Json]:
        """The messages a user sees in a conversation, as they stand now."""
        return [
            one for one in self.messages.get(room, []) if one.get("only") in (None, self.users[user]["id"])
        ]

    def edits(self, message_id: str) -> int:
        """How often a message was changed."""
        every = (one for held in self.messages.values() for one in held)
        return next((int(one["edits"]) for one in every if one["id"] == message_id), 0)

    # --- tokens --------------------------------------------------------------------------------

    def claims(self, **changes: Any) -> Json:
        """The claims of a good token; a change to None leaves one out."""
        now = int(self.now().timestamp())
        good = {
            "iss": ISSUER,
            "aud": APP,
            "exp": now + 3600,
            "nbf": now - 300,
            "serviceurl": self.service,
        }
        return {name: value for name, value in (good | changes).items() if value is not None}

    def bearer(self, key: SigningKey = KEY, **changes: Any) -> dict[str, str]:
        """The header by which the app knows that Teams sends."""
        return {"Authorization": f"Bearer {key.sign(self.claims(**changes))}"}

    # --- the server ----------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """Where this Teams is."""
        assert self.server is not None
        return str(self.server.make_url("")).rstrip("/")

    @property
    def service(self) -> str:
        """The address of the Bot Connector."""
        return f"{self.url}/uk/"

    @property
    def openid(self) -> str:
        """Where the signing keys are named."""
        return f"{self.url}/openid"

    async def start(self) -> None:
        """Serve on loopback."""
        app = web.Application(middlewares=[self._fault])
        talk = "/uk/v3/conversations/{talk}"
        app.add_routes(
            [
                web.get("/openid", self._openid),
                web.get("/keys", self._keys),
                web.post("/{tenant}/oauth2/v2.0/token", self._token),
                web.post("/uk/v3/conversations", self._open),
                web.post(f"{talk}/activities", self._post),
                web.post(f"{talk}/activities/{{id}}", self._post),
                web.put(f"{talk}/activities/{{id}}", self._put),
                web.delete(f"{talk}/activities/{{id}}", self._delete),
                web.get(f"{talk}/members/{{user}}", self._member),
                web.get(f"{talk}/pagedmembers", self._members),
            ]
        )
        self.server = TestServer(app)
        await self.server.start_server()

    async def stop(self) -> None:
        """Serve no longer."""
        if self.server is not None:
            await self.server.close()

    @web.middleware
    async def _fault(self, request: web.Request, handler: Callable[[web.Request], Any]) -> web.StreamResponse:
        call = f"{request.method} {request.path}"
        self.called.append(call)
        fault = next((one for one in self.faults if one.call in call), None)
        if fault is not None:
            self.faults.remove(fault)
            if isinstance(fault.kind, int):
                after = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
                body = {"error": {"code": "Injected", "message": "as the test wants it"}}
                return web.json_response(body, status=fault.kind, headers=after)
            if fault.kind == "after":
                await handler(request)
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if request.path.startswith("/uk/") and not self._authorised(request):
            return _error(401, "Unauthorized")
        answer: web.StreamResponse = await handler(request)
        return answer

    def _authorised(self, request: web.Request) -> bool:
        return request.headers.get("Authorization", "").removeprefix("Bearer ") in self.tokens

    async def _openid(self, _: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [one.published() for one in self.keys]})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        known = (request.match_info["tenant"], form.get("client_id"), form.get("client_secret"))
        if known != (TENANT, APP, SECRET) or form.get("scope") != "https://api.botframework.com/.default":
            return web.json_response({"error": "invalid_client"}, status=401)
        token = f"token-{next(self._number)}"
        self.tokens.append(token)
        return web.json_response({"token_type": "Bearer", "expires_in": 3599, "access_token": token})

    async def _open(self, request: web.Request) -> web.Response:
        body = await request.json()
        user = body["members"][0]["id"]
        if body.get("tenantId") != TENANT or user not in self.users:
            return _error(400, "BadArgument")
        if user not in self.personal:
            return _error(403, "BotNotInConversationRoster")
        return web.json_response({"id": self.personal[user]}, status=201)

    async def _post(self, request: web.Request) -> web.Response:
        talk = request.match_info["talk"]
        if not self._is_in(talk):
            return _error(403, "BotNotInConversationRoster")
        body = await request.json()
        if not self._taken(body):
            return _error(400, "BadSyntax")
        at = f"{int(self.now().timestamp())}{next(self._number):03d}"
        only = body["recipient"]["id"] if request.query.get("isTargetedActivity") == "true" else None
        thread = request.match_info.get("id", "")
        self.messages.setdefault(talk.partition(";")[0], []).append(
            {**body, "id": at, "talk": talk, "only": only, "thread": thread, "edits": 0}
        )
        return web.json_response({"id": at}, status=201)

    async def _put(self, request: web.Request) -> web.Response:
        found = self._find(request)
        if found is None:
            return _error(404, "ActivityNotFound")
        body = await request.json()
        if not self._taken(body):
            return _error(400, "BadSyntax")
        found.update({**body, "edits": found["edits"] + 1})
        return web.json_response({"id": found["id"]})

    async def _delete(self, request: web.Request) -> web.Response:
        found = self._find(request)
        if found is None:
            return _error(404, "ActivityNotFound")
        self.messages[request.match_info["talk"].partition(";")[0]].remove(found)
        return web.Response()

    async def _member(self, request: web.Request) -> web.Response:
        talk, asked = request.match_info["talk"].partition(";")[0], request.match_info["user"]
        if not self._is_in(talk):
            return _error(403, "BotNotInConversationRoster")
        user = next((one for one in self.users.values() if asked in (one["id"], one["aadObjectId"])), None)
        if user is None or (talk not in self.rooms and self.personal.get(user["aadObjectId"]) != talk):
            return _error(404, "MemberNotFoundInConversation")
        return web.json_response(user)

    async def _members(self, request: web.Request) -> web.Response:
        if not self._is_in(request.match_info["talk"]):
            return _error(403, "BotNotInConversationRoster")
        return web.json_response({"members": list(self.users.values())})

    # --- parts ---------------------------------------------------------------------------------

    def _is_in(self, talk: str) -> bool:
        return talk.partition(";")[0] in self.rooms or talk in self.personal.values()

    def _find(self, request: web.Request) -> Json | None:
        held = self.messages.get(request.match_info["talk"].partition(";")[0], [])
        return next((one for one in held if one["id"] == request.match_info["id"]), None)

    def _taken(self, body: Json) -> bool:
        try:
            check_message(body)
        except (AssertionError, KeyError, ValueError) as wrong:
            self.refused.append(f"{type(wrong).__name__}: {wrong}"[:2000])
            return False
        return True


def _error(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": "No."}}, status=status)
