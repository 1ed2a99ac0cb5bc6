"""GOV.UK Notify, by its own client: an e-mail by the council's template, a letter as a PDF that it prints and posts."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from notifications_python_client.errors import APIError, InvalidResponse

from bot.letters.mail import notify_body
from bot.letters.notify_client import NO_KEY, opened, well_formed, words_of
from bot.letters.notify_settings import NotifySettings
from handlers.letter_text import email_subject
from scheduler.platform import Down, TryLater, Unsendable
from scheduler.postbox import Standing

POSTAGE = {"first-class": "first", "second-class": "second"}


class GovukNotify:
    """The calls of Notify that are used here. Safe in several threads: each call has a client of its own."""

    def __init__(self, settings: NotifySettings) -> None:
        self._settings = settings

    def find(self, reference: str) -> str:
        """Notify's id of what it has under this reference, "" for nothing."""
        found = self._call(lambda client: client.get_all_notifications(reference=reference))
        listed = found.get("notifications") or [{}]
        return str(listed[0].get("id", ""))

    def email(self, reference: str, address: str, text: str) -> str:
        """Hand over an e-mail of this marked text; Notify's id."""
        words = {"subject": email_subject(text), "body": notify_body(text)}
        made = self._call(
            lambda client: client.send_email_notification(
                email_address=address,
                template_id=self._settings.email_template,
                personalisation=words,
                reference=reference,
            )
        )
        return str(made["id"])

    def letter(self, reference: str, pdf: bytes, method: str) -> str:
        """Hand over a letter to print and post; Notify's id."""
        made = self._call(
            lambda client: client.send_precompiled_letter_notification(
                reference=reference, pdf_file=io.BytesIO(pdf), postage=POSTAGE[method]
            )
        )
        return str(made["id"])

    def standing(self, external_id: str) -> Standing:
        """How it stands."""
        found = self._call(lambda client: client.get_notification_by_id(external_id))
        return Standing(str(found.get("status", "")), moment_of(found))

    def _call(self, call: Callable[[Any], Any]) -> Any:
        if not well_formed(self._settings.api_key):
            raise Unsendable(NO_KEY)
        try:
            with opened(self._settings) as client:
                return call(client)
        except APIError as failed:
            raise _read(failed) from failed


def moment_of(found: Any) -> datetime | None:
    """When it went: an e-mail when it was sent, a letter when it was printed and handed to the post."""
    names = ("completed_at", "sent_at") if found.get("type", found.get("notification_type")) == "letter" else (
        "sent_at", "completed_at"
    )  # fmt: skip
    for name in names:
        try:
            moment = datetime.fromisoformat(str(found.get(name)))
        except ValueError:
            continue
        if moment.tzinfo is not None:
            return moment
    return None


def _read(failed: APIError) -> Exception:
    """Notify's refusal: to be tried again, or never. Its words name no person."""
    status, words = failed.status_code, words_of(failed)
    if isinstance(failed, InvalidResponse):
        return Down("What answered was not GOV.UK Notify.")
    if status == 429:
        return TryLater(
            "GOV.UK Notify asks to wait: too many at once, or the day's limit is reached.",
            timedelta(minutes=15),
        )
    if status >= 500:
        return Down(f"GOV.UK Notify was not reached ({status}).")
    if status == 403:
        return Unsendable(f"GOV.UK Notify does not take the key: {words}.")
    return Unsendable(f"GOV.UK Notify refused it: {words}.")
