"""Who is asked to sign: the two seats of every case, who sits in them today, and who may not (R13, R15, R17).

The officer's seat and the Chair's seat must both be filled, by different colleagues. Whoever holds the
office is always asked; a stand-in is asked as well when the holder is away, takes no part, is late, or there
is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from policy.answers import Refusal
from policy.calendars import Calendar
from policy.offices import Office, Register, Seat, name_offices, title
from policy.setting_kinds import DeputyActs
from policy.settings import PolicySettings

FINDING_SEATS: tuple[Seat, ...] = (Seat.OFFICER, Seat.CHAIR)
"""The seats that sign a finding, in all cases (R13)."""

# Who fills a seat: the office it belongs to, then those who stand in for it, in this order (R17).
CHAINS: Mapping[Seat, tuple[Office, ...]] = {
    Seat.OFFICER: (Office.CHIEF_OFFICER, Office.DEPUTY_CHIEF_OFFICER),
    Seat.CHAIR: (Office.CHAIR_FGP, Office.VICE_CHAIR_FGP, Office.MEMBER_FGP, Office.MAYOR),
    Seat.MAYOR: (Office.MAYOR, Office.DEPUTY_MAYOR),
}


@dataclass(frozen=True, slots=True)
class Parties:
    """Colleague ids by their part in a case. `person`: the colleague the case is about, if it is one (R10).

    `witnesses` are those a finding relies on; `interested` have another interest in it.
    """

    reporters: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    witnesses: frozenset[str] = frozenset()
    person: str | None = None
    interested: frozenset[str] = frozenset()


def conflict(colleague_id: str, parties: Parties) -> Refusal | None:
    """Why this colleague takes no part in the case, or None (R17).

    The sentence to the person gives nothing away: it is the one any colleague gets who is not asked.
    Having reported it is no conflict here; it bars only from the appeal.
    """
    if colleague_id == parties.person:
        return Refusal("conflict_person", "You cannot act on this case.")
    if colleague_id in parties.targets:
        return Refusal(
            "conflict_target",
            "The behaviour was aimed at you, so you take no part in deciding this case. You can see your own "
            "report and how far it has come.",
        )
    if colleague_id in parties.witnesses:
        return Refusal(
            "conflict_witness", "You are a witness in this case, so you take no part in deciding it."
        )
    if colleague_id in parties.interested:
        return Refusal("conflict_interest", "You have an interest in this case, so you take no part in it.")
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """One colleague who may sign in a seat now, in which office, and why this colleague is asked."""

    colleague_id: str
    office: Office
    seat: Seat
    why: str


@dataclass(frozen=True, slots=True)
class Seats:
    """Who may act now. `mayor` is filled only when the setting asks for the Mayor's approval.

    `stuck`: a seat that nobody can fill, and what to do.
    """

    officer: tuple[Asked, ...] = ()
    chair: tuple[Asked, ...] = ()
    mayor: tuple[Asked, ...] = ()
    stuck: Refusal | None = None

    def of(self, seat: Seat) -> tuple[Asked, ...]:
        """Those asked in one seat."""
        return {Seat.OFFICER: self.officer, Seat.CHAIR: self.chair, Seat.MAYOR: self.mayor}[seat]

    @property
    def everybody(self) -> tuple[Asked, ...]:
        """All who are asked, the officer's seat first."""
        return (*self.officer, *self.chair, *self.mayor)


NO_OFFICER = Refusal(
    "no_officer",
    "No officer can lawfully act in this case. A committee of the council decides instead: one colleague "
    "records its minute here, and another colleague confirms it.",
)
NO_COUNCILLOR = Refusal(
    "no_councillor",
    "No councillor can sign beside the officer in this case. Ask the council to put another councillor on "
    "F&GP and enter it in the register of offices; they are asked at once.",
)

NOBODY = Refusal(
    "no_officer",
    f"{NO_OFFICER.sentence} No councillor of F&GP can act on it either: ask the council to put another councillor on "
    "F&GP and enter it in the register of offices. That councillor can then record the minute.",
)


def asked(
    register: Register, parties: Parties, today: date, overdue: frozenset[str], settings: PolicySettings
) -> Seats:
    """Who may act in each seat today (R17).

    `overdue` holds the ids of colleagues whose signature in this case is late (`late`). They stay asked, and the
    next in line is asked too. The Mayor comes into the Chair's seat only when nobody else can act.
    """
    who = _Line(register, parties, today, overdue)
    officer = who.fill(Seat.OFFICER, also_second=settings.deputy_acts is DeputyActs.ALWAYS)
    chair = who.fill(Seat.CHAIR)
    mayor: tuple[Asked, ...] = ()
    if Seat.MAYOR in settings.approvals_needed:
        # One colleague fills one seat: a Mayor who had to take the Chair's leaves this one to the Deputy
        # Mayor.
        mayor = who.fill(Seat.MAYOR, without={one.colleague_id for one in chair})
    stuck = None
    if not officer:
        stuck = NO_OFFICER if chair else NOBODY
    elif not chair or (Seat.MAYOR in settings.approvals_needed and not mayor):
        stuck = NO_COUNCILLOR
    return Seats(officer, chair, mayor, stuck)


