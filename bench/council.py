"""A council to measure: the sample one, on a database of its own, driven through the journeys' one entrance."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.app import Civility, utc_now
from bot.sample import sample_council
from bot.seed import seed
from bot.settings import Settings
from handlers.chat import Command, FormValue, OpenForm, Press, Reply, Request, Response, Sender, Submission
from handlers.forms import shown
from policy.calendars import local_date
from storage.mainkey import new_key_text

REPORT: Mapping[str, FormValue] = {
    "person_is": "member_of_public",
    "person_name": "Alex Marsden",
    "person_contact": "alex.marsden@example.com, 01632 960123",
    "happened_at": "00:01",
    "channel": "in_person_office",
    "place": "front desk",
    "category": "aggressive_or_abusive",
    "what_happened": "He leaned over the counter, raised his fist and said: “You will be sorry tonight.” "
    * 3,
    "examples": ("A2",),
    "warning": "not_given",
    "offence": "unsure",
    "injury": "none",
    "no_warning_reason": "physical_threat",
    "offence_words": "A threat of violence.",
}


class Measured:
    """The sample council and one member of staff who clicks."""

    def __init__(self, civility: Civility, council_id: str) -> None:
        self.civility, self.council_id = civility, council_id
        with civility.store.read(council_id) as uow:
            self.staff = {one.name: one.id for one in uow.colleagues.all()}

    def ask(self, who: str, what: Command | Press | Submission) -> Response:
        """One click, answered and committed."""
        sender = Sender("local", "local", self.staff[who], who)
        return self.civility.routes.answer(Request(sender, what, private=True))

    def last_page(self, who: str) -> Submission:
        """A report filled in up to its last page: sending that page is what is measured."""
        opened = self.ask(who, Command(""))
        while isinstance(opened, OpenForm):
            raw: dict[str, object] = {
                field.name: REPORT.get(field.name, field.initial or "")
                for field in shown(opened.form, opened.page, opened.values)
            }
            sent = Submission(opened.form.id, opened.form.context, opened.form.nonce, opened.page, raw)
            if opened.page == len(opened.form.pages) - 1:
                return sent
            opened = self.ask(who, sent)
        raise RuntimeError(f"The report could not be filled in: {opened}")

    def report(self, who: str, sent: Submission) -> None:
        """Send the last page. RuntimeError when it was not taken."""
        answer = self.ask(who, sent)
        if not isinstance(answer, Reply):
            raise RuntimeError(f"The report was not taken: {answer}")


@contextmanager
def measured(database_url: str = "") -> Iterator[Measured]:
    """A fresh council, on a SQLite file that is removed afterwards unless a database is named."""
    with tempfile.TemporaryDirectory(prefix="civility-bench-") as folder:
        url = database_url or f"sqlite:///{Path(folder, 'civility.db').as_posix()}"
        settings = Settings(database_url=url, civility_data=Path(folder), civility_key=new_key_text())
        civility = Civility(settings)
        try:
            civility.store.migrate()
            council_id = seed(civility.store, sample_council(local_date(utc_now())), "local", utc_now)
            yield Measured(civility, council_id)
        finally:
            civility.close()
