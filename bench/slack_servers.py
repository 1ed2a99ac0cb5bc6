"""The programs that the Slack bench compares, each in a process of its own: `python -m bench.slack_servers NAME API`.

All three answer a signed `/incident` by opening the same view at Slack and then acknowledging, and a form's page
that was sent by a view; only Civility keeps what was typed.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bench.council import measured
from bench.served import serve, serve_civility
from bot.slack.modal import view
from handlers.chat import Command, OpenForm

TOKEN, SECRET, TEAM = "xoxb-bench", "8f742231b10e8888abcd99yyyzzz85a5", "T0BENCH"
COUNCIL = """
[council]
name = "Ambleford Town Council"
address = "Town Hall, Ambleford"
[[offices]]
office = "chief_officer"
name = "Dana Okoro"
slack = "U0BENCH"
from = 2026-05-01
"""


def form() -> dict[str, Any]:
    """The first page of the report, as Civility shows it in Slack."""
    with measured() as council:
        opened = council.ask("Priya Shah", Command(""))
    if not isinstance(opened, OpenForm):
        raise TypeError(opened)
    return view(opened)


def bolt(api: str) -> web.Application:
    """Slack's own library as its guide sets it up for one workspace, with what makes it quick."""
    shown = form()

    async def opened(app: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as session:
            known = AuthorizeResult(
                enterprise_id=None, team_id=TEAM, bot_token=TOKEN, bot_id="B0", bot_user_id="U0"
            )

            async def authorize() -> AuthorizeResult:
                return known

            client = AsyncWebClient(token=TOKEN, base_url=api, session=session)
            slack = AsyncApp(
                authorize=authorize, client=client, signing_secret=SECRET, process_before_response=True
            )

            @slack.command("/incident")
            async def incident(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
                await client.views_open(trigger_id=body["trigger_id"], view=shown)
                await ack()

            @slack.view(re.compile(".*"))
            async def sent(ack: Any) -> None:
                await ack(response_action="update", view=shown)

            app["slack"] = slack
            yield

    async def events(request: web.Request) -> web.Response:
        answer = await request.app["slack"].async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    return _application(events, opened)


def bare(api: str) -> web.Application:
    """No library but the web server: the signature, the form, the call, the answer."""
    shown, verifier = form(), SignatureVerifier(SECRET)

    async def opened(app: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"}) as session:
            app["session"] = session
            yield

    async def events(request: web.Request) -> web.Response:
        body = await request.read()
        if not verifier.is_valid_request(body, dict(request.headers)):
            return web.Response(status=401)
        fields = parse_qs(body.decode())
        if "payload" in fields and json.loads(fields["payload"][0])["type"] == "view_submission":
            return web.json_response({"response_action": "update", "view": shown})
        trigger = fields["trigger_id"][0]
        call = {"trigger_id": trigger, "view": json.dumps(shown)}
        async with request.app["session"].post(f"{api}views.open", data=call) as answer:
            await answer.json()
        return web.Response()

    return _application(events, opened)


def _application(events: Any, opened: Any) -> web.Application:
    app = web.Application()
    app.router.add_post("/slack/events", events)
    app.cleanup_ctx.append(opened)
    return app


def main(name: str, api: str) -> None:
    """Serve one of the three."""
    if name != "civility":
        serve({"bolt": bolt, "bare": bare}[name](api))
        return
    serve_civility(COUNCIL, slack_bot_token=TOKEN, slack_signing_secret=SECRET, slack_api_url=api)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
