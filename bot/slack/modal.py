"""A page of a form as a Slack modal, and what comes back from it.

`callback_id` is the form's id; `block_id` and `action_id` are the field's name, so that an error stands at its field.
`private_metadata` carries context, nonce and page: ids only, and never a right.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from bot.slack import limits
from bot.slack.blocks import blocks, plain
from bot.slack.limits import shortened
from handlers.chat import (
    AnyField,
    Callout,
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
from handlers.forms import as_day, as_time, shown

Json = dict[str, Any]
BACK = "form.back"
TICKED = {"text": plain("Yes"), "value": "yes"}


def view(answer: OpenForm | FieldErrors) -> Json:
    """The modal for a page of a form, with what was typed so far and what is wrong with it."""
    form, page = answer.form, answer.form.pages[answer.page]
    wrong = answer.errors if isinstance(answer, FieldErrors) else {}
    body: list[Json] = []
    if wrong:
        body += _intro(Card("There is a problem", tuple(Callout(s, "warning") for s in wrong.values())))
    if page.title or page.intro:
        body += _intro(Card(page.title or form.title, page.intro))
    body += [_field(field, answer.values) for field in shown(form, answer.page, answer.values)]
    if answer.page:
        body.append({"type": "actions", "elements": [_back()]})
    last = answer.page == len(form.pages) - 1
    metadata = json.dumps({"context": form.context, "nonce": form.nonce, "page": answer.page})
    return {
        "type": "modal",
        "callback_id": form.id,
        "title": plain(shortened(form.title, limits.TITLE)),
        "submit": plain(shortened(form.submit if last else "Next", limits.TITLE)),
        "close": plain("Close"),
        "private_metadata": metadata,
        "notify_on_close": False,
        "blocks": body,
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
        raw={name: _raw(states) for name, states in sent.get("state", {}).get("values", {}).items()},
        step=step,
    )


def stands_on(wrong: FieldErrors, sent: Mapping[str, Any]) -> bool:
    """Whether every error has its field on the very page that was sent, where Slack can show it."""
    inputs = {block["block_id"] for block in sent["blocks"] if block["type"] == "input"}
    return submission(sent).page == wrong.page and set(wrong.errors) <= inputs


def errors(wrong: FieldErrors) -> dict[str, str]:
    """Each sentence at its field, as Slack takes them."""
    return dict(wrong.errors)


# --- parts ----------------------------------------------------------------------------------------


def _intro(card: Card) -> list[Json]:
    return blocks(card, limits.VIEW_BLOCKS // 2)


def _back() -> Json:
    return {"type": "button", "action_id": BACK, "text": plain("Back")}


def _field(field: AnyField, typed: Mapping[str, FormValue]) -> Json:
    """The input of one field. Slack knows only "optional" and says it to the reader itself."""
    made: Json = {
        "type": "input",
        "block_id": field.name,
        "label": plain(shortened(field.label, limits.LABEL)),
        "element": {"action_id": field.name, **_element(field, typed.get(field.name, field.initial))},
        "optional": not field.required,
    }
    if field.hint:
        made["hint"] = plain(shortened(field.hint, limits.LABEL))
    return made


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
        case Choices() | Person(several=True):
            return _several(field.options, value if isinstance(value, tuple) else (text,))
        case Choice() | Person():
            return _one(field, text)


def _one(field: Choice | Person, chosen: str) -> Json:
    options = [_option(one) for one in field.options]
    few = isinstance(field, Choice) and len(options) <= limits.TICKS
    first = next((one for one in options if one["value"] == chosen), None)
    made = {"type": "radio_buttons", "options": options} if few else _select("static_select", options)
    return made | ({"initial_option": first} if first else {})


def _several(offered: tuple[Option, ...], chosen: tuple[str, ...]) -> Json:
    options = [_option(one) for one in offered]
    few = len(options) <= limits.TICKS
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
    if not 1 <= len(option.value) <= limits.OPTION_VALUE:
        raise ValueError(f"Slack can't carry the answer {option.value[:40]!r}.")
    made: Json = {"text": plain(shortened(option.label, limits.OPTION)), "value": option.value}
    if len(option.label) > limits.OPTION:
        made["description"] = plain(shortened("…" + option.label[limits.OPTION - 2 :], limits.OPTION))
    elif option.hint:
        made["description"] = plain(shortened(option.hint, limits.OPTION))
    return made


def _raw(states: Mapping[str, Mapping[str, Any]]) -> object:
    """What one field holds, in the shape handlers/forms.py reads."""
    state = next(iter(states.values()), {})
    match state.get("type"):
        case "datepicker":
            return state.get("selected_date") or ""
        case "timepicker":
            return state.get("selected_time") or ""
        case "radio_buttons" | "static_select":
            return (state.get("selected_option") or {}).get("value", "")
        case "checkboxes" | "multi_static_select":
            return [one["value"] for one in state.get("selected_options") or ()]
    return state.get("value") or ""
