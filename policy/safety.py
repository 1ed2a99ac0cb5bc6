"""Safety: the police part of an urgent case, the days after an injury, the debrief (R8, R11, R47).

Whether a case is urgent is said by `behaviour.py`; these are the duties that follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from policy.answers import Problem, Refusal
from policy.calendars import Calendar, Day

OVER_THREE_DAYS = 4
OVER_SEVEN_DAYS = 8
RIDDOR_DAYS = 15
DEBRIEF_HOURS = 24


# --- the police part --------------------------------------------------------------------------------


class PoliceRoute(StrEnum):
    """How the police were told, or that they were not."""

    EMERGENCY = "999"
    NON_EMERGENCY = "101"
    ONLINE = "online"
    NOT_REFERRED = "not_referred"


POLICE_ROUTE_WORDS: dict[PoliceRoute, str] = {
    PoliceRoute.EMERGENCY: "Called 999",
    PoliceRoute.NON_EMERGENCY: "Called 101",
    PoliceRoute.ONLINE: "Reported online",
    PoliceRoute.NOT_REFERRED: "Not reported to the police",
}


@dataclass(frozen=True, slots=True)
class PolicePart:
    """The police part of a case. `log_number` may wait until the case closes."""

    route: PoliceRoute | None = None
    force: str = ""
    log_number: str = ""
    reason_not: str = ""


def check_police(part: PolicePart, *, closing: bool = False) -> tuple[Problem, ...]:
    """What is missing from the police part; with `closing`, all of it must be there (R8)."""
    if part.route is None:
        return (Problem("route", "unanswered", "Say how the police were told, or that they were not."),)
    if part.route is PoliceRoute.NOT_REFERRED:
        if part.reason_not.strip():
            return ()
        return (Problem("reason_not", "blank", "Say why this was not reported to the police."),)
    problems: list[Problem] = []
    if not part.force.strip():
        problems.append(Problem("force", "blank", "Say which police force."))
    if closing and not part.log_number.strip():
        sentence = "Give the police log number. If the police gave none, write “none given”."
        problems.append(Problem("log_number", "blank", sentence))
    return tuple(problems)


def police_refusal(urgent: bool, part: PolicePart | None) -> Refusal | None:
    """Why the case cannot close yet, or None: an urgent one needs its police part answered (R8)."""
    if not urgent or (part is not None and not check_police(part, closing=True)):
        return None
    return Refusal(
        "police_unanswered",
        "This case is urgent. Complete the police part before you close it: how the police were told, the "
        "force and the log number, or the reason for not telling them.",
    )


# --- injuries ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Injury:
    """An injury to a colleague.

    `physical` False means words alone: that raises nothing here (R11). `back_on` is the first day
    the colleague did normal work again. `still_unable` answers the question of day 8.
    """

    accident_on: date
    physical: bool
    back_on: date | None = None
    still_unable: bool | None = None


class InjuryDuty(StrEnum):
    """What an injury asks of the council."""

    RECORD = "record"
    ASK = "ask"
    REPORT = "report"


INJURY_WORDS: dict[InjuryDuty, str] = {
    InjuryDuty.RECORD: "Record this injury: the colleague could not do normal work for over three days.",
    InjuryDuty.ASK: "Is the colleague still unable to do normal work?",
    InjuryDuty.REPORT: "Report this injury to the Health and Safety Executive (RIDDOR).",
}


@dataclass(frozen=True, slots=True)
class InjuryFlag:
    """A duty that has arisen. `due` is set for the report only."""

    duty: InjuryDuty
    since: date
    due: Day | None = None


def riddor_due(accident_on: date, calendar: Calendar, days: int = RIDDOR_DAYS) -> Day:
    """Last day to report: 15 days after the accident, rolled back as a duty of the council (R11, R33)."""
    return calendar.council_duty(accident_on + timedelta(days=days))


def injury_flags(injury: Injury | None, today: date, calendar: Calendar) -> tuple[InjuryFlag, ...]:
    """The duties an injury has raised by today (R11).

    The day of the accident is day 0 and weekends count: on day 4 three whole days are over, on day 8
    seven. A colleague back at work by then raises nothing.
    """
    if injury is None or not injury.physical:
        return ()
    flags: list[InjuryFlag] = []
    if _reached(injury, OVER_THREE_DAYS, today):
        flags.append(InjuryFlag(InjuryDuty.RECORD, injury.accident_on + timedelta(days=OVER_THREE_DAYS)))
    if _reached(injury, OVER_SEVEN_DAYS, today):
        since = injury.accident_on + timedelta(days=OVER_SEVEN_DAYS)
        if injury.still_unable is None:
            flags.append(InjuryFlag(InjuryDuty.ASK, since))
        elif injury.still_unable:
            flags.append(InjuryFlag(InjuryDuty.REPORT, since, riddor_due(injury.accident_on, calendar)))
    return tuple(flags)


def _reached(injury: Injury, day_number: int, today: date) -> bool:
    day = injury.accident_on + timedelta(days=day_number)
    return today >= day and (injury.back_on is None or injury.back_on > day)


# --- the debrief ------------------------------------------------------------------------------------


def debrief_due(
    happened_at: datetime, violence_or_threat: bool, hours: int = DEBRIEF_HOURS
) -> datetime | None:
    """When to remind of a debrief, as aware UTC: 24 hours after violence or a threat, else None (R47).

    Elapsed hours, also across a clock change. ValueError when `happened_at` carries no offset.
    """
    if happened_at.tzinfo is None:
        raise ValueError("an instant needs an offset: local times have no place here")
    return happened_at.astimezone(UTC) + timedelta(hours=hours) if violence_or_threat else None
