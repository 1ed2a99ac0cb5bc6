"""Whether a name, an address, a number or a reference is in a file: in what it says or in what is written about it."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, StreamObject, TextStringObject

PNG = b"\x89PNG\r\n\x1a\n"
LEAST_LETTERS, LEAST_DIGITS = 5, 6
OFFICES = frozenset({"chair", "mayor", "clerk"})
"""Words that stand before a name and are nobody's."""


def leaks(private: Iterable[str], files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Each private value that is found, and where. A name is found by either of its words, a number however written."""
    sought = {form for value in private for form in _forms(value)}
    return sorted(
        {
            (form, where)
            for name, content in files.items()
            for where, words in _everything(name, content)
            for form in _found(sought, words)
        }
    )


def _found(sought: Iterable[str], words: str) -> Iterator[str]:
    squeezed = _squeezed(words)
    digits = re.sub(r"(?<=\d)[\s().+-]+(?=\d)", "", words)
    for form in sought:
        if form in squeezed or (form.isdigit() and form in digits):
            yield form


def _forms(value: str) -> Iterator[str]:
    """What to look for: the whole, each word of a name, the digits of a number without its country."""
    yield _squeezed(value)
    words = value.split()
    if 1 < len(words) < 4 and all(word[:1].isupper() and word.isalnum() for word in words):
        yield from (w.casefold() for w in words if len(w) >= LEAST_LETTERS and w.casefold() not in OFFICES)
    digits = re.sub(r"\D", "", value)
    if len(digits) >= LEAST_DIGITS and re.fullmatch(r"[\d\s()+.-]+", value):
        yield digits.removeprefix("44").lstrip("0")


def _squeezed(words: str) -> str:
    """Without blanks, signs nobody sees and differences of writing."""
    plain = unicodedata.normalize("NFKC", unescape(words)).casefold()
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")


# --- everything that can be read out of a file ------------------------------------------------------


def _everything(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    yield f"{name}: its name", name
    if zipfile.is_zipfile(io.BytesIO(content)):
        yield from _archive(name, content)
    elif content.startswith(b"%PDF"):
        yield from _pdf(name, content)
    elif content.startswith(PNG):
        yield from _picture(name, content)
    else:
        words = content.decode("utf-8", "replace")
        yield name, words
        if words.lstrip("\ufeff \n").startswith("<"):
            yield f"{name}: without its marks", re.sub(r"<[^>]*>", "", words)


def _archive(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        yield f"{name}: its comment", parts.comment.decode("utf-8", "replace")
        for part in parts.infolist():
            yield f"{name}: beside {part.filename}", (part.comment + part.extra).decode("utf-8", "replace")
            yield from _everything(f"{name}/{part.filename}", parts.read(part))


def _pdf(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    reader = PdfReader(io.BytesIO(content))
    yield f"{name}: its pages", "\n".join(one.extract_text() for one in reader.pages)
    yield f"{name}: its bytes", content.decode("latin-1")
    for number in range(1, int(str(reader.trailer["/Size"]))):
        try:
            thing = reader.get_object(number)
        except Exception:  # noqa: BLE001 - a number that is not in use
            continue
        yield f"{name}: object {number}", "\n".join(_strings(thing))
        if isinstance(thing, StreamObject):
            yield from _everything(f"{name}: stream {number}", thing.get_data())


def _strings(thing: object) -> Iterator[str]:
    """The texts inside an object of a PDF, not of those it points to."""
    if isinstance(thing, TextStringObject):
        yield str(thing)
    elif isinstance(thing, ByteStringObject):
        yield bytes(thing).decode("utf-8", "replace")
    elif isinstance(thing, DictionaryObject):
        for name, value in thing.items():
            yield str(name)
            yield from _strings(value.get_object() if not hasattr(value, "idnum") else None)
    elif isinstance(thing, ArrayObject):
        for value in thing:
            yield from _strings(None if hasattr(value, "idnum") else value)


def _picture(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """The words in a PNG that are no part of the picture."""
    at = len(PNG)
    while at < len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        data = content[at + 8 : at + 8 + length]
        at += length + 12
        if kind in {b"IHDR", b"PLTE", b"IDAT", b"IEND"}:
            continue
        yield f"{name}: {kind.decode('latin-1')}", data.decode("utf-8", "replace")
        packed = data.find(b"\0")
        if kind in {b"zTXt", b"iTXt"} and packed >= 0:
            for start in range(packed + 1, min(packed + 40, len(data))):
                try:
                    yield (
                        f"{name}: {kind.decode('latin-1')}",
                        zlib.decompress(data[start:]).decode("utf-8", "replace"),
                    )
                except zlib.error:
                    continue
