"""What nobody will try to send again: told to the chief officer, one message a day for each recipient (R40)."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.chat import Callout, Card, Text
from handlers.desk import Desk
from policy.offices import Office
from storage.records import Outgoing, Recipient

VIEW = "undelivered"
ADVICE: Mapping[str, str] = {
    "channel_not_found": "The channel is gone, or Civility is not a member of it. Type /invite @Civility there, or "
    "choose another with /incident use governance or /incident use councillors.",
    "is_archived": "The channel is archived. Open it again, or choose another with /incident use governance or "
    "/incident use councillors.",
    "not_in_channel": "Civility is not a member of the channel. Type /invite @Civility there.",
    "user_not_found": "This account is gone. If the colleague has left, say so with /incident offices.",
    "user_disabled": "This account is switched off. If the colleague has left, say so with /incident offices.",
    **dict.fromkeys(
        (
            "BotNotInConversationRoster",
            "ConversationNotFound",
            "MessageWritesBlocked",
            "ForbiddenOperationException",
        ),
        "Civility is not installed there in Teams. A colleague adds the app Civility for themselves, or whoever looks "
        "after Teams installs it for everybody; for a channel, add Civility to its team.",
    ),
    "missing_scope": "The app lacks a permission. Whoever looks after it runs: civility doctor",
}
OTHERWISE = "Whoever looks after Civility can see the reason with: civility doctor"


def tell_chief_officer(desk: Desk, row: Outgoing) -> None:
    """Queue the message about a row that was parked; not to whom it could not be sent, nor about itself."""
    if row.view == VIEW:
        return
    to = row.recipient
    for holder in desk.register.holders(Office.CHIEF_OFFICER, desk.today):
        if (to.kind, to.id) != ("colleague", holder):
            once = f"{VIEW}:{to.kind}:{to.id}:{desk.today.isoformat()}"
            desk.tell(holder, VIEW, {"outbox": row.id, "kind": to.kind, "to": to.id}, once=once)


def undelivered_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """Who misses a message, and what helps. The message itself is not repeated: it may not be this reader's."""
    if reader not in desk.register.holders(Office.CHIEF_OFFICER, desk.today):
        return None
    row = next((one for one in desk.uow.outbox.parked() if one.id == ids["outbox"]), None)
    if row is None:
        return None
    why = next(
        (advice for code, advice in ADVICE.items() if code in row.last_error.split(". ")[0]), OTHERWISE
    )
    who = _who(desk, row.recipient)
    return Card(
        "A message could not be delivered",
        (
            Callout(f"A message to {who} could not be delivered, and is not tried again.", "warning"),
            Text(why),
        ),
    )


def _who(desk: Desk, to: Recipient) -> str:
    return f"the {to.id} channel" if to.kind == "channel" else desk.name(to.id)
