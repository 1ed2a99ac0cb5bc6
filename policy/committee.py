"""A committee decides where no officer can act (R17): what it may resolve, what its minute must say, who acts on it.

English law lets a council act through a committee where it has no officer who can. Software records what was
resolved; it does not resolve. So one colleague records the minute, another confirms it, and only then has it an effect.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from policy.answers import Problem, Refusal
from policy.calendars import say_day
from policy.decisions import minute_refusal
from policy.findings import FindingKind
from policy.offices import Register
from policy.seats import Parties, Seats, conflict
from policy.worded import Worded


class Resolved(Worded):
    """What a committee can resolve beside a finding (`FindingKind`); `words` is the answer in the form."""

    APPROVE = "approve", "The proposal is approved as it is written"
    REJECT = "reject", "The proposal is rejected"
    STANDS = "stands", "The decision stands, although a colleague who signed it takes no part"
    AGAIN = "again", "The decision is to be made again; until then it keeps its effect"


class MinuteState(Worded):
    """Where a minute stands."""

    WAITING = "waiting", "Waits for a second colleague"
    CONFIRMED = "confirmed", "Confirmed"
    SET_ASIDE = "set_aside", "Set aside"


def resolutions(
    *, undecided: bool, proposal: bool, continuation: bool, flagged: bool
) -> tuple[FindingKind | Resolved, ...]:
    """What can be resolved in a case now, in the order it is offered.

    `undecided`: no final decision yet; `proposal`: one is open; `continuation`: it is that a restriction goes on
    after its review, whose findings were signed long ago; `flagged`: a signature under the decision must be given
    afresh.
    """
    found: list[FindingKind | Resolved] = []
    if proposal:
        found += [Resolved.APPROVE, Resolved.REJECT]
    if undecided and not continuation:
        found += list(FindingKind)
    if flagged:
        found += [Resolved.STANDS, Resolved.AGAIN]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class MinuteFacts:
    """A minute as typed. `present`: ids of those who resolved it."""

    reference: str = ""
    met_on: date | None = None
    present: tuple[str, ...] = ()
    reasons: str = ""


def check_minute(
    facts: MinuteFacts, register: Register, parties: Parties, today: date, since: date, quorum: int
) -> tuple[Problem, ...]:
    """What stops this minute from being recorded, at its field.

    `since`: the day of what it resolves on, before which no committee can have resolved it; `quorum`: the setting.
    """
    problems = []
    if not facts.reference.strip():
        problems.append(
            Problem("reference", "reference_missing", "Write the minute’s reference, such as F&GP 26/114.")
        )
    if not facts.reasons.strip():
        problems.append(Problem("reasons", "reasons_missing", "Give the committee’s reasons, as minuted."))
    if facts.met_on is None:
        problems.append(Problem("met_on", "met_on_missing", "Choose the day of the meeting."))
    elif facts.met_on > today:
        problems.append(
            Problem("met_on", "met_on_ahead", "The meeting is still to come. Record its minute after it.")
        )
    elif facts.met_on < since:
        sentence = f"What was resolved is of {say_day(since)}, so the meeting cannot have been before."
        problems.append(Problem("met_on", "met_on_before", sentence))
    return (*problems, *_present(facts, register, parties, today, quorum))


def _present(
    facts: MinuteFacts, register: Register, parties: Parties, today: date, quorum: int
) -> tuple[Problem, ...]:
    members, day = set(facts.present), facts.met_on or today
    if any(not register.is_councillor(one, day) for one in members):
        sentence = "Only councillors in office that day can have resolved it. Leave out officers and staff."
        return (Problem("present", "present_not_councillor", sentence),)
    if any(conflict(one, parties) for one in members):
        sentence = (
            "Somebody here takes no part in this case. If they left before the item, leave them out. If they "
            "stayed, the committee must resolve it again without them."
        )
        return (Problem("present", "present_conflict", sentence),)
    if len(members) < quorum:
        sentence = (
            f"A committee resolves with at least {quorum} councillors present. One alone is no committee."
        )
        return (Problem("present", "no_quorum", sentence),)
    return ()


WAITS_ALREADY = Refusal(
    "minute_waits",
    "A minute is recorded already and waits for a second colleague. Confirm it or set it aside first.",
)
NOTHING_TO_RESOLVE = Refusal(
    "nothing_to_resolve", "There is nothing for a committee to decide in this case now."
)
MINUTE_NOT_YOURS = Refusal(
    "minute_not_yours",
    "Those who work on this case, and the councillors named in the minute as present, may confirm it.",
)
CONFIRMED_ALREADY = Refusal("minute_confirmed", "This minute was confirmed already.")
SET_ASIDE_ALREADY = Refusal("minute_set_aside", "This minute was set aside. Record a new one.")


def record_refusal(
    me: str, register: Register, parties: Parties, today: date, seats: Seats, *, waits: bool, anything: bool
) -> Refusal | None:
    """Why this colleague may not record a minute now, or None. `waits`: another one is unconfirmed."""
    if refusal := minute_refusal(me, None, register, parties, today, seats):
        return refusal
    if waits:
        return WAITS_ALREADY
    return None if anything else NOTHING_TO_RESOLVE


def settle_refusal(
    me: str,
    recorder: str,
    state: MinuteState,
    register: Register,
    parties: Parties,
    today: date,
    seats: Seats,
    *,
    confirm: bool,
    involved: Collection[str],
) -> Refusal | None:
    """Why this colleague may not confirm a minute (or set it aside, `confirm` False), or None.

    Setting aside takes one name and may be the recorder's own: it decides nothing. `involved`: who reads it:
    those present and those who see the case.
    """
    if state is not MinuteState.WAITING:
        return CONFIRMED_ALREADY if state is MinuteState.CONFIRMED else SET_ASIDE_ALREADY
    if me not in involved and me != recorder:
        return MINUTE_NOT_YOURS
    if not confirm:
        if own := conflict(me, parties):
            return Refusal(own.code, own.sentence)
        return None if register.offices_of(me, today) else MINUTE_NOT_YOURS
    return minute_refusal(recorder, me, register, parties, today, seats)
