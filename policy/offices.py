"""Who holds which office, from when to when, and how the register may change (R17, R18, R20, R48).

The register is the only source of a right to press a button. An office is held from its first day to its
last, both counted; the right is always asked for a given day, so a handover needs no job to run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from policy.answers import Problem, Refusal


class Office(StrEnum):
    """The offices of a council; the keys are those of `[[offices]]` in council.toml."""

    CHIEF_OFFICER = "chief_officer"
    DEPUTY_CHIEF_OFFICER = "deputy_chief_officer"
    MAYOR = "mayor"
    DEPUTY_MAYOR = "deputy_mayor"
    CHAIR_FGP = "chair_fgp"
    VICE_CHAIR_FGP = "vice_chair_fgp"
    MEMBER_FGP = "member_fgp"
    COUNCILLOR = "councillor"
    STAFF = "staff"


class Seat(StrEnum):
    """The places to sign in. Findings fill the first two (R13); approvals, those a setting names (R15)."""

    OFFICER = "officer"
    CHAIR = "chair"
    MAYOR = "mayor"


TITLES: dict[Office, str] = {
    Office.CHIEF_OFFICER: "Chief Officer",
    Office.DEPUTY_CHIEF_OFFICER: "Deputy Chief Officer",
    Office.MAYOR: "Mayor",
    Office.DEPUTY_MAYOR: "Deputy Mayor",
    Office.CHAIR_FGP: "Chair of F&GP",
    Office.VICE_CHAIR_FGP: "Vice-Chair of F&GP",
    Office.MEMBER_FGP: "Member of F&GP",
    Office.COUNCILLOR: "Councillor",
    Office.STAFF: "Member of staff",
}

OFFICER_OFFICES = frozenset({Office.CHIEF_OFFICER, Office.DEPUTY_CHIEF_OFFICER, Office.STAFF})
COUNCILLOR_OFFICES = frozenset(Office) - OFFICER_OFFICES
SHARED_OFFICES = frozenset({Office.MEMBER_FGP, Office.COUNCILLOR, Office.STAFF})
"""Offices that several colleagues hold at once; every other has one holder at a time."""

_ONE_DAY = timedelta(days=1)


def title(office: Office) -> str:
    """An office in words: "Chair of F&GP"."""
    return TITLES[office]


def name_offices(offices: Iterable[Office]) -> str:
    """Offices in one phrase, each once, in the order given: "the Chief Officer and the Chair of F&GP"."""
    words = [_with_article(office) for office in dict.fromkeys(offices)]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _with_article(office: Office) -> str:
    return f"a {title(office)}" if office in SHARED_OFFICES else f"the {title(office)}"


@dataclass(frozen=True, slots=True)
class Holding:
    """An office held by a colleague. `starts` and `ends` are its first and last day; None has no end yet."""

    office: Office
    colleague_id: str
    starts: date
    ends: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the office is held on that day."""
        return _covers(self.starts, self.ends, day)


@dataclass(frozen=True, slots=True)
class Absence:
    """A colleague is away from `starts` to `ends`, both counted; None is until further notice (R17)."""

    colleague_id: str
    starts: date
    ends: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the colleague is away on that day."""
        return _covers(self.starts, self.ends, day)


@dataclass(frozen=True, slots=True)
class Register:
    """A council's offices and absences. It answers for one day at a time and remembers past holders."""

    holdings: tuple[Holding, ...] = ()
    absences: tuple[Absence, ...] = ()

    def offices_of(self, colleague_id: str, on: date) -> frozenset[Office]:
        """The offices a colleague holds on a day; empty for a former or an unknown colleague."""
        return frozenset(h.office for h in self.holdings if h.colleague_id == colleague_id and h.covers(on))

    def holders(self, office: Office, on: date) -> tuple[str, ...]:
        """Ids of those who hold the office on a day, longest in office first; each once."""
        current = sorted(
            (h.starts, h.colleague_id) for h in self.holdings if h.office is office and h.covers(on)
        )
        return tuple(dict.fromkeys(colleague_id for _, colleague_id in current))

    def is_absent(self, colleague_id: str, on: date) -> bool:
        """Whether the register says the colleague is away that day."""
        return any(a.colleague_id == colleague_id and a.covers(on) for a in self.absences)

    def is_councillor(self, colleague_id: str, on: date) -> bool:
        """Whether the colleague is a member of the council that day."""
        return bool(self.offices_of(colleague_id, on) & COUNCILLOR_OFFICES)

    def is_officer(self, colleague_id: str, on: date) -> bool:
        """Whether the colleague is paid staff of the council that day."""
        return bool(self.offices_of(colleague_id, on) & OFFICER_OFFICES)


