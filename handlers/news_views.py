"""The messages to a reporter and a target, and what their card of the case says (R41, R47)."""

from __future__ import annotations

from collections.abc import Mapping

from handlers import hearing
from handlers.casefile import CaseFile, load
from handlers.chat import Block, Button, Card, Text
from handlers.closing import closing
from handlers.desk import Desk
from handlers.news import OUTCOMES, readers, steps
from policy.answers import Refusal
from policy.calendars import local_date, say_day
from policy.cases import Stage, next_step
from policy.welfare import ReporterNews, reporter_sentence, target_sentence

AWAITED = frozenset(
    {Stage.REPORTED, Stage.SECOND_FINDING, Stage.SPLIT, Stage.MORE_INFORMATION, Stage.PROPOSAL_DUE}
    | {Stage.PROPOSAL_WAITING}
)
_NOW = {
    Stage.REPORTED: ReporterNews.RECEIVED,
    Stage.PROPOSAL_DUE: ReporterNews.FOUND,
    Stage.PROPOSAL_WAITING: ReporterNews.DECISION_PROPOSED,
    Stage.APPEAL_OPEN: ReporterNews.NOTIFIED,
    Stage.APPEAL_CLOSED: ReporterNews.NOTIFIED,
    Stage.APPEAL_UNDECIDED: ReporterNews.APPEALED,
    Stage.APPEAL_DECIDED: ReporterNews.APPEAL_DECIDED,
    Stage.CLOSED: ReporterNews.CLOSED,
}


def news_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """The posted message of a step; None once a later one is on its way, or the reader is not told any more."""
    file = load(desk, ids["case"])
    latest = next(reversed(steps(file)), None)
    if latest is None or latest.key != ids["step"] or reader not in readers(file):
        return None
    said = " ".join(filter(None, (*(_said(file, reader, one) for one in latest.what), latest.more)))
    opening = Button("case.open", "Open this case", file.case.id)
    return Card(file.case.reference, (Text(said), *next_blocks(file)), (opening,))


def where_words(file: CaseFile, reader: str) -> str:
    """The stage and the outcome in a few sentences; never the findings themselves."""
    if file.stage is Stage.WITHDRAWN:
        return "The report was withdrawn."
    found: list[ReporterNews] = []
    if file.decision and file.decision.id in file.quashed:
        found.append(ReporterNews.APPEAL_DECIDED)
    elif file.decision:
        found.append(OUTCOMES[file.decision.kind])
    news = _NOW.get(file.stage, None if file.decision else ReporterNews.INVESTIGATING)
    if news and news not in found:
        found.append(news)
    return " ".join(_said(file, reader, one) for one in found)


def next_blocks(file: CaseFile) -> tuple[Block, ...]:
    """Who acts next, by office, and by when. What it takes to close the case is the workers' business."""
    if file.stage is Stage.STUCK:
        return (Text("A committee of the council decides this case, because no officer can."),)
    waits = closing(file)
    words = next_step(file.progress, file.desk.today, Refusal(waits.code, "") if waits else None)
    return (Text(" ".join(f"{words} {_by_when(file)}".split())),)


# --- parts ----------------------------------------------------------------------------------------------


def _said(file: CaseFile, reader: str, news: ReporterNews) -> str:
    own = any(one.reporter_id == reader for one in file.incidents)
    return (reporter_sentence if own else target_sentence)(news)


def _by_when(file: CaseFile) -> str:
    desk, stage = file.desk, file.stage
    if stage in AWAITED and file.final_decision is None:
        return f"It is due before {say_day(desk.calendar.previous_working_day(file.due_on))}."
    if stage is Stage.NOTICE_DUE and file.decision is not None:
        days = desk.settings.notice_not_sent_working_days
        by = desk.calendar.add_working_days(local_date(file.decision.decided_at), days)
        return f"It is due by {say_day(by)}."
    if stage is Stage.APPEAL_UNDECIDED:
        by = max(hearing.decide_by(file, one) for one in file.appeals if one.open)
        return f"It is due by {say_day(by)}."
    return ""
