"""Correcting a notice that was sent: both versions stay, milder terms hold at once, the clock starts again (R32).

What is harder on the person is no correction but a new decision, with its own approvals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handlers.appealed import terms_of
from handlers.casefile import CaseFile, load
from handlers.chat import Button, Callout, Card, Form, FormValues, OpenForm, Reply, Response, Text, ViewRef
from handlers.claim import claim
from handlers.correction_form import ADDRESS, DATES, MEASURES, WORDING, WORDS, correction_form
from handlers.deadlines import redo_dates
from handlers.desk import Refused, Turn
from handlers.effect import overtake_continuation
from handlers.forms import several, text
from handlers.harsher import CODE, TYPED, kept, may_propose, offer
from handlers.letter_standing import may
from handlers.proposal_form import from_record, proposed
from handlers.tasks import EASE, add_task, gone
from handlers.tell import morning, refresh_decision, tell_case
from handlers.warned import warning_words
from policy.access import Part
from policy.answers import Problem, Refusal
from policy.catalogue import in_order
from policy.decisions import case_work_refusal
from policy.guards import ProposalFacts, check_proposal
from policy.letter_stages import NOT_PRESENT, LetterAct
from policy.letter_stages import UNSENT as UNSENT_NOTICE
from policy.notice_words import loaded_words
from policy.notices import correction_refusal
from storage.records import Decision, Notice, Restriction

LETTER = "correction"
UNSENT = "correction.unsent"
VIEW = "notice.corrected"


@dataclass(frozen=True, slots=True)
class Subject:
    """A notice to be corrected, with what it tells of. The restriction is None for a warning."""

    file: CaseFile
    notice: Notice
    decision: Decision
    restriction: Restriction | None
    before: Mapping[str, Any]


def open_correction(turn: Turn, value: str) -> Response:
    """The button "Correct the notice"."""
    return OpenForm(build_correction(turn, value, {}))


def build_correction(turn: Turn, value: str, _: FormValues) -> Form:
    """The form, filled with what the notice told of; with "<notice>:<token>", with what was typed before."""
    notice_id, _colon, token = value.partition(":")
    it = _subject(turn, load(turn, _notice(turn, notice_id).case_id), notice_id)
    return correction_form(value, it.restriction, it.before, kept(turn, token, TYPED))


def submit_correction(turn: Turn, value: str, values: FormValues) -> Response:
    """Keep both versions. What favours the person needs no second name; the other investigator is told.

    What is harder on the person is refused, and offers the way to a new decision with what was typed.
    """
    notice_id = value.partition(":")[0]
    it = _subject(turn, claim(turn, _notice(turn, notice_id).case_id), notice_id)
    written = it.file.letter_about(LETTER, it.notice.id, it.decision.id)
    turn.require(may(it.file, written, LetterAct.WRITE), it.file.case.id)
    changed = several(values, "changed")
    after = _after(it, changed, values)
    problems = _problems(turn, it, changed, after, text(values, "words"))
    harsher = [one for one in problems if one.code == CODE]
    if harsher and len(harsher) == len(problems) and may_propose(it.file):
        return offer(turn, it.file, notice_id, after, values, harsher)
    turn.check(problems)
    made = turn.uow.corrections.add(
        case_id=it.file.case.id,
        decision_id=it.decision.id,
        notice_id=it.notice.id,
        changed=changed,
        before=it.before,
        after=after,
        words=text(values, "words"),
        by=turn.me.id,
    )
    if written is not None:  # it says only what was put right before: it is to be written again
        turn.uow.notices.void(written.id)
    if it.restriction is not None:
        draft = proposed(turn, from_record(after))
        turn.uow.restrictions.correct(
            it.restriction,
            measures=tuple(one.value for one in in_order(draft.measures)),
            scope=draft.scope.value if draft.scope else "",
            ends_on=draft.ends_on,
            review_on=draft.review_on,
            content=after,
        )
        if after != dict(it.before):
            overtake_continuation(turn, it.file, it.restriction.id)
    turn.log("notice.corrected", "notice", it.notice.id, case=it.file.case.id, changed=" ".join(changed))
    _tell(turn, it, made.id)
    button = prepare_button(it.decision.id, it.notice.id)
    said = "The correction is kept, and nothing is sent yet. Prepare the corrected notice and send it."
    body = (
        Callout(said, "warning"),
        Text("The appeal period starts again when the person has it. What is milder holds from now on."),
    )
    return Reply(
        Card(f"Corrected: {it.file.case.reference}", body, (button,)),
        ViewRef("case.open", {"case": it.file.case.id}),
    )


def prepare_button(decision_id: str, notice_id: str) -> Button:
    """The button that writes the corrected notice."""
    value = f"{decision_id}:{LETTER}:{notice_id}"
    return Button("notice.prepare", "Prepare the corrected notice", value, style="primary", opens="notice")


def correction_buttons(file: CaseFile) -> tuple[Button, ...]:
    """For every decision: correct its present notice, or send the correction that was made."""
    buttons = []
    for decision in file.decisions:
        notice = file.notice_of(decision)
        if notice is None or notice.state != "sent" or file.untold(decision):
            continue
        if any(c.notice_id == notice.id for c in file.corrections):
            if file.letter_about(LETTER, notice.id, decision.id) is None:
                buttons.append(prepare_button(decision.id, notice.id))
            buttons.append(Button("notice.correct", "Correct it once more", notice.id, opens="correction"))
        else:
            buttons.append(Button("notice.correct", "Correct the notice", notice.id, opens="correction"))
    return tuple(buttons)


def unsent(file: CaseFile, correction_id: str) -> bool:
    """Whether the letter about a correction has not gone yet."""
    made = next((c for c in file.corrections if c.id == correction_id), None)
    if made is None:
        return False
    letter = file.letter_about(LETTER, made.notice_id, made.decision_id)
    return letter is None or letter.state != "sent"


# --- parts ----------------------------------------------------------------------------------------


def _after(it: Subject, changed: Iterable[str], values: FormValues) -> dict[str, Any]:
    """What the notice will tell of: the old values, and the new ones of what is put right."""
    names = {
        DATES: ("ends_on", "review_on"),
        MEASURES: ("measures", "scope"),
        WORDING: ("case_for", *WORDS),
        ADDRESS: (),
    }
    after = dict(it.before)
    for name in (one for part in changed for one in names.get(part, ())):
        if name in values:
            value = values[name]
            after[name] = list(value) if isinstance(value, tuple) else value
    return after


def _problems(
    turn: Turn, it: Subject, changed: tuple[str, ...], after: Mapping[str, Any], words: str
) -> tuple[Problem, ...]:
    problems = [*loaded_words(words, "words"), *loaded_words(str(after.get("case_for", "")), "case_for")]
    if after == dict(it.before) and ADDRESS not in changed:
        problems.append(
            Problem("changed", "nothing_changed", "Nothing is different yet. Change what was wrong.")
        )
    if it.restriction is None:
        return tuple(problems)
    draft = proposed(turn, from_record(after))
    old = terms_of(it.restriction)
    if MEASURES in changed:
        milder = replace(old, measures=draft.measures, scope=draft.scope or old.scope)
        problems += _harsher("measures", correction_refusal(old, milder))
    if DATES in changed:
        field = "ends_on" if old.ends_on is not None else "review_on"
        shorter = replace(old, ends_on=draft.ends_on, review_on=draft.review_on)
        problems += _harsher(field, correction_refusal(old, shorter))
        problems += _past(field, draft.ends_on or draft.review_on, turn.today)
    asked = {MEASURES: {"measures", "scope"}, WORDING: set(WORDS)}
    fields = {name for part in changed for name in asked.get(part, ())}
    facts = ProposalFacts(it.file.parties.targets, writing_is_hard=after.get("writing_hard") == "yes")
    problems += [p for p in check_proposal(draft, facts, turn.today) if p.field in fields]
    return tuple(problems)


def _harsher(field: str, refusal: Refusal | None) -> tuple[Problem, ...]:
    return () if refusal is None else (Problem(field, refusal.code, refusal.sentence),)


def _past(field: str, on: date | None, today: date) -> tuple[Problem, ...]:
    if on is None or on >= today:
        return ()
    sentence = "This day is over. To end the restriction now, hold its review."
    return (Problem(field, "in_past", sentence),)


def _tell(turn: Turn, it: Subject, correction_id: str) -> None:
    after = load(turn, it.file.case.id)
    redo_dates(turn, after)
    due = morning(turn.calendar.add_working_days(turn.today, turn.settings.notice_not_sent_working_days))
    ids = {"correction": correction_id}
    turn.uow.reminders.add(due, UNSENT, after.case.id, ids=ids, dedup_key=f"{UNSENT}:{correction_id}")
    tell_case(after)
    refresh_decision(after, it.decision)
    if it.restriction is not None and it.restriction.starts_at is not None and gone(after, correction_id):
        add_task(turn, EASE, after.case.id, correction_id, (a.colleague_id for a in after.seats.officer))
    others = {one.colleague_id for one in after.seats.everybody} | {
        f.colleague_id for f in after.by_seat.values()
    }
    for one in sorted(others - {turn.me.id}):
        turn.tell(one, VIEW, {"case": after.case.id, **ids}, once=f"{VIEW}:{correction_id}")


def _subject(turn: Turn, file: CaseFile, notice_id: str) -> Subject:
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), file.case.id)
    if Part.NOTICE not in file.seen_by(turn.me.id):
        raise Refused(NOT_PRESENT, file.case.id)
    notice = next(n for n in file.notices if n.id == notice_id)
    decision = next((d for d in file.decisions if d.id == notice.decision_id), None)
    refusal = may(file, notice, LetterAct.CORRECT)
    if refusal is None and (decision is None or file.notice_of(decision) != notice):
        refusal = NOT_PRESENT
    if decision is None or refusal is not None:
        raise Refused(refusal or NOT_PRESENT, file.case.id, ViewRef("case.open", {"case": file.case.id}))
    turn.require(file.untold(decision), file.case.id)
    restriction = next(
        (r for r in file.restrictions if r.decision_id == decision.id and r.ended_at is None), None
    )
    if restriction is not None:
        return Subject(file, notice, decision, restriction, dict(restriction.content))
    return Subject(file, notice, decision, None, {"case_for": warning_words(file, decision)})


def _notice(turn: Turn, notice_id: str) -> Notice:
    found = turn.uow.notices.get(notice_id)
    if found is None:
        raise Refused(UNSENT_NOTICE)
    return found
