"""What follows when both reviewers decide: the decision stands, becomes milder, ends, or is made again (R26, R36).

Nothing is deleted: a restriction that was varied or cancelled keeps its row with the instant it ended, findings that
are to be signed again are marked as replaced.
"""

from __future__ import annotations

from handlers import hearing
from handlers.appeal_tell import remind_untold
from handlers.appealed import Appealed
from handlers.casefile import CaseFile, load
from handlers.deadlines import remind_of_dates, remind_of_lapse
from handlers.desk import Refused, Turn
from handlers.effect import overtake_continuation
from handlers.make_again import make_again
from handlers.reviewing import REVIEW_OF, review_of
from handlers.tasks import EASE, UNBLOCK, add_task
from policy.appeal_stages import AppealEvent, AppealStage, move
from policy.appeals import EFFECTS, AppealOutcome
from policy.catalogue import Duration
from policy.decisions import already_done
from policy.offices import Office
from storage.appealed import AppealAnswer
from storage.records import Restriction


def enact(
    turn: Turn, file: CaseFile, appealed: Appealed, last: AppealAnswer, given: tuple[AppealAnswer, ...]
) -> None:
    """Record the outcome once, and bring about what it means. `last` is the signature that made it two."""
    following = move(appealed.stage, AppealEvent.AGREE)
    acts = "; ".join(dict.fromkeys(one.minute_ref for one in given if one.minute_ref))
    if not isinstance(following, AppealStage) or not turn.uow.appeals.decide(
        appealed.record, following.value, last.answer, acts, last.terms
    ):
        raise Refused(already_done("decided", (Office(last.office),), last.at, turn.now), file.case.id)
    outcome = AppealOutcome(last.answer)
    turn.log(
        "appeal.decided",
        "appeal",
        appealed.record.id,
        case=file.case.id,
        outcome=outcome.value,
        reviewers=",".join(sorted(one.colleague_id for one in given)),
    )
    decision = hearing.decision_of(file, appealed)
    effects = EFFECTS[outcome]
    if effects.ends_restriction:
        for restriction in _resting_on(file, decision.id):
            if restriction.ended_at is None or restriction.ended_at > turn.now:
                _end(turn, file, restriction, UNBLOCK)
    if effects.new_notice:
        _vary(turn, file, appealed, last)
    if effects.new_decision and file.final_decision is not None and file.final_decision.id == decision.id:
        _send_back(turn, file, appealed)
    remind_untold(*hearing.find(turn, appealed.record.id))


def _resting_on(file: CaseFile, decision_id: str) -> tuple[Restriction, ...]:
    """A decision's restrictions, and those by which a review let them go on: these fall with what they continue."""
    found = [one for one in file.restrictions if one.decision_id == decision_id]
    for one in file.restrictions:  # oldest first: what is continued comes before what continues it
        if one.content.get(REVIEW_OF) in {before.id for before in found}:
            found.append(one)
    return tuple(found)


def _end(turn: Turn, file: CaseFile, restriction: Restriction, task: str) -> None:
    """At once; whoever blocked something by hand is asked to open it again (R36)."""
    turn.uow.restrictions.end(restriction.id, turn.now)
    overtake_continuation(turn, file, restriction.id)
    turn.log("restriction.ended", "restriction", restriction.id, case=file.case.id)
    if restriction.starts_at is not None:
        officers = (one.colleague_id for one in file.seats.officer)
        add_task(turn, task, file.case.id, restriction.id, officers)


def _vary(turn: Turn, file: CaseFile, appealed: Appealed, last: AppealAnswer) -> None:
    """The milder terms hold from now on; the old ones stay in the record with their end."""
    old = hearing.restriction_of(file, appealed)
    if old is None:
        return
    terms = dict(last.terms)
    content = {
        **old.content,
        **terms,
        "duration": (Duration.TEMPORARY if terms["ends_on"] else Duration.PERMANENT).value,
        "ends_on": terms["ends_on"] or "",
        "review_on": terms["review_on"] or "",
    }
    kept = hearing.new_terms(last)
    paused = hearing.is_paused(file, appealed)
    new = turn.uow.restrictions.add(
        case_id=file.case.id,
        person_id=old.person_id,
        decision_id=old.decision_id,
        measures=tuple(terms["measures"]),
        scope=terms["scope"],
        ends_on=kept.ends_on,
        review_on=kept.review_on,
        starts_at=None if old.starts_at is None else max(old.starts_at, turn.now),
        interim_lapses_on=old.interim_lapses_on,
        content=content,
    )
    if old.confirmed_at is not None:
        turn.uow.restrictions.confirm(new.id, old.confirmed_at)
    if paused:
        turn.uow.restrictions.pause(new.id, appealed.record.id)
    review = review_of(file, old)
    if review is not None and review.held_at is None:  # what was asked and what the person said is not lost
        turn.uow.reviews.carry(review, new.id)
        turn.log("review.carried", "restriction", new.id, case=file.case.id, before=old.id)
    turn.log("restriction.varied", "restriction", new.id, case=file.case.id, before=old.id)
    _end(turn, file, old, EASE)
    after = load(turn, file.case.id)
    if new.interim_lapses_on is not None and old.confirmed_at is None:
        remind_of_lapse(turn, after, new.id, new.interim_lapses_on)
    remind_of_dates(turn, after, hearing.decision_of(after, appealed))


def _send_back(turn: Turn, file: CaseFile, appealed: Appealed) -> None:
    """The two offices sign anew; the old decision stands until then (R36)."""
    make_again(turn, file, appealed.record.id, appeal=appealed.record.id)
