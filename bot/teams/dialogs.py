"""Answers in a dialog, a page of a form above all, and what comes back from it.

A dialog's submit carries `form`, `context`, `nonce`, `page` and `step` (ids only, and never a right) beside the
fields by their names. Nothing is checked by the client: a page that is not whole could not go back without losing
what was typed, so what is needed is said in the label, and what is wrong stands at its field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from microsoft_teams.cards import (
    Action,
    CardElement,
    ChoiceSetInput,
    DateInput,
    InputTextStyle,
    QueryData,
    SubmitAction,
    TextInput,
    TimeInput,
    ToggleInput,
)
from microsoft_teams.cards import (
    Choice as Answer,
)

from bot.teams import limits
from bot.teams.blocks import block_elements, callout
from bot.teams.cards import Data, adaptive, attachment, dumped, shell
from bot.teams.words import escaped, heading, paragraphs
from bot.wording import NO_ANSWER, NONE, NOTHING, PROBLEM, shortened
from handlers.chat import (
    AnyField,
    Card,
    Checkbox,
    Choice,
    Choices,
    Date,
    FieldErrors,
    FormValue,
    LongText,
    OpenForm,
    Option,
    Person,
    Refuse,
    Response,
    Submission,
    TextField,
    Time,
)
from handlers.fields import ACCOUNT
from handlers.forms import as_day, as_time, can_go_back, is_last, shown

Json = dict[str, Any]
Step = Literal["submit", "back", "refresh"]
ANYONE: Final = "graph.microsoft.com/users"
"""Teams' own picker of people: the value is their Entra object id."""
SEVERAL, PEOPLE = "several", "people"
"""Which fields hold several values between commas, and which hold somebody of Teams' own picker."""
OWN: Final = frozenset({"form", "context", "nonce", "page", "step", SEVERAL, PEOPLE, "msteams"})
"""The names that are the form's own: no field may be called so."""
REQUIRED = "(required)"
CHOSEN = "Chosen before"
_STYLES: Mapping[str, InputTextStyle] = {"email": "Email", "tel": "Tel", "url": "Url"}
_STEPS: Final[Mapping[str, Step]] = {"submit": "submit", "back": "back", "refresh": "refresh"}


def dialog(answer: Response, *, again: Data | None = None, part: int = 0) -> Json:
    """Any answer as a dialog: what stands in `task.value`. `again` and `part` serve a long card (`cards.adaptive`)."""
    if isinstance(answer, OpenForm | FieldErrors):
        return _task(answer.form.title, form_card(answer), "large")
    if isinstance(answer, Refuse):
        return _task("Civility", adaptive(Card(answer.sentence), place="dialog"), "small")
    return _task(answer.card.title, adaptive(answer.card, place="dialog", again=again, part=part), "medium")


def _task(title: str, content: Json, height: str) -> Json:
    return {
        "title": shortened(title, limits.TITLE),
        "width": "medium",
        "height": height,
        "card": attachment(content),
    }


def form_card(answer: OpenForm | FieldErrors) -> Json:
    """A page of a form with what was typed so far. Errors stand at the top, all of them, and once more at their fields.

    Raises ValueError for a form Teams could not carry.
    """
    form, page = answer.form, answer.form.pages[answer.page]
    fields = shown(form, answer.page, answer.values)
    for one in fields:
        if one.name in OWN or "," in one.name:
            raise ValueError(f"Teams can't carry a field called {one.name!r}.")
    wrong = answer.errors if isinstance(answer, FieldErrors) else {}
    body: list[CardElement] = list(_problems(wrong)) if wrong else []
    body.append(heading(page.title or form.title, large=False))
    body += [one for block in page.intro for one in block_elements(block)]
    for field in fields:
        if sentence := wrong.get(field.name):
            body += callout(sentence, "Error", "attention")
        body += _field(field, answer.values.get(field.name, field.initial))
    made = shell()
    made["body"] = [dumped(one) for one in body]
    made["actions"] = [dumped(one) for one in _actions(answer, fields)]
    made["fallbackText"] = form.title
    return made


def submission(data: Data) -> Submission | None:
    """A page that came back, as typed; None when the data is no form of ours. Nothing is judged here."""
    form, page = data.get("form"), data.get("page")
    if not isinstance(form, str) or not form or not isinstance(page, int):
        return None
    several, people = _names(data, SEVERAL), _names(data, PEOPLE)
    raw = {
        name: _typed(value, several=name in several, person=name in people)
        for name, value in data.items()
        if name not in OWN
    }
    return Submission(
        form=form,
        context=_text(data, "context"),
        nonce=_text(data, "nonce"),
        page=page,
        raw=raw,
        step=_STEPS.get(_text(data, "step"), "submit"),
    )


def chosen_users(data: Data) -> tuple[str, ...]:
    """The Entra object ids chosen in Teams' own picker: look them up before the journey is asked."""
    sent = submission(data)
    found = [value for value in (sent.raw.values() if sent else ()) for value in _each(value)]
    ids = (value.removeprefix(ACCOUNT) for value in found if value.startswith(ACCOUNT))
    return tuple(dict.fromkeys(ids))


# --- parts ----------------------------------------------------------------------------------------


