"""The commands of `civility` that write files: the committee's report, public records, a case in the order of time."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.cli_opened import opened


def chronology(
    reference: Annotated[str, typer.Argument(metavar="REF", help="Such as INC-2026-0001.")],
    *,
    out: Annotated[Path, typer.Option(help="The file: its name ends in .txt, .csv, .docx or .pdf.")],
) -> None:
    """A case in the order of time, with names and words, for whoever advises the council. It is logged."""
    from bot.chronology_file import export

    with opened() as civility:
        civility.store.migrate()
        number = export(civility, reference, out)
    if not number:
        print(f"There is no case {reference}.", file=sys.stderr)
        raise typer.Exit(1)
    print(f"Written: {out} ({number} events). It holds names and stories: keep it safe.")


def record(
    reference: Annotated[str, typer.Argument(metavar="REF", help="Such as INC-2026-0001.")],
    *,
    out: Annotated[Path, typer.Option(help="The folder for the files.")],
) -> None:
    """The public record of each decision of a case as Word, PDF, CSV and text. It names nobody."""
    from bot.record_command import make

    with opened() as civility:
        civility.store.migrate()
        written = make(civility, reference, out)
    if not written:
        words = "Nothing was decided in" if written is not None else "There is no case"
        print(f"{words} {reference}.", file=sys.stderr)
        raise typer.Exit(1)
    for files in written.values():
        print("\n".join(f"Written: {one}" for one in files))


def summary(
    *,
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, such as 2026-10-01.")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day, such as 2026-12-31.")],
    out: Annotated[Path, typer.Option(help="The folder for the files.")],
) -> None:
    """The committee's report as Word, PDF, CSV and text: numbers only. What is reported once stays as it was."""
    from bot.summary_command import RefusedReportError, make

    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise typer.BadParameter("Write both days like this: 2026-10-01.") from None
    with opened() as civility:
        civility.store.migrate()
        try:
            for words, files in make(civility, *days, out, lambda said: print(said, file=sys.stderr)):
                print(words)
                print("\n".join(f"Written: {one}" for one in files))
        except RefusedReportError as refused:
            print(refused, file=sys.stderr)
            raise typer.Exit(1) from None
