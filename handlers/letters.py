"""The words of a notice to the person (R25, R29): one template, so that a preview is exactly what is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from handlers.casefile import CaseFile
from handlers.proposal_form import from_record, proposed
from policy.answers import Problem
from policy.calendars import add_months, say_day
from policy.notice_words import (
    ROUTES_ALWAYS_OPEN,
    NoticeParts,
    appeal_words,
    check_parts,
    interim_limit_words,
    loaded_words,
    time_limit_words,
    warning_limit_words,
)
from policy.notices import AppealClose
from policy.offices import Office, title
from policy.restriction_words import notice_sentences
from storage.records import Decision

WARNING_ACTION = (
    "This is a warning. Please change the behaviour described above.",
    "If it happens again, we may limit how you contact the council.",
)
SUBJECTS = {
    "restriction": "Limits on your contact with the council",
    "interim": "Urgent interim limits on your contact with the council",
    "warning": "A warning about behaviour towards the council",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice's text and what is wrong with it, if anything."""

    text: str
    problems: tuple[Problem, ...]


def write_notice(file: CaseFile, decision: Decision, close: AppealClose, dated: date) -> Letter:
    """The notice of a decision, to be sent on the day `dated`; `close` is the date it promises (R32)."""
    parts, action = _parts(file, decision)
    desk = file.desk
    signer = next(m for m in decision.makers if m["seat"] == "officer")
    text = _template().render(
        council=desk.council,
        dated=say_day(dated),
        reference=file.case.reference,
        person_name=file.person.name or "resident",
        subject=SUBJECTS[decision.kind],
        why=parts.why,
        action=action,
        time_limit=parts.time_limit,
        appeal=appeal_words(close),
        appeals_contact=desk.council.appeals_contact,
        always_open=ROUTES_ALWAYS_OPEN,
        signed_name=signer["name"],
        signed_office=title(Office(signer["office"])),
    )
    why_problems = loaded_words(parts.why)
    return Letter(text, (*check_parts(parts), *why_problems))


def _parts(file: CaseFile, decision: Decision) -> tuple[NoticeParts, tuple[str, ...]]:
    """The three parts that can't be blank (R29)."""
    if decision.kind == "warning":
        reasons = [f.answers.get("reasons", "") for f in file.by_seat.values()]
        why = "\n\n".join(dict.fromkeys(r for r in reasons if r))
        last = max(i.happened_on for i in file.standing)
        action: tuple[str, ...] = WARNING_ACTION
        until = add_months(last, file.desk.settings.warning_live_months)
        return NoticeParts(why, " ".join(action), warning_limit_words(until)), action
    restriction = next(r for r in file.restrictions if r.decision_id == decision.id)
    content = from_record(restriction.content)
    draft = proposed(file.desk, content)
    action = notice_sentences(draft)
    lapses = None if restriction.confirmed_at else restriction.interim_lapses_on
    if lapses:
        limit = interim_limit_words(lapses, restriction.ends_on, restriction.review_on)
    else:
        limit = time_limit_words(restriction.ends_on, restriction.review_on)
    return NoticeParts(draft.case_for, " ".join(action), limit), action


@lru_cache(maxsize=1)
def _template() -> Template:
    """Loaded once; plain text, so nothing is escaped and nothing typed is read as markup."""
    folder = Path(__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=False,  # noqa: S701 - a plain-text letter
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template("notice.txt.j2")
