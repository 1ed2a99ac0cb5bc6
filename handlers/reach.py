"""Who misses what Civility writes in Teams, because they have not added the app there yet."""

from __future__ import annotations

from handlers.desk import Desk
from policy.offices import Office
from storage.conversations import PERSONAL

TEAMS = "teams"


def without_app(desk: Desk) -> tuple[str, ...]:
    """Colleagues who hold an office today and use Teams, but have no conversation with Civility there; by name."""
    if not desk.uow.council.workspace(TEAMS):
        return ()
    here = {
        (one.workspace, one.name)
        for one in desk.uow.conversations.all()
        if one.kind == PERSONAL and one.left_at is None
    }
    holders = {
        one.colleague_id
        for one in desk.register.holdings
        if one.office is not Office.STAFF and one.covers(desk.today)
    }
    missing = [
        desk.name(holder)
        for holder in holders
        for account in desk.uow.colleagues.identities(holder)
        if account.platform == TEAMS and (account.workspace, account.external_id) not in here
    ]
    return tuple(sorted(missing))


def missing_words(names: tuple[str, ...]) -> str:
    """What is said about them."""
    return (
        f"Not reached in Teams yet: {', '.join(names)}. They add the app Civility for themselves in Teams, or whoever "
        "looks after Teams installs it for everybody."
    )
