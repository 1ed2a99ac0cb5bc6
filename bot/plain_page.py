"""The few pages a browser shows beside the doors: plain, readable in light and dark, nothing loaded from elsewhere."""

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
{inner}
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


def page(status: int, title: str, inner: str) -> web.Response:
    """A page with a status; `title` is escaped, `inner` is HTML of ours."""
    text = _PAGE.format(title=escape(title), inner=inner)
    return web.Response(status=status, text=text, content_type="text/html", headers=_HEADERS)
