"""A card in Block Kit.

What people typed stands in rich text and plain text only, which Slack never reads as markup: a report can ping nobody
and format nothing. `text` is the whole card, because screen readers and notifications read nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from bot.slack import limits
from bot.wording import TONES, pieces, shortened
from handlers.cards import MORE_STEPS
from handlers.chat import Block, Button, Callout, Card, Confirm, Facts, Table, Text

Json = dict[str, Any]

MORE: Final = "There is more than Slack can show here. “Open this case” shows everything."


def message(card: Card) -> Json:
    """A message to post or to bring up to date: `text` with every word of the card, and its blocks."""
    return {"text": _text(card), "blocks": blocks(card, limits.MESSAGE_BLOCKS, posted=True)}


def answer(card: Card) -> Json:
    """A message only the asker sees, as the answer to a command or a press: Slack takes longer ones there."""
    return {"text": _text(card), "blocks": blocks(card, limits.MESSAGE_BLOCKS)}


def home_view(card: Card) -> Json:
    """A user's own page of the app."""
    return {"type": "home", "blocks": blocks(card, limits.VIEW_BLOCKS)}


def escaped(words: str) -> str:
    """Words for a place where Slack looks for markup: no mention, no channel and no link can come of them."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def blocks(card: Card, limit: int, *, posted: bool = False) -> list[Json]:
    """The card's blocks, at most `limit`, together no heavier than a view (or a `posted` message) may be.

    A card that is longer ends, before its buttons, with a line that says where the rest is.
    """
    head = _title(card.title)
    body = [one for block in card.body for one in _block(block)]
    foot = _buttons(card.buttons)
    if not _fits([*head, *body, *foot], limit, posted=posted):
        more = {"type": "context", "elements": [plain(MORE)]}
        while body and not _fits([*head, *body, more, *foot], limit, posted=posted):
            body.pop()
        body.append(more)
    return [*head, *body, *foot]


def weight(made: object, *, posted: bool) -> int:
    """How heavy JSON is: in a view every byte counts, with letters beyond ASCII written out as \\u escapes."""
    return len(json.dumps(made, ensure_ascii=not posted))


def rich_list(lines: Iterable[str]) -> Json:
    """A list with bullets, of words that are shown exactly as they are."""
    items = [{"type": "rich_text_section", "elements": [_words(line)]} for line in lines]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}],
    }


def paragraph(words: str, *, bold: bool = False) -> list[Json]:
    """Words of any length, in as many blocks as they need."""
    return [_rich([_words(part, bold=bold)]) for part in pieces(words, limits.PARAGRAPH)]


def callout(words: str, opening: str) -> list[Json]:
    """Words that must not be overlooked, opened by what they are unless they say so themselves."""
    first, *rest = pieces(words, limits.PARAGRAPH) or ["–"]
    begun = [] if words.startswith(f"{opening}:") else [_words(f"{opening}: ", bold=True)]
    return [_quote([*begun, _words(first)]), *(_quote([_words(part)]) for part in rest)]


def _text(card: Card) -> str:
    """The whole card for whoever sees no blocks; beyond Slack's limit it says that there is more."""
    whole = escaped(card.plain())
    if len(whole) <= limits.MESSAGE_TEXT:
        return whole
    cut = whole[: limits.MESSAGE_TEXT - len(MORE) - 1]
    entity = cut.rfind("&")
    if entity >= 0 and ";" not in cut[entity:]:
        cut = cut[:entity]
    return f"{cut}\n{MORE}"


def _fits(made: list[Json], limit: int, *, posted: bool) -> bool:
    if len(made) > limit:
        return False
    heavy = weight(made, posted=posted)
    return heavy + limits.BLOCK_COSTS * len(made) <= limits.POSTED if posted else heavy <= limits.VIEW_BYTES


def _title(title: str) -> list[Json]:
    """The heading; what is too long for one stands below it in full."""
    head: Json = {"type": "header", "text": plain(shortened(title, limits.HEADER))}
    return [head, *(paragraph(title, bold=True) if len(title) > limits.HEADER else [])]


