"""The form `proposal`: the measures, what each needs, and the five answers of R21."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.chat import (
    AnyField,
    Callout,
    Checkbox,
    Choice,
    Choices,
    Date,
    Form,
    FormValue,
    FormValues,
    LongText,
    Option,
    Page,
    Person,
    ShowIf,
    TextField,
)
from handlers.desk import Desk
from handlers.forms import as_day, day, several, text, ticked
from handlers.report_form import colleague_options, options
from policy.catalogue import Contact, Duration, Measure, Proposed, Route, Scope
from policy.guards import default_end, default_review
from policy.restriction_words import access_left_words

BLOCKS = (Option(Route.EMAIL.value, "Emails"), Option(Route.TELEPHONE.value, "Telephone numbers"))

WRITING_HARD = (
    Option("yes", "Yes, or it was mentioned"),
    Option("no", "Not as far as anybody knows"),
)


@dataclass(frozen=True, slots=True)
class Prefill:
    """What the form starts from: the earlier version's values, or what the case already says."""

    values: Mapping[str, Any]
    expected: date
    case_for: str
    hint: str = ""


def proposal_form(desk: Desk, context: str, typed: FormValues, prefill: Prefill, *, submit: str) -> Form:
    """Three pages; fields a measure needs appear once it is chosen (R22-R24)."""
    pages = (
        Page(fields=_measures(), title="What the council would do"),
        Page(fields=_needs(desk, prefill.expected), title="The details"),
        Page(
            fields=_answers(desk, typed, prefill),
            title="Is it fair and proportionate?",
            intro=(Callout("These five answers stand in the record beside the decision."),),
        ),
    )
    title = "Urgent interim restriction" if context.startswith("interim:") else "Propose a restriction"
    form = Form(id="proposal", title=title, pages=pages, submit=submit, context=context)
    return _filled(form, prefill.values)


def proposed(desk: Desk, values: FormValues) -> Proposed:
    """The form's values as the policy reads them."""
    scope, duration = text(values, "scope"), text(values, "duration")
    blocks = frozenset(Route(v) for v in several(values, "c10_blocks"))
    words: dict[str, Any] = {name: text(values, name) for name in WORDS}
    return Proposed(
        measures=frozenset(Measure(v) for v in several(values, "measures")),
        scope=Scope(scope) if scope else None,
        duration=Duration(duration) if duration else None,
        ends_on=day(values, "ends_on"),
        review_on=day(values, "review_on"),
        contact=_contact(desk, values, "contact"),
        c2_contact=_contact(desk, values, "c2_contact"),
        **({"c10_blocks": blocks, **words} if blocks else words),
    )


WORDS = (
    "scope_detail",
    "detail",
    "c5_answer",
    "c7_times",
    "c9_issue",
    "c10_counts",
    "c11_reason",
    "other_why",
    "alternative",
    "adjustments",
    "proportionate",
    "access_left",
    "case_for",
    "case_against",
)


