"""What can go wrong in the storage room, each with a sentence an administrator can act on."""

from __future__ import annotations


class StorageError(Exception):
    """Something the storage room refuses to do; the message is a plain sentence."""


class KeyProblem(StorageError):
    """The encryption key or the key store can't be used as given."""


class OpenProposalExists(StorageError):
    """The case already has an open proposal: change that one instead."""


class NotFound(StorageError):
    """A row this council does not have was asked for where it must exist."""
