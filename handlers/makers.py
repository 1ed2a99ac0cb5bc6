"""Who decided, in words: two offices, or a committee where no officer could act (R17, R20).

A committee's decision carries its minute beside each maker: they recorded and confirmed it, the committee decided.
"""

from __future__ import annotations

from datetime import datetime

from handlers.desk import Desk
from policy.answers import Refusal
from policy.calendars import local_date, london_time, say_day
from policy.decisions import already_done
from policy.offices import Office, name_offices, title
from storage.records import Decision, Finding

COMMITTEE = "a committee of the council"
MINUTE = "minute"
"""The key beside a maker, and among a finding's answers, under which the minute's reference stands."""


def minute_ref(decision: Decision) -> str:
    """The reference of the minute a committee decided by; "" when two offices decided."""
    return next((one[MINUTE] for one in decision.makers if one.get(MINUTE)), "")


def offices_words(decision: Decision) -> str:
    """Who decided, without a name: for what is posted or published."""
    if minute_ref(decision):
        return COMMITTEE
    return name_offices(Office(one["office"]) for one in decision.makers)


def names_words(decision: Decision) -> str:
    """Who decided, by name and office of the time (R20)."""
    if ref := minute_ref(decision):
        wrote = " and ".join(dict.fromkeys(one["name"] for one in decision.makers))
        return f"{COMMITTEE}, minute {ref} (recorded and confirmed by {wrote})"
    return " and ".join(f"{one['name']} ({title(Office(one['office']))})" for one in decision.makers)


def finding_office(finding: Finding) -> str:
    """In which office a finding was signed, without a name."""
    return COMMITTEE if finding.answers.get(MINUTE) else name_offices((Office(finding.office),))


def finding_signer(desk: Desk, finding: Finding) -> str:
    """Who signed a finding, by name and office of the time; or which minute stands in their place."""
    name = desk.name(finding.colleague_id)
    if ref := finding.answers.get(MINUTE):
        return f"{COMMITTEE}, minute {ref} ({name} for the record)"
    return f"{name}, {title(Office(finding.office))}"


def decided_words(decision: Decision, now: datetime) -> Refusal:
    """What the later of two colleagues reads: "Already decided by … at 10:02." (R19)."""
    if not minute_ref(decision):
        offices = (Office(one["office"]) for one in decision.makers)
        return already_done("decided", offices, decision.decided_at, now)
    day = local_date(decision.decided_at)
    on = "" if day == local_date(now) else f" on {say_day(day)}"
    at = f"{london_time(decision.decided_at):%H:%M}"
    return Refusal("already_done", f"Already decided by {COMMITTEE}; its minute was confirmed at {at}{on}.")