# --- changing the register --------------------------------------------------------------------------


def change_refusal(
    register: Register, colleague_id: str, today: date, overdue: frozenset[str] = frozenset()
) -> Refusal | None:
    """Why this colleague may not change the register today, or None (R18).

    The chief officer changes it. The deputy does when standing in: no chief officer in date, or the one in
    office is away or in `overdue` (ids of colleagues with a signature five working days late, R17).
    """
    chiefs = register.holders(Office.CHIEF_OFFICER, today)
    if colleague_id in chiefs:
        return None
    chief_here = any(not register.is_absent(one, today) and one not in overdue for one in chiefs)
    if colleague_id in register.holders(Office.DEPUTY_CHIEF_OFFICER, today) and not chief_here:
        return None
    return Refusal(
        "offices_not_yours",
        "Only the Chief Officer may change the offices, or the Deputy Chief Officer while the Chief Officer "
        "is away. Ask one of them.",
    )


def check_change(before: Register, after: Register, today: date) -> tuple[Problem, ...]:
    """What is wrong with a change of the register, whoever makes it; empty when nothing is.

    Looks at what is new in `after` beside all of `after`, so that a handover (one holding ended, one begun)
    is one change. Fields are those of a holding: office, colleague_id, starts, ends.
    """
    problems: list[Problem] = []
    for index, holding in enumerate(after.holdings):
        if holding not in before.holdings:
            others = after.holdings[:index] + after.holdings[index + 1 :]
            problems += _check_holding(holding, others)
    for absence in after.absences:
        if absence not in before.absences:
            problems += _check_order(absence.starts, absence.ends)
    problems += [*_check_history(before, after, today), *_check_chief_officer(before, after, today)]
    return tuple(dict.fromkeys(problems))


def _check_order(starts: date, ends: date | None) -> Iterable[Problem]:
    if ends is not None and ends < starts:
        yield Problem("ends", "ends_before_start", "The last day is before the first day. Check the dates.")


def _check_holding(new: Holding, others: Iterable[Holding]) -> Iterable[Problem]:
    yield from _check_order(new.starts, new.ends)
    for other in others:
        if not _overlap(new, other):
            continue
        if new.colleague_id == other.colleague_id:
            if new.office is other.office:
                sentence = f"This colleague already holds the office of {title(new.office)} on these dates."
                yield Problem("colleague_id", "office_held_already", sentence)
            elif (new.office in OFFICER_OFFICES) != (other.office in OFFICER_OFFICES):
                yield _BOTH
        elif new.office is other.office and new.office not in SHARED_OFFICES:
            sentence = f"There is only one {title(new.office)} at a time. "
            sentence += "End the present holder's time before the new one begins."
            yield Problem("starts", "office_taken", sentence)


_BOTH = Problem(
    "colleague_id",
    "officer_and_councillor",
    "A councillor cannot be paid staff of the same council (Local Government Act 1972, section 116). "
    "End one before the other begins.",
)


def _check_history(before: Register, after: Register, today: date) -> Iterable[Problem]:
    """Who held an office stays on record (R20): a holding that has begun may be ended, never removed."""
    kept = {(h.office, h.colleague_id, h.starts) for h in after.holdings}
    for old in before.holdings:
        if old.starts < today and (old.office, old.colleague_id, old.starts) not in kept:
            sentence = "An office that was held stays in the register. Give it a last day instead."
            yield Problem("starts", "office_history", sentence)


def _check_chief_officer(before: Register, after: Register, today: date) -> Iterable[Problem]:
    """From today on, no day may lose its chief officer: nobody could then change the register or sign."""
    # A gap can only open today, on the first day of an old holding, or the day after the end of a new one.
    days = {today}
    days |= {h.starts for h in before.holdings if h.office is Office.CHIEF_OFFICER}
    for held in after.holdings:
        if held.office is Office.CHIEF_OFFICER and held.ends is not None and held.ends < date.max:
            days.add(held.ends + _ONE_DAY)
    if any(day >= today and _has_chief(before, day) and not _has_chief(after, day) for day in days):
        yield Problem(
            "ends",
            "no_chief_officer",
            "This would leave the council without a Chief Officer. Name the next one, or an acting one, in "
            "the same change.",
        )


def _has_chief(register: Register, day: date) -> bool:
    return bool(register.holders(Office.CHIEF_OFFICER, day))


def _overlap(one: Holding, other: Holding) -> bool:
    return one.starts <= (other.ends or date.max) and other.starts <= (one.ends or date.max)


def _covers(starts: date, ends: date | None, day: date) -> bool:
    return starts <= day and (ends is None or day <= ends)
