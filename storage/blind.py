"""Finding sealed names: keyed hashes of words, whole e-mail addresses and telephone digits (R27).

The secret is the council's own, so the same name gives another token in another council, and the tokens tell
nothing without the key store.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from policy.people import normalise_email, phone_digits, search_words

TOKEN_BYTES = 12
MOST_TOKENS = 48
_PIECES = re.compile(r"[,;\n\r\t|]+")
_LETTER = re.compile(r"[^\W\d_]")
_LABELS = re.compile(
    r"\b(?:telephone|tel|phone|mobile|mob|landline|number|no|(?:extension|ext|x)\.?\s*\d*)\b[.:]*",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(r"^[^\d+(]+")
# Eight characters of digits and what stands between them: no house number and no postcode.
_NUMBER = re.compile(r"(?<![\w+])(?:\+|\(\+?)?\d[\d ()./-]{6,}\d(?!\w)")


def tokens_of(secret: bytes, name: str, contact: str) -> frozenset[bytes]:
    """The tokens by which a person is found: words of name and contact, e-mail addresses, telephone numbers."""
    found = dict.fromkeys(_words(name))
    for piece in _PIECES.split(contact):
        exact, rest = _exact(piece)
        # A line such as "12 High Street, evenings 07700 900123" is found by its number and by its words.
        found.update(dict.fromkeys([*exact, *_words(rest)]))
    return frozenset(_token(secret, one) for one in list(found)[:MOST_TOKENS])


def tokens_sought(secret: bytes, words: str) -> tuple[bytes, ...]:
    """The tokens a person must all have to match what was typed; empty when it holds nothing to look for."""
    exact, rest = _exact(words)
    sought = exact if any(one.startswith("e:") for one in exact) else [*exact, *_words(rest)]
    return tuple(_token(secret, one) for one in dict.fromkeys(sought))


def _exact(piece: str) -> tuple[list[str], str]:
    """E-mail addresses and telephone numbers in a piece of text, and the words that are left."""
    emails, others = [], []
    for part in piece.split():
        email = normalise_email(part.strip("<>()\"'.;")) if "@" in part else ""
        if email:
            emails.append(f"e:{email}")
        else:
            others.append(part)
    rest = " ".join(others)
    if not _LETTER.search(_LABELS.sub(" ", rest)):
        digits = phone_digits(_BEFORE_NUMBER.sub("", rest))
        return ([*emails, f"p:{digits}"], "") if digits else (emails, rest)
    numbers = [f"p:{digits}" for run in _NUMBER.findall(rest) if (digits := phone_digits(run))]
    return [*emails, *numbers], _LABELS.sub(" ", _NUMBER.sub(" ", rest)) if numbers else rest


def _words(text: str) -> list[str]:
    return [f"w:{word}" for word in search_words(text)]


def _token(secret: bytes, text: str) -> bytes:
    return hmac.digest(secret, text.encode(), hashlib.sha256)[:TOKEN_BYTES]
