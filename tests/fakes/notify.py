"""A GOV.UK Notify over HTTP: checks each token as Notify does, keeps what it was given, and says what a test wants.

It follows Notify's documentation: errors as {"status_code", "errors"}, ids as UUIDs, statuses set by the test.
"""

from __future__ import annotations

import base64
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"test_key-{SERVICE}-{SECRET}"
TEMPLATE = "217a419e-6a7d-482a-9596-718b889dffce"


@dataclass
class FakeNotify:
    """What it holds: one dict a notification, the oldest first."""

    held: list[dict[str, Any]] = field(default_factory=list)
    failures: list[tuple[int, str]] = field(default_factory=list)
    """Answers to give to the next sendings instead: (status, message)."""
    lose_answers: int = 0
    """So many sendings are taken, and their answer is lost."""
    asked: int = 0
    body: str = "((body))"
    kind: str = "email"
    """What kind of template it has."""
    url: str = ""

    def routes(self) -> list[web.RouteDef]:
        """Notify's addresses that are used."""
        return [
            web.post("/v2/notifications/email", self._email),
            web.post("/v2/notifications/letter", self._letter),
            web.get("/v2/notifications/{id}", self._one),
            web.get("/v2/notifications", self._all),
            web.get("/v2/template/{id}", self._template),
        ]

    def becomes(self, status: str, at: str, number: int = -1) -> dict[str, Any]:
        """Give a notification a status; the callback that Notify would send of it."""
        one = self.held[number]
        one.update(status=status, completed_at=at, sent_at=at)
        return {
            "id": one["id"],
            "reference": one["reference"],
            "to": one.get("email_address", ""),
            "status": status,
            "created_at": "2026-10-14T09:00:00.000000Z",
            "completed_at": at,
            "sent_at": at,
            "notification_type": one["type"],
            "template_id": TEMPLATE,
            "template_version": 1,
        }

    async def _email(self, request: web.Request) -> web.Response:
        self._known(request)
        said = await request.json()
        if said.get("template_id") != TEMPLATE or "@" not in said.get("email_address", ""):
            return _error(400, "ValidationError", "email_address Not a valid email address")
        if set(said.get("personalisation", ())) != {"subject", "body"}:
            return _error(400, "BadRequestError", "Missing personalisation: body")
        return self._take({"type": "email", **said})

    async def _letter(self, request: web.Request) -> web.Response:
        self._known(request)
        said = await request.json()
        pdf = base64.b64decode(said.pop("content", ""))
        if not pdf.startswith(b"%PDF") or said.get("postage") not in ("first", "second", "economy"):
            return _error(400, "ValidationError", "content is not a PDF file")
        return self._take({"type": "letter", "pdf": pdf, **said})

    def _take(self, one: dict[str, Any]) -> web.Response:
        if self.failures:
            status, message = self.failures.pop(0)
            return _error(status, "BadRequestError", message)
        if not one.get("reference"):
            return _error(400, "ValidationError", "reference is a required property")
        one.update(id=str(uuid.uuid4()), status="created", completed_at=None, sent_at=None)
        self.held.append(one)
        if self.lose_answers:
            self.lose_answers -= 1
            return web.Response(status=500, text="gone")
        return web.json_response({"id": one["id"], "reference": one["reference"]}, status=201)

    async def _one(self, request: web.Request) -> web.Response:
        self._known(request)
        self.asked += 1
        found = [one for one in self.held if one["id"] == request.match_info["id"]]
        return (
            web.json_response(_shown(found[0])) if found else _error(404, "NoResultFound", "No result found")
        )

    async def _all(self, request: web.Request) -> web.Response:
        self._known(request)
        found = [one for one in self.held if one["reference"] == request.query["reference"]]
        return web.json_response({"notifications": [_shown(one) for one in reversed(found)], "links": {}})

    async def _template(self, request: web.Request) -> web.Response:
        self._known(request)
        if request.match_info["id"] != TEMPLATE:
            return _error(404, "NoResultFound", "No result found")
        made = {"id": TEMPLATE, "type": self.kind, "subject": "((subject))", "body": self.body}
        return web.json_response(made)

    def _known(self, request: web.Request) -> None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            said = jwt.decode(token, SECRET, algorithms=["HS256"], options={"require": ["iss", "iat"]})
        except jwt.InvalidTokenError as wrong:
            raise web.HTTPForbidden(
                text='{"status_code": 403, "errors": [{"message": "Invalid token: signature"}]}',
                content_type="application/json",
            ) from wrong
        if said["iss"] != SERVICE or abs(time.time() - said["iat"]) > 30:
            raise web.HTTPForbidden(
                text='{"status_code": 403, "errors": [{"message": "Invalid token: service not found"}]}',
                content_type="application/json",
            )


def _shown(one: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != "pdf"}


def _error(status: int, kind: str, message: str) -> web.Response:
    return web.json_response(
        {"status_code": status, "errors": [{"error": kind, "message": message}]}, status=status
    )


@asynccontextmanager
async def open_notify() -> AsyncIterator[FakeNotify]:
    """A fake on a free port."""
    fake = FakeNotify()
    app = web.Application(client_max_size=10 * 1024 * 1024)
    app.add_routes(fake.routes())
    server = TestServer(app)
    await server.start_server()
    fake.url = str(server.make_url("")).rstrip("/")
    try:
        yield fake
    finally:
        await server.close()
