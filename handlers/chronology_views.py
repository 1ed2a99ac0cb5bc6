"""The order of events as the answer to a press, for those who see the case; each look is in the log (R38, R41)."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.casefile import NO_CASE, load
from handlers.chat import Block, Button, Card, Facts, Reply, Response, Text, ViewRef
from handlers.chronology import events
from handlers.chronology_page import chronology_title
from handlers.desk import Desk, Refused, Turn
from policy.access import Part

VIEW = "case.chronology"
FETCH = "chronology.download"


def press_chronology(turn: Turn, case_id: str) -> Response:
    """The button "What happened, in order"."""
    card = chronology_card(turn, {"case": case_id}, turn.me.id)
    if card is None:
        raise Refused(NO_CASE, case_id)
    turn.log("chronology.opened", "case", case_id)
    return Reply(card, ViewRef(VIEW, {"case": case_id}))


def chronology_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """Everything of the case in the order of time; None for somebody who does not see the story."""
    file = load(desk, ids["case"])
    if reader is None or Part.STORY not in file.seen_by(reader):
        return None
    body: list[Block] = []
    rows: list[tuple[str, str]] = []
    for one in events(file):
        rows.append((one.when, f"{one.what}. {one.who}".rstrip(". ") + "."))
        if one.words:
            body += [Facts(tuple(rows)), Text(one.words)]
            rows = []
    if rows:
        body.append(Facts(tuple(rows)))
    opening = Button("case.open", "Open this case", file.case.id)
    fetch = Button(FETCH, "Download", file.case.id)
    return Card(chronology_title(file), tuple(body), (opening, fetch))
