"""GOV.UK Notify's own client, opened for some calls: what hands letters over and what looks at the setup share it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from bot.letters.notify_settings import NotifySettings

_CLIENT: Any = NotificationsAPIClient  # its methods have no types
_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_KEY = re.compile(rf".+-{_ID}-{_ID}", re.IGNORECASE)
PATIENCE = 15
NO_KEY = (
    "NOTIFY_API_KEY is not a key of GOV.UK Notify: a key is its name and two ids, joined by hyphens. Copy it whole "
    "when it is made, under “API integration”."
)


def well_formed(key: str) -> bool:
    """Whether a key has the parts of one: its name, the service's id and the secret."""
    return _KEY.fullmatch(key) is not None


@contextmanager
def opened(settings: NotifySettings) -> Iterator[Any]:
    """The client, for a key that is well formed; its connections are closed at the end."""
    client = _CLIENT(settings.api_key, base_url=settings.base_url, timeout=PATIENCE)
    try:
        yield client
    finally:
        client.request_session.close()


def words_of(failed: APIError) -> str:
    """Notify's own words. They name no person."""
    said = failed.message
    return said if isinstance(said, str) else " ".join(str(one.get("message", "")) for one in said or ())
