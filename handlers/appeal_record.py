"""The appeals of a case as data: dates, offices, stages, outcomes. No name and no word anybody typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers import hearing
from handlers.appealed import OUTCOME, Appealed
from handlers.casefile import CaseFile
from policy.calendars import LONDON
from storage.records import Restriction


def appeal_data(file: CaseFile, appealed: Appealed) -> Mapping[str, Any]:
    """One appeal in time order: received, recorded, answers, reviewers, outcome. Instants carry London's offset."""
    one = appealed.record
    return {
        "decision": hearing.decision_of(file, appealed).kind,
        "received_at": _at(one.received_at),
        "received_by": one.received_by,
        "recorded_at": _at(one.recorded_at),
        "grounds": list(one.grounds),
        "late_by_days": one.late_days,
        "state": one.stage,
        "decide_by": hearing.decide_by(file, appealed).isoformat(),
        "reviewers": [
            {
                "office": picked.office,
                "assigned_at": _at(picked.assigned_at),
                "released_at": _at(picked.released_at),
                "released_why": picked.released_why,
            }
            for picked in appealed.picked
        ],
        "answers": [
            {
                "office": answer.office,
                "about": answer.about,
                "answer": answer.answer,
                "at": _at(answer.at),
                **({"terms": _terms(answer.terms)} if answer.about == OUTCOME and answer.terms else {}),
            }
            for answer in appealed.answers
        ],
        "outcome": one.outcome or None,
        "decided_at": _at(one.decided_at),
        "terms": _terms(one.terms) if one.terms else None,
        "closed_at": _at(one.closed_at),
    }


def pauses(restriction: Restriction) -> list[Mapping[str, Any]]:
    """When a restriction did not hold because of an appeal."""
    return [
        {"from": _at(one.starts_at), "lifted_at": _at(one.lifted_at), "until": _at(one.ends_at)}
        for one in restriction.pauses
    ]


def _terms(kept: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: kept.get(name) for name in ("measures", "ends_on", "review_on", "scope")}


def _at(moment: datetime | None) -> str | None:
    return moment.astimezone(LONDON).isoformat(timespec="seconds") if moment else None
