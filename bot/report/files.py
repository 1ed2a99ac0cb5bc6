"""A page in every format, as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.report.pdf import pdf
from bot.report.sheet import sheet
from bot.report.word import word
from handlers.pages import Page, as_card


def write(page: Page, folder: Path, name: str) -> tuple[Path, ...]:
    """Write Word, PDF, CSV and plain text into a folder, which is made if need be; the files, in this order."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {ending: render(page, ending) for ending in FORMATS}
    for ending, content in made.items():
        (folder / f"{name}.{ending}").write_bytes(content)
    return tuple(folder / f"{name}.{ending}" for ending in made)


def render(page: Page, kind: str) -> bytes:
    """The page as docx, pdf, csv or txt. KeyError for anything else."""
    return FORMATS[kind](page)


def _text(page: Page) -> bytes:
    return (as_card(page).plain() + "\n").encode()


FORMATS: Mapping[str, Callable[[Page], bytes]] = {"docx": word, "pdf": pdf, "csv": sheet, "txt": _text}
