"""The form `report`: only who, when, how, what kind and what happened must be answered; the rest may wait (R9)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from handlers.chat import (
    Choice,
    Choices,
    Date,
    Form,
    FormValues,
    LongText,
    Option,
    Page,
    Person,
    ShowIf,
    Text,
    TextField,
    Time,
)
from handlers.desk import Desk
from handlers.forms import text
from policy.behaviour import (
    OBJECTIVE_TEST,
    ActionTaken,
    Category,
    Channel,
    Example,
    NoWarningReason,
    PersonIs,
    WarningGiven,
    examples_of,
)
from policy.worded import Worded

YES_NO_UNSURE = (Option("yes", "Yes"), Option("no", "No"), Option("unsure", "I am not sure"))
NOT_NEEDED = "You can leave this out and add it later."


@cache
def options(members: Iterable[Worded]) -> tuple[Option, ...]:
    """The answers of a choice, from the policy's own words: an enum, or a tuple of its members."""
    return tuple(Option(member.value, member.words) for member in members)


def colleague_options(desk: Desk, *, only_councillors: bool = False) -> tuple[Option, ...]:
    """Every colleague by name; or only councillors."""
    return tuple(
        Option(one.id, one.name)
        for one in desk.by_name
        if not only_councillors or desk.register.is_councillor(one.id, desk.today)
    )


def report_form(desk: Desk, context: str, values: FormValues) -> Form:
    """The form; `context` is "" for a new case or "<case id>" to add an incident to one."""
    return Form(
        id="report",
        title="Report an incident" if not context else "Add an incident",
        submit="Send report",
        context=context,
        pages=(
            Page(fields=(*(() if context else _who()), *_what(desk)), title="What happened"),
            Page(fields=_more(desk, values), title="Anything else you know", intro=(Text(NOT_NEEDED),)),
            Page(fields=_details(), title="A few details"),
        ),
    )


def _who() -> tuple[Choice | TextField, ...]:
    return (
        Choice(name="person_is", label="Who is the report about?", options=options(PersonIs), required=True),
        TextField(
            name="person_name",
            label="The person’s name",
            hint="If you do not know the name, describe them instead: “tall man, red coat, about 40”.",
        ),
        TextField(
            name="person_contact",
            label="Their email address, telephone number or address",
            hint="Only what you already have. It helps colleagues to recognise later contacts.",
        ),
    )


def _what(desk: Desk) -> tuple[Choice | Date | Time | TextField | LongText, ...]:
    return (
        Date(name="happened_on", label="Which day?", required=True, initial=desk.today.isoformat()),
        Time(name="happened_at", label="About what time?"),
        Choice(name="channel", label="How did it happen?", options=options(Channel), required=True),
        TextField(name="place", label="Where?", hint="For example: front desk, telephone line 2."),
        Choice(
            name="category",
            label="What kind of behaviour?",
            hint=OBJECTIVE_TEST,
            options=options(Category),
            required=True,
        ),
        LongText(
            name="what_happened",
            label="What happened?",
            hint="Say what was said and done, in order. Use the person’s own words where you remember them.",
            required=True,
        ),
    )


def _more(desk: Desk, values: FormValues) -> tuple[Choices | Person | Choice | LongText, ...]:
    category = text(values, "category")
    examples = examples_of(Category(category)) if category in set(Category) else tuple(Example)
    return (
        *(
            (
                Person(
                    name="person_colleague",
                    label="Which councillor?",
                    hint="This colleague will not see the case and takes no part in it.",
                    options=colleague_options(desk, only_councillors=True),
                    required=True,
                    show_if=ShowIf("person_is", (PersonIs.COUNCILLOR.value,)),
                ),
            )
        ),
        Choices(name="examples", label="Which of these describe it?", options=options(examples)),
        Person(
            name="target",
            label="Which colleagues was it aimed at?",
            hint="They take no part in the decision, and are offered support.",
            options=colleague_options(desk),
            several=True,
        ),
        Choices(name="actions_taken", label="What did you do at the time?", options=options(ActionTaken)),
        Choice(
            name="warning",
            label="Was the person warned that their behaviour was unacceptable?",
            options=options(WarningGiven),
        ),
        Choice(
            name="offence",
            label="Was a crime threatened or committed?",
            hint="If anybody is in danger now, call 999 first.",
            options=YES_NO_UNSURE,
        ),
        Choice(
            name="injury",
            label="Was anybody hurt?",
            options=(Option("none", "No"), Option("physical", "Yes, a physical injury")),
        ),
        LongText(
            name="adjustments",
            label="Does the person have needs we should allow for?",
            hint="For example a disability, their health, or difficulty with writing. This is kept apart.",
            limit=1000,
        ),
    )


def _details() -> tuple[LongText | Choice, ...]:
    warned = ShowIf("warning", (WarningGiven.SPOKEN.value, WarningGiven.WRITTEN.value))
    not_warned = ShowIf("warning", (WarningGiven.NOT_GIVEN.value,))
    return (
        LongText(
            name="warning_words",
            label="What words were used to warn them?",
            hint="As near as you remember them. A later decision may rest on this warning.",
            limit=1000,
            show_if=warned,
        ),
        Choice(
            name="no_warning_reason",
            label="Why was no warning given?",
            hint="The chief officer confirms this reason by signing the finding.",
            options=options(NoWarningReason),
            show_if=not_warned,
        ),
        LongText(
            name="no_warning_words",
            label="If there was another reason, what was it?",
            limit=1000,
            show_if=not_warned,
        ),
        LongText(
            name="offence_words",
            label="What crime may have been threatened or committed?",
            hint="In a few plain words. This is kept apart.",
            limit=1000,
            show_if=ShowIf("offence", ("yes", "unsure")),
        ),
        LongText(
            name="characteristic",
            label="Which personal characteristic were the remarks about?",
            hint="Leave this out if you would rather not say. It is kept apart.",
            limit=300,
            show_if=ShowIf("examples", (Example.A3.value, Example.A4.value)),
        ),
    )
