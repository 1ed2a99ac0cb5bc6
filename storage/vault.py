"""Sealing words: AES-GCM under a data key, bound to the place they stand in.

A sealed value is: one byte of version, the key's id (16 bytes), the nonce (12 bytes), the sealed text. The place
("table.column|council|row id") is associated data: a value copied to another row or council does not open.
"""

from __future__ import annotations

import os
import uuid
from typing import Final

from cryptography.exceptions import InvalidTag

from storage.errors import KeyProblem, StorageError
from storage.keystore import KeyStore

_VERSION: Final = b"\x01"
_HEAD: Final = 17
_NONCE: Final = 12


class Vault:
    """Seals and opens texts with the keys of one key store."""

    def __init__(self, keys: KeyStore) -> None:
        self.keys = keys

    def seal(self, key_id: str, place: str, text: str) -> bytes:
        """Seal a text under a key, bound to its place. An empty text is no secret and stays empty.

        Raises KeyProblem when the key was forgotten: nothing new is written about somebody erased.
        """
        if not text:
            return b""
        cipher = self.keys.cipher(key_id)
        if cipher is None:
            raise KeyProblem(
                "The key these words would be sealed with was erased; nothing can be added here."
            )
        head = _VERSION + bytes.fromhex(key_id.replace("-", ""))
        nonce = os.urandom(_NONCE)
        return head + nonce + cipher.encrypt(nonce, text.encode(), head + place.encode())

    def open(self, place: str, sealed: bytes | None) -> str:
        """The text, or "" when its key was forgotten. Raises StorageError when it was tampered with or moved."""
        if not sealed:
            return ""
        head = bytes(sealed[:_HEAD])
        if head[:1] != _VERSION or len(head) < _HEAD:
            raise StorageError(f"A sealed value in {place.partition('|')[0]} is of an unknown version.")
        cipher = self.keys.cipher(str(uuid.UUID(bytes=head[1:])))
        if cipher is None:
            return ""
        body = _HEAD + _NONCE
        try:
            return cipher.decrypt(sealed[_HEAD:body], sealed[body:], head + place.encode()).decode()
        except InvalidTag as wrong:
            raise StorageError(
                f"A sealed value in {place.partition('|')[0]} was altered, or moved from another row."
            ) from wrong
