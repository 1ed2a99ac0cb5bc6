"""The forms of an appeal: recording, answering a late one, picking reviewers, the outcome, withdrawing (R35, R36)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handlers import hearers, hearing
from handlers.appeal_words import appeal_blocks, decision_words, others_answer
from handlers.appealed import Appealed, terms_from, terms_of
from handlers.casefile import CaseFile
from handlers.chat import (
    AnyField,
    Block,
    Callout,
    Choice,
    Choices,
    Date,
    Form,
    FormValues,
    LongText,
    Option,
    Page,
    ShowIf,
    Table,
    Text,
    TextField,
    Time,
)
from handlers.forms import day, several, text
from handlers.report_form import options
from policy.appeals import (
    GROUND_WORDS,
    OUTCOME_WORDS,
    RECEIVED_WORDS,
    REVIEWERS_NEEDED,
    AppealOutcome,
    Received,
)
from policy.calendars import LONDON, say_day
from policy.catalogue import Measure, Scope
from policy.notices import Terms
from policy.offices import title
from storage.appealed import AppealAnswer
from storage.filed import Message
from storage.records import Decision, Restriction

ACT_HINT = (
    "Two councillors advise; the council decides by a committee or an officer. Give the minute, such as “F&GP 26/114, "
    "3 November 2026”, or “Chief Officer’s decision of 3 November 2026”."
)


def appeal_form(
    file: CaseFile, choices: tuple[Decision, ...], context: str, message: Message | None = None
) -> Form:
    """What came, when it reached the council, and how; which decision, where several can be appealed (R35).

    `message`: the filed message in which it came (R28); the form starts with what it says.
    """
    local = file.desk.now.astimezone(LONDON)
    which: tuple[AnyField, ...] = ()
    told_of = [d for d in file.decisions if any(file.dispatches.get(n.id) for n in file.notices_of(d))]
    if len(told_of) > 1:  # also when one is left: it must never be recorded against another than was chosen
        offered = tuple(Option(one.id, decision_words(one)) for one in choices)
        which = (
            Choice(
                name="decision",
                label="Which decision is it about?",
                options=offered,
                required=True,
                initial=offered[0].value if len(offered) == 1 else None,
            ),
        )
    came = message.received_on if message else local.date()
    clock = (message.received_at if message else local.time()) or None
    known = message.channel if message and message.channel in set(Received) else None
    received = tuple(Option(one.value, words) for one, words in RECEIVED_WORDS.items())
    grounds = tuple(Option(one.value, words) for one, words in GROUND_WORDS.items())
    fields: tuple[AnyField, ...] = (
        *which,
        Date(
            name="received_on",
            label="Which day did it reach the council?",
            hint="The day it arrived by post, by email or at the desk, not the day you type it in.",
            required=True,
            initial=came.isoformat(),
        ),
        Time(
            name="received_at",
            label="At what time?",
            required=True,
            initial=f"{clock:%H:%M}" if clock else None,
        ),
        Choice(name="received_by", label="How did it come?", options=received, required=True, initial=known),
        Choices(
            name="ground",
            label="What does the person say is wrong?",
            hint="Leave this out if the letter does not say.",
            options=grounds,
        ),
        LongText(
            name="text",
            label="What does the person say?",
            hint="In their own words where you can. Read it back to them if you write it down for them.",
            required=True,
            initial=message.words if message else None,
        ),
    )
    intro = Text(
        f"Appeal in {file.case.reference}. A late one is recorded too; somebody then decides about that."
    )
    page = Page(fields, intro=(intro,))
    return Form(id="appeal", title="Record an appeal", pages=(page,), submit="Save", context=context)


def late_form(file: CaseFile, appealed: Appealed, answer: str, context: str) -> Form:
    """Why a late appeal is accepted or refused: the person is told (R35)."""
    accept = answer == "accept"
    label = "Why do you accept it though it is late?" if accept else "Why do you refuse it?"
    intro: tuple[Block, ...] = (
        Text(f"{hearing.received_words(appealed)}"),
        Text("Your name is enough." if accept else "Refusing takes two colleagues. You are one of them."),
        *appeal_blocks(file, appealed),
    )
    field = LongText(
        name="reasons", label=label, hint="The person will be told your reasons.", required=True, limit=1000
    )
    return Form(
        id="appeal_late",
        title="Accept the late appeal" if accept else "Refuse the late appeal",
        pages=(Page((field,), intro=intro),),
        submit="Accept it" if accept else "Refuse it",
        context=context,
    )


def reviewers_form(file: CaseFile, appealed: Appealed, context: str) -> Form:
    """Every councillor who may hear it; beside them those who may not, each with the reason (R36)."""
    suggestions = hearers.candidates(file, appealed)
    desk = file.desk
    away = hearers.absent(desk, (one.colleague_id for one in suggestions))
    free = [one for one in suggestions if one.barred is None]
    offered = tuple(
        Option(
            one.colleague_id,
            f"{desk.name(one.colleague_id)}, {title(one.office)}"
            + (" (away now)" if one.colleague_id in away else ""),
        )
        for one in free
    )
    rows = tuple(
        (desk.name(one.colleague_id), title(one.office), one.barred.sentence)
        for one in suggestions
        if one.barred
    )
    gone = hearers.unable(file, appealed)
    stay = [one.colleague_id for one in appealed.reviewers if one.colleague_id not in gone]
    first = dict.fromkeys([*stay, *(one.colleague_id for one in free if one.colleague_id not in away)])
    intro: list[Block] = [
        Text(
            "Two councillors who took no part hear the appeal: the Mayor and one other, unless the Mayor can’t."
        )
    ]
    if rows:
        intro.append(Table("Cannot be picked", ("Councillor", "Office", "Why"), rows))
    field = Choices(
        name="reviewers",
        label="Who hears it?",
        hint="Choose two.",
        options=offered,
        required=True,
        initial=tuple(first)[:REVIEWERS_NEEDED],
    )
    return Form(
        id="appeal_reviewers",
        title="Pick the reviewers",
        pages=(Page((field,), intro=tuple(intro)),),
        submit="Save",
        context=context,
    )


def withdrawn_form(appealed: Appealed, context: str) -> Form:
    """The person takes the appeal back."""
    field = LongText(
        name="reasons",
        label="How do you know that the person withdraws it?",
        hint="For example: their email of 3 November. Nobody else can withdraw it for them.",
        required=True,
        limit=1000,
    )
    page = Page((field,), intro=(Text(hearing.received_words(appealed)),))
    return Form(
        id="appeal_withdrawn", title="The appeal is withdrawn", pages=(page,), submit="Save", context=context
    )


# --- the outcome ----------------------------------------------------------------------------------


def outcome_form(file: CaseFile, appealed: Appealed, me: str, context: str) -> Form:
    """One reviewer's answer: the outcome, the reasons, the formal act; the new terms if it is varied (R36)."""
    restriction = hearing.restriction_of(file, appealed)
    outcomes = tuple(Option(one.value, OUTCOME_WORDS[one]) for one in hearing.outcomes(file, appealed))
    other = others_answer(file, appealed, me)
    intro: list[Block] = [*appeal_blocks(file, appealed)]
    if other is not None:
        intro.append(Callout(f"The other reviewer answered: {OUTCOME_WORDS[AppealOutcome(other.answer)]}."))
        intro.append(Text(f"Their reasons: {other.reasons}"))
    asked: tuple[AnyField, ...] = (
        LongText(
            name="reasons",
            label="Your reasons",
            hint="Answer what the person says. They will be told. Describe the behaviour, not the person.",
            required=True,
        ),
        TextField(
            name="minute_ref",
            label="By which minute or officer decision?",
            hint=ACT_HINT,
            required=True,
            limit=300,
            initial=other.minute_ref if other else None,
        ),
    )
    first = Choice(name="outcome", label="What do you decide?", options=outcomes, required=True)
    return Form(
        id="appeal_outcome",
        title="Decide the appeal",
        pages=(
            Page((first,), title=file.case.reference, intro=tuple(intro)),
            Page((*(_terms(restriction, other) if restriction else ()), *asked), title="Your decision"),
        ),
        submit="Sign",
        context=context,
    )


