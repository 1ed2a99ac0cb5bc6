"""`council.toml`: read once, when the council is created."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from policy.offices import Holding, Office, Register, check_change
from policy.settings import check_settings

CHANNELS = ("governance", "councillors", "staff")


class BadCouncilFile(ValueError):
    """`council.toml` can't be used; the text says which line of it and why, in plain English."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """A colleague named in the file: their accounts by platform and the offices they hold."""

    name: str
    accounts: Mapping[str, str] = field(default_factory=dict)
    offices: tuple[tuple[Office, date, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class CouncilFile:
    """What the file says, checked."""

    name: str
    address: str
    appeals_contact: str
    channels: Mapping[str, Mapping[str, str]]
    colleagues: tuple[Colleague, ...]
    policy: Mapping[str, Any]


def read_council_file(path: Path) -> CouncilFile:
    """Read and check the file. Raises BadCouncilFile with every problem found."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadCouncilFile(f"{path} can't be read: {error}") from error
    return council_from(data, str(path))


def council_from(data: Mapping[str, Any], source: str) -> CouncilFile:
    """Check the parsed file."""
    problems: list[str] = []
    council = _table(data, "council", problems)
    name = council.get("name")
    if not isinstance(name, str) or not name.strip():
        problems.append("[council] name: give the name of the council.")
    unknown = set(data) - {"council", "channels", "offices", "policy"}
    problems += [f"[{key}]: this section is not known." for key in sorted(unknown)]
    policy = _table(data, "policy", problems)
    problems += [f"[policy] {p.field}: {p.sentence}" for p in check_settings(policy)]
    colleagues = _colleagues(data.get("offices", []), problems)
    channels = _channels(_table(data, "channels", problems), problems)
    if problems:
        raise BadCouncilFile(f"{source} needs attention:\n" + "\n".join(f"- {p}" for p in problems))
    return CouncilFile(
        name=str(name).strip(),
        address=str(council.get("address", "")).strip(),
        appeals_contact=str(council.get("appeals_contact", "")).strip()
        or str(council.get("address", "")).strip(),
        channels=channels,
        colleagues=colleagues,
        policy=policy,
    )


def _channels(given: Mapping[str, Any], problems: list[str]) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for kind, places in given.items():
        if kind in CHANNELS and isinstance(places, dict):
            found[kind] = {platform: str(channel) for platform, channel in places.items()}
        else:
            problems.append(
                f'[channels] {kind}: write it as governance = {{ slack = "C…" }} or councillors = {{ slack = "C…" }}.'
            )
    return found


def _table(data: Mapping[str, Any], key: str, problems: list[str]) -> Mapping[str, Any]:
    value = data.get(key, {})
    if isinstance(value, dict):
        return value
    problems.append(f"[{key}]: this must be a section of its own.")
    return {}


def _colleagues(rows: object, problems: list[str]) -> tuple[Colleague, ...]:
    """One colleague for each name; several [[offices]] of one name are one colleague's."""
    if not isinstance(rows, list):
        problems.append("[[offices]]: write each office as a section of its own.")
        return ()
    found: dict[str, Colleague] = {}
    for number, row in enumerate(rows, 1):
        where = f"[[offices]] number {number}"
        name, office = row.get("name"), row.get("office")
        starts, until = row.get("from"), row.get("until")
        if not isinstance(name, str) or not name.strip():
            problems.append(f"{where}: give the name of the colleague.")
            continue
        if office not in set(Office):
            problems.append(f"{where}: “{office}” is not an office. Use one of: {', '.join(Office)}.")
            continue
        if not isinstance(starts, date) or not isinstance(until, date | None):
            problems.append(f"{where}: write the dates as from = 2026-05-01, without quotation marks.")
            continue
        before = found.get(name.strip(), Colleague(name.strip()))
        accounts = {k: _account(k, str(row[k])) for k in ("slack", "teams", "local") if row.get(k)}
        held = (*before.offices, (Office(office), starts, until))
        found[name.strip()] = Colleague(before.name, {**before.accounts, **accounts}, held)
    _check_register(tuple(found.values()), problems)
    return tuple(found.values())


def _account(platform: str, given: str) -> str:
    """An account as its platform says it: an Entra object id is the same in capitals."""
    return given.strip().lower() if platform == "teams" else given


def _check_register(colleagues: tuple[Colleague, ...], problems: list[str]) -> None:
    holdings = tuple(Holding(o, c.name, s, e) for c in colleagues for o, s, e in c.offices)
    found = check_change(Register(), Register(holdings), date.min)
    problems += [f"[[offices]] {p.field}: {p.sentence}" for p in found]
