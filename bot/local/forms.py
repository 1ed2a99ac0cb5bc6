"""Forms in the browser: what a page of a form looks like, and what comes back from it.

Fields are posted as `f.<name>`, so that no field can pretend to be the form's own id, nonce or page. Nothing
is judged here: what was typed goes to the journeys as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.wording import NO_ANSWER
from handlers.chat import (
    AnyField,
    Checkbox,
    Choice,
    Choices,
    Date,
    FieldErrors,
    Form,
    FormValue,
    FormValues,
    LongText,
    OpenForm,
    Option,
    Page,
    Person,
    Submission,
    Time,
)
from handlers.forms import may_ask, shown

PREFIX = "f."
FEW = 6
"""Up to this many answers stand as radio buttons; more become a list to choose from."""

Control = Literal["text", "long", "radios", "select", "checkboxes", "tick", "date", "time"]
Step = Literal["submit", "back", "refresh"]


@dataclass(frozen=True, slots=True)
class Input:
    """One field, ready for the template. `value` is text, `chosen` the values of several answers."""

    name: str
    id: str
    label: str
    control: Control
    required: bool
    hint: str
    error: str
    value: str
    chosen: frozenset[str]
    options: tuple[Option, ...]
    limit: int | None
    autocomplete: str

    @property
    def described_by(self) -> str:
        """The ids of the hint, the error and the length line, for `aria-describedby`."""
        parts = (("hint", self.hint), ("error", self.error), ("limit", self.counted))
        return " ".join(f"{self.id}-{part}" for part, there in parts if there)

    @property
    def counted(self) -> bool:
        """Whether the page counts the characters left."""
        return self.control == "long" and self.limit is not None

    @property
    def left(self) -> int:
        """Characters still free; negative when the text is too long."""
        return (self.limit or 0) - len(self.value)

    @property
    def grouped(self) -> bool:
        """Whether several controls share one question (a fieldset with a legend)."""
        return self.control in ("radios", "checkboxes")

    @property
    def focus_id(self) -> str:
        """Where a link from the error summary leads: the control, or the first of a group."""
        return f"{self.id}-0" if self.grouped else self.id


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page of a form, ready for the template."""

    form: Form
    page: int
    content: Page
    inputs: tuple[Input, ...]
    general: tuple[str, ...]
    number: int
    of: int
    can_go_back: bool
    is_last: bool

    @property
    def errors(self) -> tuple[tuple[str, str], ...]:
        """(id to link to, sentence) for the summary; the id is "" for what belongs to the whole form."""
        return (
            *(("", sentence) for sentence in self.general),
            *((one.focus_id, one.error) for one in self.inputs if one.error),
        )


def form_page(response: OpenForm | FieldErrors) -> FormPage:
    """The page to show, with what was typed so far and a sentence beside each wrong field."""
    form, page, values = response.form, response.page, response.values
    errors = dict(response.errors) if isinstance(response, FieldErrors) else {}
    inputs = tuple(_input(one, values, errors.pop(one.name, "")) for one in shown(form, page, values))
    before = [at for at in range(page) if shown(form, at, values)]
    after = [at for at in range(page + 1, len(form.pages)) if may_ask(form, page, at, values)]
    return FormPage(
        form=form,
        page=page,
        content=form.pages[page],
        inputs=inputs,
        general=tuple(errors.values()),  # what has no field on this page is still said
        number=len(before) + 1,
        of=len(before) + 1 + len(after),
        can_go_back=bool(before),
        is_last=not after,
    )


def _input(one: AnyField, values: FormValues, error: str) -> Input:
    value = values.get(one.name, one.initial)
    single = _single(value)
    options = one.options if isinstance(one, Choice | Choices | Person) else ()
    control = _control(one, single)
    if control == "radios" and not one.required:
        options = (Option("", NO_ANSWER), *options)  # a radio button cannot be un-chosen
    return Input(
        name=PREFIX + one.name,
        id=f"f-{one.name}",
        label=one.label,
        control=control,
        required=one.required,
        hint=one.hint,
        error=error,
        value=single,
        chosen=_several(value),
        options=options,
        limit=one.limit,
        autocomplete=getattr(one, "autocomplete", "off"),
    )


def _control(one: AnyField, value: str) -> Control:
    match one:
        case LongText():
            return "long"
        case Choices():
            return "checkboxes"
        case Person():
            return "checkboxes" if one.several else "select"
        case Choice():
            few = len(one.options) <= FEW or any(option.hint for option in one.options)
            return "radios" if few else "select"
        case Checkbox():
            return "tick"
        # A browser shows a date or time it cannot read as nothing at all: then it stays visible as text.
        case Date() if not value or re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return "date"
        case Time() if not value or re.fullmatch(r"\d\d:\d\d", value):
            return "time"
        case _:
            return "text"


def _single(value: FormValue | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return value if isinstance(value, str) else ""


def _several(value: FormValue | None) -> frozenset[str]:
    if isinstance(value, tuple):
        return frozenset(value)
    return frozenset({_single(value)})


def submission(posted: Mapping[str, list[str]]) -> Submission | None:
    """A page that was sent in, from name → values as posted; None if it is no page of any form."""
    form, page = _first(posted, "form"), _first(posted, "page")
    if not form or not re.fullmatch(r"\d{1,2}", page):
        return None
    step = _first(posted, "step")
    return Submission(
        form=form,
        context=_first(posted, "context"),
        nonce=_first(posted, "nonce"),
        page=int(page),
        raw={
            name.removeprefix(PREFIX): values[0] if len(values) == 1 else list(values)
            for name, values in posted.items()
            if name.startswith(PREFIX) and values
        },
        step=_STEPS.get(step, "submit"),
    )


_STEPS: Mapping[str, Step] = {"submit": "submit", "back": "back", "refresh": "refresh"}


def _first(posted: Mapping[str, list[str]], name: str) -> str:
    values = posted.get(name) or [""]
    return values[0]
