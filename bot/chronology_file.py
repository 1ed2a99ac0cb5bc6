"""The order of events as a file for whoever advises the council: text, CSV, Word or tagged PDF, for its owner only."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.word_file import about, blank, head_row, saved
from handlers.casefile import CaseFile, load
from handlers.chronology import Event, events
from handlers.chronology_page import HEADS, chronology_page, chronology_title
from policy.cases import parse_reference

if TYPE_CHECKING:
    from bot.app import Civility

FORMULA = ("=", "+", "-", "@", "\t")


def export(civility: Civility, reference: str, out: Path) -> int:
    """Write the file of a case and log that it was; how many events, 0 when there is no such case."""
    for council in civility.store.councils():
        with civility.store.write(council.id) as uow:
            case = uow.cases.by_reference(parse_reference(reference) or reference)
            if case is not None:
                number = write(load(civility.desk(uow), case.id), out)
                uow.log.append("", "chronology.exported", "case", case.id, form=out.suffix.lower())
                uow.commit()
                return number
    return 0


def write(file: CaseFile, out: Path) -> int:
    """Write the file in the form its name asks for; how many events. BadParameter for a form nobody knows.

    It holds names and words people typed: a new file is readable by its owner only.
    """
    make = FORMS.get(out.suffix.lower())
    if make is None:
        raise typer.BadParameter(f"“{out.name}” must end in {', '.join(FORMS)}.")
    found = events(file)
    made = make(file, found)
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as written:
        written.write(made)
    return len(found)


def _text(file: CaseFile, found: tuple[Event, ...]) -> bytes:
    parts = [chronology_title(file), ""]
    for one in found:
        parts.append(f"{one.when}  {one.what}{f' ({one.who})' if one.who else ''}")
        parts += [f"    {line}" for line in one.words.splitlines()]
    return ("\n".join(parts) + "\n").encode()


def _csv(_: CaseFile, found: tuple[Event, ...]) -> bytes:
    """With the mark at the beginning by which spreadsheets know UTF-8; nothing in it is a formula."""
    held = io.StringIO(newline="")
    rows = csv.writer(held)
    rows.writerow(HEADS)
    rows.writerows([_plain(cell) for cell in (one.when, one.what, one.who, one.words)] for one in found)
    return held.getvalue().encode("utf-8-sig")


def _word(file: CaseFile, found: tuple[Event, ...]) -> bytes:
    document = blank(11)
    document.add_heading(chronology_title(file), 1)
    table = document.add_table(rows=1, cols=len(HEADS), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = head
    for one in found:
        for cell, words in zip(table.add_row().cells, (one.when, one.what, one.who, one.words), strict=True):
            cell.text = words
    head_row(table, chronology_title(file))
    author, now = file.desk.council.name, file.desk.now
    about(document, title=chronology_title(file), author=author, subject=file.case.reference, moment=now)
    return saved(document)


def _pdf(file: CaseFile, _: tuple[Event, ...]) -> bytes:
    """Tagged like the letters. BadParameter for a sign that no font of this computer has."""
    import typst  # only a file that is wanted needs them, not every start

    from bot.report.pdf import pdf

    page = chronology_page(file)
    try:
        return pdf(page)
    except typst.TypstError:
        try:
            return pdf(page, own_fonts=False)
        except typst.TypstError as missing:
            raise typer.BadParameter(
                "Somebody typed a sign that no font here can print. Choose .docx or .txt."
            ) from missing


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


FORMS: Mapping[str, Callable[[CaseFile, tuple[Event, ...]], bytes]] = {
    ".txt": _text,
    ".csv": _csv,
    ".docx": _word,
    ".pdf": _pdf,
}