@dataclass(frozen=True, slots=True)
class _Line:
    """The line of offices before a seat, on one day, for one case."""

    register: Register
    parties: Parties
    today: date
    overdue: frozenset[str]

    def fill(
        self, seat: Seat, *, also_second: bool = False, without: Iterable[str] = ()
    ) -> tuple[Asked, ...]:
        """Walk down the line until somebody is there who can sign in time."""
        found: dict[str, Asked] = {}
        holder, *stand_ins = CHAINS[seat]
        barred = frozenset(without)
        for office in (holder, *stand_ins):
            why = "Holds the office." if office is holder else self._why(holder)
            in_time = False
            for one in self.free(office):
                away = self.register.is_absent(one, self.today)
                # A stand-in who is away is passed over; the holder of the office keeps the right to sign.
                if one in barred or one in found or (away and office is not holder):
                    continue
                found[one] = Asked(one, office, seat, why)
                in_time = in_time or (not away and one not in self.overdue)
            if in_time and not (also_second and office is holder):
                break
        return tuple(found.values())

    def free(self, office: Office) -> tuple[str, ...]:
        """Those who hold the office today and have no conflict."""
        holders = self.register.holders(office, self.today)
        return tuple(one for one in holders if conflict(one, self.parties) is None)

    def _why(self, holder: Office) -> str:
        """Why somebody stands in, without a word about a conflict."""
        name = title(holder)
        if not self.register.holders(holder, self.today):
            return f"Stands in: there is no {name} in office."
        free = self.free(holder)
        if not free:
            return f"Stands in: the {name} takes no part in this case."
        if all(self.register.is_absent(one, self.today) for one in free):
            return f"Stands in: the {name} is away."
        if all(one in self.overdue or self.register.is_absent(one, self.today) for one in free):
            return f"Stands in: the {name} has not signed in time."
        return f"May act beside the {name} under the scheme of delegation."


def seat_for(
    colleague_id: str,
    register: Register,
    parties: Parties,
    today: date,
    overdue: frozenset[str],
    settings: PolicySettings,
) -> Asked | Refusal:
    """In which seat and office this colleague may sign a finding now, or which offices may (R13, R17)."""
    seats = asked(register, parties, today, overdue, settings)
    return pick(colleague_id, parties, seats, Seat)


def pick(colleague_id: str, parties: Parties, seats: Seats, among: Iterable[Seat]) -> Asked | Refusal:
    """The first of these seats in which the colleague is asked, or a refusal that names who may act."""
    wanted = tuple(among)
    own = conflict(colleague_id, parties)
    if own is None:
        for one in seats.everybody:
            if one.colleague_id == colleague_id and one.seat in wanted:
                return one
    reason = own or Refusal("not_asked", "You cannot act on this case.")
    return Refusal(reason.code, f"{reason.sentence} {who_may_act(seats, wanted)}")


def who_may_act(seats: Seats, among: Iterable[Seat] = FINDING_SEATS) -> str:
    """Names the offices asked in these seats; where a seat is empty, says what to do instead."""
    wanted = tuple(among)
    offices = [one.office for seat in wanted for one in seats.of(seat)]
    empty = seats.stuck if any(not seats.of(seat) for seat in wanted) else None
    if not offices:
        return (empty or NO_COUNCILLOR).sentence
    sentence = f"{name_offices(offices)} may act on it."
    return " ".join((sentence[0].upper() + sentence[1:], *((empty.sentence,) if empty else ())))


# --- late signatures --------------------------------------------------------------------------------


def overdue_from(asked_on: date, calendar: Calendar, days: int = 5) -> date:
    """The first day on which a signature asked for on `asked_on` is overdue: the fifth working day after it.

    From that day on, inclusive, the stand-in is asked too (R17).
    """
    return calendar.add_working_days(asked_on, days)


def is_overdue(asked_on: date, today: date, calendar: Calendar, days: int = 5) -> bool:
    """Whether a signature asked for on `asked_on` and still missing is overdue today."""
    return today >= overdue_from(asked_on, calendar, days)


def late(
    register: Register,
    parties: Parties,
    asked_on: date,
    today: date,
    signed: frozenset[str],
    calendar: Calendar,
    settings: PolicySettings,
) -> frozenset[str]:
    """The colleagues whose signature is overdue today: what `asked` takes as `overdue` (R17).

    `asked_on` is the day the signatures were asked for; `signed`, who has given theirs. Each in the line is asked
    when the one before is late and then has the same number of days: otherwise everybody down to the Mayor, who
    is to be kept free, would be late on the same day.
    """
    found: set[str] = set()
    who = _Line(register, parties, today, frozenset())
    for seat, chain in CHAINS.items():
        if seat not in (*FINDING_SEATS, *settings.approvals_needed):
            continue
        since = asked_on
        for office in chain:
            free = set(who.free(office)) - found
            if not any(not register.is_absent(one, today) for one in free):
                continue  # nobody there to wait for: the next in line was asked at once
            since = overdue_from(since, calendar, settings.signature_overdue_working_days)
            if today < since:
                break
            found |= free - signed
    return frozenset(found)
