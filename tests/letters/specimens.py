"""A letter of every kind, written from its template with words as a council writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import SimpleNamespace

from jinja2 import meta

from handlers.letters import TEMPLATES, environment
from handlers.templates_check import ENDING, HEAD, SHARED
from storage.records import Notice

NAME = "Alex Marsden"
STREET = "12 Pow Street\nAmbleford\nCumbria\nCA14 2ED"
REASON = (
    "On Monday 12 October 2026 you shouted at a colleague at the front desk for ten minutes, used insulting words and "
    "did not stop when asked. Two colleagues had to close the desk for the rest of the morning."
)
OPEN = (
    "Emergencies, and anything about the safety of a child or an adult: always contact us or call 999.",
    "Requests for information under the Freedom of Information Act, and requests to see your own data.",
    "Meetings of the council that are open to the public.",
    "Your Member of Parliament, and the council’s Monitoring Officer.",
)
WORDS: Mapping[str, object] = {
    "council": SimpleNamespace(name="Sample Town Council", address="Town Hall\n1 High Street\nAmbleford CA14 1AA"),
    "dated": "Wednesday 14 October 2026",
    "reference": "INC-2026-0001",
    "person_name": NAME,
    "subject": "Limits on your contact with the council",
    "appeals_contact": "The Town Clerk, Town Hall, Ambleford CA14 1AA, or appeals@sample-council.example",
    "signed_name": "Dana Okoro",
    "signed_office": "Chief Officer",
    "instead": "It takes the place of our decision of 1 September 2026.",
    "why": REASON,
    "action": ("You may contact the council in writing only.", "Please write to the Town Clerk."),
    "time_limit": "Until the end of Friday 16 April 2027.",
    "appeal": "You can appeal by 11.59pm on Friday 30 October 2026.",
    "always_open": OPEN,
    "received": "Tuesday 20 October 2026",
    "decision": "our decision of 14 October 2026",
    "decided": ("The appeal is upheld in part.", "The limits stay, for a shorter time."),
    "reasons": REASON,
    "next": ("This is the end of the council’s own procedure.",),
    "since": "Wednesday 21 October 2026",
    "now": ("Two councillors who took no part in the decision look at your appeal.",),
    "decide_by": "Tuesday 17 November 2026",
    "earlier": "Wednesday 14 October 2026",
    "changed": ("The last day for an appeal.", "The name of the colleague to write to."),
    "corrected": ("The last day for an appeal is Friday 6 November 2026.",),
    "told": "Wednesday 14 October 2026",
    "due": "Friday 16 April 2027",
    "comment_before": "Friday 2 April 2027",
    "ended": "Friday 16 April 2027",
    "fact": "On 14 October 2026 you raised your fist at the desk and said “you will be sorry”.",
    "advice": "Meet in pairs, at the front desk.",
}  # fmt: skip
KINDS = tuple(
    sorted(
        path.name.removesuffix(ENDING)
        for path in TEMPLATES.glob(f"*{ENDING}")
        if path.name != HEAD and path.name.removesuffix(ENDING) not in SHARED
    )
)


def letter(kind: str, method: str = "first-class", **changes: object) -> Notice:
    """The letter of one template, as it is recorded. A word without a sample here gets a sentence."""
    templates = environment("")
    source = (TEMPLATES / f"{kind}{ENDING}").read_text(encoding="utf-8")
    asked = dict.fromkeys(meta.find_undeclared_variables(templates.parse(source)), ("A sentence of it.",))
    text = templates.get_template(f"{kind}{ENDING}").render({**asked, **WORDS, **changes})
    return Notice(
        id="n",
        case_id="c",
        decision_id="d",
        version=1,
        state="ready",
        method=method,
        expected_on=date(2026, 10, 14),
        printed_close=date(2026, 10, 30),
        prepared_by="p",
        prepared_at=datetime(2026, 10, 14, 9, tzinfo=UTC),
        address="alex@marsden.example" if method == "email" else STREET,
        text=text,
    )