def plain(words: str) -> Json:
    """Words that are shown exactly as they are."""
    return {"type": "plain_text", "text": words if words.strip() else "–", "emoji": False}


def _block(block: Block) -> list[Json]:
    match block:
        case Text(text, True):
            return [
                {"type": "context", "elements": [plain(part)]}
                for part in pieces(text, limits.PARAGRAPH)
                if part.strip()
            ]
        case Text(text):
            return paragraph(text)
        case Callout(text, tone):
            return callout(text, TONES[tone])
        case Facts(rows):
            return _packed([(f"{label}: ", value or "–") for label, value in rows])
        case Table(caption, headers, rows):
            return [*paragraph(caption, bold=True), *_packed(_rows(headers, rows))]


def _rows(headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[tuple[str, str]]:
    """Each row readable without its columns: the first cell bold, then "heading: cell" for those not empty."""
    return [
        (
            row[0] or "–",
            "".join(f"\n{head}: {cell}" for head, cell in zip(headers[1:], row[1:], strict=True) if cell),
        )
        for row in rows
    ]


def _packed(entries: list[tuple[str, str]]) -> list[Json]:
    """Entries of bold words and plain ones, many in a block; what is longer than a block goes on in the next."""
    found: list[Json] = []
    elements: list[Json] = []
    size = 0
    for words, bold in _parts(entries):
        if elements and size + len(words) > limits.PARAGRAPH:
            found.append(_rich(elements))
            elements, size = [], 0
        elements.append(_words(words, bold=bold))
        size += len(words)
    return [*found, _rich(elements)] if elements else found


def _parts(entries: list[tuple[str, str]]) -> Iterator[tuple[str, bool]]:
    for number, (label, value) in enumerate(entries):
        end = "\n" if number < len(entries) - 1 else ""
        for bold, words in ((True, label), (False, f"{value}{end}")):
            for part in pieces(words, limits.PARAGRAPH):
                yield part, bold


def _words(words: str, *, bold: bool = False, italic: bool = False) -> Json:
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return {"type": "text", "text": words or " ", **({"style": style} if style else {})}


def _rich(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _quote(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": elements}]}


def _buttons(buttons: tuple[Button, ...]) -> list[Json]:
    """Rows of buttons. Two of one id on one card differ in their action ids by what follows the colon."""
    near: list[Json] = []
    seldom: list[Json] = []
    for number, one in enumerate(buttons):
        again = any(other.id == one.id for other in buttons[:number])
        made = _button(one, f"{one.id}:{number}" if again else one.id)
        (seldom if one.seldom else near).append(made)
    in_full = [block for one in buttons for words in _too_long(one) for block in paragraph(words)]
    more = [{"type": "context", "elements": [plain(MORE_STEPS)]}] if seldom else []
    return [*in_full, *_rows_of(near), *more, *_rows_of(seldom)]


def _rows_of(made: list[Json]) -> Iterator[Json]:
    for start in range(0, len(made), limits.BUTTONS):
        yield {"type": "actions", "elements": made[start : start + limits.BUTTONS]}


def _too_long(button: Button) -> Iterator[str]:
    """What a button can't say whole: it stands above the buttons."""
    asked = button.confirm
    if len(button.label) > limits.BUTTON:
        yield button.label
    if asked and (len(asked.title) > limits.CONFIRM_TITLE or len(asked.text) > limits.CONFIRM_TEXT):
        yield f"{asked.title} {asked.text}"


def _button(button: Button, action_id: str) -> Json:
    """One button. Raises ValueError for an id or value Slack could not carry."""
    if len(action_id) > limits.ID or len(button.value) > limits.BUTTON_VALUE:
        raise ValueError(f"Slack can't carry the button {action_id[:40]!r}.")
    made: Json = {
        "type": "button",
        "action_id": action_id,
        "text": plain(shortened(button.label, limits.BUTTON)),
        "value": button.value,
    }
    if button.url:
        made["url"] = button.url
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
