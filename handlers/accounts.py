"""A colleague's second account, such as Teams beside Slack, linked by the chief officer (R48).

Whoever writes from an account nobody knows joins as a new member of staff. When that is a colleague who was known
already, the two entries become one: the accounts move, and what the new entry reported or met counts as the other's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from handlers.chat import (
    Card,
    Choice,
    Form,
    FormValues,
    OpenForm,
    Option,
    Page,
    Reply,
    Response,
    Text,
    ViewRef,
)
from handlers.desk import Desk, Turn
from handlers.forms import text
from handlers.offices import may_change, offices_card
from handlers.report_form import colleague_options
from policy.answers import Problem
from policy.offices import Office
from storage.records import Colleague

VIEW = "account.linked"
NOBODY = "A second account is in the list once its owner has used Civility from it. One that holds an office is not."
PLATFORMS = {"slack": "Slack", "teams": "Teams", "local": "this chat"}


def open_link(turn: Turn, _: str) -> Response:
    """The button "Link a second account" on the card of offices."""
    form = link_form(turn, "", {})
    if not _seconds(turn):
        return Reply(Card("Nobody to link", (Text(NOBODY),)))
    return OpenForm(form)


def link_form(turn: Turn, context: str, _: FormValues) -> Form:
    """Which entry is whose: only an entry without an office can turn out to be somebody else's second account."""
    turn.require(may_change(turn, turn.me.id))
    intro = (
        Text(
            "A colleague who writes from a second account, such as Teams beside Slack, is in the list twice. "
            "Linked, both accounts have the same offices, and reports made from either count as theirs."
        ),
    )
    fields = (
        Choice(
            name="second", label="Which entry is the second account?", options=_seconds(turn), required=True
        ),
        Choice(name="colleague", label="Whose is it?", options=colleague_options(turn), required=True),
    )
    page = Page(fields, intro=intro)
    return Form(id="account", title="Link an account", pages=(page,), submit="Link", context=context)


def submit_link(turn: Turn, _: str, values: FormValues) -> Response:
    """Both entries are one colleague from now on, who is told on every account; it can't be undone by a press."""
    turn.require(may_change(turn, turn.me.id))
    second, colleague = text(values, "second"), text(values, "colleague")
    if second == colleague:
        turn.check((Problem("colleague", "same_entry", "Choose two different entries."),))
    if turn.me.id == second:
        turn.check((Problem("second", "own_entry", "You write from this entry now. Choose the other one."),))
    if not turn.uow.colleagues.join(second, colleague):
        turn.check((Problem("second", "linked_already", "This entry was linked already."),))
    for row in turn.uow.offices.presumed(second):
        turn.uow.offices.end(row, turn.today - timedelta(days=1), turn.me.id)
    turn.uow.incidents.hand_over(second, colleague)
    turn.uow.conflicts.hand_over(second, colleague)
    turn.log("account.linked", "colleague", colleague, second=second)
    turn.tell(colleague, VIEW, {"second": second, "colleague": colleague}, once=f"{VIEW}:{second}")
    return Reply(offices_card(replace(turn), turn.me.id), ViewRef("offices", {}))


def linked_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """Told to the colleague whose account it now is: somebody else's account linked by mistake must be noticed."""
    if reader != ids["colleague"]:
        return None
    warning = "If it is not yours, tell the Chief Officer and the Chair of F&GP at once."
    accounts = _places(desk, ids["colleague"])
    return Card(
        "An account was linked to you",
        (
            Text(f"The Chief Officer linked an account to yours. You now use Civility from {accounts}."),
            Text(warning),
        ),
    )


def _seconds(turn: Turn) -> tuple[Option, ...]:
    return tuple(Option(one.id, _with_accounts(turn, one)) for one in turn.by_name if _free(turn, one.id))


def _free(turn: Turn, colleague_id: str) -> bool:
    """Whether an entry came by itself and never held an office: nothing was ever signed from it."""
    held = [one.office for one in turn.register.holdings if one.colleague_id == colleague_id]
    return bool(held) and set(held) == {Office.STAFF} and bool(turn.uow.offices.presumed(colleague_id))


def _with_accounts(turn: Turn, one: Colleague) -> str:
    return f"{one.name} ({_places(turn, one.id)})"


def _places(desk: Desk, colleague_id: str) -> str:
    found = dict.fromkeys(
        PLATFORMS.get(i.platform, i.platform) for i in desk.uow.colleagues.identities(colleague_id)
    )
    return " and ".join(found) or "no account"
