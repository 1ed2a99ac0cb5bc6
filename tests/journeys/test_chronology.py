"""The order of events: complete, in time order, for those who see the case; and as a file (R38, R41)."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
import typer
from docx import Document
from pypdf import PdfReader

from bot.chronology_file import write
from handlers.casefile import load
from handlers.chronology import events
from tests.accessible import faults
from tests.journeys.steps import decide, notify
from tests.town import Answer, Town

CASE = "INC-2026-0001"
NEWS: dict[str, Answer] = {
    "channel": "email",
    "received_on": "2026-10-15",
    "words": "=HYPERLINK(1) Where are my minutes?",
    "questions": ["foi"],
}


async def long_case(town: Town) -> None:
    """Reported, decided, told, the police told, a message filed and answered."""
    await decide(town)
    await notify(town)
    dana, tom = await town.colleague("Dana"), await town.colleague("Tom")
    town.clock.pass_by(days=1)
    form = await dana.presses((await dana.types(f"/incident case {CASE}")).button("police.record"))
    await dana.fills(form, {"route": "101", "force": "Cumbria Police", "log_number": "log 77"})
    await tom.fills(await tom.types(f"/incident message {CASE}"), NEWS)
    (card,) = [one for one in await dana.room() if one.title.startswith("To do:")]
    await dana.presses(card.button("task.done"))


EXPECTED = [
    "Incident (in person, at the office)",
    "Incident reported",
    "Finding signed: unacceptable: a communication restriction",
    "Finding signed: unacceptable: a communication restriction",
    "Proposal, version 1",
    "Version 1 approved",
    "Version 1 approved",
    "Decision: a communication restriction",
    "Letter written: notice",
    "Letter sent (by email): notice",
    "The person counts as told of the decision: a communication restriction",
    "Police: called 101",
    "Message (email) received Thursday 15 October 2026; read and filed",
    "Asked for: answer a freedom-of-information request; last day Thursday 12 November 2026",
    "Done: answer a freedom-of-information request",
]


async def test_order_of_events_should_hold_everything_in_the_order_of_time(town: Town) -> None:
    await long_case(town)
    with town.civility.store.read(town.council_id) as uow:
        case = uow.cases.by_reference(CASE)
        assert case is not None
        found = events(load(town.civility.desk(uow), case.id))
    assert [one.at for one in found] == sorted(one.at for one in found)
    said = [one.what for one in found]
    at = -1
    for words in EXPECTED:
        at = next(n for n, one in enumerate(said) if n > at and one.startswith(words))
    assert "Restriction in force" in said
    whose = {one.what: one.who for one in found}
    assert whose["Incident reported"] == "Priya Shah"
    assert whose["Version 1 approved"] == "Councillor Margaret Hall, Chair of F&GP"


async def test_order_of_events_should_open_for_those_who_see_the_case_only(town: Town) -> None:
    await long_case(town)
    dana, tom = await town.colleague("Dana"), await town.colleague("Tom")
    button = (await dana.types(f"/incident case {CASE}")).button("case.chronology")
    shown = await dana.presses(button)
    assert shown.title == f"{CASE}: what happened, in order"
    for words in ("He raised his fist", "Where are my minutes?", "log 77", "Priya Shah"):
        assert words in shown.text
    for name in ("Tom", "Priya", "Leila", "Ruth"):
        refused = await (await town.colleague(name)).presses(button)
        assert refused.kind == "refuse", name
        assert "fist" not in refused.text
    assert [actor for actor, *_ in town.log("chronology.opened")] == ["Dana"]
    assert await tom.room() is not None


@pytest.mark.parametrize("kind", [".txt", ".csv", ".docx", ".pdf"])
async def test_file_should_hold_every_event_and_no_formula(town: Town, tmp_path: Path, kind: str) -> None:
    await long_case(town)
    out = tmp_path / f"chronology{kind}"
    with town.civility.store.read(town.council_id) as uow:
        case = uow.cases.by_reference(CASE)
        assert case is not None
        file = load(town.civility.desk(uow), case.id)
        number, found = write(file, out), events(file)
        assert number == len(found) > len(EXPECTED)
    assert out.stat().st_mode & 0o077 == 0
    if kind == ".csv":
        rows = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"), newline="")))
        assert [row[1] for row in rows[1:]] == [one.what for one in found]
        assert [row[3] for row in rows if "minutes?" in row[3]] == ["'=HYPERLINK(1) Where are my minutes?"]
    elif kind == ".docx":
        (table,) = Document(str(out)).tables
        assert [row.cells[1].text for row in table.rows][1:] == [one.what for one in found]
    elif kind == ".pdf":
        read = PdfReader(str(out))
        assert faults(out.read_bytes()) == []
        assert read.metadata is not None
        assert read.metadata.title == f"{CASE}: what happened, in order"
        text = " ".join(" ".join(page.extract_text() for page in read.pages).split())
        assert all(one.what.split(":")[0].split(",")[0] in text for one in found)
        assert "Where are my minutes?" in text
    else:
        text = out.read_text("utf-8")
        assert all(one.what in text for one in found)


async def test_file_of_another_form_should_be_refused(town: Town, tmp_path: Path) -> None:
    await long_case(town)
    with town.civility.store.read(town.council_id) as uow:
        case = uow.cases.by_reference(CASE)
        assert case is not None
        with pytest.raises(typer.BadParameter, match=r"must end in \.txt, \.csv, \.docx, \.pdf"):
            write(load(town.civility.desk(uow), case.id), tmp_path / "chronology.exe")
    assert not os.path.exists(tmp_path / "chronology.exe")  # noqa: ASYNC240, PTH110
