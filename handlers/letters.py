"""How a letter to the person is written: a template of its kind, the words every letter has, what a kind must supply.

One text is written once, when the letter is prepared; the preview, the e-mail, the Word file and the PDF are
made of it, so that they can't differ (R29).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from handlers.casefile import CaseFile
from handlers.desk import Turn
from handlers.letter_text import literal
from handlers.makers import minute_ref
from policy.answers import Problem, Refusal
from policy.calendars import say_day
from policy.decisions import Seat
from policy.notices import Method
from policy.offices import Office, title
from storage.records import Decision, Notice

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter's marked text (see `letter_text.py`) and what is wrong with it, if anything."""

    text: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose name stands under a letter, with the office."""

    name: str
    office: str


@dataclass(frozen=True, slots=True)
class LetterKind:
    """What one kind of letter must supply; the rest (form, preview, sending, coming back) is the same for all.

    The decision is None for a letter of a case that tells of none; `about` is the id of the appeal, the review or
    the earlier notice it is about, else "".
    """

    subject: str
    """What colleagues call it on cards, such as "Invitation to the review"."""

    may: Callable[[CaseFile, Decision | None, str, date], Refusal | None]
    """(file, decision, about, day): why this letter should not go to the person on that day, or None."""

    printed: Callable[[CaseFile, Decision | None, str, Method, date], date]
    """(file, decision, about, method, expected_on): the last date it promises, else the day it leaves."""

    write: Callable[[CaseFile, Decision | None, str, date, date], Letter]
    """(file, decision, about, printed, dated): its words; see `compose`."""

    sent: Callable[[Turn, CaseFile, Notice], None] = lambda *_: None
    """It is recorded as sent; `file` is read anew. What follows from that: dates, reminders."""

    returned: Callable[[Turn, CaseFile, Notice], None] = lambda *_: None
    """It came back, and is void; `file` is as it was before."""


def compose(
    file: CaseFile, template: str, subject: str, dated: date, signer: Signer, words: Mapping[str, object]
) -> str:
    """The text of a letter from `templates/TEMPLATE.txt.j2`, sent on the day `dated`.

    Every template has: council, dated, reference, person_name, subject, appeals_contact, signed_name,
    signed_office; and what `words` adds. Raises jinja2.UndefinedError for a word the template asks for in vain.
    """
    council = file.desk.council
    return (
        environment(file.desk.outside.templates, folder_of(council.name))
        .get_template(f"{template}.txt.j2")
        .render(
            council=council,
            dated=say_day(dated),
            reference=file.case.reference,
            person_name=file.person.name or "resident",
            subject=subject,
            appeals_contact=council.appeals_contact,
            signed_name=signer.name,
            signed_office=signer.office,
            **words,
        )
    )


def prepare_value(notice: Notice) -> str:
    """The value of the button that writes a letter again."""
    first = notice.decision_id or notice.case_id
    return (
        first if (notice.kind, notice.about) == ("decision", "") else f"{first}:{notice.kind}:{notice.about}"
    )


def signed_by_officer(decision: Decision) -> Signer:
    """The officer among those who made a decision, with name and office of the time; or its committee (R17, R20)."""
    if ref := minute_ref(decision):
        return Signer("A committee of the council", f"Minute {ref}")
    maker = next(m for m in decision.makers if m["seat"] == Seat.OFFICER)
    return Signer(maker["name"], title(Office(maker["office"])))


def folder_of(council: str) -> str:
    """What a council's folder is called: "Workington Town Council" is "workington-town-council"; "" without a name."""
    return re.sub(r"[^a-z0-9]+", "-", council.lower()).strip("-")


@lru_cache(maxsize=64)
def environment(own: str, council: str = "") -> Environment:
    """The templates; those in the folder `own` ("" for none) take the place of ours, the head apart.

    `council` is the folder in `own` of one council among several: its templates come first. Plain text, so nothing is
    escaped; `literal` keeps what was typed from being read as a heading or a list.
    """
    places = [Path(own, council)] if own and council else []
    places += [Path(own)] if own else []
    loader = ChoiceLoader([FileSystemLoader(place) for place in (*places, TEMPLATES)])
    return SandboxedEnvironment(
        loader=loader,
        autoescape=False,
        undefined=StrictUndefined,
        finalize=literal,
        keep_trailing_newline=True,
    )
