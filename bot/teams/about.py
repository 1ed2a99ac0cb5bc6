"""The page behind "website", "privacy" and "terms" of the Teams app: Teams shows these links to every colleague."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.plain_page import page

_WORDS: Final = """\
<p>Civility runs a council’s unacceptable customer behaviour policy: reporting what happened, finding out what you
may do, deciding together, telling the person, appeals and reviews. It runs on the council’s own server.</p>
<h2 id="privacy">Privacy</h2>
<p>Civility keeps what colleagues report and decide in the council’s own database, encrypted. Names and stories stand
in forms and in answers only the asker can read; posted messages carry references only. From Teams it reads who writes
to it: their name, their Entra object id and whether they are a guest. It reads no other messages: only those written
to it, and one that a colleague chooses to report. Ask the council’s data protection officer what is kept about you.</p>
<h2 id="terms">Terms</h2>
<p>For colleagues of the council only. Every action, refusal and look-up is written in a log that cannot be changed
unnoticed. In an emergency call 999 first.</p>"""


async def about(_request: web.Request) -> web.Response:
    """`GET /about`."""
    return page(200, "Civility", _WORDS)