def chosen_terms(values: FormValues, restriction: Restriction) -> tuple[Terms, str]:
    """The new terms as they were typed, and the words that name the scope; what was left out stays as it was."""
    old = terms_of(restriction)
    ends_on = day(values, "ends_on") or old.ends_on
    scope = text(values, "scope")
    new = Terms(
        frozenset(Measure(one) for one in several(values, "measures")),
        ends_on,
        Scope(scope) if scope else old.scope,
        None if ends_on else day(values, "review_on") or old.review_on,
    )
    return new, text(values, "scope_detail")


def _terms(restriction: Restriction, other: AppealAnswer | None) -> tuple[AnyField, ...]:
    """Only what is milder is offered: fewer limits, an earlier end or review, a narrower scope."""
    old = terms_of(restriction)
    start = (terms_from(other.terms) if other else None) or old
    shown = ShowIf("outcome", (AppealOutcome.VARIED.value,))
    measures = tuple(one for one in Measure if one in old.measures)
    scopes = tuple(one for one in Scope if one.breadth <= old.scope.breadth)
    detail = (other.terms if other and other.terms else restriction.content).get("scope_detail", "")
    fields: list[AnyField] = [
        Choices(
            name="measures",
            label="Which limits stay?",
            hint="The decision can only become milder. Leave as it is what does not change.",
            options=options(measures),
            required=True,
            initial=tuple(one.value for one in measures if one in start.measures),
        ),
        Date(
            name="ends_on",
            label="Last day",
            hint=_until(old.ends_on),
            initial=_iso(start.ends_on),
        ),
    ]
    if old.ends_on is None:
        fields.append(
            Date(
                name="review_on",
                label="Next review by",
                hint="An earlier day, or as it is. Leave it as it is if you give a last day.",
                initial=_iso(start.review_on),
            )
        )
    fields += [
        Choice(
            name="scope",
            label="What does it cover?",
            options=options(scopes),
            required=True,
            initial=start.scope.value,
        ),
        TextField(
            name="scope_detail",
            label="Which issue or service?",
            hint="In a few words the person will recognise.",
            initial=detail if isinstance(detail, str) else "",
        ),
    ]
    return tuple(replace(one, show_if=shown) for one in fields)


def _until(ends_on: date | None) -> str:
    if ends_on is None:
        return "There is none now. Give one if the limits should end on a day."
    return f"It is {say_day(ends_on)} now. Give an earlier day, or leave it."


def _iso(one: date | None) -> str | None:
    return one.isoformat() if one else None
