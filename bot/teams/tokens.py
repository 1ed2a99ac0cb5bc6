"""Whom to believe: a request counts only with a token that Microsoft signed, for this app, about this service.

The signing keys are fetched beside the event loop with a time-out, kept for a day, and asked for again when a
token names one we do not know (at most once a minute, so that forged tokens can't make us ask and ask). botbuilder's
own check fetches them blocking and without a time-out, takes a token without an end, answers most bad tokens with
500, and waits a day for a new key (PLATFORMS, measured): none of it is used.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
import jwt
from jwt.types import Options

from bot.teams.problems import BROKEN, TeamsProblem, Unbelieved

log = logging.getLogger("civility.teams")

ISSUER: Final = "https://api.botframework.com"
CHANNEL: Final = "msteams"
SKEW: Final = timedelta(minutes=5)
FRESH: Final = timedelta(hours=24)
AGAIN: Final = timedelta(minutes=1)
ALGORITHMS: Final = ("RS256", "RS384", "RS512")
TOKENS: Final = 200
_OPTIONS: Final[Options] = {
    "require": ["exp", "iss", "aud"],
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
}


@dataclass
class Keys:
    """Microsoft's signing keys, by their ids."""

    url: str
    session: aiohttp.ClientSession
    now: Callable[[], datetime]
    _known: dict[str, jwt.PyJWK] = field(default_factory=dict)
    _endorsed: dict[str, frozenset[str]] = field(default_factory=dict)
    _at: datetime | None = None
    _tried: datetime | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def get(self, kid: str) -> jwt.PyJWK:
        """The key of this id. Raises Unbelieved when Microsoft has none, Unreachable while none can be asked for."""
        if kid not in self._known or self._old():
            async with self._lock:  # one fetch at a time: the others take what it found
                if (kid not in self._known or self._old()) and self._may_ask():
                    await self._fetch()
        found = self._known.get(kid)
        if found is None:
            if self._at is None:
                raise UnreachableKeysError
            raise Unbelieved("unknown key")
        endorsed = self._endorsed.get(kid)
        if endorsed and CHANNEL not in endorsed:
            raise Unbelieved("key not for Teams")
        return found

    async def reached(self) -> bool:
        """Whether the keys can be fetched now."""
        async with self._lock:
            await self._fetch()
        return self._at is not None

    def _old(self) -> bool:
        return self._at is None or self.now() - self._at >= FRESH

    def _may_ask(self) -> bool:
        return self._tried is None or self.now() - self._tried >= AGAIN

    async def _fetch(self) -> None:
        """Ask for the keys. While Microsoft can't be reached the old ones are good."""
        self._tried = self.now()
        try:
            document = await self._json(self.url)
            listed = (await self._json(str(document["jwks_uri"])))["keys"]
            keys = {str(one["kid"]): (jwt.PyJWK(one), one) for one in listed if one.get("kty") == "RSA"}
        except (*BROKEN, ValueError, KeyError, TypeError, jwt.PyJWTError) as failed:
            log.warning("Microsoft's signing keys were not fetched: %s", type(failed).__name__)
            return
        self._known = {kid: key for kid, (key, _) in keys.items()}
        self._endorsed = {kid: frozenset(one.get("endorsements") or ()) for kid, (_, one) in keys.items()}
        self._at = self.now()

    async def _json(self, url: str) -> dict[str, Any]:
        async with self.session.get(url) as answer:
            answer.raise_for_status()
            body = await answer.json(content_type=None)
        if not isinstance(body, dict):
            raise TypeError
        return body


