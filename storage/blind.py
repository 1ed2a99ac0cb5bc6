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


def tokens_of(secret: bytes, name: str, contact: str) -> frozenset[bytes]:
    """The tokens by which a person is found: words of name and contact, e-mail addresses, telephone numbers."""
    found = dict.fromkeys(f"w:{word}" for word in search_words(name))
    for piece in _PIECES.split(contact):
        exact = _exact(piece)
        found.update(dict.fromkeys(exact or [f"w:{word}" for word in search_words(piece)]))
    return frozenset(_token(secret, one) for one in list(found)[:MOST_TOKENS])


def tokens_sought(secret: bytes, words: str) -> tuple[bytes, ...]:
    """The tokens a person must all have to match what was typed; empty when it holds nothing to look for."""
    exact = _exact(words)
    return tuple(_token(secret, one) for one in exact or dict.fromkeys(f"w:{w}" for w in search_words(words)))


def _exact(piece: str) -> list[str]:
    """E-mail addresses in a piece of text, else the telephone number it is; [] when it is neither."""
    emails = [e for part in piece.split() if "@" in part and (e := normalise_email(part.strip("<>()\"'")))]
    if emails:
        return [f"e:{email}" for email in dict.fromkeys(emails)]
    digits = phone_digits(piece)
    return [f"p:{digits}"] if digits else []


def _token(secret: bytes, text: str) -> bytes:
    return hmac.digest(secret, text.encode(), hashlib.sha256)[:TOKEN_BYTES]
