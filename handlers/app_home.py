"""The page a door can keep for each colleague: what waits for them, their reports, the offices, what they can do."""

from __future__ import annotations

from handlers import hearing
from handlers.case_views import what_next
from handlers.casefile import CaseFile, load
from handlers.chat import Block, Button, Card, Reply, Response, Table, Text
from handlers.desk import Desk, Turn
from handlers.home import LATEST
from handlers.offices import offices_card
from handlers.reviewing import officer_acts
from policy.access import Part

ACTIONS = (
    Button("report.open", "Report an incident", style="primary", opens="report"),
    Button("check.open", "Look somebody up", opens="check"),
)
OPEN = 10
"""As many waiting cases get a button of their own; the rest are in the list."""


def home(turn: Turn, _: str) -> Response:
    """What this colleague should see first."""
    return Reply(home_card(turn, turn.me.id))


def home_card(desk: Desk, reader: str) -> Card:
    """The page as it reads now. It asks the access rule for every line and refuses nothing."""
    files = [load(desk, case.id) for case in desk.uow.cases.current(LATEST)]
    waiting = [one for one in files if _waits_for(one, reader)]
    own = [one for one in files if reader in one.parties.reporters and Part.STAGE in one.seen_by(reader)]
    body: list[Block] = []
    if waiting:
        rows = tuple((one.case.reference, what_next(one)) for one in waiting)
        body.append(Table("Waiting for you", ("Reference", "What is next"), rows))
    else:
        body.append(Text("Nothing waits for you."))
    if own:
        rows = tuple((one.case.reference, one.stage.words) for one in own)
        body.append(Table("Your reports", ("Reference", "Where it stands"), rows))
    body += offices_card(desk, reader).body
    buttons = tuple(Button("case.open", f"Open {one.case.reference}", one.case.id) for one in waiting[:OPEN])
    return Card("Civility", tuple(body), (*ACTIONS, *buttons))


def _waits_for(file: CaseFile, colleague_id: str) -> bool:
    """Whether a signature, the notice, a step in an appeal or the next step of a review is this colleague's."""
    if Part.STORY not in file.seen_by(colleague_id):
        return False
    if hearing.waits_for(file, colleague_id):
        return True
    officers = {one.colleague_id for one in file.seats.officer}
    if colleague_id in officers and officer_acts(file):  # a review outlives the case
        return True
    if file.over:
        return False
    if file.final_decision is not None and file.open_proposal is None:
        return colleague_id in officers and file.progress.notice_owed and not file.progress.notice_sent
    seats = {one.colleague_id for one in file.seats.everybody}
    if file.open_proposal is not None:
        signed = {one.colleague_id for one in file.current_approvals}
    else:
        signed = {one.colleague_id for one in file.by_seat.values()} if file.agreed is None else set()
    return colleague_id in seats - signed
