"""Puts `council.example.toml` beside the code that reads it, in a wheel only.

In this folder the file stands at the top, where a newcomer looks for it. A plain `force-include` would copy
it into an editable install too, where the copy would go stale.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ExampleBesideTheCode(BuildHookInterface[Any]):
    """Adds the example to `bot/` when a real wheel is built ("standard"), not for an editable one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """`build_data["force_include"]` maps a file of this folder to its place in the wheel."""
        if version == "standard":
            build_data["force_include"]["council.example.toml"] = "bot/council.example.toml"