def _problems(wrong: Mapping[str, str]) -> Iterator[CardElement]:
    yield heading(PROBLEM)
    for sentence in wrong.values():
        yield from paragraphs(f"• {sentence}")


def _actions(answer: OpenForm | FieldErrors, fields: tuple[AnyField, ...]) -> Iterator[Action]:
    form, page = answer.form, answer.page
    data = {"form": form.id, "context": form.context, "nonce": form.nonce, "page": page}
    if several := [one.name for one in fields if _has_several(one)]:
        data[SEVERAL] = ",".join(several)
    if people := [one.name for one in fields if isinstance(one, Person) and one.anyone]:
        data[PEOPLE] = ",".join(people)
    label = form.submit if is_last(form, page, answer.values) else "Next"
    yield SubmitAction(title=label, style="positive", data={**data, "step": "submit"})
    if can_go_back(form, page, answer.values):
        yield SubmitAction(title="Back", data={**data, "step": "back"})


def _has_several(field: AnyField) -> bool:
    return isinstance(field, Choices) or (isinstance(field, Person) and field.several)


def _field(field: AnyField, value: FormValue | None) -> Iterator[CardElement]:
    """A field. A question without any answers is no input."""
    picker = isinstance(field, Person) and field.anyone
    if isinstance(field, Choice | Choices | Person) and not field.options and not picker:
        yield from paragraphs(f"{field.label}\n{NOTHING}")
    else:
        yield _input(field, value)


def _label(field: AnyField) -> str:
    """The label with its hint: nothing else is read to somebody who comes to the field without seeing it."""
    label = f"{field.label} {REQUIRED}" if field.required else field.label
    return f"{label}\n{field.hint}" if field.hint else label


def _input(field: AnyField, value: FormValue | None) -> CardElement:
    text = value if isinstance(value, str) else ""
    many = tuple(value) if isinstance(value, tuple) else tuple(filter(None, (text,)))
    label = _label(field)
    match field:
        case TextField():
            style = _STYLES.get(field.autocomplete)
            return TextInput(id=field.name, label=label, value=text or None, style=style)
        case LongText():
            return TextInput(id=field.name, label=label, value=text or None, is_multiline=True)
        case Date():
            return DateInput(id=field.name, label=label, value=text if as_day(text) else None)
        case Time():
            return TimeInput(id=field.name, label=label, value=text[:5] if as_time(text) else None)
        case Checkbox():
            ticked = "true" if value is True else "false"
            return ToggleInput(
                id=field.name,
                title=escaped(label),
                value=ticked,
                value_on="true",
                value_off="false",
                wrap=True,
            )
        case Person(anyone=True):
            return _picker(field, label, many)
        case Choice() | Choices() | Person():
            return _choice(field, label, many)


def _picker(field: Person, label: str, chosen: tuple[str, ...]) -> CardElement:
    """Anybody of the organisation, by Teams' own picker."""
    ids = [one.removeprefix(ACCOUNT) for one in chosen if one.startswith(ACCOUNT)]
    return ChoiceSetInput(
        id=field.name,
        label=label,
        is_multi_select=field.several or None,
        choices=[Answer(title=CHOSEN, value=one) for one in ids],
        choices_data=QueryData(dataset=ANYONE),
        value=",".join(ids) or None,
    )


def _choice(field: Choice | Choices | Person, label: str, chosen: tuple[str, ...]) -> CardElement:
    """Few answers are all shown, many are a list; one that need not be given can be taken back."""
    several = _has_several(field)
    few = len(field.options) < limits.EXPANDED or any(one.hint for one in field.options)
    expanded = several or (few and not isinstance(field, Person))
    answers = [_answer(one, markdown=expanded) for one in field.options]
    if not several and not field.required:
        answers.append(Answer(title=NO_ANSWER, value=NONE))
    known = {one.value for one in field.options}
    return ChoiceSetInput(
        id=field.name,
        label=label,
        style="expanded" if expanded else "compact",
        is_multi_select=several or None,
        choices=answers,
        value=",".join(one for one in chosen if one in known) or None,
        wrap=True,
    )


def _answer(option: Option, *, markdown: bool) -> Answer:
    """One answer; only those shown in full are markdown. ValueError for a value that would come back as another."""
    if not option.value or "," in option.value or option.value == NONE:
        raise ValueError(f"Teams can't carry the answer {option.value[:40]!r}.")
    words = f"{option.label}: {option.hint}" if option.hint else option.label
    return Answer(title=escaped(words) if markdown else words, value=option.value)


# --- what comes back ------------------------------------------------------------------------------


def _text(data: Data, name: str) -> str:
    found = data.get(name, "")
    return found if isinstance(found, str) else ""


def _names(data: Data, name: str) -> frozenset[str]:
    return frozenset(filter(None, _text(data, name).split(",")))


def _typed(value: object, *, several: bool, person: bool) -> object:
    """What one field holds, in the shape handlers/forms.py reads."""
    if not isinstance(value, str):
        return value
    held = [one for one in value.split(",") if one and one != NONE] if several or person else []
    if person:
        held = [ACCOUNT + one for one in held]
    if several:
        return held
    if person:
        return held[0] if held else ""
    return "" if value == NONE else value


def _each(value: object) -> tuple[str, ...]:
    found = value if isinstance(value, list | tuple) else (value,)
    return tuple(one for one in found if isinstance(one, str))
