"""Two records of one person: one colleague says so with the reason, another confirms; anybody of them undoes it (R46).

What a merge changes is where a record points, and nothing else: see `storage/repos/merges.py`.
"""

from __future__ import annotations

from handlers import views
from handlers.casefile import CaseFile, load, read
from handlers.chat import (
    Block,
    Callout,
    Form,
    FormValues,
    LongText,
    OpenForm,
    Page,
    Reply,
    Response,
    Text,
    TextField,
    ViewRef,
)
from handlers.claim import claim
from handlers.conflict_views import tell_flags
from handlers.deeds import refusal_now
from handlers.desk import Refused, Turn
from handlers.forms import text
from handlers.identify import close_paths
from handlers.matches import compare, seen_case
from handlers.merge_views import CARD, LOOK, files_of, record_of, side_by_side
from handlers.tell import tell_case
from policy.access import Part
from policy.answers import Problem, Refusal
from policy.cases import parse_reference
from policy.decisions import already_done
from policy.offices import Office
from policy.people import merge_refusal
from policy.person_deeds import Deed, MergeAct, MergeStage, merge_move
from storage.records import Person
from storage.records_people import Merge

NOT_YOURS = Refusal("merge_not_yours", "You can do this only if you may see both people’s cases.")
NO_MERGE = Refusal("no_merge", "There is no such merge.")
CHANGED = Refusal("merge_changed", "These records changed since you saw them. Here is how it stands now.")
SAME_ALREADY = Refusal("same_already", "These two cases are about the same record already.")
PROPOSED_ALREADY = Refusal(
    "merge_waiting", "This merge was proposed already and waits for another colleague."
)
TWO_COUNCILLORS = Refusal(
    "two_councillors", "The two records name two different councillors, so they are two people."
)
WORKERS = (Office.CHIEF_OFFICER, Office.DEPUTY_CHIEF_OFFICER, Office.CHAIR_FGP)


# --- proposing --------------------------------------------------------------------------------------


def open_merge(turn: Turn, value: str) -> Response:
    """The button "Same person as in …". `value`: "<case>:<other record>", the record blank to type a reference."""
    return OpenForm(merge_form(turn, value, {}))


def merge_form(turn: Turn, context: str, _typed: FormValues) -> Form:
    """Both records side by side, and what shows that they are one person."""
    case_id, _, other_id = context.partition(":")
    file = _seen(turn, case_id)
    turn.require(refusal_now(file, Deed.PROPOSE_MERGE), case_id)
    intro: tuple[Block, ...] = ()
    fields: tuple[TextField | LongText, ...] = ()
    needed = True
    if other_id:
        there = _other(turn, other_id)
        suggestion = compare(turn, file.records, there.records)
        needed = suggestion is None or suggestion.by_name_alone
        said = (Callout(suggestion.sentence, "warning" if needed else "info"),) if suggestion else ()
        intro = (*side_by_side(file, there), *said)
    else:
        fields = (
            TextField(
                name="reference",
                label="In which other case?",
                hint="For example: INC-2026-0001.",
                required=True,
            ),
        )
    evidence = LongText(
        name="evidence",
        label="What shows that this is one person?",
        hint="Besides the name: for example what they said of earlier contacts, or who recognised them.",
        required=bool(other_id) and needed,
        limit=1000,
    )
    after = Text(
        "Nothing is merged before another colleague has confirmed it. A merge can be undone.", small=True
    )
    page = Page((*fields, evidence), intro=(*intro, after))
    return Form(
        id="merge",
        title="One person in two cases?",
        submit="Propose the merge",
        context=context,
        pages=(page,),
    )


