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
from policy.report_periods import Span, by_month, pieces
from policy.summary import Labels, Summary, Tally, combine, summarise
from policy.summary_data import from_data, to_data

NO_CATEGORY = "No category"
LABELS = Labels(
    categories=tuple(one.words for one in Category),
    actions=tuple(DECISION_WORDS.values()),
    outcomes=tuple(OUTCOME_WORDS.values()),
    passing=frozenset({DECISION_WORDS["interim"]}),
)
_CATEGORIES = {one.value: one.words for one in Category}
Progress = Callable[[int], None]
"""Told from time to time how many cases and decisions were counted so far."""
STEP = 10_000
MOST_IN_CHAT = 30_000
"""Incidents that are counted while a colleague waits: a second or so."""
TOO_MANY = Refusal(
    "period_large",
    "This period has too many incidents to count while you wait. Whoever runs Civility makes the report with the "
    "command civility summary; after that you can read it here. Or choose a shorter period.",
)


def _silent(_: int) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one report. `new` are its pieces that were not published before."""

    span: Span
    summary: Summary
    new: tuple[tuple[Span, Summary], ...]
    pieces: int


def figures(
    desk: Desk, asked: Span, progress: Progress = _silent, most: int | None = None
) -> Figures | Refusal:
    """What a report of this time says: published pieces as they were published, new ones counted now.

    Refused when more than `most` incidents would have to be counted.
    """
    kept = {Span(one.since, one.until): one.figures for one in desk.uow.reports.published()}
    found = pieces(asked, tuple(kept))
    if isinstance(found, Refusal):
        return found
    if most is not None:
        number = sum(desk.uow.reports.incidents(one.since, one.until) for one, before in found if not before)
        if number > most:
            return TOO_MANY
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
    """Count what happened in a piece of time; the database counts cases, decisions come a page at a time."""
    reports, tally, done = desk.uow.reports, Tally(), 0
    for month, part in by_month(span):
        before = done
        for stored, number in reports.cases(part.since, part.until).items():
            tally.cases(month, _category(stored), number)
            done += number
        if done // STEP > before // STEP:
            progress(done)
    for made in reports.decisions(span.since, span.until):
        waited = (local_date(made.decided_at) - local_date(made.opened_at)).days
        action = DECISION_WORDS.get(made.kind, made.kind)
        tally.decision(_category(made.category), action, None if action in LABELS.passing else waited)
        done += 1
        if done % STEP == 0:
            progress(done)
    tally.incidents = reports.incidents(span.since, span.until)
    tally.appeals_received = reports.appeals_received(span.since, span.until)
    for outcome, number in reports.appeals_decided(span.since, span.until).items():
        known = OUTCOME_WORDS[AppealOutcome(outcome)] if outcome in set(AppealOutcome) else outcome
        tally.appeals[known] += number
    tally.overdue = reports.overdue(span.until, local_date(span.until))
    return tally


def _category(stored: str) -> str:
    return _CATEGORIES.get(stored) or stored or NO_CATEGORY
