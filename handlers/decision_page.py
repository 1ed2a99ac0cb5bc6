"""The public record of one decision an officer took part in: one page that names nobody and quotes no case (R39).

The law asks for such a record (Openness of Local Government Bodies Regulations 2014) and leaves out what is
confidential: who the person is and what happened.
"""

from __future__ import annotations

from handlers.case_views import DECISION_WORDS, lasts_words
from handlers.casefile import CaseFile
from handlers.chat import Table
from handlers.makers import offices_words
from handlers.pages import Page, Section
from policy.calendars import local_date, say_day
from policy.catalogue import Measure
from storage.records import Decision

NOT_PUBLISHED = (
    "The reasons, the other options that were looked at and the evidence are on the council's file. They are not "
    "published, because they would show who the person is."
)
WHY = {
    "not_unacceptable": "The behaviour was looked at and found not to be unacceptable under the policy.",
    "interim": "The matter was an extreme case that could not wait for the second approval.",
}
UNACCEPTABLE = "The behaviour was looked at and found to be unacceptable under the policy."


def decision_page(file: CaseFile, decision: Decision) -> Page:
    """The record of a decision: kind, offices, dates and measures. Nothing that anybody typed is in it."""
    rows = [
        ("Decision", DECISION_WORDS.get(decision.kind, decision.kind)),
        ("Decided on", say_day(local_date(decision.decided_at))),
        ("Decided by", _sentence(offices_words(decision))),
        ("Under", "The council's unacceptable customer behaviour policy"),
    ]
    for restriction in file.restrictions:
        if restriction.decision_id == decision.id:
            known = {one.value: one.words for one in Measure}
            rows.append(("Measures", "; ".join(known[one] for one in restriction.measures if one in known)))
            rows.append(("Lasts until", lasts_words(restriction)))
    return Page(
        title="Record of a decision",
        council=file.desk.council.name,
        stated=file.desk.now,
        opening=("A record for the public of a decision that an officer of the council took part in.",),
        sections=(
            Section("The decision", (), None, (Table("The decision", ("What", "Answer"), tuple(rows)),)),
            Section("Reasons", (WHY.get(decision.kind, UNACCEPTABLE), NOT_PUBLISHED)),
            Section(
                "Interests",
                ("Colleagues who were a target of the behaviour, a witness or the person took no part.",),
            ),
        ),
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
