"""Slack's front door: commands, shortcuts, buttons, forms and the App Home, each acknowledged once with its answer.

The guard verifies the signature, bolt finds the workspace. Nothing is acknowledged before it is committed: an error
is shown, and Slack's own retry finds the delivery already done (R19).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack import modal, requests
from bot.slack.blocks import escaped, home_view, message
from bot.slack.guard import Guard
from bot.slack.people import People
from bot.slack.problems import error_of
from bot.slack.workspaces import Workspaces
from handlers.chat import (
    Card,
    FieldErrors,
    OpenForm,
    Refuse,
    Replace,
    Reply,
    Request,
    Response,
)

log = logging.getLogger("civility.slack")

ANY = re.compile(r".*")
FAILED = "Something went wrong, and nothing was saved. Try again; pressing twice counts once."
NOT_INSTALLED = (
    "Civility is not installed in this workspace any more. Ask whoever looks after it to install it again."
)
LINK = "file.fetch"
"""A button that is a link: the browser follows it."""
TOO_LATE = "Slack took too long to open the form. Please try again."

Body = Mapping[str, Any]
Answer = Callable[[Request], Awaitable[Response]]


class SlackDoor:
    """Everything a workspace can do. Give `handle` to the web application, or `app` to Socket Mode."""

    def __init__(
        self,
        *,
        answer: Answer,
        people: People,
        guard: Guard,
        workspaces: Workspaces,
        client: AsyncWebClient,
    ) -> None:
        """`client` is shared by every call; `workspaces` give each workspace's token, quickly."""
        self._answer, self._people, self._guard, self._workspaces = answer, people, guard, workspaces

        async def authorize(team_id: str | None) -> AuthorizeResult:  # bolt calls no methods here
            return await workspaces.authorize(team_id)  # type: ignore[return-value]  # bolt takes None too

        self.app = AsyncApp(
            authorize=authorize,
            user_facing_authorize_error_message=NOT_INSTALLED,
            client=client,
            process_before_response=True,
            request_verification_enabled=False,  # the guard has done it, by the clock of the whole program
        )
        self.app.command(ANY)(self._command)
        self.app.shortcut(ANY)(self._shortcut)
        self.app.action(ANY)(self._action)
        self.app.view(ANY)(self._view)
        self.app.event("app_home_opened")(self._home)
        self.app.event("app_uninstalled")(self._removed)
        self.app.event("tokens_revoked")(self._revoked)

    async def handle(self, request: web.Request) -> web.Response:
        """`/slack/events`: whatever Slack sends."""
        refused = await self._guard.refusal(request)
        if refused is not None:
            return refused
        if not requests.understood(await request.text(), request.content_type):
            return web.Response(status=400, text="This is nothing Civility understands.\n")
        return await to_aiohttp_response(await self.app.async_dispatch(await to_bolt_request(request)))

    # --- the app itself ------------------------------------------------------------------------

    async def _removed(self, body: Body) -> None:
        """Somebody removed the app from the workspace."""
        await self._workspaces.removed(body["team_id"])

    async def _revoked(self, body: Body) -> None:
        """Tokens were revoked; only the app's own matter here."""
        tokens = body["event"].get("tokens")
        if isinstance(tokens, Mapping) and tokens.get("bot"):
            await self._workspaces.removed(body["team_id"])

    # --- what is clicked -----------------------------------------------------------------------

    async def _command(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        who = await self._people.profile(body["team_id"], body["user_id"])
        response = await self._try(requests.from_command(body, who))
        if isinstance(response, OpenForm | FieldErrors):
            await ack(await self._opened(client, body, response))
        elif isinstance(response, Refuse):
            await ack({"text": escaped(response.sentence), "response_type": "ephemeral"})
        else:
            await ack({**message(response.card), "response_type": "ephemeral"})

    async def _shortcut(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        who = await self._people.profile(requests.team_of(body), requests.user_of(body))
        author, by = requests.author_of(body), ""
        if author and body.get("callback_id") == requests.REPORT_MESSAGE:
            by = (await self._people.profile(requests.team_of(body), author)).name
        response = await self._try(requests.from_shortcut(body, who, author=by))
        await self._open(client, body, response)
        await ack()

    async def _action(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        if body["actions"][0].get("type") != "button":
            await ack()  # an answer chosen in a form: it is read when the page is sent
            return
        if str(body["actions"][0].get("action_id", "")).partition(":")[0] == LINK:
            await ack()  # the browser follows the link by itself; Slack only says that it was pressed
            return
        who = await self._people.profile(requests.team_of(body), requests.user_of(body))
        response = await self._try(requests.from_action(body, who))
        if body.get("view"):
            await self._in_view(client, body, response)
        elif isinstance(response, Replace):
            await _respond(body, {**message(response.card), "replace_original": True})
        elif isinstance(response, Refuse):
            await _respond(body, {"text": escaped(response.sentence), "replace_original": False})
        else:
            await self._open(client, body, response)
        await ack()

    async def _view(self, ack: AsyncAck, body: Body) -> None:
        who = await self._people.profile(requests.team_of(body), requests.user_of(body))
        team = requests.team_of(body)
        chosen = [
            requests.account(team, user, await self._people.profile(team, user))
            for user in requests.chosen_users(body)
        ]
        response = await self._try(requests.from_view(body, who, accounts=dict(chosen)))
        if isinstance(response, FieldErrors) and modal.stands_on(response, body["view"]):
            await ack(response_action="errors", errors=modal.errors(response))
            return
        await ack(response_action="update", view=_view(response))

    async def _home(self, body: Body, client: AsyncWebClient) -> None:
        """The app's own page, written anew each time it is opened: it says what is so at that moment."""
        event = body["event"]
        if event.get("tab") != "home":
            return
        who = await self._people.profile(body["team_id"], event["user"])
        response = await self._try(requests.home(body["team_id"], event["user"], who))
        card = response.card if isinstance(response, Reply) else Card(sentence_of(response))
        await client.views_publish(user_id=event["user"], view=home_view(card))

    # --- parts ---------------------------------------------------------------------------------

    async def _try(self, request: Request) -> Response:
        try:
            return await self._answer(request)
        except Exception:
            log.exception("a click in Slack was not answered")
            return Refuse(FAILED)

    async def _opened(
        self, client: AsyncWebClient, body: Body, response: OpenForm | FieldErrors
    ) -> dict[str, str] | str:
        """Open a form; what to say instead when Slack would not."""
        try:
            await client.views_open(trigger_id=body["trigger_id"], view=_view(response))
        except SlackApiError as refused:
            log.warning("Slack did not open a form: %s", error_of(refused))
            return {"text": TOO_LATE, "response_type": "ephemeral"}
        return ""

    async def _open(self, client: AsyncWebClient, body: Body, response: Response) -> None:
        """Show an answer in a view of its own: only the one who clicked reads it (R41)."""
        try:
            await client.views_open(trigger_id=body["trigger_id"], view=_view(response))
        except SlackApiError as refused:
            log.warning("Slack did not open a view: %s", error_of(refused))
            if body.get("response_url"):
                await _respond(body, {"text": TOO_LATE, "replace_original": False})

    async def _in_view(self, client: AsyncWebClient, body: Body, response: Response) -> None:
        """A press inside a view: the view becomes the answer; a refusal comes in front of it."""
        if isinstance(response, Refuse):
            await client.views_push(trigger_id=body["trigger_id"], view=_view(response))
            return
        await client.views_update(
            view_id=body["view"]["id"], hash=body["view"].get("hash"), view=_view(response)
        )


def sentence_of(response: Response) -> str:
    """What is said where no form can be shown."""
    return response.sentence if isinstance(response, Refuse) else FAILED


def _view(response: Response) -> dict[str, object]:
    """Any answer as a view."""
    match response:
        case OpenForm() | FieldErrors():
            return modal.view(response)
        case Reply(card) | Replace(card):
            return modal.card_view(card)
        case Refuse(sentence):
            return modal.card_view(Card(sentence))


async def _respond(body: Body, payload: Mapping[str, object]) -> None:
    """Answer to the message that was pressed; only who pressed sees what does not replace it."""
    await AsyncWebhookClient(body["response_url"]).send_dict({"response_type": "ephemeral", **payload})