def submit_merge(turn: Turn, context: str, values: FormValues) -> Response:
    """Propose it, and ask the other colleagues who may see both cases."""
    case_id, _, other_id = context.partition(":")
    _seen(turn, case_id)
    file = claim(turn, case_id)
    turn.require(refusal_now(file, Deed.PROPOSE_MERGE), case_id)
    there = _other(turn, other_id) if other_id else _by_reference(turn, text(values, "reference"))
    turn.require(_pair_refusal(turn, file, there), case_id)
    suggestion, evidence = compare(turn, file.records, there.records), text(values, "evidence")
    if refusal := merge_refusal(suggestion, evidence, turn.me.id):
        turn.check((Problem("evidence", refusal.code, refusal.sentence),))
    kept, merged = _order(turn, file, there)
    reasons = [one.value for one in suggestion.reasons] if suggestion else []
    merge = turn.uow.merges.propose(kept.id, merged.id, reasons, evidence, turn.me.id)
    turn.log("merge.proposed", "person", merged.id, kept=kept.id, merge=merge.id, case=case_id)
    key = f"{CARD}:{merge.id}"
    for one in sorted(_colleagues(turn, file)):
        turn.tell(one, CARD, {"merge": merge.id}, card_key=key, once=key)
    return _shown(turn, merge)


# --- settling and undoing ------------------------------------------------------------------------------


def look(turn: Turn, merge_id: str) -> Response:
    """The button "Look at the reasons": both records, what was said, and the buttons."""
    merge, _ = _merge_of(turn, merge_id)
    turn.log("merge.looked_at", "person", merge.merged_id, kept=merge.kept_id, merge=merge.id)
    return _shown(turn, merge)


def confirm(turn: Turn, merge_id: str) -> Response:
    """The second colleague: from now on the two records are one person."""
    merge, files = _held(turn, merge_id)
    _may(turn, merge, MergeAct.CONFIRM)
    suggestion = compare(turn, files[0].records, files[1].records)
    turn.require(merge_refusal(suggestion, merge.evidence, merge.proposed_by, turn.me.id), merge.merged_id)
    roots = [turn.uow.merges.root(one) for one in (merge.kept_id, merge.merged_id)]
    turn.require(_two_councillors(*files), merge.merged_id)
    if roots != [merge.kept_id, merge.merged_id] or not turn.uow.merges.settle(
        merge.id, "merged", turn.me.id
    ):
        raise Refused(CHANGED, merge.merged_id, ViewRef(LOOK, {"merge": merge.id}))
    turn.log("person.merged", "person", merge.merged_id, kept=merge.kept_id, merge=merge.id)
    return _after(turn, merge)


def reject(turn: Turn, merge_id: str) -> Response:
    """They are two people. The proposer may take it back so, too."""
    merge, _ = _held(turn, merge_id)
    _may(turn, merge, MergeAct.REJECT)
    turn.uow.merges.settle(merge.id, "rejected", turn.me.id)
    turn.log("merge.rejected", "person", merge.merged_id, kept=merge.kept_id, merge=merge.id)
    return _after(turn, merge)


def undo(turn: Turn, merge_id: str) -> Response:
    """Two people after all: each record stands by itself again, with all that was recorded with it meanwhile."""
    merge, _ = _held(turn, merge_id)
    _may(turn, merge, MergeAct.UNDO)
    if merge.state == MergeStage.UNDONE:
        return _shown(turn, merge)
    if not turn.uow.merges.undo(merge.id, turn.me.id):
        raise Refused(NO_MERGE, merge.merged_id)
    turn.log("merge.undone", "person", merge.merged_id, kept=merge.kept_id, merge=merge.id)
    return _after(turn, merge)


# --- parts --------------------------------------------------------------------------------------------


def _seen(turn: Turn, case_id: str) -> CaseFile:
    file = load(turn, case_id)
    if Part.PERSON not in file.seen_by(turn.me.id):
        raise Refused(NOT_YOURS, case_id)
    return file


def _other(turn: Turn, record_id: str) -> CaseFile:
    found = seen_case(turn, record_id, turn.me.id)
    if found is None:
        raise Refused(NOT_YOURS, record_id)
    return found