class UnreachableKeysError(Exception):
    """No signing key is known and none can be asked for: nobody can be believed or refused yet."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Believes what Microsoft signed for this app."""

    app_id: str
    tenant: str
    keys: Keys
    now: Callable[[], datetime]
    _checked: dict[str, tuple[str, jwt.PyJWK, Mapping[str, Any]]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """An empty id would be everybody's: raises TeamsProblem."""
        if not self.app_id or not self.tenant:
            raise TeamsProblem("MicrosoftAppId and MicrosoftAppTenantId must both be set.")

    async def check(self, headers: Mapping[str, str], activity: Mapping[str, Any]) -> Mapping[str, Any]:
        """The claims of the token of this activity. Raises Unbelieved."""
        scheme, _, token = headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unbelieved("no token")
        known = self._checked.get(token)
        key = await self.keys.get(known[0] if known else _key_id(token))
        claims = self._signed(token, key)
        self._in_time(claims)
        self._about(claims, activity)
        return claims

    def _signed(self, token: str, key: jwt.PyJWK) -> Mapping[str, Any]:
        """The claims of a token that this key signed for this app. Raises Unbelieved.

        Teams sends one token with everything for an hour: what was found out about it is kept, as long as its key is.
        """
        known = self._checked.get(token)
        if known is not None and known[1] is key:
            return known[2]
        try:
            claims: Mapping[str, Any] = jwt.decode(
                token,
                key.key,
                algorithms=list(ALGORITHMS),
                audience=self.app_id,
                issuer=ISSUER,
                # The times are checked each time, by the clock of the whole program.
                options=_OPTIONS,
            )
        except (jwt.PyJWTError, ValueError, TypeError) as bad:
            raise Unbelieved(type(bad).__name__) from bad
        if len(self._checked) >= TOKENS:
            self._checked.clear()
        self._checked[token] = (str(key.key_id), key, claims)
        return claims

    def _in_time(self, claims: Mapping[str, Any]) -> None:
        now, skew = self.now().timestamp(), SKEW.total_seconds()
        ends, begins = claims["exp"], claims.get("nbf", 0)
        if not all(isinstance(one, int | float) for one in (ends, begins)):
            raise Unbelieved("no times")
        if now >= ends + skew:
            raise Unbelieved("expired")
        if now < begins - skew:
            raise Unbelieved("not valid yet")

    def _about(self, claims: Mapping[str, Any], activity: Mapping[str, Any]) -> None:
        """The token is for the service that the activity names, and the activity is of our tenant."""
        service = str(claims.get("serviceurl") or claims.get("serviceUrl") or "")
        given = activity.get("serviceUrl")
        if not service or not isinstance(given, str) or not same(service.rstrip("/"), given.rstrip("/")):
            raise Unbelieved("another service address")
        for tenant in {*tenants_of(activity), *([str(claims["tid"])] if "tid" in claims else [])} or {""}:
            if not same(tenant.lower(), self.tenant.lower()):
                raise Unbelieved("another tenant")


def _key_id(token: str) -> str:
    """The id of the key that a token says it was signed with. Raises Unbelieved."""
    try:
        head = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError) as bad:
        raise Unbelieved("not a token") from bad
    if head.get("alg") not in ALGORITHMS or not isinstance(head.get("kid"), str):
        raise Unbelieved("not signed as Microsoft signs")
    return str(head["kid"])


def tenants_of(activity: Mapping[str, Any]) -> set[str]:
    """Every tenant an activity names: where it was said, and by whom."""
    data, talk = activity.get("channelData"), activity.get("conversation")
    inner = data.get("tenant") if isinstance(data, Mapping) else None
    found = {
        inner.get("id") if isinstance(inner, Mapping) else None,
        talk.get("tenantId") if isinstance(talk, Mapping) else None,
    }
    return {str(one) for one in found if one}


def same(one: str, other: str) -> bool:
    """Whether two texts are the same, in a time that says nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


class PlaygroundGuard:
    """Believes what comes from this computer itself, for Microsoft's own playground, which signs nothing.

    Civility listens to nobody else then. A page of the web in a browser here is not believed: it sends an `Origin`,
    or comes under another name than this computer's own.
    """

    async def check(self, headers: Mapping[str, str], activity: Mapping[str, Any]) -> Mapping[str, Any]:
        """No claims. Raises Unbelieved."""
        if "Origin" in headers or not is_loopback(f"http://{headers.get('Host', '')}"):
            raise Unbelieved("not from this computer")
        if not is_loopback(str(activity.get("serviceUrl"))):
            raise Unbelieved("an answer would leave this computer")
        return {}


def is_loopback(url: str) -> bool:
    """Whether an address is this computer itself."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
