"""The order of events of a case as a page, for whoever advises the council: it holds names and what people wrote."""

from __future__ import annotations

from handlers.casefile import CaseFile
from handlers.chat import Table
from handlers.chronology import events
from handlers.pages import Page, Section
from policy.calendars import say_moment

HEADS = ("When", "What", "Who", "Words")


def chronology_title(file: CaseFile) -> str:
    """What stands above it in every form."""
    return f"{file.case.reference}: what happened, in order"


def chronology_page(file: CaseFile) -> Page:
    """Every event in one table, the oldest first."""
    title = chronology_title(file)
    rows = tuple((one.when, one.what, one.who, one.words) for one in events(file))
    written = f"Written on {say_moment(file.desk.now)}. It holds names and what people wrote: keep it safe."
    return Page(
        title=title,
        council=file.desk.council.name,
        stated=file.desk.now,
        opening=(written,),
        sections=(Section("In the order of time", tables=(Table(title, HEADS, rows),)),),
    )
