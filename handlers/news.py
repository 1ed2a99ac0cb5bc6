"""What a reporter and a target are told: "received", then each stage and the outcome (R47).

Each step is a message of its own, sent once. A message that is still on its way when the next step comes is dropped for
that one, so that several steps at once make one message. It carries the reference, who acts next and by when: no name,
no story. Who works on the case has its card and gets none of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers import hearing
from handlers.casefile import NOTIFIABLE, CaseFile, load
from handlers.chat import Block, Button, Card, Text
from handlers.desk import Desk
from handlers.reviewing import CONTINUATION
from policy.access import Part
from policy.appeal_stages import AppealStage
from policy.appeals import OUTCOME_WORDS
from policy.calendars import local_date, say_day
from policy.cases import Stage, next_step
from policy.findings import FindingKind
from policy.welfare import ReporterNews, reporter_sentence, target_sentence
from storage.records import Decision

VIEW = "report.news"
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
_OUTCOMES = {
    "restriction": ReporterNews.RESTRICTED,
    "interim": ReporterNews.RESTRICTED,
    "warning": ReporterNews.WARNED,
    CONTINUATION: ReporterNews.REVIEW_GOES_ON,
    "no_action": ReporterNews.NO_ACTION,
    "not_unacceptable": ReporterNews.NOT_UNACCEPTABLE,
    "police": ReporterNews.POLICE,
    "legal_action": ReporterNews.LEGAL_ACTION,
}
_ENDED = frozenset({AppealStage.REFUSED_LATE, AppealStage.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Step:
    """One step that is told: `key` makes it once ever, `what` says it, `more` is what an appeal came to."""

    key: str
    at: datetime
    what: tuple[ReporterNews, ...]
    more: str = ""


def steps(file: CaseFile) -> tuple[Step, ...]:
    """Every step of a case so far that is told in a message of its own, the earliest first."""
    if file.case.withdrawn_at is not None:
        return ()
    return tuple(sorted(_steps(file), key=lambda one: one.at))


def tell_news(file: CaseFile) -> None:
    """Queue the latest step for every reporter and target who was not told of it yet."""
    latest = next(reversed(steps(file)), None)
    if latest is None:
        return
    for one in sorted(_readers(file)):
        file.desk.tell(
            one,
            VIEW,
            {"case": file.case.id, "step": latest.key},
            once=f"{VIEW}:{file.case.id}:{latest.key}",
        )


def news_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """The posted message of a step; None once a later one is on its way, or the reader is not told any more."""
    file = load(desk, ids["case"])
    latest = next(reversed(steps(file)), None)
    if latest is None or latest.key != ids["step"] or reader not in _readers(file):
        return None
    said = " ".join(filter(None, (*(_said(file, reader, one) for one in latest.what), latest.more)))
    opening = Button("case.open", "Open this case", file.case.id)
    return Card(file.case.reference, (Text(said), *next_blocks(file)), (opening,))


def where_words(file: CaseFile, reader: str) -> str:
    """The stage and the outcome in a few sentences; never the findings themselves."""
    if file.stage is Stage.WITHDRAWN:
        return f"{file.case.reference}: The report was withdrawn."
    found: list[ReporterNews] = []
    if file.decision and file.decision.id in file.quashed:
        found.append(ReporterNews.APPEAL_DECIDED)
    elif file.decision:
        found.append(_OUTCOMES[file.decision.kind])
    news = _NOW.get(file.stage, None if file.decision else ReporterNews.INVESTIGATING)
    if news and news not in found:
        found.append(news)
    return " ".join(_said(file, reader, one) for one in found)


def next_blocks(file: CaseFile) -> tuple[Block, ...]:
    """Who acts next, by office, and by when."""
    return (Text(f"{next_step(file.progress, file.desk.today)} {_by_when(file)}".strip()),)


# --- parts ----------------------------------------------------------------------------------------------


def _steps(file: CaseFile) -> Iterator[Step]:
    kind = file.agreed
    if kind is not None and kind is not FindingKind.MORE_INFORMATION:
        last = max(file.by_seat.values(), key=lambda one: one.signed_at)
        settled = kind not in (FindingKind.WARNING, FindingKind.RESTRICTION)
        yield Step(f"found:{last.id}", last.signed_at, (_OUTCOMES[kind] if settled else ReporterNews.FOUND,))
    for decision in file.decisions:
        at = _told_at(file, decision)
        if at is not None:
            yield Step(f"told:{decision.id}", at, (_OUTCOMES[decision.kind], ReporterNews.NOTIFIED))
    for appeal in file.appeals:
        own = appeal.record
        yield Step(f"appeal:{own.id}", own.recorded_at, (ReporterNews.APPEALED,))
        if own.decided_at is not None and appeal.outcome is not None:
            more = f"{OUTCOME_WORDS[appeal.outcome]}."
            yield Step(f"outcome:{own.id}", own.decided_at, (ReporterNews.APPEAL_DECIDED,), more)
        elif appeal.stage in _ENDED and appeal.answers:
            yield Step(f"outcome:{own.id}", appeal.answers[-1].at, (ReporterNews.APPEAL_OVER,))
    for review in file.reviews:
        if review.held_at is not None and review.outcome == "end":
            yield Step(f"review:{review.restriction_id}", review.held_at, (ReporterNews.REVIEW_ENDS,))
    if file.case.closed_at is not None:
        key = f"closed:{file.case.closed_at.isoformat()}"
        yield Step(key, file.case.closed_at, (ReporterNews.CLOSED,))


def _told_at(file: CaseFile, decision: Decision) -> datetime | None:
    """When it was recorded that the person was told of a decision, or None."""
    if decision.kind not in NOTIFIABLE or file.told_on(decision) is None:
        return None
    copies = (copy for one in file.notices_of(decision) for copy in file.dispatches.get(one.id, ()))
    return min((copy.recorded_at for copy in copies if copy.bounced_at is None), default=None)


def _readers(file: CaseFile) -> frozenset[str]:
    """Whoever reported it or is its target and does not see the case itself; a report taken back counts no more."""
    wanted = {one.reporter_id for one in file.standing} | set(file.parties.targets)
    seen = ((one, file.seen_by(one)) for one in wanted)
    return frozenset(one for one, parts in seen if Part.STAGE in parts and Part.STORY not in parts)


def _said(file: CaseFile, reader: str, news: ReporterNews) -> str:
    own = any(one.reporter_id == reader for one in file.incidents)
    return (reporter_sentence if own else target_sentence)(news, file.case.reference)


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
