"""Making a decision: who may press what, and what a refused press is told (R13-R19).

Who is asked is worked out in `seats.py`, which signatures count in `signatures.py`; this page judges
presses. A press is checked at its moment against the register, never against what the button carried.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from policy.answers import Refusal
from policy.calendars import local_date, london_time, say_day
from policy.offices import Office, Register, Seat, name_offices
from policy.seats import (
    CHAINS,
    Asked,
    Parties,
    Seats,
    asked,
    conflict,
    is_overdue,
    late,
    overdue_from,
    pick,
    seat_for,
    who_may_act,
)
from policy.settings import PolicySettings
from policy.signatures import Approval, SignedFinding, effective, standing

__all__ = [
    "Approval",
    "Asked",
    "ConfirmFirst",
    "Parties",
    "Seat",
    "Seats",
    "SignedFinding",
    "already_done",
    "approve_check",
    "asked",
    "case_work_refusal",
    "conflict",
    "effective",
    "interim_check",
    "interim_confirm_check",
    "is_overdue",
    "late",
    "minute_refusal",
    "overdue_from",
    "refusals_alert",
    "seat_for",
    "stale",
    "standing",
    "who_may_act",
]

REFUSALS_ALERT = 3


@dataclass(frozen=True, slots=True)
class ConfirmFirst:
    """Allowed, but only after the colleague has read this and said yes."""

    sentence: str


# --- who may press ----------------------------------------------------------------------------------


def approve_check(
    colleague_id: str,
    register: Register,
    parties: Parties,
    today: date,
    overdue: frozenset[str],
    settings: PolicySettings,
    *,
    mayor_confirmed: bool = False,
) -> Asked | Refusal | ConfirmFirst:
    """In which seat this colleague may approve or reject a proposal now, or why not (R15, R17, R18).

    The Mayor may press before being asked, in the Chair's seat, once `mayor_confirmed`: it bars the Mayor
    from the appeal.
    """
    seats = asked(register, parties, today, overdue, settings)
    answer = pick(colleague_id, parties, seats, settings.approvals_needed)
    if isinstance(answer, Asked) or Seat.CHAIR not in settings.approvals_needed:
        return answer
    return _mayor_early(colleague_id, register, parties, today, mayor_confirmed) or answer


def _mayor_early(
    colleague_id: str, register: Register, parties: Parties, today: date, confirmed: bool
) -> Asked | ConfirmFirst | None:
    if conflict(colleague_id, parties) or colleague_id not in register.holders(Office.MAYOR, today):
        return None
    if confirmed:
        return Asked(colleague_id, Office.MAYOR, Seat.CHAIR, "Chose to act before being asked.")
    return ConfirmFirst(
        "The Mayor is kept free for the appeal, and others can still act here. If you act on this case now, "
        "you cannot hear an appeal about it. Do you still want to?"
    )


def case_work_refusal(colleague_id: str, register: Register, parties: Parties, today: date) -> Refusal | None:
    """Why this colleague may not do a case's daily work, or None: drafts, notices, police part, closing.

    That is for the chief officer, the deputy, whose office works for the chief officer, and the Chair; where none
    of them can act, for whoever stands in for the Chair. It needs no second name and decides nothing.
    """
    offices = _workers(register, parties, today)
    own = conflict(colleague_id, parties)
    if own is None and register.offices_of(colleague_id, today) & frozenset(offices):
        return None
    reason = own or Refusal("not_asked", "You cannot act on this case.")
    who = name_offices(offices)
    return Refusal(
        reason.code, f"{reason.sentence} {who[0].upper()}{who[1:]} may, unless the case involves them."
    )


def _workers(register: Register, parties: Parties, today: date) -> tuple[Office, ...]:
    first = (Office.CHIEF_OFFICER, Office.DEPUTY_CHIEF_OFFICER, Office.CHAIR_FGP)

    def somebody(office: Office) -> bool:
        return any(conflict(one, parties) is None for one in register.holders(office, today))

    if any(map(somebody, first)):
        return first
    return next(((office,) for office in CHAINS[Seat.CHAIR] if somebody(office)), first)


def interim_check(
    colleague_id: str,
    register: Register,
    parties: Parties,
    today: date,
    overdue: frozenset[str],
    settings: PolicySettings,
    *,
    extreme: bool,
) -> Asked | Refusal:
    """Whether this colleague alone may impose an urgent interim restriction (R16).

    The chief officer, or the deputy standing in; `extreme`: the case has its extreme-case reason (R7).
    """
    seats = asked(register, parties, today, overdue, settings)
    answer = pick(colleague_id, parties, seats, (Seat.OFFICER,))
    if isinstance(answer, Asked) and not extreme:
        return Refusal(
            "not_extreme",
            "One name alone is only for an extreme case: violence, a physical threat, or a written "
            "justification. Make a proposal instead; it takes effect with two approvals.",
        )
    return answer


def interim_confirm_check(
    colleague_id: str,
    register: Register,
    parties: Parties,
    today: date,
    *,
    lapses_on: date,
    mayor_confirmed: bool = False,
) -> Asked | Refusal | ConfirmFirst:
    """Whether this colleague may confirm an interim restriction today (R16).

    The Chair, the Vice-Chair or a member of F&GP: a restriction that lapses in five working days cannot wait
    for a stand-in to be asked. `lapses_on` is its last day, the whole of which counts.
    """
    if today > lapses_on:
        return Refusal(
            "interim_lapsed",
            f"It lapsed at the end of {say_day(lapses_on)} without a confirmation. Make a proposal instead.",
        )
    *councillors, _ = CHAINS[Seat.CHAIR]
    own = conflict(colleague_id, parties)
    if own is None:
        held = register.offices_of(colleague_id, today)
        for office in councillors:
            if office in held:
                return Asked(colleague_id, office, Seat.CHAIR, "Confirms an interim restriction.")
        if early := _mayor_early(colleague_id, register, parties, today, mayor_confirmed):
            return early
    reason = own or Refusal("not_asked", "You cannot confirm this.")
    return Refusal(
        reason.code, f"{reason.sentence} The Chair, the Vice-Chair or another member of F&GP may confirm it."
    )


def minute_refusal(
    recorder_id: str,
    confirmer_id: str | None,
    register: Register,
    parties: Parties,
    today: date,
    seats: Seats,
) -> Refusal | None:
    """Why a committee's decision cannot be recorded or confirmed so, or None (R17).

    Only where no officer can act. One colleague records the minute (`confirmer_id` None), another confirms
    it; both hold an office and neither has a conflict.
    """
    if seats.officer:
        return Refusal("officer_can_act", f"An officer can act, so no minute is needed. {who_may_act(seats)}")
    if confirmer_id == recorder_id:
        return Refusal("minute_second_name", "A different colleague must confirm the minute.")
    acting = recorder_id if confirmer_id is None else confirmer_id
    if own := conflict(acting, parties):
        return Refusal(own.code, f"{own.sentence} Another colleague may record or confirm the minute.")
    if not register.offices_of(acting, today):
        return Refusal("not_in_office", "Only a colleague in the register of offices may do this.")
    return None


# --- what a late, stale or refused press is told ------------------------------------------------------


def stale(seen_version: int, current: int) -> Refusal | None:
    """Why a press on what was seen counts for nothing, or None when it is still current (R19)."""
    if seen_version == current:
        return None
    return Refusal(
        "stale",
        "This has changed since you saw it, so your press did not count. Here is the current version.",
    )


def already_done(done: str, offices: Iterable[Office], at: datetime, now: datetime) -> Refusal:
    """What the later of two colleagues reads: "Already approved by the Chair of F&GP at 10:02." (R19).

    `done` is what happened ("approved", "rejected", "signed", "decided"); `at` and `now` are aware. The day is named
    when it was not today.
    """
    day = "" if local_date(at) == local_date(now) else f" on {say_day(local_date(at))}"
    when = f"{london_time(at):%H:%M}{day}"
    return Refusal("already_done", f"Already {done} by {name_offices(offices)} at {when}.")


def refusals_alert(count_today: int, alert_at: int = REFUSALS_ALERT) -> bool:
    """Whether a colleague's `count_today`-th refusal alerts the chief officer: one a day does (R18)."""
    return count_today == alert_at
