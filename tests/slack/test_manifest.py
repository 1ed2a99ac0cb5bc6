"""The manifest: what stands in the file is what the code uses, and Slack's own schema takes it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.slack.manifest import SCOPES, as_yaml, manifest

ROOT = Path(__file__).parent.parent.parent
NEEDS = {
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_open": {"im:write"},
    "files_completeUploadExternal": {"files:write"},
    "files_delete": {"files:write"},
    "files_getUploadURLExternal": {"files:write"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
    "auth_test": set(),
    "apps_connections_open": set(),  # by the app token, with connections:write
}
"""Slack's methods and the bot scopes its reference asks for."""


def test_file_should_be_what_the_code_makes() -> None:
    assert (ROOT / "manifests" / "slack.yaml").read_text(encoding="utf-8") == as_yaml(manifest())


@pytest.mark.parametrize("url", ["", "https://civility.example"])
def test_slacks_own_schema_should_take_it(url: str) -> None:
    made = manifest(url)
    found = jsonschema.Draft7Validator(_published("manifest.schema.1.0.0.json")).iter_errors(made)
    assert [f"{one.json_path}: {one.message}" for one in found] == []
    assert set(made["oauth_config"]["scopes"]["bot"]) <= set(_published("bot_scopes.json"))
    assert set(made["settings"]["event_subscriptions"]["bot_events"]) <= set(_published("events.json"))


def test_slacks_own_schema_should_refuse_what_is_wrong() -> None:
    wrong = manifest()
    wrong["display_information"]["name"] = "x" * 36
    wrong["features"]["shortcuts"][0]["type"] = "everywhere"
    validator = jsonschema.Draft7Validator(_published("manifest.schema.1.0.0.json"))
    assert len(list(validator.iter_errors(wrong))) >= 2


def _published(name: str) -> Any:
    """What Slack publishes (MIT licence, beside it)."""
    return json.loads((Path(__file__).parent / "schemas" / name).read_text(encoding="utf-8"))


def test_scopes_should_be_exactly_those_of_the_methods_in_use() -> None:
    source = "\n".join(one.read_text(encoding="utf-8") for one in (ROOT / "bot" / "slack").glob("*.py"))
    used = set(re.findall(r"client(?:\(team\))?\.(\w+_\w+)\(", source))
    assert used == set(NEEDS)
    assert set(SCOPES) == {"commands"}.union(*(NEEDS[method] for method in used))


@pytest.mark.parametrize("url", ["https://civility.example", "https://civility.example/"])
def test_addresses_should_be_those_the_door_answers(url: str) -> None:
    made = manifest(url)
    address = "https://civility.example/slack/events"
    assert made["settings"]["interactivity"]["request_url"] == address
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["features"]["slash_commands"][0]["url"] == address
    assert made["settings"]["socket_mode_enabled"] is False


def test_socket_mode_should_need_no_address() -> None:
    text = as_yaml(manifest())
    assert "url" not in text
    assert "socket_mode_enabled: true" in text


def test_yaml_should_say_what_the_data_says() -> None:
    text = as_yaml({"a": {"b": ["x", "y"], "c": [{"d": True, "e": "ü: #"}]}})
    assert text == 'a:\n  b:\n    - "x"\n    - "y"\n  c:\n    - d: true\n      e: "ü: #"\n'
