"""An appeal is heard: two reviewers picked, and an answer of each (R36)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handlers import hearers, hearing
from handlers.appeal import held, moved, office_of, require_move, settled
from handlers.appeal_effect import enact
from handlers.appeal_form import chosen_terms, outcome_form, reviewers_form
from handlers.appeal_words import others_answer
from handlers.appealed import HEARD, OUTCOME, Appealed, terms_from, terms_of, terms_record, verdict
from handlers.casefile import CaseFile
from handlers.chat import Form, FormValues, OpenForm, Response
from handlers.desk import Refused, Turn, Wrong
from handlers.forms import several, text
from policy.answers import Problem, Refusal
from policy.appeal_stages import AppealEvent, AppealStage
from policy.appeals import Agreement, AppealOutcome, Verdict, agreement, check_verdict
from policy.catalogue import Scope
from policy.decisions import stale
from policy.notice_words import loaded_words
from policy.offices import Office
from policy.reviewers import REVIEWER_OFFICES, pair_refusal
from storage.appealed import AppealAnswer

NOT_ANY_MORE = Refusal(
    "outcome_gone", "The case has moved on, and this can no longer be decided. Decide for yourself instead."
)
NO_OTHER = Refusal("no_other_answer", "The other reviewer has not answered yet. Decide for yourself first.")


# --- who hears it ---------------------------------------------------------------------------------


def open_assign(turn: Turn, appeal_id: str) -> Response:
    """The button "Pick the reviewers"."""
    return OpenForm(build_assign(turn, appeal_id, {}))


def build_assign(turn: Turn, appeal_id: str, _: FormValues) -> Form:
    """Those who may hear it, and those who may not with the reason."""
    file, appealed = hearing.find(turn, appeal_id)
    turn.require(hearing.work_refusal(file, turn.me.id), file.case.id)
    require_move(file, appealed, AppealEvent.ASSIGN)
    return reviewers_form(file, appealed, appeal_id)


def submit_assign(turn: Turn, appeal_id: str, values: FormValues) -> Response:
    """Two are picked. One who can still hear it stays: nobody is replaced for the answer they gave (R36)."""
    file, appealed = held(turn, appeal_id)
    turn.require(hearing.work_refusal(file, turn.me.id), file.case.id)
    picks = several(values, "reviewers")
    register, parties = hearers.bench(file, appealed), hearers.parties_of(file, appealed)
    refusal = pair_refusal(picks, register, parties, hearers.absent(turn, register))
    if refusal is not None:
        raise Wrong((Problem("reviewers", refusal.code, refusal.sentence),))
    gone = hearers.unable(file, appealed)
    before = {one.colleague_id: one for one in appealed.reviewers}
    for stays in before.keys() - gone.keys() - set(picks):
        sentence = f"{turn.name(stays)} can still hear this appeal, and stays."
        raise Wrong((Problem("reviewers", "reviewer_stays", sentence),))
    moved(turn, file, appealed, AppealEvent.ASSIGN)
    for colleague_id in before.keys() - set(picks):
        turn.uow.appeals.release(before[colleague_id].id, gone[colleague_id])
        turn.log("appeal.released", "appeal", appeal_id, case=file.case.id, reviewer=colleague_id)
    hand_to(turn, appealed, [one for one in picks if one not in before], register)
    return settled(turn, appeal_id)


def hand_to(
    turn: Turn, appealed: Appealed, picks: Iterable[str], register: Mapping[str, frozenset[Office]]
) -> None:
    """Let these councillors hear the appeal from now on, each in the office in which they may."""
    for colleague_id in picks:
        office = next(one for one in REVIEWER_OFFICES if one in register[colleague_id])
        turn.uow.appeals.assign(appealed.record.id, colleague_id, office.value, turn.me.id)
        turn.log(
            "appeal.assigned",
            "appeal",
            appealed.record.id,
            case=appealed.record.case_id,
            reviewer=colleague_id,
        )


# --- the outcome ----------------------------------------------------------------------------------


def open_decide(turn: Turn, appeal_id: str) -> Response:
    """The button "Decide"."""
    return OpenForm(build_outcome(turn, appeal_id, {}))


def build_outcome(turn: Turn, appeal_id: str, _: FormValues) -> Form:
    """The form `appeal_outcome`, for a reviewer at this moment."""
    file, appealed = hearing.find(turn, appeal_id)
    require_reviewer(turn, file, appealed)
    return outcome_form(file, appealed, turn.me.id, appeal_id)


def submit_outcome(turn: Turn, appeal_id: str, values: FormValues) -> Response:
    """One reviewer's signature; two that say the same decide the appeal, two that differ are a split (R36)."""
    file, appealed = held(turn, appeal_id)
    require_reviewer(turn, file, appealed)
    outcome = AppealOutcome(text(values, "outcome"))
    restriction = hearing.restriction_of(file, appealed)
    terms, detail = None, ""
    if outcome is AppealOutcome.VARIED and restriction is not None:
        terms, detail = chosen_terms(values, restriction)
    mine = Verdict(turn.me.id, outcome, text(values, "reasons"), terms)
    problems = list(check_verdict(mine, terms_of(restriction) if restriction else None))
    problems += loaded_words(mine.reasons, "reasons")
    if terms and restriction and terms.scope is not Scope(restriction.scope) and not detail:
        problems.append(
            Problem("scope_detail", "blank", "Name the issue or the service that it still covers.")
        )
    turn.check(problems)
    kept = terms_record(terms, detail) if terms else {}
    return _signed(turn, file, appealed, mine, text(values, "minute_ref"), kept)


