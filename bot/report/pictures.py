"""The pictures of a page, drawn as SVG: bars, and a table shaded by its numbers. The words stand in them as well."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import typst

from handlers.pages import Bars, Grid, Picture

FONT = "Libertinus Serif"
"""Comes with Typst, so that a picture is the same on every computer."""
WIDE, ROW, LEFT, TEXT, LINE = 640, 28, 190, 13, 16
_BAR, _LINE, _INK = "#1d70b8", "#505a5f", "#0b0c0c"
_MARGIN = 110
"""Room behind the longest bar for its number."""


def svg(picture: Picture) -> str:
    """The picture as SVG."""
    return _bars(picture) if isinstance(picture, Bars) else _grid(picture)


def png(picture: Picture) -> bytes:
    """The picture as PNG, for Word."""
    source = (
        '#set page(width: auto, height: auto, margin: 2pt)\n#image(bytes(sys.inputs.svg), format: "svg", '
        f"width: {WIDE}pt)"
    )
    return typst.compile(
        source.encode(), format="png", ppi=144, ignore_system_fonts=True, sys_inputs={"svg": svg(picture)}
    )


def _bars(picture: Bars) -> str:
    most = max([value for _, value, _ in picture.bars if value is not None], default=0) or 1
    full = WIDE - LEFT - _MARGIN
    parts = []
    for n, (label, value, words) in enumerate(picture.bars):
        top = n * ROW
        parts.append(_text(LEFT - 10, top + ROW / 2, label, "end"))
        length = full * value / most if value is not None else 0
        if value:
            parts.append(
                f'<rect x="{LEFT}" y="{top + 5}" width="{length:.1f}" height="{ROW - 10}" fill="{_BAR}"/>'
            )
        parts.append(_text(LEFT + length + 8, top + ROW / 2, words))
    height = ROW * len(picture.bars)
    parts.append(f'<line x1="{LEFT}" y1="0" x2="{LEFT}" y2="{height}" stroke="{_LINE}" stroke-width="1"/>')
    return _whole(height, parts)


def _grid(picture: Grid) -> str:
    most = max((value or 0 for line in picture.cells for value, _ in line), default=0) or 1
    width = (WIDE - LEFT) / max(len(picture.columns), 1)
    head = ROW + LINE * (max(len(_lines(column, width)) for column in picture.columns) - 1)
    parts = []
    for n, column in enumerate(picture.columns):
        lines = _lines(column, width)
        for m, line in enumerate(lines):
            middle = LEFT + width * (n + 0.5)
            parts.append(_text(middle, head - ROW / 2 - LINE * (len(lines) - m - 1), line, "middle"))
    top: float = head
    for label, cells in zip(picture.rows, picture.cells, strict=True):
        lines = _lines(label, LEFT - 10)
        height = ROW + LINE * (len(lines) - 1)
        for n, line in enumerate(lines):
            parts.append(_text(LEFT - 10, top + ROW / 2 + LINE * n, line, "end"))
        for m, (value, words) in enumerate(cells):
            left, share = LEFT + width * m, (value or 0) / most
            parts.append(
                f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{height}" fill="{_BAR}" '
                f'fill-opacity="{share * 0.6:.2f}" stroke="{_LINE}" stroke-width="0.5"/>'
            )
            parts.append(_text(left + width / 2, top + height / 2, words, "middle"))
        top += height
    return _whole(top, parts)


def _lines(words: str, width: float) -> list[str]:
    """Words broken to fit a width, by a careful guess at how wide a letter is."""
    most, lines = max(int(width / (TEXT * 0.52)), 8), [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > most and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y + TEXT * 0.35:.1f}" text-anchor="{anchor}" font-size="{TEXT}" '
        f'font-family="{FONT}" fill="{_INK}">{escape(words)}</text>'
    )


def _whole(height: float, parts: Sequence[str]) -> str:
    size = f'viewBox="0 0 {WIDE} {height}" width="{WIDE}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'
