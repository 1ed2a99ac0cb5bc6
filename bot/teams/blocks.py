"""The parts of a card as elements of an Adaptive Card, none of them so heavy that a long card could not be split."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from microsoft_teams.cards import (
    CardElement,
    ColumnDefinition,
    Container,
    ContainerStyle,
    Fact,
    FactSet,
    Table,
    TableCell,
    TableRow,
    TextBlock,
    TextRun,
)

from bot.teams import limits
from bot.teams.words import escaped, heading, paragraphs, rich, run
from bot.wording import TONES, pieces
from handlers import chat

_STYLES: Mapping[str, ContainerStyle] = {
    "info": "accent",
    "success": "good",
    "warning": "warning",
    "urgent": "attention",
}


def block_elements(block: chat.Block) -> list[CardElement]:
    """The elements of one part of a card."""
    match block:
        case chat.Text(text, small):
            return paragraphs(text, small=small)
        case chat.Callout(text, tone):
            return callout(text, TONES[tone], _STYLES[tone])
        case chat.Facts(rows):
            return list(_facts(rows))
        case chat.Table(caption, headers, rows):
            return [heading(caption, large=False), *_table(headers, rows)]


def callout(words: str, opening: str, style: ContainerStyle) -> list[CardElement]:
    """What must not be overlooked: a frame of its own, opened by what it is unless the words say so themselves."""
    begun = "" if words.startswith(f"{opening}:") else f"{opening}:"
    return [Container(style=style, items=[one]) for one in paragraphs(words, opening=begun)]


def _facts(rows: tuple[tuple[str, str], ...]) -> Iterator[CardElement]:
    """Short facts beside their labels, long ones below."""
    short: list[Fact] = []
    for label, value in rows:
        if len(value) <= limits.FACT and "\n" not in value:
            short.append(Fact(title=escaped(label), value=escaped(value) if value.strip() else "–"))
        if short and (len(short) == limits.FACTS or len(value) > limits.FACT or "\n" in value):
            yield FactSet(facts=short)
            short = []
        if len(value) > limits.FACT or "\n" in value:
            yield rich([run(label, bold=True)])
            yield from paragraphs(value)
    if short:
        yield FactSet(facts=short)


def _table(headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[CardElement]:
    """A real table, in several where it is long; one that is wide or wordy becomes a paragraph a row."""
    wordy = any(len(cell) > limits.PARAGRAPH // 8 or "\n" in cell for row in rows for cell in row)
    if len(headers) > limits.COLUMNS or wordy:
        for row in rows:
            yield from _lines(headers, row)
        return
    widths = [
        min(max([len(head), 6, *(len(row[at]) for row in rows)]), 30) for at, head in enumerate(headers)
    ]
    for start in range(0, len(rows), limits.ROWS):
        yield Table(
            columns=[ColumnDefinition(width=width) for width in widths],
            rows=[_row(headers, head=True), *(_row(row) for row in rows[start : start + limits.ROWS])],
        )


def _lines(headers: tuple[str, ...], row: tuple[str, ...]) -> Iterator[CardElement]:
    """A row readable without its columns: the first cell bold, then a line for each other that is not empty."""
    runs: list[CardElement] = []
    for head, cell in zip(("", *headers[1:]), row, strict=True):
        if head and not cell.strip():
            continue
        first, *rest = pieces(cell.strip() or "–", limits.PARAGRAPH)
        runs += [run(f"\n{head}: ", bold=True), run(first)] if head else [run(first, bold=True)]
        for further in rest:
            yield rich(runs)
            runs = [run(further)]
        if sum(len(one.text or "") for one in runs if isinstance(one, TextRun)) > limits.PARAGRAPH:
            yield rich(runs)
            runs = []
    if runs:
        yield rich(runs)


def _row(cells: tuple[str, ...], *, head: bool = False) -> TableRow:
    return TableRow(cells=[TableCell(items=[_cell(cell, head=head)]) for cell in cells])


def _cell(words: str, *, head: bool) -> CardElement:
    made = TextBlock(text=escaped(words) if words.strip() else "–", wrap=True)
    return made.with_weight("Bolder") if head else made
