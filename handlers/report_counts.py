"""The figures of a committee's report: counted once, for the card, Word, PDF and the spreadsheet alike (R39).

Nothing sealed is opened: categories, kinds and dates are counted, no case is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handlers.case_views import DECISION_WORDS
from handlers.desk import Desk
from policy.answers import Refusal
from policy.appeals import OUTCOME_WORDS, AppealOutcome
from policy.behaviour import Category
from policy.calendars import local_date
from policy.report_periods import Span, pieces
from policy.summary import Labels, Summary, Tally, combine, summarise
from policy.summary_data import from_data, to_data

NO_CATEGORY = "No category"
LABELS = Labels(
    categories=tuple(one.words for one in Category),
    actions=tuple(DECISION_WORDS.values()),
    outcomes=tuple(OUTCOME_WORDS.values()),
    passing=frozenset({DECISION_WORDS["interim"]}),
)
Progress = Callable[[int], None]
"""Told from time to time how many cases and decisions were counted so far."""
STEP = 10_000


def _silent(_: int) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one report. `new` are its pieces that were not published before."""

    span: Span
    summary: Summary
    new: tuple[tuple[Span, Summary], ...]
    pieces: int


def figures(desk: Desk, asked: Span, progress: Progress = _silent) -> Figures | Refusal:
    """What a report of this time says: published pieces as they were published, new ones counted now."""
    kept = {Span(one.since, one.until): one.figures for one in desk.uow.reports.published()}
    found = pieces(asked, tuple(kept))
    if isinstance(found, Refusal):
        return found
    parts: list[Summary] = []
    new: list[tuple[Span, Summary]] = []
    for span, published in found:
        if published:
            parts.append(from_data(kept[span]))
        else:
            part = summarise(count(desk, span, progress), span.first, span.last, LABELS)
            new.append((span, part))
            parts.append(part)
    return Figures(asked, combine(parts), tuple(new), len(parts))


def published_part(desk: Desk, asked: Span) -> Figures | None:
    """What was published already of this time, and nothing else; None when nothing was."""
    kept = [one for one in desk.uow.reports.published() if asked.has(Span(one.since, one.until))]
    if not kept:
        return None
    return Figures(asked, combine([from_data(one.figures) for one in kept]), (), len(kept))


def publish(desk: Desk, made: Figures, by: str) -> None:
    """Keep the new pieces of a report as they are, for good."""
    for span, part in made.new:
        kept = desk.uow.reports.publish(span.since, span.until, to_data(part), by)
        desk.uow.log.append(
            by, "report.published", "report", kept.id, first=str(span.first), last=str(span.last)
        )


def count(desk: Desk, span: Span, progress: Progress = _silent) -> Tally:
    """Count what happened in a piece of time, a page of records at a time."""
    reports, tally, done = desk.uow.reports, Tally(), 0
    for case in reports.cases(span.since, span.until):
        tally.case(local_date(case.opened_at), _category(case.category))
        done = _step(done, progress)
    for made in reports.decisions(span.since, span.until):
        waited = (local_date(made.decided_at) - local_date(made.opened_at)).days
        action = DECISION_WORDS.get(made.kind, made.kind)
        tally.decision(_category(made.category), action, None if action in LABELS.passing else waited)
        done = _step(done, progress)
    tally.incidents = reports.incidents(span.since, span.until)
    tally.appeals_received = reports.appeals_received(span.since, span.until)
    for outcome, number in reports.appeals_decided(span.since, span.until).items():
        known = OUTCOME_WORDS[AppealOutcome(outcome)] if outcome in set(AppealOutcome) else outcome
        tally.appeals[known] += number
    tally.overdue = reports.overdue(desk.today)
    return tally


def _category(stored: str) -> str:
    return Category(stored).words if stored in set(Category) else stored or NO_CATEGORY


def _step(done: int, progress: Progress) -> int:
    if (done + 1) % STEP == 0:
        progress(done + 1)
    return done + 1
