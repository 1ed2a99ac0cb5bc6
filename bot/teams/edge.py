"""The one place that knows botbuilder: an activity becomes a turn, and what is answered leaves it once.

Of botbuilder-core it uses the activity's schema, the turn and the dispatch by kind (`TeamsActivityHandler`); its
HTTP part, its token checks and its client are not used (docs/decisions/0021, PLATFORMS). The door behind it sees
plain JSON, so that a successor of this library replaces this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from botbuilder.core import BotAdapter, InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, ResourceResponse
from botframework.connector.auth import ClaimsIdentity

Json = dict[str, Any]
_RAW: Final = "civility.activity"
_ANSWER: Final = BotAdapter._INVOKE_RESPONSE_KEY  # noqa: SLF001 - the name every adapter of the library keeps it by
NOT_IMPLEMENTED: Final = 501


@dataclass(frozen=True, slots=True)
class Answered:
    """What the HTTP answer says: a status, and a body to be written as JSON (None: no body)."""

    status: int
    body: Json | None = None


class Door(Protocol):
    """What is behind the edge."""

    async def message(self, activity: Mapping[str, Any]) -> None:
        """Something was typed, or a button pressed whose answer is a message."""

    async def moved(self, activity: Mapping[str, Any]) -> None:
        """The app was added to a conversation, or removed from one."""

    async def invoked(self, activity: Mapping[str, Any]) -> Json | None:
        """Something that waits for its answer in the same breath; None for what Civility does not know."""


class Edge(BotAdapter):  # type: ignore[misc]  # the library publishes no types
    """Takes authenticated activities."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self._bot = _Turns(door)

    async def process(self, activity: Json, claims: Mapping[str, Any]) -> Answered:
        """Answer one activity, whose shape the entrance has looked at."""
        # Only what the dispatch looks at: reading the rest would take longer than the journey behind it.
        read = Activity(
            type=activity["type"],
            id=activity.get("id"),
            name=activity.get("name"),
            channel_id=activity.get("channelId"),
            service_url=activity["serviceUrl"],
        )
        turn = TurnContext(self, read)
        turn.turn_state[BotAdapter.BOT_IDENTITY_KEY] = ClaimsIdentity(dict(claims), is_authenticated=True)
        turn.turn_state[_RAW] = activity
        await self.run_pipeline(turn, self._bot.on_turn)
        found = turn.turn_state.get(_ANSWER)
        if found is None:
            return Answered(NOT_IMPLEMENTED if read.type == ActivityTypes.invoke else 200)
        return Answered(found.value.status, found.value.body)

    async def send_activities(
        self, context: TurnContext, activities: list[Activity]
    ) -> list[ResourceResponse]:
        """The answer to an invoke stays in the turn; messages leave by our own sender, never here."""
        for one in activities:
            if one.type != ActivityTypes.invoke_response:
                raise NotImplementedError(one.type)
            context.turn_state[_ANSWER] = one
        return [ResourceResponse(id="") for _ in activities]

    async def update_activity(self, context: TurnContext, activity: Activity) -> None:
        """Never here."""
        raise NotImplementedError

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        """Never here."""
        raise NotImplementedError


class _Turns(TeamsActivityHandler):  # type: ignore[misc]  # the library publishes no types
    """Dispatches a turn by its kind."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self._door = door

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await self._door.message(turn_context.turn_state[_RAW])

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        await self._door.moved(turn_context.turn_state[_RAW])

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        await self._door.moved(turn_context.turn_state[_RAW])

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        body = await self._door.invoked(turn_context.turn_state[_RAW])
        return InvokeResponse(status=NOT_IMPLEMENTED if body is None else 200, body=body)
