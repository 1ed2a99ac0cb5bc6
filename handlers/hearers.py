"""Who hears an appeal: who may and may not, whose answer counts, who makes room for whom (R36)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from handlers.appealed import Appealed
from handlers.casefile import CaseFile
from handlers.desk import Desk
from policy.answers import Refusal
from policy.appeal_stages import AppealStage
from policy.calendars import local_date
from policy.committee import MinuteState
from policy.decisions import conflict
from policy.offices import COUNCILLOR_OFFICES, Office
from policy.reviewers import (
    NOT_SPLIT,
    NOT_SPLIT_LONG,
    Parties,
    SplitChange,
    Suggestion,
    reviewer_refusal,
    split_change,
    suggested_reviewers,
)

TOOK_PART = "reviewer_took_part"
"""The policy's code for somebody who has a part in the case."""
NOT_REVIEWER = Refusal(
    "not_reviewer",
    "Only the two councillors who hear this appeal may do this. Open the case to see who they are.",
)


def parties_of(file: CaseFile, appealed: Appealed | None = None) -> Parties:
    """Everybody whose part in the case bars them from its appeal (R36); signatures of any time count.

    With the appeal itself, those who heard it before and could not agree.
    """
    person = file.parties.person
    return Parties(
        investigated=frozenset(f.colleague_id for f in file.findings)
        | frozenset(p.drafted_by for p in file.proposals),
        approved=frozenset(a.colleague_id for a in file.approvals)
        | frozenset(one.colleague_id for one in file.fresh)
        | frozenset(who for one in file.minutes if one.state != MinuteState.SET_ASIDE for who in one.present),
        reported=file.parties.reporters,
        targets=file.parties.targets,
        witnesses=file.parties.witnesses,
        is_the_person=frozenset({person} if person else ()),
        interested=file.parties.interested,
        heard=appealed.could_not_agree if appealed else frozenset(),
    )


def councillors(desk: Desk) -> Mapping[str, frozenset[Office]]:
    """Everybody in office today, with their offices, as the policy's register of reviewers."""
    return {one.id: desk.offices(one.id) for one in desk.by_name if desk.offices(one.id)}


def candidates(file: CaseFile, appealed: Appealed) -> tuple[Suggestion, ...]:
    """Every councillor: those who may hear it, the Mayor first, then those who may not, with the reason."""
    return suggested_reviewers(bench(file, appealed), parties_of(file, appealed))


def bench(file: CaseFile, appealed: Appealed) -> Mapping[str, frozenset[Office]]:
    """Everybody in office today, and a reviewer who answered in office and left it since.

    That answer stays (R20), so the other place must be one that can be filled beside it.
    """
    now, gone = councillors(file.desk), unable(file, appealed)
    left = {
        one.colleague_id: frozenset({Office(one.office)})
        for one in appealed.reviewers
        if one.colleague_id not in gone and not now.get(one.colleague_id, frozenset()) & COUNCILLOR_OFFICES
    }
    return {**now, **left}


def split_until(file: CaseFile, appealed: Appealed) -> date | None:
    """The day from which others may hear it, while its reviewers do not agree; else None."""
    since = appealed.split_since if appealed.stage is AppealStage.SPLIT else None
    days = file.desk.settings.appeal_split_working_days
    return file.desk.calendar.add_working_days(local_date(since), days) if since else None


def others_for(file: CaseFile, appealed: Appealed) -> SplitChange | Refusal:
    """Whose places are taken by whom when the reviewers can't agree, or why nobody's is now (R36)."""
    until = split_until(file, appealed)
    if until is None:
        return NOT_SPLIT
    if file.desk.today < until:
        return NOT_SPLIT_LONG
    present = tuple(Suggestion(one.colleague_id, Office(one.office)) for one in appealed.reviewers)
    register = councillors(file.desk)
    away = absent(file.desk, register)
    here = {id: held for id, held in register.items() if id not in away}
    return split_change(present, here, parties_of(file, appealed))


def absent(desk: Desk, ids: Iterable[str]) -> frozenset[str]:
    """Who of these is away today."""
    return frozenset(one for one in ids if desk.register.is_absent(one, desk.today))


def unable(file: CaseFile, appealed: Appealed) -> Mapping[str, str]:
    """The present reviewers who can't hear it (any more) with the reason as a code: took part, left office, away.

    Of the last two, one who has answered is waited for no more, unless the answers differ.
    """
    desk, parties = file.desk, parties_of(file)
    done = appealed.last_answers() if appealed.stage is AppealStage.WITH_REVIEWERS else {}
    found = {}
    for one in appealed.reviewers:
        refusal = reviewer_refusal(one.colleague_id, desk.offices(one.colleague_id), parties)
        if one.colleague_id in done and (refusal is None or refusal.code != TOOK_PART):
            continue
        if refusal is not None:
            found[one.colleague_id] = refusal.code
        elif desk.register.is_absent(one.colleague_id, desk.today):
            found[one.colleague_id] = "away"
    return found


def barred(file: CaseFile, appealed: Appealed) -> frozenset[str]:
    """The reviewers whose answers count for nothing, because it turned out that they took part in the case.

    One who left office after answering answered in office: that signature stays (R20).
    """
    return frozenset(who for who, why in unable(file, appealed).items() if why == TOOK_PART)


def review_refusal(file: CaseFile, appealed: Appealed, colleague_id: str) -> Refusal | None:
    """Why this colleague may not decide the appeal at this moment, or None (R18, R36)."""
    if own := conflict(colleague_id, file.parties):
        return own
    if colleague_id not in {one.colleague_id for one in appealed.reviewers}:
        return NOT_REVIEWER
    return reviewer_refusal(colleague_id, file.desk.offices(colleague_id), parties_of(file))
