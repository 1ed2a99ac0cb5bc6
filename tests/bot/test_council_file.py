"""`council.toml`: what it may say, and every problem named at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.council_file import BadCouncilFile, council_from, read_council_file
from bot.sample import sample_council
from policy.offices import Holding, Office, Register, check_change

ROOT = Path(__file__).parent.parent.parent
COUNCIL = {"name": "Ambleford Town Council", "address": "Town Hall, Ambleford"}


def holder(office: str = "chief_officer", name: str = "Dana Okoro", **more: Any) -> dict[str, Any]:
    return {"office": office, "name": name, "from": date(2026, 5, 1), **more}


def test_example_should_be_a_file_that_can_be_used() -> None:
    file = read_council_file(ROOT / "council.example.toml")
    assert file.name == "Sample Town Council"
    assert file.channels["governance"]["slack"] == "C0123456789"
    offices = {office for one in file.colleagues for office, _, _ in one.offices}
    assert {Office.CHIEF_OFFICER, Office.CHAIR_FGP, Office.MAYOR} <= offices
    assert file.colleagues[0].accounts["teams"] == "00000000-0000-0000-0000-000000000001"


def test_one_name_should_be_one_colleague_with_all_offices() -> None:
    rows = [holder("chair_fgp", "Councillor Hall"), holder("councillor", " Councillor Hall ")]
    file = council_from({"council": COUNCIL, "offices": [holder(), *rows]}, "council.toml")
    assert [one.name for one in file.colleagues] == ["Dana Okoro", "Councillor Hall"]
    assert [office for office, _, _ in file.colleagues[1].offices] == [Office.CHAIR_FGP, Office.COUNCILLOR]
    assert file.appeals_contact == "Town Hall, Ambleford"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"council": {"name": " "}}, "[council] name"),
        ({"surprise": {}}, "[surprise]: this section is not known"),
        ({"policy": {"appeal_days": 13}}, "[policy] appeal_days"),
        ({"policy": {"appeal_dais": 14}}, "appeal_days"),
        ({"offices": [holder("king")]}, "“king” is not an office"),
        ({"offices": [holder(name="")]}, "give the name of the colleague"),
        ({"offices": [holder() | {"from": "2026-05-01"}]}, "without quotation marks"),
        ({"offices": [holder(), holder(name="Sam Whitfield")]}, "only one Chief Officer at a time"),
        ({"offices": [holder(until=date(2026, 4, 1))]}, "The last day is before the first day"),
        ({"offices": [holder(), holder("councillor")]}, "section 116"),
        ({"offices": "nobody"}, "[[offices]]"),
        ({"channels": "none"}, "[channels]"),
        ({"channels": {"governance": "C1"}}, "[channels] governance"),
        ({"channels": {"goverance": {"slack": "C1"}}}, "[channels] goverance"),
        ({"policy": 3}, "[policy]"),
    ],
)
def test_file_should_be_refused_with_the_line_and_the_reason(change: dict[str, Any], said: str) -> None:
    with pytest.raises(BadCouncilFile) as refused:
        council_from({"council": COUNCIL, **change}, "council.toml")
    assert said in str(refused.value)
    assert "council.toml needs attention" in str(refused.value)


def test_every_problem_should_be_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "council.toml"
    file.write_text("[council]\n[policy]\nappeal_days = 1\n[[offices]]\noffice = 'king'\n", encoding="utf-8")
    with pytest.raises(BadCouncilFile) as refused:
        read_council_file(file)
    assert str(refused.value).count("\n- ") == 3


@pytest.mark.parametrize("content", [b"[council", b"\xff\xfe"])
def test_unreadable_file_should_be_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "council.toml"
    file.write_bytes(content)
    with pytest.raises(BadCouncilFile, match="can't be read"):
        read_council_file(file)


@pytest.mark.parametrize(
    "today", [date(2026, 1, 1), date(2026, 5, 14), date(2026, 5, 15), date(2026, 12, 31)]
)
def test_sample_council_should_have_every_deciding_office_held_today(today: date) -> None:
    council = sample_council(today)
    register = Register(tuple(Holding(o, c.name, s, e) for c in council.colleagues for o, s, e in c.offices))
    assert check_change(Register(), register, today) == ()
    for office in (Office.CHIEF_OFFICER, Office.CHAIR_FGP, Office.VICE_CHAIR_FGP, Office.MAYOR):
        assert len(register.holders(office, today)) == 1
