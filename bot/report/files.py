"""A page in every format, as files."""

from __future__ import annotations

from pathlib import Path

from bot.report.pdf import pdf
from bot.report.sheet import sheet
from bot.report.word import word
from handlers.pages import Page, as_card


def write(page: Page, folder: Path, name: str) -> tuple[Path, ...]:
    """Write Word, PDF, CSV and plain text into a folder, which is made if need be; the files, in this order."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        "docx": word(page),
        "pdf": pdf(page),
        "csv": sheet(page),
        "txt": (as_card(page).plain() + "\n").encode(),
    }
    for ending, content in made.items():
        (folder / f"{name}.{ending}").write_bytes(content)
    return tuple(folder / f"{name}.{ending}" for ending in made)
