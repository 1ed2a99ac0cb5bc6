"""What Slack refuses in a message or a view: counts, lengths and ids, as its reference gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]

ELEMENT_TEXT = {"placeholder": 150, "label": 2000, "hint": 2000}
CHOICES = {
    "static_select": 100,
    "multi_static_select": 100,
    "radio_buttons": 10,
    "checkboxes": 10,
    "overflow": 5,
}


def problems_of_message(payload: Json) -> list[str]:
    """Everything wrong with a message; empty when Slack would take it."""
    found = []
    text = payload.get("text", "")
    if not text:
        found.append("text: a message without text says nothing to a screen reader")
    if len(text) > 40_000:
        found.append("text: over 40,000 characters")
    blocks = payload.get("blocks", ())
    if len(blocks) > 50:
        found.append(f"blocks: {len(blocks)} of at most 50")
    return found + [one for block in blocks for one in _block(block)] + _unique(blocks)


def problems_of_view(view: Json) -> list[str]:
    """Everything wrong with a modal or a home tab."""
    found = []
    if view.get("type") not in ("modal", "home"):
        found.append(f"type: {view.get('type')}")
    if view.get("type") == "modal":
        found += [
            one
            for part in ("title", "submit", "close")
            if part in view
            for one in _text(part, view[part], 24)
        ]
        if "title" not in view:
            found.append("title: missing")
        if any(b["type"] == "input" for b in view["blocks"]) and "submit" not in view:
            found.append("submit: missing beside an input")
    if len(view.get("private_metadata", "")) > 3000:
        found.append("private_metadata: over 3000")
    if len(view.get("callback_id", "")) > 255:
        found.append("callback_id: over 255")
    blocks = view["blocks"]
    if not 1 <= len(blocks) <= 100:
        found.append(f"blocks: {len(blocks)}, of 1 to 100")
    return found + [one for block in blocks for one in _block(block)] + _unique(blocks)


def _unique(blocks: Any) -> list[str]:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    found = [f"block_id: {one} stands twice" for one in {i for i in ids if ids.count(i) > 1}]
    for block in blocks:
        actions = [
            e["action_id"] for e in block.get("elements", ()) if isinstance(e, Mapping) and "action_id" in e
        ]
        found += [
            f"action_id: {a} stands twice in a block" for a in {a for a in actions if actions.count(a) > 1}
        ]
    return found


def _block(block: Json) -> Iterator[str]:
    if len(block.get("block_id", "")) > 255:
        yield "block_id: over 255"
    rule = BLOCKS.get(block["type"])
    if rule is None:
        yield f"block: {block['type']} is not known to this fake"
    else:
        yield from rule(block)


def _section(block: Json) -> Iterator[str]:
    if "text" not in block and "fields" not in block:
        yield "section: neither text nor fields"
    if "text" in block:
        yield from _text("section", block["text"], 3000)
    if len(block.get("fields", ())) > 10:
        yield "section: over 10 fields"
    for one in block.get("fields", ()):
        yield from _text("field", one, 2000)


def _context(block: Json) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 10:
        yield f"context: {len(block['elements'])} elements"


def _actions(block: Json) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 25:
        yield f"actions: {len(block['elements'])} elements"
    for one in block["elements"]:
        yield from _element(one)


def _input(block: Json) -> Iterator[str]:
    yield from _text("label", block["label"], 2000, plain=True)
    if "hint" in block:
        yield from _text("hint", block["hint"], 2000, plain=True)
    yield from _element(block["element"])


def _rich(elements: Any) -> Iterator[str]:
    for one in elements:
        if one["type"] in (
            "rich_text_section",
            "rich_text_list",
            "rich_text_preformatted",
            "rich_text_quote",
        ):
            yield from _rich(one["elements"])
        elif one["type"] == "text":
            if not one["text"]:
                yield "rich_text: an empty text"
        else:
            yield f"rich_text: {one['type']} may ping or link somebody"


def _element(element: Json) -> Iterator[str]:
    if len(element["action_id"]) > 255:
        yield "action_id: over 255"
    kind = element["type"]
    if kind == "button":
        yield from _button(element)
    if kind in CHOICES:
        yield from _choice(element)
    if kind == "plain_text_input" and len(element.get("initial_value", "")) > 3000:
        yield "plain_text_input: initial value over 3000"


def _button(button: Json) -> Iterator[str]:
    yield from _text("button", button["text"], 75, plain=True)
    if len(button.get("value", "")) > 2000:
        yield "button: value over 2000"
    confirm = button.get("confirm")
    if confirm:
        for part, limit in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            yield from _text(f"confirm {part}", confirm[part], limit)


def _choice(element: Json) -> Iterator[str]:
    kind = element["type"]
    options = element.get("options") or [o for g in element["option_groups"] for o in g["options"]]
    most = CHOICES[kind] if "options" in element else 100 * 100
    if not 1 <= len(options) <= most:
        yield f"{kind}: {len(options)} options"
    for one in options:
        yield from _text("option", one["text"], 75)
        if not 1 <= len(one["value"]) <= 150:
            yield f"option: a value of {len(one['value'])} characters"
        if "description" in one:
            yield from _text("description", one["description"], 75)
    first = [element["initial_option"]] if "initial_option" in element else []
    for one in element.get("initial_options") or first:
        if one not in options:
            yield f"{kind}: the initial option {one['value']} is none of its options, word for word"


def _text(where: str, text: Json, limit: int, *, plain: bool = False) -> Iterator[str]:
    if plain and text["type"] != "plain_text":
        yield f"{where}: must be plain_text"
    if not 1 <= len(text["text"]) <= limit:
        yield f"{where}: {len(text['text'])} characters, of 1 to {limit}"


BLOCKS: Mapping[str, Callable[[Json], Iterator[str]]] = {
    "header": lambda block: _text("header", block["text"], 150),
    "section": _section,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "rich_text": lambda block: _rich(block["elements"]),
    "divider": lambda _: iter(()),
}
