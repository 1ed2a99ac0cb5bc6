"""What keeps the local chat to itself: where it may listen, and which requests it believes.

There is no log-in, so the danger is other web pages open in the same browser. Four things stand against them:
the Host header must be one we answer to (DNS rebinding), a changing request must come from our own page
(Origin and Sec-Fetch-Site), it must carry a token only our page knows, and the page may load and run nothing
but our own files.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256

from policy.answers import Refusal

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": a form then posts "Origin: null", which cannot be told from a stranger's page.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Headers of every answer of this door."""

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^:\[\]@/\s]+)(?::\d{1,5})?", re.IGNORECASE)


def check_bind(host: str, allow_remote: bool) -> Refusal | None:
    """Whether the local chat may listen on `host`: on this computer only, unless told (it has no log-in)."""
    if allow_remote or _is_loopback(host):
        return None
    return Refusal(
        "local.bind",
        f"The local chat has no log-in, so it will not listen on “{host}”, where other computers "
        "could reach it. Use 127.0.0.1, or allow it on purpose if something in front of it checks who "
        "people are.",
    )


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def host_allowed(header: str, allowed: Collection[str]) -> bool:
    """Whether a Host header names this computer, or one of the `allowed` names. The port may be any."""
    found = _HOST.fullmatch(header)
    return found is not None and found["name"].lower() in (LOOPBACK_NAMES | set(allowed))


def same_site(origin: str | None, fetch_site: str | None, host: str) -> bool:
    """Whether the browser says that a changing request came from our own page.

    A browser sends at least one of the two headers; a client that sends neither still needs the token.
    """
    if fetch_site is not None and fetch_site != "same-origin":
        return False
    return origin is None or origin in (f"http://{host}", f"https://{host}")


@dataclass(frozen=True, slots=True)
class Visit:
    """One browser, and the colleague it acts as. `id` is random and tells two browsers apart."""

    id: str
    colleague_id: str


class Seal:
    """Signs the cookie that remembers a visit, and makes the token a page sends back with every change.

    The token holds for one browser *and* one colleague: a page opened as Dana cannot press as Priya after
    another tab has switched.
    """

    def __init__(self, key: bytes) -> None:
        """`key` is at least 16 secret bytes; the same key after a restart keeps people's choices."""
        self._key = key
        # Cookies ignore the port: two chats on one computer must not overwrite each other's choice.
        self.cookie = f"civility_local_{self._sign('cookie name')[:8]}"

    def new(self, colleague_id: str) -> Visit:
        """A browser not seen before."""
        return Visit(secrets.token_urlsafe(16), colleague_id)

    def write(self, visit: Visit) -> str:
        """The cookie's value."""
        return f"{visit.id}.{visit.colleague_id}.{self._sign('visit', visit.id, visit.colleague_id)}"

    def read(self, cookie: str | None) -> Visit | None:
        """The visit a cookie tells of; None if there is none or it was not written by us."""
        parts = (cookie or "").split(".")
        if len(parts) != 3:
            return None
        visit_id, colleague_id, signature = parts
        true = self._sign("visit", visit_id, colleague_id)
        same = hmac.compare_digest(signature.encode(), true.encode())
        return Visit(visit_id, colleague_id) if same else None

    def token(self, visit: Visit) -> str:
        """What a page of this visit sends back with every change."""
        return self._sign("token", visit.id, visit.colleague_id)

    def token_holds(self, visit: Visit, token: str) -> bool:
        """Whether `token` belongs to this visit."""
        return hmac.compare_digest(token.encode(), self.token(visit).encode())

    def _sign(self, *parts: str) -> str:
        return hmac.new(self._key, "\n".join(parts).encode(), sha256).hexdigest()
