"""Who is told of a change of a case, and which signatures are waited for (R8, R13, R17, R20, R47).

Every message is one card a recipient, brought up to date in place. What it says and which buttons it has is
decided when it is sent, by the access rule at that moment; it carries the reference only (R41).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from handlers.casefile import CaseFile
from handlers.desk import COUNCILLORS, GOVERNANCE
from handlers.news import tell_news
from policy.calendars import at_clock
from policy.decisions import case_work_refusal
from policy.offices import Office
from storage.records import Decision

OPENS = time(9, 0)
"""When reminders of a day arrive, on the clocks of London."""


def morning(day: date) -> datetime:
    """The instant at which the reminders of a day arrive."""
    return at_clock(day, OPENS)


def case_card_key(case_id: str) -> str:
    """The card that follows a case for one colleague."""
    return f"case:{case_id}"


def decision_card_key(decision_id: str) -> str:
    """The card that follows a decision in a channel."""
    return f"decision:{decision_id}"


def tell_case(file: CaseFile, also: Iterable[str] = (), *, new: bool = False) -> None:
    """Bring everybody's card of this case up to date; post it to those who act next and have none yet.

    Who reported it and whom it was aimed at read of each new step in a message of its own (R47).

    Nobody has a card of a `new` case.
    """
    ids = {"case": file.case.id}
    key = case_card_key(file.case.id)
    if not new:
        file.desk.uow.outbox.refresh(key, "case.card", ids)
    tell_news(file)
    acting = {a.colleague_id for a in file.seats.everybody} | set(also)
    for colleague_id in sorted(acting):
        file.desk.tell(colleague_id, "case.card", ids, card_key=key, once=f"case:{file.case.id}")


def ask_for_findings(file: CaseFile, *, new: bool) -> None:
    """Ping both seats (R13), the deputy too when it is urgent (R8), and confirm to the reporters (R47)."""
    reporters = set(file.parties.reporters)
    tell_case(file, also=reporters | (_deputies(file) if file.case.urgent else set()), new=new)
    if new:
        remind_signatures(file, "finding.awaited")
        file.desk.tell(GOVERNANCE, "case.opened", {"case": file.case.id}, once=f"opened:{file.case.id}")


def remind_signatures(file: CaseFile, kind: str) -> None:
    """A reminder for the morning a signature becomes overdue (R17, R40); what it says is computed then."""
    due = morning(file.due_on)
    proposal = file.open_proposal
    version = str(proposal.version) if proposal else "0"
    about = proposal.id if proposal else file.case.id
    file.desk.uow.reminders.add(
        due,
        kind,
        file.case.id,
        ids={"version": version, "proposal": about},
        dedup_key=f"{kind}:{about}:{version}",
    )


def tell_decision(file: CaseFile, decision: Decision) -> None:
    """Councillors learn that a decision was made, its reference, kind and dates; no name and no story (R34)."""
    ids = {"decision": decision.id}
    key = decision_card_key(decision.id)
    file.desk.tell(COUNCILLORS, "decision.notice", ids, card_key=key, once=key)


def refresh_decision(file: CaseFile, decision: Decision) -> None:
    """The decision's dates became known or changed."""
    file.desk.uow.outbox.refresh(decision_card_key(decision.id), "decision.notice", {"decision": decision.id})


def workers(file: CaseFile, *, at_once: bool = False) -> tuple[str, ...]:
    """Who is asked to do something in a case: whoever sits in the officer's seat, the Chair when nobody may.

    `at_once`: the deputy is asked beside the chief officer (R8).
    """
    desk = file.desk
    asked = [one.colleague_id for one in file.seats.officer]
    if at_once:
        asked += sorted(_deputies(file))
    if not asked:
        asked = [one.colleague_id for one in file.seats.chair]
    allowed = (
        one for one in asked if case_work_refusal(one, desk.register, file.parties, desk.today) is None
    )
    return tuple(dict.fromkeys(allowed))


def _deputies(file: CaseFile) -> set[str]:
    holders = file.desk.register.holders(Office.DEPUTY_CHIEF_OFFICER, file.desk.today)
    return {h for h in holders if file.free(h)}
