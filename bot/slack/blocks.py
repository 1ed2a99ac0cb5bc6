"""A card in Block Kit.

What people typed stands in rich text and plain text only, which Slack never reads as markup: a report can ping nobody
and format nothing. `text` is the whole card, because screen readers and notifications read nothing else.
"""

from __future__ import annotations

from typing import Any, Final

from bot.slack import limits
from bot.slack.limits import pieces, shortened
from handlers.chat import Block, Button, Callout, Card, Confirm, Facts, Table, Text

Json = dict[str, Any]

TONES: Final = {"info": "Note", "success": "Done", "warning": "Please note", "urgent": "Urgent"}
MORE: Final = "There is more. Open the case to read all of it."


def message(card: Card) -> Json:
    """A message: `text` with every word of the card, and its blocks."""
    text = shortened(escaped(card.plain()), limits.MESSAGE_TEXT)
    return {"text": text, "blocks": blocks(card, limits.MESSAGE_BLOCKS)}


def escaped(words: str) -> str:
    """Words for a place where Slack looks for markup: no mention, no channel and no link can come of them."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def blocks(card: Card, limit: int) -> list[Json]:
    """The card's blocks, at most `limit`. A card that is longer ends with a line that says where the rest is."""
    body = [one for block in card.body for one in _block(block)]
    foot = _buttons(card.buttons)
    room = limit - 1 - len(foot)
    if len(body) > room:
        body = [*body[: room - 1], _rich([_words(MORE, italic=True)])]
    header = {"type": "header", "text": plain(shortened(card.title, limits.HEADER))}
    return [header, *body, *foot]


def plain(words: str) -> Json:
    """Words that are shown exactly as they are."""
    return {"type": "plain_text", "text": words or " ", "emoji": False}


def _block(block: Block) -> list[Json]:
    match block:
        case Text(text, small):
            return [_rich([_words(part, italic=small)]) for part in pieces(text)]
        case Callout(text, tone):
            opening = _words(f"{TONES[tone]}: ", bold=True)
            first, *rest = pieces(text) or [" "]
            return [_quote([opening, _words(first)]), *(_quote([_words(part)]) for part in rest)]
        case Facts(rows):
            return _facts(rows)
        case Table(caption, headers, rows):
            head = _rich([_words(caption, bold=True)])
            return [head, *(_row(headers, row) for row in rows)]


def _facts(rows: tuple[tuple[str, str], ...]) -> list[Json]:
    """One block for several facts, as many as fit; a long one has blocks of its own."""
    found: list[Json] = []
    elements: list[Json] = []
    size = 0
    for label, value in rows:
        parts = pieces(value or "–")
        if size + len(label) + len(parts[0]) > limits.PARAGRAPH and elements:
            found.append(_rich(elements))
            elements, size = [], 0
        elements += [_words(f"{label}: ", bold=True), _words(f"{parts[0]}\n")]
        size += len(label) + len(parts[0])
        for part in parts[1:]:
            found += [_rich(elements), _rich([_words(part)])]
            elements, size = [], 0
    return [*found, _rich(elements)] if elements else found


def _row(headers: tuple[str, ...], row: tuple[str, ...]) -> Json:
    """A row of a table, readable without its columns: the first cell bold, then "heading: cell"."""
    first, *rest = row
    elements = [_words(first or "–", bold=True)]
    elements += [_words(f"\n{head}: {cell}") for head, cell in zip(headers[1:], rest, strict=True) if cell]
    return _rich(elements)


def _words(words: str, *, bold: bool = False, italic: bool = False) -> Json:
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return {"type": "text", "text": words or " ", **({"style": style} if style else {})}


def _rich(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _quote(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": elements}]}


def _buttons(buttons: tuple[Button, ...]) -> list[Json]:
    """Rows of buttons. Two of one id on one card differ in their action ids by what follows the colon."""
    made: list[Json] = []
    for number, one in enumerate(buttons):
        again = any(other.id == one.id for other in buttons[:number])
        made.append(_button(one, f"{one.id}:{number}" if again else one.id))
    return [
        {"type": "actions", "elements": made[start : start + limits.BUTTONS]}
        for start in range(0, len(made), limits.BUTTONS)
    ]


def _button(button: Button, action_id: str) -> Json:
    made: Json = {
        "type": "button",
        "action_id": action_id,
        "text": plain(shortened(button.label, limits.BUTTON)),
        "value": button.value,
    }
    if button.style != "default":
        made["style"] = button.style
    if button.confirm:
        made["confirm"] = _confirm(button.confirm)
    return made


def _confirm(confirm: Confirm) -> Json:
    return {
        "title": plain(shortened(confirm.title, limits.CONFIRM_TITLE)),
        "text": plain(shortened(confirm.text, limits.CONFIRM_TEXT)),
        "confirm": plain(shortened(confirm.yes, limits.CONFIRM_BUTTON)),
        "deny": plain(shortened(confirm.no, limits.CONFIRM_BUTTON)),
    }
