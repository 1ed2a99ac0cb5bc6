"""The few pages of the Slack door that a browser shows: one heading, one sentence, one link."""

from __future__ import annotations

from html import escape

from aiohttp import web

_PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Civility</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1.125rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 34rem; padding: 2rem 1rem; }}
h1 {{ font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }}
a {{ color: light-dark(#0b5c5b, #7fd6d4); }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{words}</p>
<p><a href="{href}">{link}</a></p>
</main>
</body>
</html>
"""
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page(status: int, title: str, words: str, link: tuple[str, str]) -> web.Response:
    """A page with a status; `link` is its words and its address. Everything is escaped."""
    shown, href = link
    text = _PAGE.format(title=escape(title), words=escape(words), link=escape(shown), href=escape(href))
    return web.Response(status=status, text=text, content_type="text/html", headers=_HEADERS)