def _by_reference(turn: Turn, words: str) -> CaseFile:
    reference = parse_reference(words)
    case = turn.uow.cases.by_reference(reference, hold=False) if reference else None
    file = read(turn, case) if case else None
    if file is None or Part.PERSON not in file.seen_by(turn.me.id):
        # The same sentence for a case that does not exist and one that is not theirs.
        sentence = "There is no case with this reference that you can see."
        turn.check((Problem("reference", "no_case", sentence),))
        raise Refused(NOT_YOURS)
    return file


def _pair_refusal(turn: Turn, here: CaseFile, there: CaseFile) -> Refusal | None:
    if there.records[0].id in {one.id for one in here.records}:
        return SAME_ALREADY
    pair = {turn.uow.merges.root(one.records[0].id) for one in (here, there)}
    waiting = (m for one in pair for m in turn.uow.merges.about(one) if m.state == "proposed")
    if any({m.kept_id, m.merged_id} == pair for m in waiting):
        return PROPOSED_ALREADY
    return _two_councillors(here, there)


def _two_councillors(one: CaseFile, other: CaseFile) -> Refusal | None:
    both = {file.person.colleague_id for file in (one, other)} - {None}
    return TWO_COUNCILLORS if len(both) > 1 else None


def _order(turn: Turn, here: CaseFile, there: CaseFile) -> tuple[Person, Person]:
    """Which record stands for the person: an identified one before one that is not, then the older."""
    roots = [record_of(turn, turn.uow.merges.root(one.records[0].id)) for one in (here, there)]
    first, second = sorted(roots, key=lambda one: (not one.identified, one.id))
    return first, second


def _merge_of(turn: Turn, merge_id: str) -> tuple[Merge, tuple[CaseFile, CaseFile]]:
    merge = turn.uow.merges.get(merge_id)
    files = files_of(turn, merge, turn.me.id) if merge else None
    if merge is None or files is None:
        raise Refused(NOT_YOURS)
    return merge, files


def _held(turn: Turn, merge_id: str) -> tuple[Merge, tuple[CaseFile, CaseFile]]:
    """The merge as it stands, with both records held until this click ends (R19)."""
    before, _ = _merge_of(turn, merge_id)
    turn.uow.merges.hold(before.kept_id, before.merged_id)
    return _merge_of(turn, merge_id)


def _may(turn: Turn, merge: Merge, act: MergeAct) -> None:
    """Stop unless the merge stands where this can be done; who was first is said where it is known (R19)."""
    stage = MergeStage(merge.state)
    refusal = merge_move(stage, act)
    if not isinstance(refusal, Refusal):
        return
    done = {MergeStage.REJECTED: "rejected", MergeStage.MERGED: "confirmed"}.get(stage)
    held = turn.offices(merge.settled_by)
    if done and merge.settled_at is not None and held:  # else whoever did it has left
        refusal = already_done(done, held, merge.settled_at, turn.now)
    raise Refused(refusal, merge.merged_id, ViewRef(LOOK, {"merge": merge.id}))


def _colleagues(turn: Turn, file: CaseFile) -> set[str]:
    """Who else may confirm; the card itself asks the access rule for both cases."""
    working = {one for office in WORKERS for one in turn.register.holders(office, turn.today)}
    return (working | {one.colleague_id for one in file.seats.everybody}) - {turn.me.id}


def _after(turn: Turn, merge: Merge) -> Response:
    """Every case of the two records shows the person anew; a councillor's paths close (R9, R10)."""
    ids = {
        c.id
        for p in (merge.kept_id, merge.merged_id)
        for r in turn.uow.merges.group(p)
        for c in turn.uow.cases.of_person(r)
    }
    for case_id in sorted(ids):
        file = claim(turn, case_id)
        if file.person.colleague_id is not None:
            close_paths(turn, file)
            file = load(turn, case_id)
        tell_case(file)
        tell_flags(file)
    turn.uow.outbox.refresh(f"{CARD}:{merge.id}", CARD, {"merge": merge.id})
    return _shown(turn, merge)


def _shown(turn: Turn, merge: Merge) -> Response:
    again = ViewRef(LOOK, {"merge": merge.id})
    return Reply(views.show(turn, again, turn.me.id) or views.gone(), again)
