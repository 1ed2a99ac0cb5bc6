"""The form `message`: a further message as it came, and the eight questions about it (R28)."""

from __future__ import annotations

from handlers.chat import (
    AnyField,
    Block,
    Callout,
    Checkbox,
    Choice,
    Choices,
    Date,
    Form,
    LongText,
    Option,
    Page,
    Text,
    TextField,
    Time,
)
from handlers.desk import Desk
from handlers.report_form import options
from policy.behaviour import Channel
from policy.messages import NONE_OF_THESE, NONE_OF_THESE_WORDS, ROUTES

Twin = tuple[tuple[Block, ...], tuple[AnyField, ...]]
NO_TWIN: Twin = ((), ())
READ_IT = (
    "Read the message on its own merits, whatever came before. Tick every question you answer with yes; those you "
    "leave are answered with no."
)
QUESTIONS = tuple(Option(one.value, route.question) for one, route in ROUTES.items())


def message_form(desk: Desk, context: str, reference: str, twin: Twin = NO_TWIN) -> Form:
    """One page of how it came and what it says, one of questions. `context`: the case; "" asks for its reference.

    `twin`: what is said and asked where the same message was likely filed before.
    """
    told, more = twin
    asked = TextField(
        name="reference",
        label="Under which reference?",
        hint="Such as INC-2026-0001. You find it with /incident check and the person’s name.",
        required=True,
    )
    intro: tuple[Block, ...] = (Text(f"Reference: {reference}"),) if context else ()
    return Form(
        id="message",
        title="File a message",
        submit="File it",
        context=context,
        pages=(
            Page(
                (
                    *(() if context else (asked,)),
                    Choice(name="channel", label="How did it come?", options=options(Channel), required=True),
                    Date(
                        name="received_on",
                        label="On which day did it reach the council?",
                        hint="Not the day on which you type it in.",
                        required=True,
                        initial=desk.today.isoformat(),
                    ),
                    Time(name="received_at", label="At what time?", hint="If you know it."),
                    LongText(
                        name="words",
                        label="What does it say?",
                        hint="Its own words. Of a long one: what it asks for, and where it is kept.",
                        required=True,
                    ),
                ),
                intro=intro,
            ),
            Page(
                (
                    Choices(name="questions", label="Which of these is so?", options=QUESTIONS),
                    Checkbox(name=NONE_OF_THESE, label=NONE_OF_THESE_WORDS),
                    *more,
                ),
                intro=(
                    *told,
                    Callout("If anybody is in danger now, call 999 first.", "urgent"),
                    Text(READ_IT),
                ),
            ),
        ),
    )