def press_agree(turn: Turn, value: str) -> Response:
    """The button "Agree with the other reviewer": the same outcome, reasons and terms. `value`: "<appeal>:<answer>"."""
    appeal_id, _, answer_id = value.partition(":")
    file, appealed = held(turn, appeal_id)
    require_reviewer(turn, file, appealed)
    other = others_answer(file, appealed, turn.me.id)
    if other is None:
        raise Refused(NO_OTHER, file.case.id)
    if other.id != answer_id:
        raise Refused(stale(0, 1) or NO_OTHER, file.case.id)
    if AppealOutcome(other.answer) not in hearing.outcomes(file, appealed):
        raise Refused(NOT_ANY_MORE, file.case.id)
    mine = Verdict(turn.me.id, AppealOutcome(other.answer), other.reasons, terms_from(other.terms))
    restriction = hearing.restriction_of(file, appealed)
    for one in check_verdict(mine, terms_of(restriction) if restriction else None):  # it may be milder by now
        raise Refused(Refusal(one.code, one.sentence), file.case.id)
    return _signed(turn, file, appealed, mine, other.minute_ref, dict(other.terms))


def _signed(
    turn: Turn, file: CaseFile, appealed: Appealed, mine: Verdict, act: str, kept: dict[str, object]
) -> Response:
    """Record the signature and see what the two say together."""
    appeal_id = appealed.record.id
    answer = turn.uow.appeals.answer(
        appealed.record,
        turn.me.id,
        office_of(turn, councillor=True),
        OUTCOME,
        mine.outcome.value,
        reasons=mine.reasons,
        minute_ref=act,
        terms=kept,
    )
    turn.log("appeal.answered", "appeal", appeal_id, case=file.case.id, outcome=mine.outcome.value)
    file, appealed = hearing.find(turn, appeal_id)
    given = dict(appealed.last_answers(hearers.barred(file, appealed)))
    both = agreement(map(verdict, given.values()), frozenset(r.colleague_id for r in appealed.reviewers))
    if both is Agreement.AGREED and len({_words(one) for one in given.values()}) > 1:
        both = Agreement.SPLIT  # the same terms in other words: what the scope is called must be agreed too
    if both is Agreement.AGREED:
        enact(turn, file, appealed, answer, tuple(given.values()))
    elif both is Agreement.SPLIT and appealed.stage is not AppealStage.SPLIT:
        moved(turn, file, appealed, AppealEvent.DISAGREE)
        turn.log("appeal.split", "appeal", appeal_id, case=file.case.id)
    return settled(turn, appeal_id)


def _words(answer: AppealAnswer) -> str:
    return " ".join(str(answer.terms.get("scope_detail", "")).casefold().split()).rstrip(".")


def require_reviewer(turn: Turn, file: CaseFile, appealed: Appealed) -> None:
    """Stop unless this colleague hears the appeal at this moment, and it is still to be decided."""
    turn.require(hearers.review_refusal(file, appealed, turn.me.id), file.case.id)
    if appealed.stage not in HEARD:
        require_move(file, appealed, AppealEvent.AGREE)