def from_record(content: Mapping[str, Any]) -> dict[str, FormValue]:
    """A stored version's content as form values (JSON keeps tuples as lists)."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in content.items()}


def _contact(desk: Desk, values: FormValues, name: str) -> Contact | None:
    colleague_id = text(values, name)
    if not colleague_id:
        return None
    return Contact(
        colleague_id,
        desk.name(colleague_id),
        agreed=ticked(values, "contact_agreed"),
        has_cover=ticked(values, "contact_cover"),
    )


def _measures() -> tuple[AnyField, ...]:
    return (
        Choices(
            name="measures",
            label="Which limits?",
            hint="Choose the mildest that will work. At least one way to reach the council must stay open.",
            options=options(Measure),
            required=True,
        ),
        Choice(name="scope", label="What does it cover?", options=options(Scope), required=True),
        TextField(
            name="scope_detail",
            label="Which issue or service?",
            hint="In a few words the person will recognise. They are printed in the notice.",
        ),
        Choice(name="duration", label="For how long?", options=options(Duration), required=True),
    )


def _needs(desk: Desk, expected: date) -> tuple[AnyField, ...]:
    def when(*measures: Measure) -> ShowIf:
        return ShowIf("measures", tuple(m.value for m in measures))

    people = colleague_options(desk)
    return (
        Date(
            name="ends_on",
            label="Last day",
            hint="At most 12 months after the person is told.",
            initial=default_end(expected, desk.settings.restriction_default_months).isoformat(),
            required=True,
            show_if=ShowIf("duration", (Duration.TEMPORARY.value,)),
        ),
        Date(
            name="review_on",
            label="First review by",
            hint="Within 6 months after the person is told.",
            initial=default_review(expected, desk.settings.review_first_months).isoformat(),
            required=True,
            show_if=ShowIf("duration", (Duration.PERMANENT.value,)),
        ),
        Choice(
            name="writing_hard",
            label="Does the person find writing hard?",
            hint="Look at the reports, and ask. If only writing stays open, they need another way to reach us.",
            options=WRITING_HARD,
            required=True,
        ),
        Person(name="c2_contact", label="Who is the one contact?", options=people, show_if=when(Measure.C2)),
        Person(name="contact", label="Who handles all contact?", options=people, show_if=when(Measure.C8)),
        Checkbox(
            name="contact_agreed",
            label="This colleague has agreed",
            show_if=when(Measure.C2, Measure.C8),
        ),
        Checkbox(
            name="contact_cover",
            label="There is cover when they are away",
            show_if=when(Measure.C2, Measure.C8),
        ),
        LongText(
            name="detail",
            label="The address or number, or the limit in words",
            hint="For “one email address or telephone number”, give it on the first line.",
            limit=1000,
            show_if=when(Measure.C4, Measure.C6, Measure.C12),
        ),
        LongText(
            name="other_why",
            label="Why is none of the other limits enough?",
            limit=1000,
            show_if=when(Measure.C6, Measure.C12),
        ),
        TextField(
            name="c5_answer",
            label="When and how was the issue answered before?",
            hint="Give the date and reference, or the link, of the earlier answer.",
            limit=500,
            show_if=when(Measure.C5),
        ),
        TextField(
            name="c7_times",
            label="On which days and at what times?",
            hint="For example: Tuesdays and Thursdays, 10am to 11am.",
            show_if=when(Measure.C7),
        ),
        TextField(name="c9_issue", label="Which issue, named narrowly?", show_if=when(Measure.C9)),
        Choices(name="c10_blocks", label="What is blocked?", options=BLOCKS, show_if=when(Measure.C10)),
        TextField(
            name="c10_counts",
            label="How many messages, how long, between which dates?",
            limit=500,
            show_if=when(Measure.C10),
        ),
        LongText(
            name="c11_reason",
            label="What are the exceptional circumstances?",
            limit=1000,
            show_if=when(Measure.C11),
        ),
    )


def _answers(desk: Desk, typed: FormValues, prefill: Prefill) -> tuple[AnyField, ...]:
    left = access_left_words(proposed(desk, typed)) if several(typed, "measures") else ""
    return (
        LongText(
            name="adjustments",
            label="Adjustments: what is known, asked and offered?",
            hint="Say also whether this limit would be harder on this person than on others (Equality Act).",
            required=True,
        ),
        TextField(
            name="alternative",
            label="How can they reach us without writing?",
            hint="For example, who takes down what they say, when and where. Needed if only writing stays open.",
            limit=500,
            show_if=ShowIf("writing_hard", ("yes",)),
        ),
        LongText(
            name="proportionate",
            label="Why is it proportionate, and what was tried before?",
            hint="For example a meeting, mediation, or an adjustment.",
            required=True,
        ),
        LongText(
            name="access_left", label="How can the person still use services?", required=True, initial=left
        ),
        LongText(
            name="case_for",
            label="The case for it",
            hint="Printed in the notice as the reason, so write it plainly and to the point.",
            required=True,
            initial=prefill.case_for,
        ),
        LongText(
            name="case_against",
            label="The case against it",
            hint="What would the person, or somebody who disagrees, say?",
            required=True,
        ),
    )


def _filled(form: Form, values: Mapping[str, Any]) -> Form:
    """The form with an earlier version's answers as its first values."""
    from dataclasses import replace

    def fill(one: AnyField) -> AnyField:
        if one.name not in values:
            return one
        value = values[one.name]
        return replace(one, initial=tuple(value) if isinstance(value, list) else value)

    if not values:
        return form
    pages = tuple(replace(p, fields=tuple(fill(f) for f in p.fields)) for p in form.pages)
    return replace(form, pages=pages)


__all__ = ["Prefill", "as_day", "from_record", "proposal_form", "proposed"]
