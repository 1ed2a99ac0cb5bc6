"""Cards as JSON, which is how the local chat stores its messages, and back again.

The round trip loses nothing: `from_json(to_json(card)) == card`. What a card looks like is in `templates/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from handlers.chat import Block, Button, Callout, Card, Confirm, Facts, Table, Text

_KINDS: dict[type, str] = {Text: "text", Facts: "facts", Callout: "callout", Table: "table"}


def to_json(card: Card) -> dict[str, Any]:
    """The card as plain JSON: {"title", "body": [{"kind", …}], "buttons": […]}."""
    return {
        "title": card.title,
        "body": [{"kind": _KINDS[type(block)], **asdict(block)} for block in card.body],
        "buttons": [asdict(button) for button in card.buttons],
    }


def from_json(stored: Mapping[str, Any]) -> Card:
    """The card again. Raises KeyError or ValueError for what `to_json` never writes."""
    return Card(
        title=str(stored["title"]),
        body=tuple(_block(one) for one in stored.get("body", ())),
        buttons=tuple(_button(one) for one in stored.get("buttons", ())),
    )


def _block(stored: Mapping[str, Any]) -> Block:
    match stored["kind"]:
        case "text":
            return Text(stored["text"], small=stored["small"])
        case "facts":
            return Facts(tuple((label, value) for label, value in stored["rows"]))
        case "callout":
            return Callout(stored["text"], tone=stored["tone"])
        case "table":
            return Table(
                caption=stored["caption"],
                headers=tuple(stored["headers"]),
                rows=tuple(tuple(row) for row in stored["rows"]),
            )
        case other:
            raise ValueError(f"no block is called {other!r}")


def _button(stored: Mapping[str, Any]) -> Button:
    confirm = stored["confirm"]
    return Button(
        id=stored["id"],
        label=stored["label"],
        value=stored["value"],
        style=stored["style"],
        confirm=Confirm(**confirm) if confirm else None,
        opens=stored["opens"],
        url=stored.get("url", ""),
        seldom=stored.get("seldom", False),
    )
