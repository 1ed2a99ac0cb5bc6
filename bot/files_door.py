"""Where files are fetched: `/files/TOKEN`. The address shows a page with one button; the button fetches, once.

Programs that look into links (mail filters, previews) open addresses but press no buttons, so they can't use up a
link. The page names nobody; a link is 256 bits of chance, kept only as its hash.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from urllib.parse import quote

from aiohttp import web

from handlers import files
from handlers.desk import Desk, Refused
from handlers.files_served import Served
from handlers.page_files import SOURCES
from handlers.pages import Page
from scheduler.platform import Run
from storage.errors import NotFound
from storage.store import Store, UnitOfWork

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
STYLE = (
    "body{font:1.1rem/1.5 sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}"
    "button{font:inherit;padding:.6rem 1.2rem}"
)
PRIVATE = "Whoever opens it sees personal data: keep it where only those who deal with the case can read it."
PUBLIC = "It names nobody."
ASK = (
    '<h1>Your file</h1><p>It is fetched once, by this button. {about}</p><form method="post">'
    "<button>Download the file</button></form>"
)


class FilesDoor:
    """Both halves of the address."""

    def __init__(
        self,
        store: Store,
        desk: Callable[[UnitOfWork], Desk],
        run: Run,
        render: Callable[[Page, str], bytes],
    ) -> None:
        self._store, self._desk, self._run, self._render = store, desk, run, render

    def routes(self) -> list[web.RouteDef]:
        """What the application serves."""
        return [
            web.get(f"{files.PLACE}{{token}}", self._page, allow_head=False),
            web.post(f"{files.PLACE}{{token}}", self._file),
        ]

    async def _page(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        what = await self._run(lambda: self._alive(token))
        if what:
            return _page(200, ASK.format(about=PRIVATE if SOURCES[what].private else PUBLIC))
        return _page(410, f"<h1>Your file</h1><p>{escape(files.GONE.sentence)}</p>")

    async def _file(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        # A download that was begun is written down to its end, even when the browser goes away.
        found = await asyncio.shield(self._run(lambda: self._fetch(token)))
        if isinstance(found, str):
            return _page(410, f"<h1>Your file</h1><p>{escape(found)}</p>")
        return web.Response(
            body=found.content,
            content_type=found.type,
            headers={**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}"},
        )

    def _alive(self, token: str) -> str:
        council_id, secret = files.council_of(token)
        try:
            with self._store.read(council_id) as uow:
                return files.alive(self._desk(uow), secret)
        except NotFound:
            return ""

    def _fetch(self, token: str) -> Served | str:
        council_id, secret = files.council_of(token)
        try:
            with self._store.write(council_id) as uow:
                desk = self._desk(uow)
                try:
                    served = files.fetch(desk, secret, SOURCES)
                except Refused as refused:
                    uow.rollback()
                    files.refused(desk, secret, refused)
                    uow.commit()
                    return refused.refusal.sentence
                uow.commit()
        except NotFound:
            return files.GONE.sentence
        if served.page is None:
            return served
        return replace(served, content=self._render(served.page, served.name.rpartition(".")[2]))


def _page(status: int, body: str) -> web.Response:
    text = (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Your file</title><style>{STYLE}</style>'
        f'<meta name="viewport" content="width=device-width"></head><body><main>{body}</main></body></html>'
    )
    return web.Response(status=status, text=text, content_type="text/html", headers=HEADERS)
