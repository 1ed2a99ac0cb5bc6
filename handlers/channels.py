"""Which channel of the chat is the governance channel, and which the councillors' (R34, R40, R41)."""

from __future__ import annotations

from handlers.chat import Card, Reply, Response, Text
from handlers.desk import Refused, Turn
from handlers.offices import may_change
from policy.answers import Refusal

KINDS = {
    "governance": "Reminders and reports received come here, with the reference only.",
    "councillors": "Decision notices come here, with no name and no story.",
}
WHICH = Refusal(
    "no_kind", "Type /incident use governance, or /incident use councillors, in the channel you mean."
)
NOT_HERE = Refusal("private_here", "Type this in the channel itself: only you read what stands here.")


def use_channel(turn: Turn, words: str) -> Response:
    """`/incident use governance`, typed in the channel by whoever may change the offices."""
    turn.require(may_change(turn, turn.me.id))
    kind, where = words.strip().lower(), turn.request
    if kind not in KINDS:
        raise Refused(WHICH)
    turn.require(NOT_HERE if where.private or not where.channel else None)
    known = turn.council.channels
    rooms = {**known.get(kind, {}), where.sender.platform: where.channel}
    turn.uow.council.update(channels={**known, kind: rooms})
    turn.log("channel.chosen", "council", turn.council.id, channel=kind, platform=where.sender.platform)
    advice = "Keep the channel private, so that only those read it whom it concerns."
    if where.sender.platform == "slack":
        advice += " Make sure Civility is a member of it: /invite @Civility"
    return Reply(Card(f"This is the {kind} channel now", (Text(KINDS[kind]), Text(advice))))
