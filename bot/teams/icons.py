"""The two icons of the Teams app, drawn by arithmetic: a speech bubble with two lines of calm words in it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Final

Rgba = tuple[int, int, int, int]

TEAL: Final[Rgba] = (11, 92, 91, 255)
WHITE: Final[Rgba] = (255, 255, 255, 255)
CLEAR: Final[Rgba] = (255, 255, 255, 0)


def color() -> bytes:
    """The icon in colour, 192 × 192, as PNG."""

    def at(x: float, y: float) -> Rgba:
        words = _cover(_words(x, y))
        return _blend(_blend(TEAL, WHITE, _cover(_bubble(x, y))), TEAL, words)

    return _png(192, at)


def outline() -> bytes:
    """The outline for dark and light bars, 32 × 32, white on nothing, as PNG."""
    scale = 192 / 32

    def at(x: float, y: float) -> Rgba:
        grown = 96 + (x * scale - 96) * 0.72, 92 + (y * scale - 92) * 0.72
        shape = min(abs(_bubble(*grown)) - 4.5, _words(*grown))
        return _blend(CLEAR, WHITE, _cover(shape / (scale * 0.72)))

    return _png(32, at)


# --- shapes: how far a point is outside (less than 0: inside), in points of 192 ---------------------


def _bubble(x: float, y: float) -> float:
    tail = max(_side(x, y, (70, 120), (70, 156)), _side(x, y, (70, 156), (106, 126)), 120 - y)
    return min(_box(x, y, (96, 86), (60, 42), 20), tail)


def _words(x: float, y: float) -> float:
    return min(_box(x, y, (96, 74), (38, 6), 6), _box(x, y, (84, 98), (26, 6), 6))


def _box(x: float, y: float, middle: tuple[float, float], half: tuple[float, float], radius: float) -> float:
    """A box with round corners."""
    dx, dy = abs(x - middle[0]) - half[0] + radius, abs(y - middle[1]) - half[1] + radius
    outside = float((max(dx, 0) ** 2 + max(dy, 0) ** 2) ** 0.5)
    return outside + min(max(dx, dy), 0) - radius


def _side(x: float, y: float, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Left of a line, seen from its start."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    return float(((x - start[0]) * -dy + (y - start[1]) * dx) / (dx**2 + dy**2) ** 0.5)


def _cover(distance: float) -> float:
    """How much of a dot lies inside, 0 to 1: edges are smooth."""
    return min(max(0.5 - distance, 0.0), 1.0)


def _blend(under: Rgba, over: Rgba, much: float) -> Rgba:
    r, g, b, a = (round(low + (high - low) * much) for low, high in zip(under, over, strict=True))
    return r, g, b, a


def _png(size: int, at: Callable[[float, float], Rgba]) -> bytes:
    """A square picture; `at` gives the colour in the middle of a dot."""
    rows = b"".join(b"\0" + b"".join(bytes(at(x + 0.5, y + 0.5)) for x in range(size)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
