"""A nonce for each opening of a form, so that one filling-in is one submission (R19)."""

from __future__ import annotations

import secrets


def new_nonce() -> str:
    """22 characters that nobody can guess."""
    return secrets.token_urlsafe(16)
