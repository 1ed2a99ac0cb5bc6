"""The committee's report and the public record of a decision as files: asked for by a press."""

from __future__ import annotations

from collections.abc import Mapping

from handlers import files, summary
from handlers.casefile import load
from handlers.chat import Card, Reply, Response, Text
from handlers.decision_page import decision_page
from handlers.desk import Desk, Refused, Turn
from handlers.files import TYPES, Source, give, way_words
from handlers.files_served import Served
from handlers.pages import Page, as_card
from handlers.report_counts import published_part
from handlers.report_page import report_page
from policy.access import Part, may_summarise
from policy.answers import Refusal
from policy.report_periods import span_of

SUMMARY, RECORD = "summary", "decision"
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
    if turn.outside.files_at is None and turn.request.sender.platform not in turn.outside.uploads:
        return Reply(as_card(page))
    links = _links(turn, page.title, RECORD, decision_id, ("pdf", "docx"))
    return Reply(as_card(page, links.buttons))


def _links(turn: Turn, title: str, what: str, about: str, formats: tuple[str, ...]) -> Card:
    buttons = tuple(give(turn, what, f"{about}:{one}", NAMES[one], one) for one in formats)
    return Card(title, (Text(way_words(turn), small=True),), buttons)


def _serve_summary(desk: Desk, about: str, colleague_id: str) -> Served:
    period, _, kind = about.rpartition(":")
    return _served(f"summary-{period.replace(':', '-to-')}", kind, _summary_page(desk, period, colleague_id))


def _serve_record(desk: Desk, about: str, colleague_id: str) -> Served:
    decision_id, _, kind = about.rpartition(":")
    return _served(f"decision-{decision_id[-6:]}", kind, _record_page(desk, decision_id, colleague_id))


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


SOURCES: Mapping[str, Source] = {
    **files.LETTERS,
    SUMMARY: Source(_serve_summary, "report", private=False),
    RECORD: Source(_serve_record, "decision", private=False),
}
"""Every kind of file that a link may be about."""
