"""What `civility doctor` says of GOV.UK Notify: the address, the key, the template; each finding says what to do.

A key does not say which kind it is. What a *test* or *team* key or a service in trial mode would not send is told by
Notify when a letter is handed over (`docs/letters.md`).
"""

from __future__ import annotations

from typing import Any

from notifications_python_client.errors import APIError, InvalidResponse

from bot.letters.notify_client import NO_KEY, opened, well_formed, words_of
from bot.letters.notify_settings import NotifySettings

NOTHING = "NOTIFY_API_KEY is set without NOTIFY_EMAIL_TEMPLATE or NOTIFY_LETTERS=yes: nothing goes by it."
NO_TEMPLATE = (
    "GOV.UK Notify has no template with the id in NOTIFY_EMAIL_TEMPLATE. Copy the id from the template’s page; "
    "template and key belong to the same service."
)


def examine(settings: NotifySettings) -> list[str]:
    """What needs attention; empty when letters can be handed over."""
    if not settings.channels:
        return [NOTHING]
    if not well_formed(settings.api_key):
        return [NO_KEY]
    try:
        with opened(settings) as client:
            if settings.email_template:
                return _template(client.get_template(settings.email_template))
            client.get_all_notifications(reference="civility doctor")
    except InvalidResponse:
        return [f"NOTIFY_BASE_URL: {settings.base_url} does not answer like GOV.UK Notify."]
    except APIError as failed:
        return [_said(failed, settings)]
    return []


def _said(failed: APIError, settings: NotifySettings) -> str:
    if failed.response is None or failed.status_code >= 500:
        where = f"GOV.UK Notify was not reached at {settings.base_url}."
        return f"{where} Is NOTIFY_BASE_URL right, and may this server call it?"
    if failed.status_code in {400, 404} and settings.email_template:
        return NO_TEMPLATE
    if failed.status_code == 403:
        return f"GOV.UK Notify does not take the key in NOTIFY_API_KEY: {words_of(failed)}. Was it revoked?"
    return f"GOV.UK Notify refused it: {words_of(failed)}."


def _template(found: Any) -> list[str]:
    kind = found.get("type", "email")
    if kind != "email":
        return [f"NOTIFY_EMAIL_TEMPLATE is a template for {kind}: make one for email."]
    return [
        f"The {part} of the GOV.UK Notify template lacks (({part})): letters would go out without it."
        for part in ("subject", "body")
        if f"(({part}))" not in str(found.get(part, ""))
    ]
