"""What the local chat looks like: templates filled in. Everything is escaped; nothing here decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.local.cards import from_json
from bot.local.channels import Channel, LocalColleague, channels_for
from bot.local.forms import form_page
from handlers.cards import MORE_STEPS
from handlers.chat import Card, FieldErrors, OpenForm
from storage.records import LocalMessage

LONDON = ZoneInfo("Europe/London")
TONE_WORDS = {"info": "Note", "success": "Done", "warning": "Please note", "urgent": "Urgent"}

GONE = Card("This message can no longer be read.")
"""Stands for a message whose key was erased."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A stored message, ready for the template; times are London time."""

    id: str
    changes: int
    card: Card
    day: str
    day_words: str
    time: str
    iso: str
    changed: str


def shown(message: LocalMessage) -> Shown:
    """A stored message as the page shows it."""
    posted, changed = message.posted_at.astimezone(LONDON), message.changed_at.astimezone(LONDON)
    return Shown(
        id=message.id,
        changes=message.changes,
        card=from_json(message.card) if message.card else GONE,
        day=posted.date().isoformat(),
        day_words=day_words(posted),
        time=f"{posted:%H:%M}",
        iso=posted.isoformat(timespec="seconds"),
        changed=_changed(posted, changed) if message.changes else "",
    )


def day_words(at: datetime) -> str:
    """A day in words, such as "Tuesday 24 November 2026"."""
    return f"{at:%A} {at.day} {at:%B %Y}"


def _changed(posted: datetime, changed: datetime) -> str:
    if posted.date() == changed.date():
        return f"{changed:%H:%M}"
    return f"{changed.day} {changed:%B}, {changed:%H:%M}"


class Pages:
    """The templates. One instance per door; safe to use from anywhere."""

    def __init__(self, council_name: str, commands: Sequence[tuple[str, str]], static_url: str) -> None:
        self._env = Environment(
            loader=FileSystemLoader(Path(__file__).with_name("templates")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.globals |= {
            "council_name": council_name,
            "commands": tuple(commands),
            "static_url": static_url,
            "tone_words": TONE_WORDS,
            "more_steps": MORE_STEPS,
        }

    def page(
        self,
        me: LocalColleague,
        everybody: Sequence[LocalColleague],
        channel: Channel,
        messages: Sequence[LocalMessage],
        token: str,
    ) -> str:
        """The whole page, with one channel open."""
        return self._fill(
            "page.html",
            me=me,
            everybody=everybody,
            channels=channels_for(me),
            channel=channel,
            messages=[shown(one) for one in messages],
            token=token,
        )

    def channel(self, channel: Channel, messages: Sequence[LocalMessage]) -> str:
        """The heading and messages of one channel, to stand in place of another's."""
        return self._fill("channel.html", channel=channel, messages=[shown(one) for one in messages])

    def message(self, message: LocalMessage) -> str:
        """One message of a channel."""
        return self._fill("message.html", message=shown(message))

    def card(self, card: Card, uid: str) -> str:
        """A card alone; `uid` makes the ids in it unique on the page."""
        return self._fill("card.html", card=card, uid=uid)

    def only_you(self, card: Card) -> str:
        """An answer that only the asker sees, and that is kept nowhere."""
        return self._fill("only_you.html", card=card, uid=f"o-{token_hex(6)}")

    def notice(self, sentence: str) -> str:
        """A refusal, told only to the asker."""
        return self._fill("notice.html", sentence=sentence)

    def form(self, response: OpenForm | FieldErrors, uid: str = "form") -> str:
        """One page of a form, to stand in the dialog."""
        return self._fill("form.html", it=form_page(response), uid=uid)

    def _fill(self, template: str, **values: object) -> str:
        return self._env.get_template(template).render(values)
