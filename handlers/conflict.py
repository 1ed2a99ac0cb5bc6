"""A conflict of interest, noticed early or late: recorded, lifted; a flagged decision signed afresh (R17)."""

from __future__ import annotations

from handlers import views
from handlers.casefile import CaseFile, load
from handlers.chat import (
    Block,
    Choice,
    Facts,
    Form,
    FormValues,
    LongText,
    OpenForm,
    Option,
    Page,
    Person,
    Reply,
    Response,
    Text,
    ViewRef,
)
from handlers.claim import claim
from handlers.conflict_views import FLAG, TOLD, card_key, flag_blocks, tell_flags
from handlers.deeds import refusal_now
from handlers.desk import Refused, Turn
from handlers.flags import fresh_seat
from handlers.forms import text
from handlers.identify import close_paths
from handlers.make_again import make_again
from handlers.report_form import colleague_options, options
from handlers.tell import remind_signatures, tell_case
from policy.access import Part
from policy.answers import Refusal
from policy.conflicts import ASKED, ConflictReason, FreshAnswer, check_conflict, check_fresh, lift_refusal
from policy.decisions import Asked, case_work_refusal
from policy.person_deeds import ConflictAct, ConflictStage, Deed, conflict_move
from policy.seats import conflict
from storage.records import Decision
from storage.records import Person as PersonRecord

NOT_YOURS = Refusal("not_your_case", "You can record a conflict of interest only in a case you work on.")


# --- recording ------------------------------------------------------------------------------------------


def open_conflict(turn: Turn, case_id: str) -> Response:
    """The button "Record a conflict of interest"."""
    return OpenForm(conflict_form(turn, case_id, {}))


def conflict_form(turn: Turn, case_id: str, _: FormValues) -> Form:
    """Who, and why. Whoever works the case records it for anybody, a stand-in for themselves."""
    file = load(turn, case_id)
    everybody = _may(turn, file)
    chosen = colleague_options(turn) if everybody else (Option(turn.me.id, turn.me.name),)
    fields = (
        Person(
            name="colleague",
            label="Who takes no part?",
            hint="They lose sight of the case at once, and what they signed before a decision no longer counts.",
            options=chosen,
            required=True,
        ),
        Choice(name="reason", label="Why?", options=options(ConflictReason), required=True),
        LongText(name="words", label="In a few words", limit=500),
    )
    title = "Record a conflict of interest"
    return Form(id="conflict", title=title, submit="Record", context=case_id, pages=(Page(fields),))


def submit_conflict(turn: Turn, case_id: str, values: FormValues) -> Response:
    """From this moment they take no part: stand-ins are asked, decisions they signed are flagged."""
    file = claim(turn, case_id)
    _may(turn, file)
    who, reason, words = (
        text(values, "colleague"),
        ConflictReason(text(values, "reason")),
        text(values, "words"),
    )
    councillor = turn.register.is_councillor(who, turn.today)
    already = conflict(who, file.parties)
    turn.check(check_conflict(reason, words, colleague_is_councillor=councillor, already=already))
    saw = Part.STAGE in file.seen_by(who)
    turn.uow.conflicts.add(case_id, who, reason.value, words, turn.me.id)
    turn.log("conflict.recorded", "case", case_id, colleague=who, reason=reason.value)
    if reason is ConflictReason.PERSON:
        own = file.records[0]
        turn.uow.people.update(own.id, name=own.name or turn.name(who), identified=True, colleague_id=who)
        close_paths(turn, load(turn, case_id))
    after = _after(turn, case_id)
    if saw:
        turn.tell(who, TOLD, {"case": case_id}, once=f"{TOLD}:{case_id}:{who}:{len(after.conflicts)}")
    return _shown(turn, case_id)


def lift(turn: Turn, value: str) -> Response:
    """The button "… has no conflict": it was recorded in error. `value`: "<case>:<conflict>"."""
    case_id, _, conflict_id = value.partition(":")
    file = claim(turn, case_id)
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), case_id)
    one = next((c for c in file.conflicts if c.id == conflict_id), None)
    stage = ConflictStage.LIFTED if one and one.lifted_at else ConflictStage.STANDS
    following = conflict_move(stage if one else ConflictStage.NONE, ConflictAct.LIFT)
    if one is None or isinstance(following, Refusal):
        refusal = following if isinstance(following, Refusal) else NOT_YOURS
        raise Refused(refusal, case_id, ViewRef("case.open", {"case": case_id}) if one else None)
    turn.require(lift_refusal(turn.me.id, one.colleague_id), case_id)
    turn.uow.conflicts.lift(one.id, turn.me.id)
    if one.reason == ConflictReason.PERSON and file.records[0].colleague_id == one.colleague_id:
        _not_the_person(turn, file.records[0], turn.name(one.colleague_id))
    turn.log("conflict.lifted", "case", case_id, colleague=one.colleague_id, reason=one.reason)
    _after(turn, case_id)
    return _shown(turn, case_id)


