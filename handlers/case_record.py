"""A case as data: states, offices, dates and what is computed from them. No name and no word anybody typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.after_decision import correction_data, review_data, warning_data
from handlers.appeal_record import appeal_data, pauses
from handlers.case_views import what_next
from handlers.casefile import CaseFile
from handlers.contact import dates_of
from handlers.flags import flags
from handlers.injuries import LEGAL, advice_due, hurt, owes, report_by
from handlers.makers import minute_ref
from policy.calendars import LONDON
from policy.restrictions import in_force
from storage.records import Decision, Notice, Restriction
from storage.to_do import Task

Data = Mapping[str, Any]


def record(file: CaseFile) -> dict[str, Any]:
    """Everything computed at this moment, ready for JSON. Days are ISO dates, instants carry London's offset.

    `notified_on` and `appeal_closes_at` are those of the latest decision that is not an interim one (of the
    interim one while there is no other); None while the person is not notified.
    """
    decision = file.final_decision or file.decision
    told = file.told_on(decision) if decision else None
    close = file.appeal_close(decision) if decision else None
    return {
        "reference": file.case.reference,
        "state": file.stage.value,
        "urgent": file.case.urgent,
        "version": file.case.version,
        "opened_at": _at(file.case.opened_at),
        "closed_at": _at(file.case.closed_at),
        "withdrawn_at": _at(file.case.withdrawn_at),
        "next_step": what_next(file),
        "incidents": [
            {
                "happened_on": i.happened_on.isoformat(),
                "category": i.category,
                "examples": list(i.examples),
                "reported_at": _at(i.reported_at),
                "withdrawn_at": _at(i.withdrawn_at),
            }
            for i in file.incidents
        ],
        "findings": [
            {
                "office": f.office,
                "seat": f.seat,
                "finding": f.kind,
                "signed_at": _at(f.signed_at),
                "replaced_at": _at(f.replaced_at),
            }
            for f in file.findings
        ],
        "proposals": [
            {"version": p.version, "kind": p.kind, "state": p.state, "drafted_at": _at(p.drafted_at)}
            for p in file.proposals
        ],
        "approvals": [
            {
                "version": a.version,
                "office": a.office,
                "seat": a.seat,
                "answer": a.answer,
                "at": _at(a.at),
            }
            for a in file.approvals
        ],
        "decisions": [_decision(file, one) for one in file.decisions],
        "notified_on": told.value.isoformat() if told else None,
        "appeal_closes_at": _at(close.at) if close else None,
        "provisional": bool((told and told.provisional) or (close and close.provisional)),
        "appeals": [appeal_data(file, one) for one in file.appeals],
        "restrictions": [_restriction(file, one) for one in file.restrictions],
        "notices": [_notice(file, one) for one in file.notices],
        "messages": [
            {
                "channel": m.channel,
                "received_on": m.received_on.isoformat(),
                "received_at": m.received_at.isoformat("minutes") if m.received_at else None,
                "read_at": _at(m.read_at),
                "opened": [_task(file, one) for one in file.tasks if one.about == m.id],
            }
            for m in file.messages
        ],
        "tasks": [_task(file, one) for one in file.tasks],
        "reviews": review_data(file),
        "corrections": correction_data(file),
        "warnings": warning_data(file),
        "police": [{"referred": one.referred, "recorded_at": _at(one.recorded_at)} for one in file.police],
        "injuries": [
            {
                "happened_on": one.happened_on.isoformat(),
                "owed": sorted(owes(file, one)),
                "report_by": report_by(file.desk, one).isoformat(),
            }
            for one in hurt(file)
        ],
        "legal": [
            {"recorded_at": _at(one.recorded_at), "given": sorted(one.words)}
            for one in file.entries
            if one.kind == LEGAL
        ],
        "course_of_conduct": advice_due(file),
        **people(file),
    }


def people(file: CaseFile) -> Data:
    """What is recorded about the person and of those who take no part, as ids and codes would say it (R10, R46)."""
    uow = file.desk.uow
    return {
        "person_identified": file.person.identified,
        "person_is_councillor": file.person.colleague_id is not None,
        "person_records": len(file.records),
        "referrals": [
            {"to": "monitoring_officer", "referred_on": one.referred_on.isoformat()}
            for one in uow.referrals.of_case(file.case.id)
        ],
        "conflicts": [
            {"reason": one.reason, "recorded_at": _at(one.recorded_at), "lifted_at": _at(one.lifted_at)}
            for one in file.conflicts
        ],
        "minutes": [
            {
                "resolution": one.resolution,
                "state": one.state,
                "met_on": one.met_on.isoformat(),
                "present": len(one.present),
                "recorded_at": _at(one.recorded_at),
                "settled_at": _at(one.settled_at),
            }
            for one in file.minutes
        ],
        "flags": [
            {"decision": one.decision.kind, "office": one.signed.office.value, "seat": one.signed.seat.value}
            for one in flags(file)
        ],
        "signed_afresh": [
            {"office": one.office, "seat": one.seat, "answer": one.answer, "at": _at(one.at)}
            for one in file.fresh
        ],
    }


def _decision(file: CaseFile, decision: Decision) -> Data:
    told, close = file.told_on(decision), file.appeal_close(decision)
    return {
        "decision": decision.kind,
        "decided_at": _at(decision.decided_at),
        "decided_by": ["committee"] if minute_ref(decision) else [m["office"] for m in decision.makers],
        "proposal_version": decision.proposal_version,
        "notified_on": told.value.isoformat() if told else None,
        "appeal_closes_at": _at(close.at) if close else None,
    }


def _restriction(file: CaseFile, restriction: Restriction) -> Data:
    answer = in_force(dates_of(restriction), file.desk.now)
    return {
        "measures": list(restriction.measures),
        "scope": restriction.scope,
        "in_force": bool(answer),
        "reason": answer.reason.value,
        "starts_at": _at(restriction.starts_at),
        "until": _at(answer.until),
        "ends_on": restriction.ends_on.isoformat() if restriction.ends_on else None,
        "review_on": restriction.review_on.isoformat() if restriction.review_on else None,
        "interim_lapses_on": restriction.interim_lapses_on.isoformat()
        if restriction.interim_lapses_on
        else None,
        "confirmed_at": _at(restriction.confirmed_at),
        "ended_at": _at(restriction.ended_at),
        "pauses": pauses(restriction),
    }


def _notice(file: CaseFile, notice: Notice) -> Data:
    return {
        "letter": notice.kind,
        "version": notice.version,
        "state": notice.state,
        "method": notice.method,
        "expected_on": notice.expected_on.isoformat(),
        "printed_close": notice.printed_close.isoformat(),
        "sent": [
            {"method": d.method, "at": d.sent_local.isoformat(), "returned_at": _at(d.bounced_at)}
            for d in file.dispatches.get(notice.id, ())
        ],
    }


def _task(file: CaseFile, task: Task) -> Data:
    return {
        "kind": task.kind,
        "asked_at": _at(task.asked_at),
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "provisional": task.due_on is not None and file.desk.calendar.is_provisional(task.due_on),
        "done_at": _at(task.done_at),
    }


def _at(moment: datetime | None) -> str | None:
    return moment.astimezone(LONDON).isoformat(timespec="seconds") if moment else None
