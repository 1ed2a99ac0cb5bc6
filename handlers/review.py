"""Holding a review: asked for early, what the person said, ending it alone or continuing with a second name (R37)."""

from __future__ import annotations

from handlers import views
from handlers.asked_for import belongs
from handlers.casefile import CaseFile, load
from handlers.chat import Form, FormValues, OpenForm, Reply, Response, ViewRef
from handlers.claim import claim
from handlers.decide import record_approval
from handlers.desk import Refused, Turn
from handlers.effect import overtake_continuation
from handlers.forms import day, needed, text
from handlers.proposals import (
    NO_PROPOSAL,
    OPEN_ALREADY,
    approver,
    proposal_of,
    read_value,
    settled,
    stale_press,
    still_current,
)
from handlers.review_form import comment_form, review_form
from handlers.reviewing import (
    ASKED,
    CONTINUATION,
    DUE,
    REVIEW_OF,
    Standing,
    standing_of,
    too_soon,
)
from handlers.tasks import UNBLOCK, add_task, route_taken
from handlers.tell import refresh_decision, remind_signatures, tell_case
from policy.access import Part
from policy.answers import Problem, Refusal
from policy.calendars import Day, local_date
from policy.cases import councillor_lock
from policy.catalogue import Duration
from policy.decisions import Asked, ConfirmFirst, already_done, case_work_refusal
from policy.notice_words import loaded_words
from policy.offices import Office
from policy.reviews import ReviewOutcome, check_review, review_by
from storage.records import Proposal, Restriction
from storage.reviewed import Review

NOT_IN_FORCE = Refusal(
    "review_not_in_force", "This restriction is not in force, so there is nothing to review."
)
CHANGE = "change:"
DONE_WORDS = {"end": "ended by a review", "continue": "continued by a review"}


# --- asked for early ------------------------------------------------------------------------------


def press_ask(turn: Turn, value: str) -> Response:
    """The button "Review it early": a colleague asks for it, or the person did.

    `value`: "<restriction>", or "<restriction>:<message>" where a filed message asks for it (R28).
    """
    restriction_id, _, message_id = value.partition(":")
    file, one = _held_file(turn, restriction_id)
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), file.case.id)
    ask_early(turn, file, one.restriction)
    route_taken(turn, file.case.id, message_id, "review")
    return _case(turn, file.case.id)


def ask_early(turn: Turn, file: CaseFile, restriction: Restriction) -> None:
    """An early review is wanted: it waits for the chief officer from now on. Asked twice is once.

    The caller has made sure that who asks may work on the case.
    """
    if turn.uow.reviews.get(restriction.id) is None:
        turn.uow.reviews.open(restriction.id, file.case.id, ASKED, turn.me.id)
        turn.log("review.asked", "restriction", restriction.id, case=file.case.id)
        after = load(turn, file.case.id)
        tell_case(after, also=(one.colleague_id for one in after.seats.officer))


# --- what the person said -------------------------------------------------------------------------


def open_comment(turn: Turn, value: str) -> Response:
    """The button "Record what the person said". `value`: "<restriction>", or with ":<message>" the one it came in."""
    return OpenForm(build_comment(turn, value, {}))


def build_comment(turn: Turn, value: str, _: FormValues) -> Form:
    """The form, for whoever may do the daily work of the case; it starts with what a filed message says (R28)."""
    restriction_id, _colon, message_id = value.partition(":")
    file, _one = _file(turn, restriction_id)
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), file.case.id)
    message = turn.uow.messages.get(message_id) if message_id else None
    return comment_form(file, value, message if message and belongs(turn, message, file.case.id) else None)


def submit_comment(turn: Turn, value: str, values: FormValues) -> Response:
    """Keep the person's words with the review; those recorded before stay."""
    restriction_id, _, message_id = value.partition(":")
    file, one = _held_file(turn, restriction_id)
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), file.case.id)
    received = needed(values, "received_on")
    late = Problem("received_on", "in_future", "This day is in the future. Give the day it reached us.")
    turn.check((late,) if received > turn.today else ())
    review = one.review or turn.uow.reviews.open(restriction_id, file.case.id, DUE, turn.me.id)
    said = {"on": received.isoformat(), "how": text(values, "how"), "by": turn.me.id}
    turn.uow.reviews.comment(review, {**said, "text": text(values, "text")})
    turn.log("review.comment", "restriction", restriction_id, case=file.case.id, how=said["how"])
    route_taken(turn, file.case.id, message_id, "review")
    tell_case(load(turn, file.case.id))
    return _case(turn, file.case.id)


