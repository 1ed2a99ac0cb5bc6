"""The programs that the Teams bench compares, each in a process of its own: `python -m bench.teams_servers NAME URL`.

Both answer `report` in a colleague's own conversation with the same card. Civility checks the token of every message;
the stock bot (the adapter of its samples, behind the same web server) has authentication off, which is its quickest.
"""

from __future__ import annotations

import sys

from aiohttp import web

from bench.served import serve, serve_civility
from bot.teams.cards import attachment, command_data, invitation
from handlers.chat import Command

APP = "11111111-aaaa-4bbb-8ccc-222222222222"
TENANT = "33333333-dddd-4eee-8fff-444444444444"
DANA = "00000000-0000-4000-8000-000000000001"
COUNCIL = f"""
[council]
name = "Ambleford Town Council"
address = "Town Hall, Ambleford"
[[offices]]
office = "chief_officer"
name = "Dana Okoro"
teams = "{DANA}"
from = 2026-05-01
"""


def stock() -> web.Application:
    """A bot of botbuilder-core alone, as its samples write it."""
    from botbuilder.core import ActivityHandler, TurnContext
    from botbuilder.core.cloud_adapter_base import CloudAdapterBase
    from botbuilder.schema import Activity
    from botframework.connector.auth import BotFrameworkAuthenticationFactory

    card = invitation("Report an incident", "", "Report an incident", command_data(Command("report")))
    shown = {"type": "message", "summary": card["fallbackText"], "attachments": [attachment(card)]}

    class Bot(ActivityHandler):  # type: ignore[misc]  # the library publishes no types
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(Activity().deserialize(shown))

    adapter, bot = CloudAdapterBase(BotFrameworkAuthenticationFactory.create()), Bot()

    async def messages(request: web.Request) -> web.Response:
        activity = Activity().deserialize(await request.json())
        await adapter.process_activity("", activity, bot.on_turn)
        return web.Response(status=201)

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    return app


def main(name: str, url: str) -> None:
    """Serve one of the two; `url` is where the tenant is."""
    if name == "stock":
        serve(stock())
        return
    serve_civility(
        COUNCIL,
        teams_app_id=APP,
        teams_secret="a-client-secret",
        teams_tenant=TENANT,
        teams_login_url=url,
        teams_openid_url=f"{url}/openid",
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
