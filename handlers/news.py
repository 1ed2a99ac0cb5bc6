"""What a reporter and a target are told: "received", then each stage and the outcome (R47).

Each step is a message of its own, sent once. A message that is still on its way when the next step comes is dropped for
that one, so that several steps at once make one message. It carries the reference, who acts next and by when: no name,
no story. Who works on the case has its card and gets none of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from handlers.casefile import NOTIFIABLE, CaseFile
from handlers.reviewing import CONTINUATION
from policy.access import Part
from policy.appeal_stages import AppealStage
from policy.appeals import OUTCOME_WORDS
from policy.findings import FindingKind
from policy.welfare import ReporterNews
from storage.records import Decision

VIEW = "report.news"
OUTCOMES = {
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
    for one in sorted(readers(file)):
        file.desk.tell(
            one,
            VIEW,
            {"case": file.case.id, "step": latest.key},
            once=f"{VIEW}:{file.case.id}:{latest.key}",
        )


def readers(file: CaseFile) -> frozenset[str]:
    """Whoever reported it or is its target and does not see the case itself; a report taken back counts no more."""
    wanted = {one.reporter_id for one in file.standing} | set(file.parties.targets)
    seen = ((one, file.seen_by(one)) for one in wanted)
    return frozenset(one for one, parts in seen if Part.STAGE in parts and Part.STORY not in parts)


# --- parts ----------------------------------------------------------------------------------------------


def _steps(file: CaseFile) -> Iterator[Step]:
    kind = file.agreed
    if kind is not None and kind is not FindingKind.MORE_INFORMATION:
        last = max(file.by_seat.values(), key=lambda one: one.signed_at)
        settled = kind not in (FindingKind.WARNING, FindingKind.RESTRICTION)
        yield Step(f"found:{last.id}", last.signed_at, (OUTCOMES[kind] if settled else ReporterNews.FOUND,))
    for decision in file.decisions:
        at = _told_at(file, decision)
        if at is not None:
            yield Step(f"told:{decision.id}", at, (OUTCOMES[decision.kind], ReporterNews.NOTIFIED))
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
