"""What is known of an injury of a case, from its report and the entries after it (R11); and of a course of conduct."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from handlers.casefile import CaseFile
from handlers.chat import Button
from handlers.desk import Desk
from policy.calendars import say_day
from policy.conduct import Occasion, course_of_conduct
from policy.conflicts import ConflictReason
from policy.safety import OVER_SEVEN_DAYS, OVER_THREE_DAYS, Injury, InjuryDuty, injury_flags, riddor_due
from storage.filed import Entry
from storage.records import Incident

INJURY, LEGAL = "injury", "legal"
"""The kinds of entry."""
RECORDED, BACK, UNABLE, ABLE = "recorded", "back", "unable", "able"
"""What an entry about an injury says."""


def hurt(file: CaseFile) -> tuple[Incident, ...]:
    """The reports in which a colleague was hurt; words alone hurt nobody in this sense (R11)."""
    return tuple(one for one in file.standing if one.injury == "physical")


def injury_of(file: CaseFile, incident: Incident) -> Injury:
    """The injury as the policy reads it: the latest word about each thing counts."""
    said = _entries(file, incident)
    back = next((one.words.get("back_on") for one in reversed(said) if one.code == BACK), None)
    answer = next((one.code for one in reversed(said) if one.code in (UNABLE, ABLE)), None)
    return Injury(
        incident.happened_on,
        physical=True,
        back_on=date.fromisoformat(back) if back else None,
        still_unable=answer == UNABLE if answer else None,
    )


def in_accident_book(file: CaseFile, incident: Incident) -> bool:
    """Whether somebody wrote down that it is recorded there."""
    return any(one.code == RECORDED for one in _entries(file, incident))


def report_by(desk: Desk, incident: Incident) -> date:
    """The last day to report the injury to the Health and Safety Executive."""
    return riddor_due(incident.happened_on, desk.calendar, desk.settings.riddor_days).value


def owes(file: CaseFile, incident: Incident) -> frozenset[InjuryDuty]:
    """What the injury asks for today and nobody has done."""
    flags = injury_flags(injury_of(file, incident), file.desk.today, file.desk.calendar)
    done = {InjuryDuty.RECORD} if in_accident_book(file, incident) else set()
    return frozenset(one.duty for one in flags) - done


def day4(file: CaseFile, ids: Mapping[str, str]) -> str:
    """What the reminder of day 4 says; "" once it is recorded, or somebody was back before."""
    incident = _about(file, ids)
    if incident is None or InjuryDuty.RECORD not in owes(file, incident):
        return ""
    return (
        f"A colleague was hurt on {say_day(incident.happened_on)}. If they could not do their normal work for "
        f"more than {OVER_THREE_DAYS - 1} days, record the injury in the accident book."
    )


def day8(file: CaseFile, ids: Mapping[str, str]) -> str:
    """The question of day 8; "" once it is answered."""
    incident = _about(file, ids)
    if incident is None or InjuryDuty.ASK not in owes(file, incident):
        return ""
    return (
        f"A colleague was hurt on {say_day(incident.happened_on)}. Are they still unable to do their normal work, "
        f"more than {OVER_SEVEN_DAYS - 1} days later? If so, report it to the Health and Safety Executive "
        f"(RIDDOR) by {say_day(report_by(file.desk, incident))}."
    )


def day4_buttons(_: CaseFile, ids: Mapping[str, str]) -> tuple[Button, ...]:
    """What can be pressed on day 4."""
    return (Button("injury.recorded", "It is in the accident book", ids["incident"], style="primary"),)


def day8_buttons(_: CaseFile, ids: Mapping[str, str]) -> tuple[Button, ...]:
    """The two answers of day 8."""
    return (
        Button("injury.unable", "Yes, still unable", ids["incident"], style="primary"),
        Button("injury.able", "No, back at normal work", ids["incident"]),
    )


def advice_due(file: CaseFile) -> bool:
    """Whether two incidents of this person were aimed at one colleague, and no advice was recorded since (R14).

    Two records are one person once they are merged, or both say which councillor it is; advice taken before that was
    known speaks of one case alone.
    """
    uow = file.desk.uow
    records = {one.id for one in file.records}
    if file.person.colleague_id is not None:
        records |= {one.id for one in uow.people.of_colleague(file.person.colleague_id)}
    cases = {case.id for one in sorted(records) for case in uow.cases.of_person(one)}
    others = [one for case in sorted(cases - {file.case.id}) for one in uow.incidents.of_case(case)]
    everything = [one for one in (*file.incidents, *others) if one.withdrawn_at is None]
    found = course_of_conduct(
        Occasion(one.happened_on, one.happened_at, frozenset(one.target_ids)) for one in everything
    )
    aimed = [one for one in everything if found & set(one.target_ids)]
    own = [one for one in file.standing if found & set(one.target_ids)]
    if not own:
        return False
    advised = max((one.recorded_at for one in file.entries if one.kind == LEGAL), default=None)
    if advised is None:
        return True
    known = [one.reported_at for one in aimed]
    if any(one.case_id != file.case.id for one in aimed):
        known += _joined_at(file, records)
    return advised < max(known)


def _joined_at(file: CaseFile, records: set[str]) -> list[datetime]:
    """When it became known that several records are of one person."""
    uow = file.desk.uow
    merges = (merge for one in records for merge in uow.merges.about(one) if merge.state == "merged")
    found = [merge.settled_at for merge in merges if merge.settled_at is not None]
    if file.person.colleague_id is not None:
        said = (line for one in records for line in uow.log.lines(one))
        found += [line.at for line in said if line.detail.get("councillor") == "yes"]
        found += [one.recorded_at for one in file.conflicts if one.reason == ConflictReason.PERSON]
    return found


def _entries(file: CaseFile, incident: Incident) -> list[Entry]:
    return [one for one in file.entries if one.kind == INJURY and one.about == incident.id]


def _about(file: CaseFile, ids: Mapping[str, str]) -> Incident | None:
    return next((one for one in hurt(file) if one.id == ids.get("incident")), None)
