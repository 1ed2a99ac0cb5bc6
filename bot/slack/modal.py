"""A page of a form as a Slack modal, and what comes back from it.

`callback_id` is the form's id; `block_id` and `action_id` are the field's name, so that an error stands at its field.
`private_metadata` carries context, nonce and page: ids only, and never a right.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from bot.slack import limits
from bot.slack.blocks import blocks, callout, paragraph, plain, rich_list
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
    Submission,
    TextField,
    Time,
)
from handlers.fields import ACCOUNT
from handlers.forms import as_day, as_time, can_go_back, is_last, shown

Json = dict[str, Any]
BACK = "form.back"
TICK = "yes"
TICKED: Json = {"text": plain("Yes"), "value": TICK}
TOO_LONG = "Too long for this field, and not sent"


def view(answer: OpenForm | FieldErrors) -> Json:
    """The modal for a page of a form, with what was typed so far and what is wrong with it.

    Errors stand at the top, all of them, because Slack has no place for those of the whole form; those of a field
    on this page stand above it once more. Raises ValueError for a form Slack could not carry.
    """
    form, page = answer.form, answer.form.pages[answer.page]
    wrong = answer.errors if isinstance(answer, FieldErrors) else {}
    top = [*_heading(PROBLEM), rich_list(wrong.values())] if wrong else []
    body = [
        block
        for field in shown(form, answer.page, answer.values)
        for block in (*_error(wrong.get(field.name, "")), *_field(field, answer.values))
    ]
    if can_go_back(form, answer.page, answer.values):
        body.append({"type": "actions", "elements": [_back()]})
    cut = len(form.title) > limits.TITLE
    top += paragraph(form.title, bold=True) if cut and page.title else []
    title = page.title or (form.title if cut or page.intro else "")
    if title:
        top += blocks(Card(title, page.intro), limits.VIEW_BLOCKS - len(top) - len(body))
    metadata = json.dumps({"context": form.context, "nonce": form.nonce, "page": answer.page})
    if len(metadata) > limits.METADATA or len(form.id) > limits.ID:
        raise ValueError(f"Slack can't carry the form {form.id[:40]!r}: its context or id is too long.")
    return {
        "type": "modal",
        "callback_id": form.id,
        "title": plain(shortened(form.title, limits.TITLE)),
        "submit": plain(_submit(answer)),
        "close": plain("Close"),
        "private_metadata": metadata,
        "notify_on_close": False,
        "blocks": [*top, *body],
    }


def card_view(card: Card) -> Json:
    """A card as a modal: what only the one who clicked may read."""
    return {
        "type": "modal",
        "title": plain(shortened(card.title, limits.TITLE)),
        "close": plain("Close"),
        "blocks": blocks(card, limits.VIEW_BLOCKS),
    }


def submission(sent: Mapping[str, Any], step: Literal["submit", "back", "refresh"] = "submit") -> Submission:
    """A page that came back, as typed. Metadata that is not ours is page 0 of a form with no nonce."""
    try:
        kept = json.loads(sent.get("private_metadata") or "{}")
    except ValueError:
        kept = {}
    kept = kept if isinstance(kept, dict) else {}
    page = kept.get("page")
    return Submission(
        form=str(sent.get("callback_id", "")),
        context=str(kept.get("context", "")),
        nonce=str(kept.get("nonce", "")),
        page=page if isinstance(page, int) else 0,
        raw={**_suggested(sent), **{name: _raw(states) for name, states in _states(sent).items()}},
        step=step,
    )


def stands_on(wrong: FieldErrors, sent: Mapping[str, Any]) -> bool:
    """Whether every error has its field on the very page that was sent, where Slack can show it."""
    inputs = {block["block_id"] for block in sent["blocks"] if block["type"] == "input"}
    return submission(sent).page == wrong.page and set(wrong.errors) <= inputs


def errors(wrong: FieldErrors) -> dict[str, str]:
    """Each sentence at its field, as Slack takes them. One of the whole form has no field: `view` shows it on top."""
    return {name: sentence for name, sentence in wrong.errors.items() if name}


# --- parts ----------------------------------------------------------------------------------------


def _heading(words: str) -> list[Json]:
    return blocks(Card(words), limits.VIEW_BLOCKS)


def _error(sentence: str) -> list[Json]:
    return callout(sentence, "Error") if sentence else []


def _back() -> Json:
    return {"type": "button", "action_id": BACK, "text": plain("Back")}


def _submit(answer: OpenForm | FieldErrors) -> str:
    """What sends the page: "Next" while a later page asks anything, or may once this one is answered."""
    form = answer.form
    more = not is_last(form, answer.page, answer.values)
    return "Next" if more else shortened(form.submit, limits.TITLE)


def _field(field: AnyField, typed: Mapping[str, FormValue]) -> list[Json]:
    """The input of one field, and beside it in full whatever it could not say whole.

    Slack knows only "optional" and says it to the reader itself. A question without any answers is no input.
    """
    picker = isinstance(field, Person) and field.anyone
    if isinstance(field, Choice | Choices | Person) and not field.options and not picker:
        return paragraph(f"{field.label}\n{NOTHING}")
    value = typed.get(field.name, field.initial)
    made: Json = {
        "type": "input",
        "block_id": field.name,
        "label": plain(shortened(field.label, limits.LABEL)),
        "element": {"action_id": field.name, **_element(field, value)},
        "optional": not field.required,
    }
    if field.hint:
        made["hint"] = plain(shortened(field.hint, limits.LABEL))
    before = [words for words in (field.label, field.hint) if len(words) > limits.LABEL]
    in_full = [] if not isinstance(field, Choice | Choices | Person) else _in_full(field.options)
    over = value[limits.TYPED :] if isinstance(field, TextField | LongText) and isinstance(value, str) else ""
    return [
        *(block for words in before for block in paragraph(words)),
        *([rich_list(in_full)] if in_full else []),
        made,
        *(callout(over, TOO_LONG) if over else []),
    ]


def _in_full(options: tuple[Option, ...]) -> list[str]:
    """The answers Slack would cut, whole."""
    return [
        f"{one.label}: {one.hint}" if one.hint else one.label
        for one in options
        if max(len(one.label), len(one.hint)) > limits.OPTION
    ]


def _element(field: AnyField, value: FormValue | None) -> Json:
    text = value if isinstance(value, str) else ""
    match field:
        case TextField() | LongText():
            made: Json = {"type": "plain_text_input", "multiline": isinstance(field, LongText)}
            return made | ({"initial_value": text[: limits.TYPED]} if text else {})
        case Date():
            return {"type": "datepicker"} | ({"initial_date": text} if as_day(text) else {})
        case Time():
            return {"type": "timepicker"} | ({"initial_time": text[:5]} if as_time(text) else {})
        case Checkbox():
            return {"type": "checkboxes", "options": [TICKED]} | (
                {"initial_options": [TICKED]} if value is True else {}
            )
        case Person(anyone=True):
            chosen = text.removeprefix(ACCOUNT) if text.startswith(ACCOUNT) else ""
            return {"type": "users_select"} | ({"initial_user": chosen} if chosen else {})
        case Choices() | Person(several=True):
            return _several(field, value if isinstance(value, tuple) else (text,))
        case Choice() | Person():
            return _one(field, text)


def _one(field: Choice | Person, chosen: str) -> Json:
    options = [_option(one) for one in field.options]
    if not field.required:
        options.append({"text": plain(NO_ANSWER), "value": NONE})
    few = isinstance(field, Choice) and len(options) <= limits.TICKS
    first = next((one for one in options if one["value"] == chosen), None)
    made = {"type": "radio_buttons", "options": options} if few else _select("static_select", options)
    return made | ({"initial_option": first} if first else {})


def _several(field: Choices | Person, chosen: tuple[str, ...]) -> Json:
    options = [_option(one) for one in field.options]
    few = isinstance(field, Choices) and len(options) <= limits.TICKS
    made = {"type": "checkboxes", "options": options} if few else _select("multi_static_select", options)
    first = [one for one in options if one["value"] in chosen]
    return made | ({"initial_options": first} if first else {})


def _select(kind: str, options: list[Json]) -> Json:
    """A list to choose from; a long one in groups, because a plain list has its limit."""
    if len(options) <= limits.SELECT:
        return {"type": kind, "options": options}
    groups = [options[start : start + limits.SELECT] for start in range(0, len(options), limits.SELECT)]
    return {
        "type": kind,
        "option_groups": [
            {"label": plain(shortened(_from_to(group), limits.OPTION)), "options": group} for group in groups
        ],
    }


def _from_to(group: list[Json]) -> str:
    return f"{group[0]['text']['text'][:30]} – {group[-1]['text']['text'][:30]}"


def _option(option: Option) -> Json:
    """One answer. Raises ValueError for a value Slack could not carry: it would come back as another answer."""
    if not 1 <= len(option.value) <= limits.OPTION_VALUE or option.value == NONE:
        raise ValueError(f"Slack can't carry the answer {option.value[:40]!r}.")
    made: Json = {"text": plain(shortened(option.label, limits.OPTION)), "value": option.value}
    return made | ({"description": plain(shortened(option.hint, limits.OPTION))} if option.hint else {})


# --- what comes back ------------------------------------------------------------------------------


def _states(sent: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    return (sent.get("state") or {}).get("values") or {}


def _suggested(sent: Mapping[str, Any]) -> dict[str, object]:
    """What the inputs suggested. After an update Slack may leave out of the state what nobody touched (bolt-js 1258);
    what somebody emptied is there, as null."""
    inputs = (block for block in sent.get("blocks") or () if block.get("type") == "input")
    return {
        block["block_id"]: _held(
            block["element"], "initial_value", "initial_date", "initial_time", "initial_"
        )
        for block in inputs
    }


def _raw(states: Mapping[str, Mapping[str, Any]]) -> object:
    """What one field holds, in the shape handlers/forms.py reads."""
    state = next(iter(states.values()), {})
    return _held(state, "value", "selected_date", "selected_time", "selected_")


def _held(state: Mapping[str, Any], text: str, day: str, clock: str, chosen: str) -> object:
    """The answer in a state, or in an element under its names for the same things."""
    match state.get("type"):
        case "datepicker":
            return state.get(day) or ""
        case "timepicker":
            return state.get(clock) or ""
        case "users_select":
            user = state.get(f"{chosen}user")
            return f"{ACCOUNT}{user}" if user else ""
        case "radio_buttons" | "static_select":
            value = str((state.get(f"{chosen}option") or {}).get("value", ""))
            return "" if value == NONE else value
        case "checkboxes" | "multi_static_select":
            values = [str(one["value"]) for one in state.get(f"{chosen}options") or ()]
            # A tick is read as text; as the only one of several answers this text is read the same.
            return TICK if values == [TICK] else values
    return state.get(text) or ""
