"""What the environment says about GOV.UK Notify; apart from its client, which is loaded only where it is used."""

from __future__ import annotations

from dataclasses import dataclass

BASE_URL = "https://api.notifications.service.gov.uk"


@dataclass(frozen=True, slots=True)
class NotifySettings:
    """What the environment says. `email_template` is the id of a template of ((subject)) and ((body))."""

    api_key: str
    base_url: str = BASE_URL
    email_template: str = ""
    letters: bool = False
    callback_token: str = ""

    @property
    def channels(self) -> frozenset[str]:
        """What can be sent by Notify from here."""
        if not self.api_key:
            return frozenset()
        found = {"email": bool(self.email_template), "letter": self.letters}
        return frozenset(name for name, on in found.items() if on)