# --- signing afresh -------------------------------------------------------------------------------------


def open_afresh(turn: Turn, decision_id: str) -> Response:
    """The button "Sign the decision afresh"."""
    return OpenForm(afresh_form(turn, decision_id, {}))


def afresh_form(turn: Turn, decision_id: str, _: FormValues) -> Form:
    """The same, in one's own name; or otherwise, and then both offices sign anew."""
    file = load(turn, _decision(turn, decision_id).case_id)
    _seat(file, decision_id, turn.me.id)
    intro: tuple[Block, ...] = (
        Facts((("Case", file.case.reference),)),
        *flag_blocks(file),
        Text(
            "Read the whole case before you sign. If you would decide otherwise, both offices sign new findings; the "
            "decision keeps its effect until they have decided again."
        ),
    )
    fields = (
        Choice(name="answer", label="Your answer", options=options(ASKED), required=True),
        LongText(
            name="words", label="Your reasons", hint="Needed if you would decide otherwise.", limit=1000
        ),
    )
    return Form(
        id="afresh",
        title="Sign the decision afresh",
        submit="Sign",
        context=decision_id,
        pages=(Page(fields, intro=intro),),
    )


def submit_afresh(turn: Turn, decision_id: str, values: FormValues) -> Response:
    """One signature in the flagged seat; the flag goes, or the decision is made again."""
    file = claim(turn, _decision(turn, decision_id).case_id)
    asked = _seat(file, decision_id, turn.me.id)
    answer, words = FreshAnswer(text(values, "answer")), text(values, "words")
    turn.check(check_fresh(answer, words))
    case_id, seat = file.case.id, asked.seat.value
    turn.uow.conflicts.sign_afresh(
        decision_id, case_id, seat, turn.me.id, asked.office.value, answer.value, words
    )
    turn.log("decision.signed_afresh", "decision", decision_id, case=case_id, seat=seat, answer=answer.value)
    if answer is FreshAnswer.OTHER:
        make_again(turn, file, f"{decision_id}:{seat}", decision=decision_id)
    _after(turn, case_id)
    return _shown(turn, case_id)


# --- parts ----------------------------------------------------------------------------------------------


def _may(turn: Turn, file: CaseFile) -> bool:
    """Whether this colleague may record it for anybody (True) or only for themselves; else a refusal."""
    if Part.STORY not in file.seen_by(turn.me.id):
        raise Refused(NOT_YOURS, file.case.id)
    turn.require(refusal_now(file, Deed.RECORD_CONFLICT), file.case.id)
    return case_work_refusal(turn.me.id, turn.register, file.parties, turn.today) is None


def _not_the_person(turn: Turn, own: PersonRecord, name: str) -> None:
    """The councillor is not the person after all: whoever was only described before is unknown again (R9)."""
    unknown = bool(own.description) and own.name == name
    if unknown:
        turn.uow.people.update(own.id, name="", identified=False, colleague_id="")
    else:
        turn.uow.people.update(own.id, colleague_id="")


def _decision(turn: Turn, decision_id: str) -> Decision:
    found = turn.uow.decisions.get(decision_id)
    if found is None:
        raise Refused(NOT_YOURS)
    return found


def _seat(file: CaseFile, decision_id: str, me: str) -> Asked:
    answer = fresh_seat(file, decision_id, me)
    if isinstance(answer, Refusal):
        raise Refused(answer, file.case.id)
    return answer


def _after(turn: Turn, case_id: str) -> CaseFile:
    """Everybody's cards, the flags, and the reminder of what is still to be signed, as they are now."""
    file = load(turn, case_id)
    tell_case(file)
    turn.uow.outbox.refresh(card_key(file), FLAG, {"case": case_id})
    tell_flags(file)
    if file.final_decision is None and not file.over:
        remind_signatures(file, "approval.awaited" if file.open_proposal else "finding.awaited")
    return file


def _shown(turn: Turn, case_id: str) -> Response:
    again = ViewRef("case.open", {"case": case_id})
    return Reply(views.show(turn, again, turn.me.id) or views.gone(), again)
