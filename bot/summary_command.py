"""`civility summary`: the committee's report of every council in these records, as files (R39)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from bot.app import Civility
from bot.report.files import write
from handlers.letters import folder_of
from handlers.pages import as_card
from handlers.report_counts import figures, publish
from handlers.report_page import report_page
from policy.answers import Refusal
from policy.report_periods import span_of


class RefusedReportError(Exception):
    """The period cannot be reported; the text says why and what to do."""


def make(
    civility: Civility, first: date, last: date, out: Path, say: Callable[[str], None]
) -> Iterator[tuple[str, tuple[Path, ...]]]:
    """Make the report for each council: its card in words, and its files. Each council has a folder if there are more.

    What is new in it is published with it, for good. Raises RefusedReportError; files are written before anything is
    committed, so that nothing counts as published that nobody has.
    """
    councils = civility.store.councils()
    if not councils:
        raise RefusedReportError("There is no council yet. Start Civility once with: civility run")
    for council in councils:
        folder = (
            out if len(councils) == 1 else out / f"{folder_of(council.name) or 'council'}-{council.id[-6:]}"
        )
        with civility.store.write(council.id) as uow:
            desk = civility.desk(uow)
            span = span_of(first, last, desk.now)
            made = (
                span
                if isinstance(span, Refusal)
                else figures(desk, span, lambda done: say(f"{done:,} cases and decisions counted"))
            )
            if isinstance(made, Refusal):
                raise RefusedReportError(made.sentence)
            page = report_page(council.name, made, desk.now)
            publish(desk, made, "")
            files = write(page, folder, f"summary-{first.isoformat()}-to-{last.isoformat()}")
            uow.commit()
        yield as_card(page).plain(), files
