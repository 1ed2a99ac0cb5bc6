"""What is wrong with Teams in words, and how its services are called when they fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiohttp

BROKEN = (aiohttp.ClientError, OSError, TimeoutError)
"""A service of Microsoft's was not reached, or stopped in the middle."""


class TeamsProblem(Exception):
    """The Teams door can't be opened; the text says what to change."""


class Unbelieved(Exception):
    """A request is not from Teams, or not for this app: 401. The reason is for the log, never for who asked."""


class NotUnderstood(Exception):
    """A request is nothing Teams sends: 400."""


class ServiceError(Exception):
    """The Bot Connector answered, and not with success. `after`: the seconds it asks to wait, if it does."""

    def __init__(self, status: int, code: str, after: float | None = None) -> None:
        super().__init__(f"{status} {code}".strip())
        self.status, self.code, self.after = status, code, after


class NoToken(ServiceError):
    """Microsoft Entra gave the app no token."""


def code_of(body: object) -> str:
    """The service's word for what went wrong; "" when it says none. Its sentences are not kept: they may quote."""
    error = body.get("error") if isinstance(body, Mapping) else None
    if isinstance(error, Mapping):
        error = error.get("code")
    return error if isinstance(error, str) and error.replace("_", "").isalnum() and len(error) < 80 else ""


def after_of(headers: Mapping[str, Any]) -> float | None:
    """The seconds of `Retry-After`; None when it says none."""
    given = str(headers.get("Retry-After", ""))
    return float(given) if given.isdigit() else None
