"""Finding one's way: help, the list of cases, one's own reports, one case by its reference."""

from __future__ import annotations

from handlers import views
from handlers.case_views import what_next
from handlers.casefile import NO_CASE, CaseFile, load
from handlers.chat import Button, Card, Reply, Response, Table, Text, ViewRef
from handlers.desk import Refused, Turn
from policy.access import Part, may_list
from policy.cases import parse_reference

COMMANDS: tuple[tuple[str, str], ...] = (
    ("/incident", "Report an incident"),
    ("/incident check WORDS", "What may I do if they contact us? A name, address, number or reference"),
    ("/incident mine", "My reports and how far they have come"),
    ("/incident case REF", "Open a case, such as INC-2026-0001"),
    ("/incident appeal REF", "Record an appeal that reached the council"),
    ("/incident message REF", "File a message they sent, with the eight questions about it"),
    ("/incident cases", "The cases you may see, and who acts next"),
    ("/incident summary", "The report for the committee, for a period: numbers only"),
    ("/incident offices", "Who holds which office, from when"),
    (
        "/incident use governance",
        "The chief officer types it in the channel for reminders (or: use councillors)",
    ),
    ("/incident help", "What you can type"),
)
LATEST = 50


def help_card(_turn: Turn, _words: str) -> Response:
    """`/incident help`."""
    body = (
        Text("Civility runs the council’s unacceptable customer behaviour policy."),
        Table("What you can type", ("Type", "What it does"), COMMANDS),
        Text("In an emergency call 999 first.", small=True),
    )
    return Reply(
        Card("Help", body, (Button("report.open", "Report an incident", style="primary", opens="report"),))
    )


def open_case(turn: Turn, words: str) -> Response:
    """`/incident case REF`."""
    reference = parse_reference(words)
    case = turn.uow.cases.by_reference(reference) if reference else None
    if case is None:
        raise Refused(NO_CASE)
    return press_open(turn, case.id)


def press_open(turn: Turn, case_id: str) -> Response:
    """The button "Open this case": as far as the asker may see it; each opening is in the log (R38)."""
    file = load(turn, case_id)
    card = views.show(turn, ViewRef("case.open", {"case": case_id}), turn.me.id)
    if card is None:  # the same sentence as for a case that does not exist
        raise Refused(NO_CASE, case_id)
    turn.log("case.opened", "case", file.case.id)
    return Reply(card)


def list_cases(turn: Turn, _: str) -> Response:
    """`/incident cases`: each line asks the access rule for itself."""
    turn.require(may_list(turn.asker(turn.me.id)))
    files = [load(turn, case.id) for case in turn.uow.cases.all(limit=LATEST)]
    seen = [(file, file.seen_by(turn.me.id)) for file in files]
    rows = tuple(
        (file.case.reference, _where(file, parts), _next(file, parts)) for file, parts in seen if parts
    )
    if not rows:
        return Reply(Card("Cases", (Text("There is no case you can see."),)))
    table = Table("Cases, newest first", ("Reference", "Where it stands", "Who acts next"), rows)
    return Reply(
        Card("Cases", (table, Text("Type /incident case and the reference to open one.", small=True)))
    )


def my_reports(turn: Turn, _: str) -> Response:
    """`/incident mine`: the reports a colleague made, and how far they have come (R47)."""
    files = [load(turn, case.id) for case in turn.uow.cases.reported_by(turn.me.id)]
    rows = tuple(
        (file.case.reference, file.stage.words) for file in files if Part.STAGE in file.seen_by(turn.me.id)
    )
    if not rows:
        return Reply(Card("My reports", (Text("You have not reported anything. Type /incident to report."),)))
    return Reply(Card("My reports", (Table("My reports", ("Reference", "Where it stands"), rows),)))


def _where(file: CaseFile, parts: frozenset[Part]) -> str:
    return file.stage.words if Part.STAGE in parts else "A decision was made"


def _next(file: CaseFile, parts: frozenset[Part]) -> str:
    return what_next(file) if Part.STORY in parts else ""
