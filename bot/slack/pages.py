"""The few pages of the Slack door that a browser shows: one heading, one sentence, one link."""

from __future__ import annotations

from html import escape

from aiohttp import web

from bot import plain_page


def page(status: int, title: str, words: str, link: tuple[str, str]) -> web.Response:
    """A page with a status; `link` is its words and its address. Everything is escaped."""
    shown, href = link
    inner = f'<p>{escape(words)}</p>\n<p><a href="{escape(href)}">{escape(shown)}</a></p>'
    return plain_page.page(status, title, inner)
