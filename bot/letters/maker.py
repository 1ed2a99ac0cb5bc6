"""Makes the file that is asked for of a letter."""

from __future__ import annotations

import re

import typst

from bot.letters.pdf import pdf
from bot.letters.printable import printable
from bot.letters.word import word
from scheduler.paper import Unprintable
from storage.records import Notice

_SIGN = re.compile(r"the text `?\"?(.+?)\"?`? could not be displayed")


def make(notice: Notice, name: str, kind: str) -> bytes:
    """The bytes of a letter. kind: pdf, docx, or notify (the PDF that GOV.UK Notify prints)."""
    letter = printable(notice, name)
    if kind == "docx":
        return word(letter)
    try:
        return pdf(letter, "notify" if kind == "notify" else "dl")
    except typst.TypstError as failed:
        raise Unprintable(
            "A sign in it is in no font here, so the PDF would have a gap. Install a font for it, or use the Word file."
            if _SIGN.search(str(failed))
            else "The PDF can't be made of these words."
        ) from failed
