"""Who a platform's user is among the council's colleagues (R48)."""

from __future__ import annotations

from datetime import date

from handlers.chat import Sender
from handlers.desk import Turn, Wrong
from handlers.fields import ACCOUNT
from policy.answers import Problem
from policy.offices import Holding, Office
from storage.records import Colleague, Identity
from storage.store import UnitOfWork

NOT_A_MEMBER = "Choose a full member of this workspace, not a guest and not an app."

NOT_SEEN = (
    "Civility can’t see this person in Teams yet. Add Civility to a team they are in, or ask them to add it for "
    "themselves; then choose them again."
)


def chosen_colleague(turn: Turn, value: str, field: str) -> str:
    """The colleague's id for a `Person` answer; one who was chosen in the platform's own picker joins (R48).

    Raises Wrong at `field` for a guest, an app, or an account the platform does not vouch for.
    """
    if not value.startswith(ACCOUNT):
        return value
    who = turn.request.accounts.get(value)
    if who is None and turn.request.sender.platform == "teams":
        raise Wrong((Problem(field, "not_seen", NOT_SEEN),))
    found = first_use(turn.uow, who, turn.today) if who else None
    if found is None or found.guest:
        raise Wrong((Problem(field, "not_a_member", NOT_A_MEMBER),))
    return found.id


def first_use(uow: UnitOfWork, sender: Sender, today: date) -> Colleague | None:
    """A full member is a member of staff on first use; a guest has only what the register grants: nothing yet."""
    if sender.guest or not sender.external_id:
        return None
    known = uow.colleagues.wait_for_identity(sender.platform, sender.workspace, sender.external_id)
    if known is not None:  # two first clicks came at once, and this is the later one
        return known
    colleague = uow.colleagues.add(sender.name or sender.external_id)
    uow.colleagues.link(Identity(sender.platform, sender.workspace, sender.external_id, colleague.id))
    uow.offices.add(Holding(Office.STAFF, colleague.id, today), colleague.id)
    uow.log.append(colleague.id, "colleague.joined", "colleague", colleague.id, platform=sender.platform)
    return colleague
