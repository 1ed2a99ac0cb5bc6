"""The committee's report, the public record of a decision, the order of events as files: asked for by a press."""

from __future__ import annotations

from collections.abc import Mapping

from handlers import files, summary
from handlers.casefile import load
from handlers.chat import Card, Reply, Response, Text
from handlers.chronology_page import chronology_page
from handlers.decision_page import decision_page
from handlers.desk import Desk, Refused, Turn
from handlers.files import TYPES, Source, give, has_way, way_words
from handlers.files_served import NOT_YOURS, Served
from handlers.pages import Page, as_card
from handlers.report_counts import published_part
from handlers.report_page import report_page
from policy.access import Part, may_summarise
from policy.answers import Refusal
from policy.cases import find_reference
from policy.report_periods import span_of

SUMMARY, RECORD, CHRONOLOGY = "summary", "decision", "chronology"
NAMES: Mapping[str, str] = {"pdf": "PDF", "docx": "Word", "csv": "CSV, for a spreadsheet"}
NOT_MADE = Refusal(
    "summary_not_made",
    "No report was made for this period yet. Press “Make the report” before you download it.",
)
NO_DECISION = Refusal("no_decision", "There is no decision here that you can see.")


def press_summary(turn: Turn, value: str) -> Response:
    """The button "Download" of a report that was made: a link for each format."""
    first, last = summary.days_of(value)
    period = f"{first.isoformat()}:{last.isoformat()}"
    page = _summary_page(turn, period, turn.me.id)
    turn.log("file.asked", "report", "", first=str(first), last=str(last))
    return Reply(_links(turn, page.title, SUMMARY, period, tuple(NAMES)))


def press_record(turn: Turn, decision_id: str) -> Response:
    """The button "Public record" of a decided case: the record to read, and as files."""
    page = _record_page(turn, decision_id, turn.me.id)
    turn.log("file.asked", "decision", decision_id)
    if not has_way(turn):
        return Reply(as_card(page))
    links = _links(turn, page.title, RECORD, decision_id, ("pdf", "docx"))
    return Reply(as_card(page, links.buttons))


def press_chronology(turn: Turn, case_id: str) -> Response:
    """The button "Download" beside the order of events: a Word file, for whoever advises the council."""
    page = _chronology_page(turn, case_id, turn.me.id)
    turn.log("file.asked", "case", case_id, what=CHRONOLOGY)
    return Reply(_links(turn, page.title, CHRONOLOGY, case_id, ("docx",)))


def _links(turn: Turn, title: str, what: str, about: str, formats: tuple[str, ...]) -> Card:
    buttons = tuple(give(turn, what, f"{about}:{one}", NAMES[one], one) for one in formats)
    return Card(title, (Text(way_words(turn), small=True),), buttons)


def _serve_summary(desk: Desk, about: str, colleague_id: str) -> Served:
    period, _, kind = about.rpartition(":")
    return _served(f"summary-{period.replace(':', '-to-')}", kind, _summary_page(desk, period, colleague_id))


def _serve_record(desk: Desk, about: str, colleague_id: str) -> Served:
    decision_id, _, kind = about.rpartition(":")
    return _served(f"decision-{decision_id[-6:]}", kind, _record_page(desk, decision_id, colleague_id))


def _serve_chronology(desk: Desk, about: str, colleague_id: str) -> Served:
    case_id, _, kind = about.rpartition(":")
    page = _chronology_page(desk, case_id, colleague_id)
    return _served(f"{find_reference(page.title)}-events", kind, page)


def _served(name: str, kind: str, page: Page) -> Served:
    kinds = {**TYPES, "csv": "text/csv"}
    if kind not in kinds:
        raise Refused(files.GONE)
    return Served(f"{name}.{kind}", kinds[kind], b"", page)


def _summary_page(desk: Desk, period: str, reader: str) -> Page:
    """What was published of a period and nothing else; raises Refused."""
    refusal = may_summarise(desk.asker(reader))
    span = span_of(*summary.days_of(period), desk.now)
    for one in (refusal, span):
        if isinstance(one, Refusal):
            raise Refused(one)
    made = None if isinstance(span, Refusal) else published_part(desk, span)
    if made is None:
        raise Refused(NOT_MADE)
    return report_page(desk.council.name, made, desk.now)


def _record_page(desk: Desk, decision_id: str, reader: str) -> Page:
    decision = desk.uow.decisions.get(decision_id)
    if decision is None:
        raise Refused(NO_DECISION)
    file = load(desk, decision.case_id)
    if Part.DECISION not in file.seen_by(reader):
        raise Refused(NO_DECISION, file.case.id)
    return decision_page(file, decision)


def _chronology_page(desk: Desk, case_id: str, reader: str) -> Page:
    if desk.uow.cases.get(case_id) is None:
        raise Refused(files.GONE)
    file = load(desk, case_id)
    if Part.STORY not in file.seen_by(reader):
        raise Refused(NOT_YOURS, case_id)
    return chronology_page(file)


SOURCES: Mapping[str, Source] = {
    **files.LETTERS,
    SUMMARY: Source(_serve_summary, "report", private=False),
    RECORD: Source(_serve_record, "decision", private=False),
    CHRONOLOGY: Source(_serve_chronology, "case"),
}
"""Every kind of file that a link may be about."""