# --- deciding -------------------------------------------------------------------------------------


def open_decide(turn: Turn, restriction_id: str) -> Response:
    """The button "Decide the review"."""
    return OpenForm(build_review(turn, restriction_id, {}))


def open_change(turn: Turn, value: str) -> Response:
    """The button "Change it and ask again" on a restriction that is to go on. `value`: "<proposal>:<version>"."""
    seen = read_value(value)
    return OpenForm(build_review(turn, f"{CHANGE}{seen.id}:{seen.version}", {}))


def build_review(turn: Turn, context: str, _: FormValues) -> Form:
    """The form, for who may decide at this moment. The Mayor, pressing early, reads first what it costs (R15).

    `context`: "<restriction>", or "change:<proposal>:<version>" for another version of what waits for approval.
    """
    restriction_id, changing = _about(turn, context)
    file, one = _file(turn, restriction_id)
    if changing is not None:
        still_current(turn, file, changing, read_value(context.removeprefix(CHANGE)))
    answer = approver(turn, file, confirmed=False)
    turn.require(answer if isinstance(answer, Refusal) else None, file.case.id)
    warning = answer.sentence if isinstance(answer, ConfirmFirst) else ""
    said = changing.content if changing else None
    return review_form(file, one, _latest(turn, file, one), warning, context=context, said=said)


def submit_review(turn: Turn, context: str, values: FormValues) -> Response:
    """Ending favours the person and takes one name; continuing burdens them and takes two (R37)."""
    restriction_id, changing = _about(turn, context)
    file, one = _held_file(turn, restriction_id)
    if changing is not None:
        seen = read_value(context.removeprefix(CHANGE))
        changing = still_current(turn, file, proposal_of(turn, changing.id), seen)
    answer = approver(turn, file, confirmed=True)
    if not isinstance(answer, Asked):
        raise Refused(answer if isinstance(answer, Refusal) else NO_PROPOSAL, file.case.id)
    outcome, reasons = ReviewOutcome(text(values, "outcome")), text(values, "reasons")
    if outcome is ReviewOutcome.END:
        turn.check(loaded_words(reasons, "reasons"))
        end(turn, file, one, answer, reasons)
        return _case(turn, file.case.id)
    return _continue(turn, file, one, answer, values, changing)


def end(turn: Turn, file: CaseFile, one: Standing, asked: Asked, reasons: str) -> None:
    """The restriction ends at this instant; whatever was blocked is to be opened again (R26, R37)."""
    restriction = one.restriction
    review = one.review or turn.uow.reviews.open(restriction.id, file.case.id, DUE, turn.me.id)
    outcome = ReviewOutcome.END.value
    if not turn.uow.reviews.hold(review, outcome, reasons, turn.me.id, asked.office.value):
        raise held_already(turn, file, turn.uow.reviews.get(restriction.id) or review)
    turn.uow.restrictions.end(restriction.id, turn.now)
    turn.log(
        "review.held",
        "restriction",
        restriction.id,
        case=file.case.id,
        outcome=outcome,
        office=asked.office.value,
    )
    turn.log("restriction.ended", "restriction", restriction.id, case=file.case.id)
    overtake_continuation(turn, file, restriction.id)
    after = load(turn, file.case.id)
    add_task(turn, UNBLOCK, file.case.id, restriction.id, (a.colleague_id for a in after.seats.officer))
    tell_case(after)
    for decision in after.decisions:
        if decision.id == restriction.decision_id:
            refresh_decision(after, decision)


