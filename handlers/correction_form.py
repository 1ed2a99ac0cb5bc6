"""The form `correction`: what was wrong in a notice, and what it says now; never anything harsher (R32)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.chat import (
    AnyField,
    Callout,
    Checkbox,
    Choice,
    Choices,
    Date,
    Form,
    LongText,
    Option,
    Page,
    ShowIf,
    TextField,
)
from handlers.report_form import options
from policy.catalogue import Measure, Scope
from storage.records import Restriction

DATES, MEASURES, ADDRESS, WORDING = "dates", "measures", "address", "wording"
CHANGED_WORDS: Mapping[str, str] = {
    DATES: "The dates",
    MEASURES: "The limits: fewer or milder ones",
    ADDRESS: "The address it went to",
    WORDING: "The wording",
}
WORDS: Mapping[str, str] = {
    "scope_detail": "Which issue or service?",
    "detail": "The address or number, or the limit in words",
    "c7_times": "On which days and at what times?",
    "c9_issue": "Which issue, named narrowly?",
}
"""The free words of a restriction that its notice prints, with what the form calls them."""
RULE = (
    "A correction puts right what the notice says. It may be milder for the person, never harder: a harder one is a "
    "new decision. The appeal period starts again."
)


def correction_form(
    context: str, restriction: Restriction | None, before: Mapping[str, Any], typed: Mapping[str, Any]
) -> Form:
    """`before` is what the notice told of; a warning has a wording and an address, and nothing else.

    `typed`: what was typed into an earlier try; {} for none.
    """
    before = {**before, **{name: value for name, value in typed.items() if name in before}}
    possible = tuple(CHANGED_WORDS) if restriction else (ADDRESS, WORDING)
    first: tuple[AnyField, ...] = (
        Choices(
            name="changed",
            label="What is put right?",
            options=tuple(Option(one, CHANGED_WORDS[one]) for one in possible),
            initial=tuple(typed.get("changed", ())),
            required=True,
        ),
        LongText(
            name="words",
            label="What was wrong, and what is right?",
            hint="Printed in the corrected notice, so write it plainly and to the person.",
            limit=1000,
            required=True,
            initial=str(typed.get("words", "")) or None,
        ),
    )
    second = (*_terms(restriction, before), *_wording(restriction, before))
    return Form(
        id="correction",
        title="Correct the notice",
        submit="Save the correction",
        context=context,
        pages=(
            Page(first, intro=(Callout(RULE),)),
            Page(second, title="As it should be"),
        ),
    )


def _terms(restriction: Restriction | None, before: Mapping[str, Any]) -> tuple[AnyField, ...]:
    if restriction is None:
        return ()
    when, what = ShowIf("changed", (DATES,)), ShowIf("changed", (MEASURES,))
    day: AnyField
    if restriction.ends_on is not None:
        day = Date(
            name="ends_on",
            label="Last day",
            hint="The same day or an earlier one.",
            initial=str(before.get("ends_on") or restriction.ends_on.isoformat()),
            required=True,
            show_if=when,
        )
    else:
        day = Date(
            name="review_on",
            label="Review by",
            hint="The same day or an earlier one.",
            initial=str(before.get("review_on") or restriction.review_on or ""),
            required=True,
            show_if=when,
        )
    return (
        day,
        Choices(
            name="measures",
            label="Which limits?",
            hint="Take out what is not meant.",
            options=options(Measure),
            initial=tuple(before.get("measures") or restriction.measures),
            required=True,
            show_if=what,
        ),
        Choice(
            name="scope",
            label="What does it cover?",
            options=options(Scope),
            initial=str(before.get("scope", "")),
            required=True,
            show_if=what,
        ),
    )


def _wording(restriction: Restriction | None, before: Mapping[str, Any]) -> tuple[AnyField, ...]:
    when = ShowIf("changed", (WORDING,))
    said = [
        TextField(name=name, label=label, limit=1000, initial=str(before[name]), show_if=when)
        if "\n" not in str(before[name])
        else LongText(name=name, label=label, limit=1000, initial=str(before[name]), show_if=when)
        for name, label in WORDS.items()
        if restriction and before.get(name)
    ]
    return (
        LongText(
            name="case_for",
            label="Why the behaviour is considered unacceptable",
            required=True,
            initial=str(before.get("case_for", "")),
            show_if=when,
        ),
        *said,
        Checkbox(
            name="no_harder",
            label="I compared both: nothing in the new words is harder on the person",
            required=True,
            show_if=when,
        ),
    )
