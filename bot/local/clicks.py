"""What a page of the local chat posts, read into the vocabulary of the journeys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from urllib.parse import parse_qsl

from aiohttp import web

from bot.local.forms import submission
from handlers.chat import Command, Press, Submission

SLASH = "/incident"
MOST_FIELDS = 1000
MOST_WORDS = 1000

NOT_A_COMMAND = "This sample chat only understands /incident. Type / to see what you can do."
TOO_LONG = f"That is too long for one line. Use {MOST_WORDS:,} characters or fewer."

Click = Command | Press | Submission | str
"""What was clicked; a `str` is the door's own answer to something that is no click for the journeys."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was posted: every value of every name, in order."""

    values: Mapping[str, list[str]]

    def one(self, name: str) -> str:
        """The first value of a name, or ""."""
        return (self.values.get(name) or [""])[0]


async def posted(request: web.Request) -> Asked:
    """The posted fields. Raises HTTPUnsupportedMediaType or HTTPRequestEntityTooLarge."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType(text="Send the fields of a form.\n")
    body = (await request.read()).decode("utf-8", "replace")
    values: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise web.HTTPRequestEntityTooLarge(MOST_FIELDS, MOST_FIELDS + 1, text="Too many fields.\n") from None
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return Asked(values)


def command(asked: Asked) -> Click | None:
    """`/incident WORD words…`; anything else is answered here, for ordinary chat is not kept."""
    typed = asked.one("text").strip()
    if len(typed) > MOST_WORDS:
        return TOO_LONG
    first, *rest = typed.split(maxsplit=2) or [""]
    if first.lower() != SLASH:
        return NOT_A_COMMAND
    word, words = (*rest, "", "")[:2]
    return Command(word.lower(), words.strip())


def press(asked: Asked) -> Click | None:
    """A button of a card."""
    button = asked.one("button")
    return Press(button, asked.one("value")) if re.fullmatch(r"[\w.]{1,100}", button) else None


def form_page(asked: Asked) -> Click | None:
    """A page of a form."""
    return submission(asked.values)


def delivery_id(asked: Asked) -> str:
    """The id the page made for this click and uses again when it tries again; a new one if it made none."""
    given = asked.one("delivery")
    return given if re.fullmatch(r"[\w-]{8,64}", given) else token_hex(16)