def _continue(
    turn: Turn, file: CaseFile, one: Standing, asked: Asked, values: FormValues, changing: Proposal | None
) -> Response:
    """Put it to both seats, with the submitter's own approval; nothing changes until the second name (R15, R37).

    `changing`: what waits already gets another version, and who approved it before is asked again (R19).
    """
    turn.require(OPEN_ALREADY if file.open_proposal and changing is None else None, file.case.id)
    reasons, ends_on, review_on = text(values, "reasons"), day(values, "ends_on"), day(values, "review_on")
    latest = _latest(turn, file, one)
    problems = [
        *check_review(ReviewOutcome.CONTINUE, reasons, ends_on, review_on, latest, turn.today),
        *loaded_words(reasons, "reasons"),
    ]
    lock = councillor_lock(file.person.colleague_id is not None)
    problems += [Problem("outcome", lock.code, lock.sentence)] if lock else []
    soon = too_soon(file, one)
    if soon is not None:
        problems.insert(0, Problem("outcome", soon.code, soon.sentence))
    turn.check(problems)
    if one.review is None:
        turn.uow.reviews.open(one.restriction.id, file.case.id, DUE, turn.me.id)
    content = {
        **one.restriction.content,
        "case_for": reasons,
        "duration": (Duration.TEMPORARY if ends_on else Duration.PERMANENT).value,
        "ends_on": ends_on.isoformat() if ends_on else "",
        "review_on": review_on.isoformat() if review_on and not ends_on else "",
        REVIEW_OF: one.restriction.id,
    }
    if file.case.closed_at is not None:
        turn.uow.cases.reopen(file.case.id)
        turn.log("case.reopened", "case", file.case.id, why="review")
    if changing is None:
        saved: Proposal | None = turn.uow.proposals.draft(file.case.id, CONTINUATION, content, turn.me.id)
    else:
        saved = turn.uow.proposals.change(changing.id, changing.version, content, turn.me.id)
    if saved is None:
        raise stale_press(file, 0, 1)
    version = str(saved.version)
    turn.log("proposal.drafted", "proposal", saved.id, case=file.case.id, version=version, kind=CONTINUATION)
    record_approval(turn, load(turn, file.case.id), saved, asked)
    remind_signatures(load(turn, file.case.id), "approval.awaited")
    return settled(turn, file.case.id)


# --- parts ----------------------------------------------------------------------------------------


def held_already(turn: Turn, file: CaseFile, review: Review) -> Refused:
    """ "Already ended by a review by the Chief Officer at 10:02", beside the case as it is now (R19)."""
    show = ViewRef("case.open", {"case": file.case.id})
    if review.held_at is None:
        return Refused(NOT_IN_FORCE, file.case.id, show)
    office = (Office(review.office),)
    return Refused(
        already_done(DONE_WORDS[review.outcome], office, review.held_at, turn.now), file.case.id, show
    )


def _about(turn: Turn, context: str) -> tuple[str, Proposal | None]:
    """The restriction a form is about, and the waiting proposal that it changes, if it does."""
    if not context.startswith(CHANGE):
        return context, None
    proposal = proposal_of(turn, read_value(context.removeprefix(CHANGE)).id)
    if proposal.kind != CONTINUATION:
        raise Refused(NO_PROPOSAL, proposal.case_id)
    return str(proposal.content.get(REVIEW_OF, "")), proposal


def _file(turn: Turn, restriction_id: str) -> tuple[CaseFile, Standing]:
    return _standing(turn, load(turn, _restriction(turn, restriction_id).case_id), restriction_id)


def _held_file(turn: Turn, restriction_id: str) -> tuple[CaseFile, Standing]:
    """The same, with the case held until the click ends: two at one instant come one after the other."""
    return _standing(turn, claim(turn, _restriction(turn, restriction_id).case_id), restriction_id)


def _standing(turn: Turn, file: CaseFile, restriction_id: str) -> tuple[CaseFile, Standing]:
    if Part.NOTICE not in file.seen_by(turn.me.id):
        answer = approver(turn, file, confirmed=True)
        turn.require(answer if isinstance(answer, Refusal) else None, file.case.id)
    found = next(r for r in file.restrictions if r.id == restriction_id)
    review = next((one for one in file.reviews if one.restriction_id == restriction_id), None)
    if review is not None and review.held_at is not None:
        raise held_already(turn, file, review)
    one = standing_of(file, found)
    if one is None:
        raise Refused(NOT_IN_FORCE, file.case.id)
    return file, one


def _restriction(turn: Turn, restriction_id: str) -> Restriction:
    found = turn.uow.restrictions.get(restriction_id)
    if found is None:
        raise Refused(NOT_IN_FORCE)
    return found


def _latest(turn: Turn, file: CaseFile, one: Standing) -> Day:
    """By when it must be reviewed again at the latest, as if it were held today (R22)."""
    decision = next(d for d in file.decisions if d.id == one.restriction.decision_id)
    told = file.told_on(decision)
    notified = told.value if told else local_date(decision.decided_at)
    months = turn.settings.review_first_months, turn.settings.review_every_months
    return review_by(notified, turn.today, turn.calendar, *months)


def _case(turn: Turn, case_id: str) -> Response:
    again = ViewRef("case.open", {"case": case_id})
    card = views.show(turn, again, turn.me.id)
    return Reply(card or views.said("Saved."), again)
