"""A browser at the address of a running program: it keeps its cookie and sends forms as the page's script does."""

from __future__ import annotations

import json
import re
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from bench.council import REPORT
from handlers.chat import FormValue
from tests.process.program import PATIENCE
from tests.town import PREFIX, Seen, words


class Browser:
    """One browser, acting as the colleague named."""

    def __init__(self, address: str, colleague: str) -> None:
        self._address = address
        self._web = build_opener(HTTPCookieProcessor(CookieJar()))
        self._token = ""
        page = self.load()
        found = [
            value
            for value, button in re.findall(
                r'name="colleague" value="([^"]+)"(.*?)</button>', page, re.DOTALL
            )
            if colleague in words(f"<{button}")
        ]
        assert found, f"{colleague} is not on the page"
        self._post("/local/act-as", [("colleague", found[0]), ("channel", "staff")])
        self.load()

    def load(self, channel: str = "") -> str:
        """The page of a channel."""
        with self._web.open(
            f"{self._address}/?{urlencode({'channel': channel})}", timeout=PATIENCE
        ) as answer:
            page: str = answer.read().decode()
        found = re.search(r'data-token="([0-9a-f]+)"', page)
        assert found is not None, page
        self._token = found[1]
        return page

    def report(self) -> Seen:
        """Report a threat, page by page; what is answered at the end."""
        seen = self._click("/local/command", [("text", "/incident")])
        while seen.kind == "form":
            answers = {name: REPORT.get(name, held) for name, held in seen.fields.items()}
            pairs = [*seen.hidden.items(), ("step", "submit")]
            for name, given in answers.items():
                pairs += [(PREFIX + name, one) for one in _each(given)]
            seen = self._click("/local/form", pairs)
        return seen

    def _click(self, path: str, pairs: list[tuple[str, str]]) -> Seen:
        answer = json.loads(self._post(path, [("channel", "staff"), *pairs]))
        return Seen(answer["kind"], answer.get("html", ""), answer.get("say", ""))

    def _post(self, path: str, pairs: list[tuple[str, str]]) -> str:
        body = urlencode([("token", self._token), *pairs]).encode()
        with self._web.open(self._address + path, body, timeout=PATIENCE) as answer:
            found: str = answer.read().decode()
            return found


def _each(given: FormValue | list[str]) -> tuple[str, ...]:
    """An answer as a browser sends it: one pair for each value."""
    if isinstance(given, bool):
        return ("yes",) if given else ()
    return (given,) if isinstance(given, str) else tuple(given)
