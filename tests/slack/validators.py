"""Three opinions on a message or view: our fake's rules, Slack's SDK, and slackblocks, which checks lengths."""

from __future__ import annotations

import json
from typing import Any

import slackblocks as sb
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.fakes.slack_rules import problems_of_message, problems_of_view

Json = dict[str, Any]


def check_message(payload: Json) -> None:
    """AssertionError, or the validator's own error, for a message Slack would refuse."""
    assert problems_of_message(payload) == []
    blocks = payload["blocks"]
    _sdk(blocks)
    sb.Message(channel="C1", text=payload["text"], blocks=[_block(one) for one in blocks])
    weight = len(json.dumps(blocks, ensure_ascii=False)) + 125 * len(blocks)
    assert weight <= 13_000, "msg_blocks_too_long"


def check_view(view: Json) -> None:
    """The same for a modal."""
    assert problems_of_view(view) == []
    View(**view).validate_json()
    _sdk(view["blocks"])
    sb.ModalView(
        title=_text(view["title"]),
        submit=_text(view["submit"]) if "submit" in view else None,
        close=_text(view["close"]),
        blocks=[_block(one) for one in view["blocks"]],
        private_metadata=view.get("private_metadata"),
        callback_id=view.get("callback_id"),
    ).to_dict()
    assert len(json.dumps(view)) <= 250_000, "view_too_large"
    for block in view["blocks"]:
        if block["type"] == "input":
            assert block["block_id"] == block["element"]["action_id"]


def words(shown: Any) -> str:
    """Every word a reader finds in blocks, blanks joined."""
    found: list[str] = []

    def read(part: Any) -> None:
        if isinstance(part, dict):
            found.extend(part[key] for key in ("text", "initial_value") if isinstance(part.get(key), str))
            for value in part.values():
                read(value)
        elif isinstance(part, list):
            for one in part:
                read(one)

    read(shown)
    return " ".join(" ".join(found).split())


def _sdk(blocks: list[Json]) -> None:
    parsed = Block.parse_all(blocks)
    assert len(parsed) == len(blocks)
    for one in parsed:
        one.validate_json()


def _text(made: Json) -> Any:
    assert made["type"] == "plain_text", "typed words must not be read as markup"
    return sb.Text(made["text"], type_=sb.TextType.PLAINTEXT, emoji=made["emoji"])


def _option(made: Json) -> Any:
    description = _text(made["description"]) if "description" in made else None
    return sb.Option(_text(made["text"]), made["value"], description)


def _options(made: Json, key: str = "options") -> Any:
    return [_option(one) for one in made[key]] if key in made else None


def _block(made: Json) -> Any:
    match made["type"]:
        case "header":
            return sb.HeaderBlock(_text(made["text"]))
        case "context":
            return sb.ContextBlock([_text(one) for one in made["elements"]])
        case "actions":
            return sb.ActionsBlock([_button(one) for one in made["elements"]])
        case "rich_text":
            return sb.RichTextBlock([_rich(one) for one in made["elements"]])
        case "input":
            hint = _text(made["hint"]) if "hint" in made else None
            return sb.InputBlock(
                _text(made["label"]), _element(made["element"]), block_id=made["block_id"], hint=hint
            )
    raise AssertionError(f"no block of ours: {made['type']}")


def _rich(made: Json) -> Any:
    if made["type"] == "text":
        return sb.RichText(made["text"], **made.get("style", {}))
    inner = [_rich(one) for one in made["elements"]]
    if made["type"] == "rich_text_list":
        return sb.RichTextList(made["style"], inner)
    return {"rich_text_section": sb.RichTextSection, "rich_text_quote": sb.RichTextQuote}[made["type"]](inner)


def _button(made: Json) -> Any:
    asked = made.get("confirm")
    confirm = (
        sb.ConfirmationDialogue(**{key: _text(value) for key, value in asked.items()}) if asked else None
    )
    return sb.Button(
        _text(made["text"]),
        made["action_id"],
        value=made.get("value"),
        style=made.get("style"),
        confirm=confirm,
    )


def _element(made: Json) -> Any:
    name = made["action_id"]
    match made["type"]:
        case "plain_text_input":
            return sb.PlainTextInput(name, made.get("initial_value"), made["multiline"])
        case "datepicker":
            return sb.DatePicker(name, made.get("initial_date"))
        case "timepicker":
            return sb.TimePicker(name, made.get("initial_time"))
        case "radio_buttons":
            first = _option(made["initial_option"]) if "initial_option" in made else None
            return sb.RadioButtonGroup(name, _options(made), first)
        case "checkboxes":
            return sb.CheckboxGroup(name, _options(made), _options(made, "initial_options"))
        case "static_select":
            return sb.StaticSelectMenu(name, options=_options(made), option_groups=_groups(made))
        case "multi_static_select":
            return sb.StaticMultiSelectMenu(name, options=_options(made), option_groups=_groups(made))
    raise AssertionError(f"no element of ours: {made['type']}")


def _groups(made: Json) -> Any:
    groups = made.get("option_groups")
    return [sb.OptionGroup(_text(one["label"]), _options(one)) for one in groups] if groups else None
