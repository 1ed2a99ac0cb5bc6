"""The main key: the one secret an administrator keeps, as text in `CIVILITY_KEY` or in a file.

It wraps every data key in the key store. Several keys, separated by commas, make rotation possible: the first
wraps from now on, the others only open what they wrapped before.
"""

from __future__ import annotations

import base64
import binascii
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import KeyProblem

KEY_BYTES = 32
_NONCE = 12
_HOW = "Make one with: civility key (44 characters of url-safe base64, which is 32 bytes)."


@dataclass(frozen=True)
class MainKeys:
    """The main keys, the current one first. Never shown in a traceback or a log."""

    ciphers: tuple[AESGCM, ...] = field(repr=False)

    @classmethod
    def from_text(cls, text: str) -> MainKeys:
        """Read `CIVILITY_KEY`: one key or several, separated by commas, the current one first."""
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if not parts:
            raise KeyProblem(f"CIVILITY_KEY is empty. {_HOW}")
        return cls(tuple(AESGCM(_decoded(part, n)) for n, part in enumerate(parts, 1)))

    def wrap(self, secret: bytes, about: bytes) -> bytes:
        """Encrypt a data key under the current main key; `about` binds it to its id."""
        nonce = os.urandom(_NONCE)
        return nonce + self.ciphers[0].encrypt(nonce, secret, about)

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes | None:
        """The data key, or None when none of the main keys opens it."""
        for cipher in self.ciphers:
            try:
                return cipher.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], about)
            except InvalidTag:
                continue
        return None


def new_key_text() -> str:
    """A new main key as text: 32 random bytes in url-safe base64."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


def make_key_file(path: Path) -> str:
    """Read the key file, or make it (mode 0600) when there is none; returns the key's text.

    For the SQLite default only. Of several processes starting at once, one makes the file and all read it:
    the text is written under another name first and linked into place, so nobody reads half a key.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        mine = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
        handle = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(new_key_text() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            with suppress(FileExistsError):
                path.hardlink_to(mine)
        finally:
            mine.unlink()
    text = path.read_text(encoding="ascii").strip()
    if not text:
        raise KeyProblem(f"The key file {path.name} is empty. Put the key back from your backup. {_HOW}")
    return text


def _decoded(part: str, position: int) -> bytes:
    try:
        key = base64.b64decode(part.replace("-", "+").replace("_", "/").encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as wrong:
        raise KeyProblem(f"CIVILITY_KEY, key {position}, is not url-safe base64. {_HOW}") from wrong
    if len(key) != KEY_BYTES:
        raise KeyProblem(f"CIVILITY_KEY, key {position}, has {len(key)} bytes instead of {KEY_BYTES}. {_HOW}")
    return key
