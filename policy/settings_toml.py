"""The `[policy]` section of council.example.toml, written from the settings so that the two cannot differ."""

from __future__ import annotations

import json
from textwrap import wrap

from policy.setting_kinds import Plain
from policy.settings import SETTINGS, PolicySettings, plain_settings

WIDTH = 100


def policy_section(settings: PolicySettings | None = None) -> str:
    """The section as text ending in a newline: every setting, its value, and above it the reason and source.

    Without settings, the defaults. The section is valid TOML; `settings_from` reads it back.
    """
    values = plain_settings(settings or PolicySettings())
    blocks = [_block(f"{one.reason} ({one.source})", one.name, values[one.name]) for one in SETTINGS]
    return "[policy]\n" + "\n".join(blocks)


def _block(comment: str, name: str, value: Plain) -> str:
    # A JSON number, string or list of them is written the same in TOML.
    lines = [f"# {line}" for line in wrap(comment, WIDTH)]
    return "\n".join((*lines, f"{name} = {json.dumps(value, ensure_ascii=False)}")) + "\n"
